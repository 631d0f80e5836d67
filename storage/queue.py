"""The queue of articles: what is submitted is committed at once, leased to a worker, done or set aside."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, insert, or_, select, update

from bot.errors import InputError
from bot.models import ArticleState
from bot.records import Posting, QueuedArticle, QueueStats, Source, Submitted
from storage.failures import translated
from storage.ids import Kind, missing, parse, render
from storage.part import Part, content_hash, due, ensure_guild, inserted, utc_now
from storage.sources import add_posting, add_url, find_article
from storage.tables import article_versions, articles

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

_FREE: dict[str, Any] = {"owner": None, "expires": None}


class Queue(Part):
    """Submitting and leasing."""

    async def submit(
        self, guild: str, source: Source, posting: Posting | None = None, *, now: datetime | None = None
    ) -> Submitted:
        """Queue an article unless the guild knows its address or its text; commit.

        A known address with another text is queued again and becomes a new version. The posting is kept
        either way. Raises InputError where there is neither address nor text.
        """
        if not source.url and source.text is None:
            raise InputError("There is neither an address nor a text to read.")
        now = now or utc_now()
        with translated(self._db.where):
            digest = None if source.text is None else content_hash(source.text)
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now)
            row = await find_article(cx, guild, source.url, digest)
            if row is None:
                answer = await _insert(cx, guild, source, digest, now)
            elif digest is not None and digest not in (row.content_hash, row.pending_hash):
                await cx.execute(_row(guild, row.id).values(_again(now) | _pending(source, digest)))
                answer = row.id, True, ArticleState.QUEUED
            else:
                answer = row.id, False, ArticleState(row.state)
            await add_url(cx, guild, answer[0], source.url)
            if posting is not None:
                await add_posting(cx, guild, answer[0], posting)
        return Submitted(render(Kind.ARTICLE, answer[0]), answer[1], answer[2])

    async def requeue(self, guild: str, article_id: str, *, now: datetime | None = None) -> None:
        """Read an article again, from its address or its stored text. Raises NotFoundError."""
        await self._set(guild, article_id, _again(now or utc_now()))

    async def lease(
        self,
        owner: str,
        now: datetime,
        seconds: float,
        *,
        guild: str | None = None,
        article_id: str | None = None,
    ) -> QueuedArticle | None:
        """The article that waits longest, given to `owner` for so many seconds; None where none waits.

        An expired lease counts as waiting: its owner is taken for dead. Both `guild` and `article_id` narrow
        the choice to one article.
        """
        wanted = [_waiting(now)]
        if guild is not None:
            wanted.append(articles.c.guild == guild)
        if article_id is not None:
            wanted.append(articles.c.id == parse(Kind.ARTICLE, article_id))
        query = select(articles).where(*wanted).order_by(articles.c.queued, articles.c.id).limit(1)
        async with self._db.read() as cx:  # an empty queue is asked often and shall not hold up who writes
            if (await cx.execute(query)).first() is None:
                return None
        async with self._db.write() as cx:
            row = (await cx.execute(query.with_for_update(skip_locked=True))).first()
            if row is None:
                return None
            expires = now + timedelta(seconds=seconds)
            values = {"state": ArticleState.LEASED.value, "owner": owner, "expires": expires}
            await cx.execute(_row(row.guild, row.id).values(values | {"attempts": row.attempts + 1}))
            text = None if row.url or row.pending else await _stored_text(cx, row)
        return _leased(row, expires, text)

    async def reclaim(self) -> int:
        """Put every leased article back: at start, when no other process works on the database.

        Also where the clock was set back since, and the leases would seem to run on. What ended the process
        need not have been the article: no attempt is counted, but an interruption. How many were put back.
        """
        leased = articles.c.state == ArticleState.LEASED.value
        counts = {
            "attempts": articles.c.attempts - 1,
            "interruptions": articles.c.interruptions + 1,
        }
        values = _FREE | {"state": ArticleState.QUEUED.value} | counts
        async with self._db.write() as cx:
            return (await cx.execute(update(articles).where(leased).values(values))).rowcount

    async def extend(self, guild: str, article_id: str, owner: str, until: datetime) -> bool:
        """Keep a lease until then. False: it was lost, somebody else has the article."""
        return await self._held(guild, article_id, owner, {"expires": until})

    async def release(
        self,
        guild: str,
        article_id: str,
        owner: str,
        *,
        error: str | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        """Put a leased article back, to be tried from `retry_at` on; nothing if the lease was lost meanwhile.

        Without an error the attempt does not count.
        """
        values = _FREE | {"state": ArticleState.QUEUED.value, "retry_at": retry_at}
        if error is None:
            values["attempts"] = articles.c.attempts - 1
        else:
            values["error"] = error
        await self._held(guild, article_id, owner, values)

    async def set_aside(self, guild: str, article_id: str, error: str) -> None:
        """Try an article no more, and keep why. Raises NotFoundError.

        One that was read before and could only not be read again stays read: its text is on record.
        """
        read_before = and_(articles.c.version > 0, articles.c.pending_hash.is_(None))
        state = case((read_before, ArticleState.DONE.value), else_=ArticleState.SET_ASIDE.value)
        await self._set(guild, article_id, _FREE | {"state": state, "error": error, "retry_at": None})

    async def unchanged(
        self, guild: str, article_id: str, owner: str, *, etag: str | None, last_modified: str | None
    ) -> bool:
        """A page was fetched again and says the same: it stays as it was read. False: the lease was lost."""
        marks = {"etag": etag, "last_modified": last_modified}
        values = _FREE | {"state": ArticleState.DONE.value, "retry_at": None, "error": None} | marks
        return await self._held(guild, article_id, owner, values)

    async def queue(self, now: datetime) -> QueueStats:
        """How the queue of all guilds stands."""
        state = articles.c.state
        counts = select(state, func.count()).group_by(state)
        oldest = select(func.min(articles.c.queued)).where(_waiting(now))
        async with self._db.read() as cx:
            by_state = dict((await cx.execute(counts)).tuples().all())
            first: datetime | None = (await cx.execute(oldest)).scalar_one()
        return QueueStats(
            waiting=by_state.get(ArticleState.QUEUED, 0),
            leased=by_state.get(ArticleState.LEASED, 0),
            set_aside=by_state.get(ArticleState.SET_ASIDE, 0),
            oldest=first,
        )

    async def _set(self, guild: str, article_id: str, values: dict[str, Any]) -> None:
        number = parse(Kind.ARTICLE, article_id)
        async with self._db.write() as cx:
            if (await cx.execute(_row(guild, number).values(values))).rowcount == 0:
                raise missing(Kind.ARTICLE, article_id)

    async def _held(self, guild: str, article_id: str, owner: str, values: dict[str, Any]) -> bool:
        held = and_(articles.c.state == ArticleState.LEASED.value, articles.c.owner == owner)
        statement = _row(guild, parse(Kind.ARTICLE, article_id)).where(held).values(values)
        async with self._db.write() as cx:
            return (await cx.execute(statement)).rowcount == 1


def _row(guild: str, number: int) -> Any:
    return update(articles).where(articles.c.guild == guild, articles.c.id == number)


def _waiting(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(articles.c.state == ArticleState.QUEUED.value, due(articles.c.retry_at, now)),
        and_(articles.c.state == ArticleState.LEASED.value, articles.c.expires <= now),
    )


def _again(now: datetime) -> dict[str, Any]:
    fresh = {
        "state": ArticleState.QUEUED.value,
        "attempts": 0,
        "interruptions": 0,
        "error": None,
        "retry_at": None,
        "queued": now,
    }
    return _FREE | fresh


def _pending(source: Source, digest: str | None) -> dict[str, Any]:
    if source.text is None:
        return {}
    day = source.published.isoformat() if source.published else None
    return {
        "pending": {"text": source.text, "title": source.title, "published": day},
        "pending_hash": digest,
    }


async def _stored_text(cx: AsyncConnection, row: Row[Any]) -> str | None:
    """What a text without an address is read again from."""
    stored = article_versions.c
    key = (stored.guild == row.guild, stored.article_id == row.id, stored.version == row.version)
    found: str | None = (await cx.execute(select(stored.text).where(*key))).scalar()
    return found


def _leased(row: Row[Any], expires: datetime, text: str | None) -> QueuedArticle:
    pending = row.pending or {}
    day = pending.get("published")
    return QueuedArticle(
        id=render(Kind.ARTICLE, row.id),
        guild=row.guild,
        source=Source(
            url=row.url,
            text=pending.get("text", text),
            title=pending.get("title", row.title),
            published=date.fromisoformat(day) if day else row.published,
            source_id=row.source_id,
        ),
        attempts=row.attempts + 1,
        queued=row.queued,
        expires=expires,
        etag=row.etag,
        last_modified=row.last_modified,
        version=row.version,
        interruptions=row.interruptions,
    )


async def _insert(
    cx: AsyncConnection, guild: str, source: Source, digest: str | None, now: datetime
) -> tuple[int, bool, ArticleState]:
    values = _again(now) | _pending(source, digest)
    values |= {"guild": guild, "url": source.url, "source_id": source.source_id, "version": 0}
    values |= {"title": source.title, "published": source.published}
    result = await cx.execute(insert(articles).values(values))
    return inserted(result), True, ArticleState.QUEUED
