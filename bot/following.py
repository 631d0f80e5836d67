"""Following feeds: each is looked at in turn, and its new articles are queued up to a number a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.errors import (
    FetchError,
    GoneError,
    InputError,
    NotFoundError,
    PageError,
    PledgewatchError,
    RefusedError,
    StorageError,
)
from bot.records import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from bot.records import Feed, Posting, StoredArticle, Submitted

log = structlog.get_logger(__name__)

MAX_FEEDS = 25
"""Feeds of one guild: with 40 articles a day each, a thousand a day, which one process reads in an hour."""

PAST = timedelta(days=2)
"""How far back the entries of a feed reach that is followed from now on: what is news, not its archive."""


class Entry(Protocol):
    """An article that a feed announces."""

    @property
    def url(self) -> str:
        """Canonical."""
        ...

    @property
    def title(self) -> str:
        """As the feed gives it."""
        ...

    @property
    def published(self) -> datetime | None:
        """In UTC."""
        ...


class Choice(Protocol):
    """What is queued of a feed's entries."""

    @property
    def entries(self) -> Sequence[Entry]:
        """Those, the oldest first."""
        ...

    @property
    def day(self) -> date:
        """The day they count for."""
        ...

    @property
    def today(self) -> int:
        """Articles queued on that day, these included."""
        ...


class Decision(Protocol):
    """When to look again."""

    @property
    def next_check(self) -> datetime:
        """Then."""
        ...

    @property
    def paused(self) -> str | None:
        """Why not at all."""
        ...


class Read(Protocol):
    """A feed as read."""

    @property
    def title(self) -> str:
        """The feed's own name."""
        ...

    @property
    def urls(self) -> Sequence[str]:
        """Canonical addresses of its articles."""
        ...

    @property
    def etag(self) -> str | None:
        """The server's mark of this version."""
        ...

    @property
    def last_modified(self) -> str | None:
        """The server's date of this version."""
        ...

    def choose(
        self, known: Iterable[str], *, now: datetime, day: date | None, today: int, since: datetime
    ) -> Choice:
        """The entries to be queued."""
        ...


class Feeds(Protocol):
    """Getting feeds, and the rules about them. Reading may raise FetchError, PageError or LimitError."""

    async def read(self, url: str, *, etag: str | None, last_modified: str | None) -> Read | None:
        """Fetch and read; None: nothing changed."""
        ...

    def decide(self, *, failures: int, now: datetime, error: str | None, final: bool) -> Decision:
        """When to look again."""
        ...


class Record(Protocol):
    """What of the store is needed here."""

    async def follow(
        self, guild: str, url: str, now: datetime, *, title: str = "", channel_id: str | None = None
    ) -> Feed:
        """Follow a feed."""
        ...

    async def unfollow(self, guild: str, feed_id: str) -> None:
        """Stop following."""
        ...

    async def feeds(self, guild: str) -> list[Feed]:
        """The feeds of a guild."""
        ...

    async def due_feeds(self, now: datetime, limit: int) -> list[Feed]:
        """Feeds whose check is due."""
        ...

    async def feed_checked(
        self,
        feed: Feed,
        now: datetime,
        next_check: datetime,
        *,
        title: str = "",
        etag: str | None = None,
        last_modified: str | None = None,
        day: date,
        today: int,
    ) -> None:
        """A check succeeded."""
        ...

    async def feed_failed(
        self, feed: Feed, now: datetime, next_check: datetime, *, paused: str | None = None
    ) -> None:
        """A check failed."""
        ...

    async def known(
        self, guild: str, *, url: str | None = None, text: str | None = None
    ) -> StoredArticle | None:
        """The article with this address."""
        ...


class Submits(Protocol):
    """What of the tracker is needed here."""

    async def submit(self, guild: str, source: Source, posting: Posting | None = None) -> Submitted:
        """Queue an article."""
        ...


class Following:
    """The use cases of feeds."""

    def __init__(
        self,
        store: Record,
        tracker: Submits,
        feeds: Feeds,
        *,
        canonical: Callable[[str], str] = str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`canonical` raises InputError for what is no web address; `clock` gives aware UTC times."""
        self._store, self._tracker, self._feeds = store, tracker, feeds
        self._canonical, self._clock = canonical, clock

    async def follow(self, guild: str, url: str, *, channel_id: str | None = None) -> Feed:
        """Follow the feed at this address, if there is one. Raises FetchError, PageError or InputError."""
        self._canonical(url)
        known = await self._store.feeds(guild)
        if len(known) >= MAX_FEEDS and all(feed.url != url for feed in known):
            raise InputError(f"At most {MAX_FEEDS} feeds can be followed; stop following one first.")
        read = await self._feeds.read(url, etag=None, last_modified=None)
        title = read.title if read else ""
        return await self._store.follow(guild, url, self._clock(), title=title, channel_id=channel_id)

    async def unfollow(self, guild: str, feed: str) -> Feed:
        """Stop following a feed, given by id or address. Raises NotFoundError."""
        for known in await self._store.feeds(guild):
            if feed in (known.id, known.url):
                await self._store.unfollow(guild, known.id)
                return known
        raise NotFoundError("This feed is not followed.")

    async def feeds(self, guild: str) -> list[Feed]:
        """The feeds that a guild follows."""
        return await self._store.feeds(guild)

    async def step(self) -> bool:
        """Look at the feed that is longest overdue; False where none is due. Raises StorageError."""
        now = self._clock()
        due = await self._store.due_feeds(now, 1)
        if not due:
            return False
        feed = due[0]
        try:
            read = await self._feeds.read(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        except StorageError:
            raise
        except PledgewatchError as error:
            final = isinstance(error, GoneError | RefusedError | PageError)
            log.info("feed failed", guild=feed.guild, feed=feed.id, error=str(error))
            decided = self._feeds.decide(failures=feed.failures, now=now, error=str(error), final=final)
            await self._store.feed_failed(feed, now, decided.next_check, paused=decided.paused)
        else:
            await self._queue(feed, read, now)
        return True

    async def _queue(self, feed: Feed, read: Read | None, now: datetime) -> None:
        day, today = feed.day or now.astimezone(UTC).date(), feed.today
        if read is not None:
            known = [u for u in read.urls if await self._store.known(feed.guild, url=u) is not None]
            since = (feed.checked or now) - PAST
            choice = read.choose(known, now=now, day=feed.day, today=today, since=since)
            for entry in choice.entries:
                try:
                    await self._tracker.submit(feed.guild, Source(url=entry.url, title=entry.title))
                except (FetchError, InputError) as error:
                    log.info("feed entry refused", guild=feed.guild, feed=feed.id, error=str(error))
            day, today = choice.day, choice.today
        decided = self._feeds.decide(failures=feed.failures, now=now, error=None, final=False)
        await self._store.feed_checked(
            feed,
            now,
            decided.next_check,
            title=read.title if read else "",
            etag=read.etag if read else feed.etag,
            last_modified=read.last_modified if read else feed.last_modified,
            day=day,
            today=today,
        )
