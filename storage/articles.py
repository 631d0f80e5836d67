"""Articles as they are stored: looking them up with all that was found in them, and folding two into one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, delete, select, update

from bot.models import ArticleState
from bot.records import Filed, Posting, StoredArticle
from storage import rows
from storage.failures import translated
from storage.ids import Kind, missing, parse, render
from storage.part import Part, content_hash, gently
from storage.sources import find_article
from storage.tables import article_urls, article_versions, articles, claims, commitments, evidence, postings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Row, Select, Table
    from sqlalchemy.ext.asyncio import AsyncConnection


class Articles(Part):
    """What was read."""

    async def article(self, guild: str, article_id: str) -> StoredArticle:
        """An article with its tellings, evidence and postings. Raises NotFoundError."""
        async with self._db.read() as cx:
            found = await load_article(cx, guild, parse(Kind.ARTICLE, article_id))
        if found is None:
            raise missing(Kind.ARTICLE, article_id)
        return found

    async def known(
        self, guild: str, *, url: str | None = None, text: str | None = None
    ) -> StoredArticle | None:
        """The article with this text, else the one with this canonical address; None where there is none."""
        with translated(self._db.where):
            digest = None if text is None else content_hash(text)
        async with self._db.read() as cx:
            row = await find_article(cx, guild, url, digest)
            return None if row is None else await load_article(cx, guild, row.id)

    async def aside(self, guild: str | None = None) -> list[StoredArticle]:
        """Articles that were set aside, the latest first; of every guild without one."""
        query = _with_text().where(articles.c.state == ArticleState.SET_ASIDE.value)
        if guild is not None:
            query = query.where(articles.c.guild == guild)
        async with self._db.read() as cx:
            found = (await cx.execute(query.order_by(articles.c.queued.desc(), articles.c.id.desc()))).all()
        return [_stored(row) for row in found]

    async def done(self, guild: str) -> list[str]:
        """Ids of the articles that were read, in the order of publishing: what can be analysed anew."""
        query = select(articles.c.id).where(
            articles.c.guild == guild, articles.c.state == ArticleState.DONE.value
        )
        async with self._db.read() as cx:
            found = await cx.execute(query.order_by(articles.c.published.nulls_last(), articles.c.id))
            return [render(Kind.ARTICLE, number) for number in found.scalars()]

    async def posted_by(self, guild: str, message_id: str) -> list[StoredArticle]:
        """The articles that a message posted."""
        query = select(postings.c.article_id).where(
            postings.c.guild == guild, postings.c.message_id == message_id
        )
        async with self._db.read() as cx:
            numbers = (await cx.execute(query.order_by(postings.c.article_id))).scalars().all()
            found = [await load_article(cx, guild, number) for number in numbers]
        return [article for article in found if article is not None]

    async def forget_posting(self, guild: str, message_id: str) -> int:
        """Forget what a deleted message posted; the articles stay. How many postings went."""
        statement = delete(postings).where(postings.c.guild == guild, postings.c.message_id == message_id)
        async with self._db.write() as cx:
            return (await cx.execute(statement)).rowcount


def _with_text() -> Select[Any]:
    """Articles with the text of their current version."""
    current = and_(
        article_versions.c.guild == articles.c.guild,
        article_versions.c.article_id == articles.c.id,
        article_versions.c.version == articles.c.version,
    )
    return select(articles, article_versions.c.text).outerjoin(article_versions, current)


async def load_article(cx: AsyncConnection, guild: str, number: int) -> StoredArticle | None:
    """An article with everything that is shown of it."""
    row = (await cx.execute(_with_text().where(articles.c.guild == guild, articles.c.id == number))).first()
    if row is None:
        return None
    told = (
        select(commitments, articles.c.published)
        .join(
            articles, and_(articles.c.guild == commitments.c.guild, articles.c.id == commitments.c.article_id)
        )
        .join(claims, and_(claims.c.guild == commitments.c.guild, claims.c.id == commitments.c.claim_id))
        .where(*_shown_of(commitments, guild, number), claims.c.hidden.is_(None))
        .order_by(commitments.c.start_at, commitments.c.end_at, commitments.c.id)
    )
    said = (
        select(evidence)
        .join(claims, and_(claims.c.guild == evidence.c.guild, claims.c.id == evidence.c.claim_id))
        .where(*_shown_of(evidence, guild, number), claims.c.hidden.is_(None))
        .order_by(evidence.c.score.desc(), evidence.c.id)
    )
    posted = select(postings).where(postings.c.guild == guild, postings.c.article_id == number)
    return _stored(
        row,
        [
            Filed(render(Kind.CLAIM, t.claim_id), rows.telling(t))
            async for t in gently(await cx.execute(told))
        ],
        [rows.evidence(e) async for e in gently(await cx.execute(said))],
        [
            Posting(p.channel_id, p.message_id, p.author_id, p.at)
            for p in await cx.execute(posted.order_by(postings.c.at, postings.c.message_id))
        ],
    )


def _shown_of(table: Table, guild: str, number: int) -> tuple[Any, ...]:
    return table.c.guild == guild, table.c.article_id == number, table.c.hidden.is_(None)


def _stored(
    row: Row[Any],
    tellings: Sequence[Filed] = (),
    found: Sequence[Any] = (),
    posted: Sequence[Posting] = (),
) -> StoredArticle:
    return StoredArticle(
        id=render(Kind.ARTICLE, row.id),
        guild=row.guild,
        source_id=row.source_id,
        state=ArticleState(row.state),
        article=rows.article(row),
        version=row.version,
        queued=row.queued,
        fetched=row.fetched,
        error=row.error,
        attempts=row.attempts,
        tellings=tuple(tellings),
        evidence=tuple(found),
        postings=tuple(posted),
        url=row.url,
    )


async def fold(cx: AsyncConnection, guild: str, number: int, into: int) -> None:
    """Give an article's addresses and postings to another one, and delete it: they are the same text.

    Only for an article of which nothing was stored yet.
    """
    await cx.execute(
        update(article_urls)
        .where(article_urls.c.guild == guild, article_urls.c.article_id == number)
        .values(article_id=into)
    )
    there = select(postings.c.message_id).where(postings.c.guild == guild, postings.c.article_id == into)
    await cx.execute(
        update(postings)
        .where(
            postings.c.guild == guild,
            postings.c.article_id == number,
            postings.c.message_id.not_in(there.scalar_subquery()),
        )
        .values(article_id=into)
    )
    await cx.execute(delete(articles).where(articles.c.guild == guild, articles.c.id == number))
