"""Reading one leased article: its page, its analysis, and the transaction that stores all of it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog

from bot import answering, processing, sending, texts
from bot.errors import InputError, PageError
from bot.models import Article

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.alerting import Alerting
    from bot.meter import Meter
    from bot.models import Analysis
    from bot.records import QueuedArticle
    from bot.tracker_answers import Reading
    from bot.tracker_protocols import Engine, Read, Reader, Store

log = structlog.get_logger(__name__)

NO_READER = "There is no reader of pages here."


@dataclass(frozen=True, slots=True)
class Limits:
    """What the tracker holds its input to."""

    max_text_chars: int = 200_000
    """Longest text that is analysed, in characters."""
    alert_level: str = "balanced"
    """Name of the threshold from which a contradiction is an alert."""


class ArticleReading:
    """Reads leased articles. Those of one guild are decided on one after another."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        reader: Reader | None,
        *,
        owner: str,
        limits: Limits,
        clock: Callable[[], datetime],
        alerting: Alerting | None,
        meter: Meter,
    ) -> None:
        """See `bot.tracker.Tracker`."""
        self._store, self._engine, self._reader = store, engine, reader
        self._owner, self._limits, self._clock = owner, limits, clock
        self._alerting, self._meter = alerting, meter
        self._guilds: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def read(self, queued: QueuedArticle, article: Article | None = None) -> Reading:
        """Read an article and store what came of it; `article` where its page has been read already.

        Every log line on the way bears the guild and the article.
        """
        with structlog.contextvars.bound_contextvars(guild=queued.guild, article=queued.id):
            found = await self._article(queued, article)
            if found is None or await self._says_the_same(queued, found[0]):
                return await self._unchanged(queued, found)
            self._refuse_what_came_of_it(queued, found[0])
            return await self._changed(queued, *found)

    def _refuse_what_came_of_it(self, queued: QueuedArticle, read: Article) -> None:
        """Raise PageError where a page that was an article is a wall or a stub now: its text is kept."""
        if queued.version and queued.source.text is None and read.kind not in texts.ANALYSED:
            raise PageError(f"Read again, it is no article any more ({read.kind}).")

    async def _article(
        self, queued: QueuedArticle, given: Article | None
    ) -> tuple[Article, str | None, str | None] | None:
        """The article with the server's marks of this version; None: the server says that it is the same."""
        source = queued.source
        if source.text is not None:
            own = given or Article("", title=source.title, published=source.published)
            return replace(own, text=source.text, url=source.url), None, None
        if self._reader is None:
            raise InputError(NO_READER)
        if queued.version == 0 or not (queued.etag or queued.last_modified):
            read: Read | None = await self._reader.read_url(source.url or "")
        else:
            read = await self._reader.read_changed(
                source.url or "", etag=queued.etag, last_modified=queued.last_modified
            )
        return None if read is None else (read.article, read.etag, read.last_modified)

    async def _says_the_same(self, queued: QueuedArticle, read: Article) -> bool:
        """Whether a page that was read before still says what it said."""
        if queued.version == 0 or queued.source.text is not None:
            return False
        old = (await self._store.article(queued.guild, queued.id)).article
        return old is not None and (old.text, old.title, old.published) == (
            read.text,
            read.title,
            read.published,
        )

    async def _unchanged(
        self, queued: QueuedArticle, found: tuple[Article, str | None, str | None] | None
    ) -> Reading:
        etag, last_modified = found[1:] if found else (queued.etag, queued.last_modified)
        await self._store.unchanged(
            queued.guild, queued.id, self._owner, etag=etag, last_modified=last_modified
        )
        log.info("article unchanged")
        self._meter.count("articles", "unchanged")
        stored = await self._store.article(queued.guild, queued.id)
        return await answering.reading(self._store, stored, known=True)

    async def _changed(
        self, queued: QueuedArticle, read: Article, etag: str | None, last_modified: str | None
    ) -> Reading:
        analysis = await self._analysed(queued.guild, read)
        lock = self._guilds.setdefault(queued.guild, asyncio.Lock())
        async with lock:
            outcome = await processing.decide(
                self._store,
                self._engine,
                guild=queued.guild,
                article_id=queued.id,
                article=replace(read, note=analysis.note or read.note),
                analysis=analysis,
                level=self._limits.alert_level,
            )
            if self._alerting is not None:
                outcome = await self._alerting.applied(outcome)
            now = self._clock()
            outcome = replace(
                outcome,
                fetched=now,
                etag=etag,
                last_modified=last_modified,
                sends=sending.reaches(queued.guild),
            )
            applied = await self._store.apply(outcome, now=now)
        log.info(
            "article read",
            commitments=len(outcome.commitments),
            alerts=list(applied.alerts),
            gone=list(applied.gone),
            duplicate_of=applied.duplicate_of,
        )
        self._meter.count("articles", "read")
        self._meter.count("claims", "new", len(applied.new_claims))
        self._meter.count("alerts", "raised", len(applied.alerts))
        known = applied.duplicate_of is not None
        return await answering.reading(self._store, applied.stored, known=known)

    async def _analysed(self, guild: str, article: Article) -> Analysis:
        unread = texts.unread(article, limit=self._limits.max_text_chars)
        if unread is not None:
            return unread
        aliases = await self._store.aliases(guild)
        with self._meter.analysis():
            return await self._engine.analyse(
                article.text, title=article.title, published=article.published, aliases=aliases
            )
