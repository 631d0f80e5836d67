"""Keeping the data: backups, putting one back, and the check that all of it is whole."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.errors import InputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.records import Totals

log = structlog.get_logger(__name__)

ROUND_SECONDS = 3_600.0
"""How often it is looked whether today's backup is there: a backup is at most an hour late after midnight."""


class Kept(Protocol):
    """What of the store is needed here. `backup` and `restore` work while it is closed, too."""

    async def backup(self, target: Path) -> None:
        """Write a verified copy."""
        ...

    async def daily_backup(self, directory: Path, now: datetime, keep: int) -> Path | None:
        """Make today's backup unless it is there."""
        ...

    async def restore(self, backup: Path) -> Path | None:
        """Put a backup in place of the database."""
        ...

    async def check(self) -> list[str]:
        """What is wrong, a sentence each."""
        ...

    async def rebuild_index(self) -> None:
        """Make the search index anew."""
        ...

    async def totals(self, guild: str | None = None) -> Totals:
        """How much is stored."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check found."""

    wrong: tuple[str, ...]
    """A sentence each; empty: all is whole."""
    totals: Totals


class Keeper:
    """The use cases of an operator. The store may be open or not; it is left as it was."""

    def __init__(
        self,
        store: Kept,
        path: Path | None,
        opened: Callable[[], AbstractAsyncContextManager[object]],
    ) -> None:
        """`path`: the database's file, None on a server. `opened`: has the store open for a while."""
        self._store, self._path, self._opened = store, path, opened

    async def backup(self, target: Path) -> None:
        """Write a verified copy, whether or not the bot is running. InputError where `target` exists."""
        self._there()
        await self._store.backup(target)

    async def restore(self, backup: Path) -> Path | None:
        """Put a backup in place of the database; what was there is kept under the name that is returned.

        Raises StorageError where the backup is not whole or the bot is running.
        """
        return await self._store.restore(backup)

    async def check(self, *, mend_index: bool = False) -> Checked:
        """Look at everything. `mend_index`: make the search index anew first."""
        self._there()
        async with self._opened():
            if mend_index:
                await self._store.rebuild_index()
            return Checked(tuple(await self._store.check()), await self._store.totals())

    def _there(self) -> None:
        if self._path is not None and not self._path.exists():
            raise InputError(f"There is no database {self._path}.")


async def keep_daily(
    store: Kept,
    directory: Path,
    keep: int,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    every: float = ROUND_SECONDS,
) -> None:
    """Have a backup of every day on which the bot runs, the newest `keep` of them; until cancelled.

    A backup that fails is said in the log and tried again; the bot goes on.
    """
    while True:
        try:
            made = await store.daily_backup(directory, clock(), keep)
        except (StorageError, InputError) as error:
            log.error("daily backup failed", error=str(error))
        else:
            if made is not None:
                log.info("daily backup made", file=str(made))
        await asyncio.sleep(every)
