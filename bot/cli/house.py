"""What the composition root hands to the command line, as a Protocol: commands build nothing themselves."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import structlog
import typer
from rich.console import Console

from bot.errors import PledgewatchError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.checks import Check
    from bot.desk import Desk
    from bot.keeping import Keeper
    from bot.reanalysing import Reanalysing
    from bot.tracker import Tracker
    from bot.tracker_protocols import Reader

log = structlog.get_logger(__name__)

T = TypeVar("T")

FAILED = 1
"""Exit status where something could not be done; Typer's own for wrong usage is 2."""

MISCONFIGURED = 78
"""Exit status of `run` where a setting is missing or wrong (EX_CONFIG): starting it again cannot help."""

INTERRUPTED = 130
"""Exit status after Ctrl-C, as a shell gives it."""


class House(Protocol):
    """Opens what a command needs. Everything may raise a PledgewatchError."""

    def tracker(self, db: Path | None, *, alone: bool = False) -> AbstractAsyncContextManager[Tracker]:
        """The tracker on the database at `db`, or on the one that is set; closed on leaving.

        `alone`: refuse where another process reads articles into this database.
        """
        ...

    def desk(
        self, db: Path | None, *, alone: bool = False, loaded: bool = True
    ) -> AbstractAsyncContextManager[Desk]:
        """Every use case on a database; closed on leaving. `loaded`: with the model in memory already."""
        ...

    def keeper(self, db: Path | None) -> Keeper:
        """What keeps the data of a database."""
        ...

    def reanalysing(
        self, db: Path | None, *, scratch: Path | None, raise_alerts: bool
    ) -> AbstractAsyncContextManager[Reanalysing]:
        """Improved rules on a database, or, where `scratch` names a new file, on a copy of it there."""
        ...

    def reader(self) -> AbstractAsyncContextManager[Reader]:
        """The reader of pages; closed on leaving."""
        ...

    async def serve(self, db: Path | None) -> None:
        """Run the bot on Discord until it is stopped."""
        ...

    async def preview(self, folder: Path, port: int, say: Callable[[str], None]) -> None:
        """Show the bot in a browser until that is closed."""
        ...

    async def calibrate(self, files: Sequence[Path], out: Path, say: Callable[[str], None]) -> None:
        """Make the calibration of the NLI model that is set from labelled scenarios."""
        ...

    async def checkup(self, db: Path | None) -> Sequence[Check]:
        """What is right and what is not."""
        ...


def house(ctx: typer.Context) -> House:
    """The house that the composition root gave."""
    found: House = ctx.obj
    return found


def errors() -> Console:
    """Standard error, for people: progress, notes and errors."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def complain(sentence: str) -> None:
    """Say on standard error what went wrong, as one line."""
    typer.echo(f"pledgewatch: {' '.join(sentence.split())}", err=True)


def fault(error: Exception) -> str:
    """The sentence on an error that nobody foresaw; the traceback is in the log at level debug."""
    log.debug("fault", exc_info=error)
    level = "PLEDGEWATCH_LOG_LEVEL=debug shows where"
    return f"This is a fault of the program ({level}): {type(error).__name__}: {error}."


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run a command's work to its end. Errors of ours become one sentence and exit status 1."""
    try:
        with _interruptible():
            return asyncio.run(work)
    except typer.Exit:
        raise
    except PledgewatchError as error:
        complain(str(error))
        raise typer.Exit(FAILED) from None
    except (KeyboardInterrupt, asyncio.CancelledError):
        complain("Stopped. What was read before is stored.")
        raise typer.Exit(INTERRUPTED) from None
    except BrokenPipeError:
        # Whoever read our output went away (`… | head`). Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(FAILED) from None
    except Exception as error:
        complain(fault(error))
        raise typer.Exit(FAILED) from None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C stops us also while we wait for standard input; asyncio's own handler would not."""
    before = signal.signal(signal.SIGINT, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _stop(_number: int, _frame: object) -> None:
    raise KeyboardInterrupt
