"""Working the queue off: what may pass is tried again later, what will not is set aside with why."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.errors import (
    AnalysisError,
    FetchError,
    InputError,
    LimitError,
    ModelError,
    NotFoundError,
    PageError,
    PassingError,
    StorageError,
)
from bot.meter import Meter
from bot.tracker_protocols import Leases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.models import Article
    from bot.records import QueuedArticle
    from bot.tracker_answers import Reading

log = structlog.get_logger(__name__)

LEASE_SECONDS = 45.0
"""How long an article stays with a process that has died: members wait for it. A living one extends its
lease in time, and its event loop is never held for more than a fraction of a second."""

EXTEND_EVERY = LEASE_SECONDS / 3
"""Seconds after which a lease is extended: two extensions may fail before it is lost."""

PAUSES = (30.0, 120.0, 480.0)
"""Seconds before an article is tried again after each failure that may pass. They add up to ten and a half
minutes: long enough for a server's restart, short enough for the member who waits for an answer."""

MAX_ATTEMPTS = len(PAUSES) + 1
"""Times that an article is tried before it is set aside."""

MAX_INTERRUPTIONS = 20
"""Deaths of the whole program after which an article that was in hand at all of them is set aside. Pages and
texts are read in processes of their own, so it is hardly ever to blame; but a loop of restarts must end."""

MODEL_PAUSE = 60.0
"""Seconds before the queue is tried again where the model itself cannot be loaded; no attempt is counted."""


class Queue(Leases, Protocol):
    """What of the store is needed here."""

    async def extend(self, guild: str, article_id: str, owner: str, until: datetime) -> bool:
        """Keep a lease."""
        ...


class Reads(Protocol):
    """What of the tracker is needed here."""

    async def read(self, queued: QueuedArticle, article: Article | None = None) -> Reading:
        """Read a leased article and store what came of it."""
        ...


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of one article."""

    guild: str
    article_id: str
    reading: Reading | None = None
    error: str | None = None
    """Why it could not be read."""
    retry_at: datetime | None = None
    """When it is tried again; None: it is not."""


class Working:
    """Takes articles from the queue, several at once where several call `step`."""

    def __init__(
        self,
        store: Queue,
        tracker: Reads,
        *,
        owner: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        meter: Meter | None = None,
    ) -> None:
        """`owner` names this process in its leases; `clock` gives aware UTC times."""
        self._store, self._tracker, self._owner, self._clock = store, tracker, owner, clock
        self._meter = meter or Meter()

    async def step(self) -> Worked | None:
        """Read the article that waits longest; None where none is due. Raises StorageError."""
        queued = await self._store.lease(self._owner, self._clock(), LEASE_SECONDS)
        if queued is None:
            return None
        if queued.attempts > MAX_ATTEMPTS:
            # Each time its lease ran out before it could be said why.
            return await self._aside(queued, f"It was given up after {MAX_ATTEMPTS} attempts.")
        if queued.interruptions >= MAX_INTERRUPTIONS:
            return await self._aside(queued, f"The program ended {MAX_INTERRUPTIONS} times while reading it.")
        keeper = asyncio.create_task(self._keep(queued))
        try:
            with self._counted():
                reading = await self._tracker.read(queued)
        except ModelError as error:
            return await self._back(queued, str(error), MODEL_PAUSE, counts=False)
        except (PassingError, LimitError) as error:
            return await self._again(queued, str(error))
        except NotFoundError:
            return Worked(queued.guild, queued.id, error="It was forgotten before it was read.")
        except (FetchError, PageError, AnalysisError, InputError) as error:
            return await self._aside(queued, str(error))
        except Exception as error:
            log.exception("article failed", guild=queued.guild, article=queued.id)
            worked = await self._again(queued, f"It failed in a way that was not foreseen: {error!r}.")
            if isinstance(error, StorageError):
                raise
            return worked
        except BaseException:
            # The program is being stopped: the article is read after the next start.
            with suppress(StorageError):
                await asyncio.shield(self._store.release(queued.guild, queued.id, self._owner))
            raise
        finally:
            keeper.cancel()
        return Worked(queued.guild, reading.stored.id, reading)

    @contextmanager
    def _counted(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:
            self._meter.failed(error)
            raise
        finally:
            self._meter.finished()

    async def _keep(self, queued: QueuedArticle) -> None:
        while True:
            await asyncio.sleep(EXTEND_EVERY)
            until = self._clock() + timedelta(seconds=LEASE_SECONDS)
            with suppress(StorageError):
                await self._store.extend(queued.guild, queued.id, self._owner, until)

    async def _again(self, queued: QueuedArticle, error: str) -> Worked:
        if queued.attempts >= MAX_ATTEMPTS:
            return await self._aside(queued, error)
        return await self._back(queued, error, PAUSES[queued.attempts - 1])

    async def _back(self, queued: QueuedArticle, error: str, pause: float, *, counts: bool = True) -> Worked:
        retry_at = self._clock() + timedelta(seconds=pause)
        self._meter.count("articles", "put off")
        log.warning("article will be tried again", guild=queued.guild, article=queued.id, error=error)
        await self._store.release(
            queued.guild, queued.id, self._owner, error=error if counts else None, retry_at=retry_at
        )
        return Worked(queued.guild, queued.id, error=error, retry_at=retry_at)

    async def _aside(self, queued: QueuedArticle, error: str) -> Worked:
        self._meter.count("articles", "set aside")
        log.warning("article set aside", guild=queued.guild, article=queued.id, error=error)
        await self._store.set_aside(queued.guild, queued.id, error)
        return Worked(queued.guild, queued.id, error=error)
