"""Addresses to articles: fetched safely here, read in a process of their own."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.articles.feeds import Feed
from bot.articles.fetch import FEED_TYPES, Fetcher
from bot.articles.requests import FeedRequest, PageRequest
from bot.errors import PageError
from bot.models import Article
from bot.workers import Worker

if TYPE_CHECKING:
    from bot.articles.fetch import Fetched

SECONDS = 20.0
"""That reading one page may take: a hundred times what the slowest of the saved pages took."""
MEMORY = 512 << 20
"""Bytes that reading one page may take on top of the loaded process: a page of 10 MB needs up to half."""
RECYCLE_AFTER = 256 << 20
"""Bytes by which the process may have grown before it is replaced, between two pages."""


@dataclass(frozen=True, slots=True)
class ReadArticle:
    """A page as read."""

    article: Article
    """Its `url` is the canonical one."""
    url: str | None
    """Where it was fetched from in the end; None for what was not fetched."""
    fetched: datetime
    """When, in UTC."""
    digest: str
    """SHA-256 of the bytes, in hexadecimal."""
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class ReadFeed:
    """A feed as read."""

    feed: Feed
    url: str
    """Where it was fetched from in the end."""
    etag: str | None = None
    last_modified: str | None = None


class Reader:
    """Fetches and reads. Owns both the fetcher and the process; the process starts at the first page.

    All methods may raise FetchError, PageError, and LimitError where a page went past time or memory.
    """

    def __init__(self, fetcher: Fetcher, *, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._fetcher = fetcher
        self._max_bytes = fetcher.limits.max_bytes
        self._worker = Worker(
            "page reader",
            "bot.articles.service:start",
            (self._max_bytes,),
            deadline=seconds,
            memory=memory,
            recycle_after=RECYCLE_AFTER,
        )

    async def start(self) -> None:
        """Start the process, so that the first page does not wait for it."""
        await self._worker.start()

    async def close(self) -> None:
        """End the process and close what is open."""
        await self._worker.close()
        await self._fetcher.close()

    async def read_url(self, url: str) -> ReadArticle:
        """Fetch and read a page."""
        return await self._read(await self._fetcher.get(url))

    async def read_changed(
        self, url: str, *, etag: str | None, last_modified: str | None
    ) -> ReadArticle | None:
        """Fetch and read a page if the server says that it changed since that version; None if it did not."""
        fetched = await self._fetcher.get(url, etag=etag, last_modified=last_modified)
        return None if fetched.not_modified else await self._read(fetched)

    async def read_bytes(self, body: bytes, content_type: str | None, url: str | None) -> ReadArticle:
        """Read a page that is at hand. `content_type`: as a server sends it; None: told from the bytes."""
        article = await self._ask(PageRequest(body, content_type, url))
        return ReadArticle(article, None, datetime.now(UTC), _digest(body))

    async def read_feed(
        self, url: str, *, etag: str | None = None, last_modified: str | None = None
    ) -> ReadFeed | None:
        """Fetch and read a feed; None if the server says that nothing changed since that version."""
        fetched = await self._fetcher.get(url, etag=etag, last_modified=last_modified, types=FEED_TYPES)
        if fetched.not_modified:
            return None
        feed = await self._worker.call(FeedRequest(fetched.body, fetched.content_type, fetched.url))
        if not isinstance(feed, Feed):
            raise PageError("The page reader gave no feed.")
        return ReadFeed(feed, fetched.url, fetched.etag, fetched.last_modified)

    async def _read(self, fetched: Fetched) -> ReadArticle:
        article = await self._ask(PageRequest(fetched.body, fetched.content_type, fetched.url))
        return ReadArticle(
            article,
            fetched.url,
            datetime.now(UTC),
            _digest(fetched.body),
            fetched.etag,
            fetched.last_modified,
        )

    async def _ask(self, request: PageRequest) -> Article:
        if len(request.body) > self._max_bytes:
            raise PageError(f"The page is larger than {self._max_bytes / (1 << 20):g} MB.")
        article = await self._worker.call(request)
        if not isinstance(article, Article):
            raise PageError("The page reader gave no article.")
        return article


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
