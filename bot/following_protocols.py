"""What following feeds needs of the rooms around it, as Protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from bot.records import Feed, Posting, Source, StoredArticle, Submitted


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
