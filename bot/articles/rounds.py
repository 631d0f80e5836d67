"""Feeds as the use case of following them takes them: got by the reader, judged by the pure rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.articles import feeds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from bot.articles.reader import Reader


@dataclass(frozen=True, slots=True)
class Round:
    """A feed as one look found it."""

    feed: feeds.Feed
    etag: str | None
    last_modified: str | None

    @property
    def title(self) -> str:
        """The feed's own name."""
        return self.feed.title

    @property
    def urls(self) -> tuple[str, ...]:
        """Canonical addresses of its articles."""
        return tuple(entry.url for entry in self.feed.entries)

    def choose(
        self, known: Iterable[str], *, now: datetime, day: date | None, today: int, since: datetime
    ) -> feeds.Choice:
        """The entries to be queued."""
        return feeds.choose(self.feed, known, now=now, day=day, today=today, since=since)


class Rounds:
    """Looks at feeds. `read` may raise FetchError, PageError or LimitError."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    async def read(self, url: str, *, etag: str | None, last_modified: str | None) -> Round | None:
        """Fetch and read a feed; None: nothing changed since that version."""
        found = await self._reader.read_feed(url, etag=etag, last_modified=last_modified)
        return None if found is None else Round(found.feed, found.etag, found.last_modified)

    def decide(self, *, failures: int, now: datetime, error: str | None, final: bool) -> feeds.Decision:
        """When to look again."""
        return feeds.decide(failures=failures, now=now, error=error, final=final)
