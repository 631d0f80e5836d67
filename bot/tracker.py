"""The use cases: what the command line and the cogs ask for. Knows Discord as little as HTTP or SQL.

Every use case belongs to one guild. The work on one guild's articles is done one at a time, because an
article is compared with what the guild has on record, and the record must not change in between.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot import answering, lookup, texts
from bot.errors import (
    AnalysisError,
    FetchError,
    InputError,
    ModelError,
    NotFoundError,
    PageError,
    PassingError,
    StorageError,
)
from bot.meter import Meter
from bot.models import Article, ArticleState
from bot.reading import NO_READER, ArticleReading, Limits
from bot.records import Source
from bot.tracker_answers import ClaimPage

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.alerting import Alerting
    from bot.models import Status
    from bot.records import Posting, QueuedArticle, Submitted
    from bot.tracker_answers import ClaimRecord, Reading
    from bot.tracker_protocols import Engine, Reader, Store

__all__ = ["LEASE_SECONDS", "Limits", "Tracker"]

log = structlog.get_logger(__name__)

LEASE_SECONDS = 180.0
"""How long an article stays with a worker that does not report: longer than fetching, reading and analysing
may take together at their default limits (20 + 20 + 60 s)."""

LOOK_AGAIN = timedelta(days=1)
"""Age from which a page that is posted again is looked at again: corrections to news come within hours, and a
link that goes round for a day costs its site one request."""


class Tracker:
    """The use cases over a store, an analysis engine and, where pages are read, a reader."""

    def __init__(
        self,
        store: Store,
        engine: Engine,
        reader: Reader | None = None,
        *,
        owner: str,
        limits: Limits | None = None,
        canonical: Callable[[str], str] = str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        alerting: Alerting | None = None,
        meter: Meter | None = None,
        known_as: lookup.KnownAs = lambda _key: (),
    ) -> None:
        """`owner` names this process in the leases that it takes; `clock` gives aware UTC times.

        `alerting` decides on alerts as each guild wants them; without it, `limits.alert_level` does for all.

        `canonical` gives the form of an address under which it is filed, or raises InputError;
        `known_as` what the lexicon calls an actor.
        """
        self._store, self._engine, self._reader = store, engine, reader
        self._owner, self._limits = owner, limits or Limits()
        self._canonical, self._clock, self._known_as = canonical, clock, known_as
        self._reading = ArticleReading(
            store,
            engine,
            reader,
            owner=owner,
            limits=self._limits,
            clock=clock,
            alerting=alerting,
            meter=meter or Meter(),
        )

    async def start(self) -> None:
        """Load what reading needs now rather than with the first text. Raises ModelError."""
        await self._engine.start()

    async def submit(self, guild: str, source: Source, posting: Posting | None = None) -> Submitted:
        """Queue an article; committed when it returns. Raises InputError where there is nothing to read."""
        if source.text is not None:
            texts.check(source.text, limit=self._limits.max_text_chars)
            source = replace(source, text=texts.cleaned(source.text), title=texts.cleaned(source.title))
        elif not source.url:
            raise InputError("There is neither a text nor an address to read.")
        if source.url:
            source = replace(source, url=self._canonical(source.url))
        submitted = await self._store.submit(guild, source, posting)
        if submitted.state is ArticleState.DONE and not submitted.is_new and source.text is None:
            read = (await self._store.article(guild, submitted.article_id)).fetched
            if read is not None and self._clock() - read > LOOK_AGAIN:
                await self._store.requeue(guild, submitted.article_id)
                return submitted._replace(state=ArticleState.QUEUED)
        return submitted

    async def ingest(self, guild: str, source: Source, *, article: Article | None = None) -> Reading:
        """Queue an article and read it at once. One that was read before is answered from the record.

        `article` says more of the source's text than the source can (site, author, language).
        """
        submitted = await self.submit(guild, source)
        if submitted.state is ArticleState.DONE and not submitted.is_new:
            if source.text is None and article is None and self._reader is not None:
                return await self._looked_again(guild, submitted.article_id)
            return await self.recall(guild, submitted.article_id)
        if submitted.state is ArticleState.SET_ASIDE:
            await self._store.requeue(guild, submitted.article_id)
        return await self.process(guild, submitted.article_id, article=article)

    async def read_again(self, guild: str, article_id: str) -> Reading:
        """Read an article again now: one set aside, or a page that may have changed. NotFoundError."""
        await self._store.requeue(guild, article_id)
        return await self.process(guild, article_id)

    async def _looked_again(self, guild: str, article_id: str) -> Reading:
        """A known page as it stands now, or as it was read where it cannot be had any more."""
        try:
            return await self.read_again(guild, article_id)
        except (FetchError, PageError) as error:
            await self._store.set_aside(guild, article_id, str(error))
            log.warning("page not read again", guild=guild, article=article_id, error=str(error))
            return await self.recall(guild, article_id)

    async def ingest_article(self, guild: str, article: Article, *, source_id: str | None = None) -> Reading:
        """As `ingest`, for a page that has been read already. InputError where it is no article."""
        if article.kind not in texts.ANALYSED:
            raise InputError(
                article.note or f"This is no article but a page of another kind ({article.kind})."
            )
        source = Source(
            url=article.url,
            text=article.text,
            title=article.title,
            published=article.published,
            source_id=source_id,
        )
        return await self.ingest(guild, source, article=article)

    async def ingest_bytes(
        self, guild: str, body: bytes, *, content_type: str | None = None, source_id: str | None = None
    ) -> Reading:
        """As `ingest`, for the bytes of a page, a PDF or a text. May also raise PageError or LimitError."""
        if self._reader is None:
            raise InputError(NO_READER)
        read = await self._reader.read_bytes(body, content_type, None)
        return await self.ingest_article(guild, read.article, source_id=source_id)

    async def process(self, guild: str, article_id: str, *, article: Article | None = None) -> Reading:
        """Read one queued article now; `article` where its page has been read already.

        What may pass puts it back into the queue, what will not sets it aside; either is raised.
        """
        queued = await self._store.lease(
            self._owner, self._clock(), LEASE_SECONDS, guild=guild, article_id=article_id
        )
        if queued is None:
            raise InputError("This article is being read by another process just now.")
        try:
            return await self.read(queued, article)
        except (PassingError, ModelError) as error:
            await self._store.release(guild, article_id, self._owner, error=str(error))
            raise
        except (FetchError, PageError, AnalysisError, InputError) as error:
            await self._store.set_aside(guild, article_id, str(error))
            raise
        except BaseException:
            # Cancelled, or the store failed: the article is read another time. A store that cannot even take
            # it back lets the lease expire.
            with suppress(StorageError):
                await asyncio.shield(self._store.release(guild, article_id, self._owner))
            raise

    async def read(self, queued: QueuedArticle, article: Article | None = None) -> Reading:
        """Read a leased article and store what came of it; `article` where its page has been read already.

        What becomes of the lease when this raises is the caller's business.
        """
        return await self._reading.read(queued, article)

    async def recall(self, guild: str, article_id: str) -> Reading:
        """What came of an article when it was read, as it was answered then."""
        return await answering.reading(self._store, await self._store.article(guild, article_id), known=True)

    async def guilds(self) -> list[str]:
        """Every guild that has a record. For the operator: nothing of one guild is shown in another."""
        return await self._store.guilds()

    async def find_actor(self, guild: str, name: str) -> lookup.Found:
        """The actor meant by a name, through aliases and misspellings. NotFoundError names near ones."""
        actors = await self._store.actors(guild)
        return lookup.actor(name, self._engine.key(name), actors, known=self._engine.knows(name))

    async def meant(self, guild: str, name: str) -> lookup.Found:
        """As `find_actor`, and also by a part of a name that only one actor has, as in "May"."""
        try:
            return await self.find_actor(guild, name)
        except NotFoundError:
            found = lookup.part(name, await self._store.actors(guild), self._known_as)
            if found is None:
                raise
            return found

    async def claims(
        self,
        guild: str,
        actor: str,
        *,
        status: Status | None = None,
        since: date | None = None,
        limit: int = 25,
        offset: int = 0,
    ) -> ClaimPage:
        """Claims of an actor, newest first. NotFoundError where the guild has none of such an actor."""
        found = await self.meant(guild, actor)
        claims = await self._store.claims(
            guild, actor_keys=found.keys, status=status, since=since, limit=limit, offset=offset
        )
        records = [await answering.record(self._store, claim) for claim in claims]
        return ClaimPage(found.name, found.exact, tuple(records))

    async def claim(self, guild: str, claim_id: str) -> ClaimRecord:
        """One claim with its evidence. NotFoundError."""
        return await answering.record(self._store, await self._store.claim(guild, claim_id))
