"""By what an article is known again: its addresses, its text, the messages that posted it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, or_, select

from storage.tables import article_urls, articles, postings

if TYPE_CHECKING:
    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.records import Posting


async def find_article(
    cx: AsyncConnection, guild: str, url: str | None, digest: str | None
) -> Row[Any] | None:
    """The article of this text, else the one of this address; None where the guild has neither."""
    if digest is not None:
        same = or_(articles.c.content_hash == digest, articles.c.pending_hash == digest)
        query = select(articles).where(articles.c.guild == guild, same).order_by(articles.c.id)
        if row := (await cx.execute(query)).first():
            return row
    if url is None:
        return None
    joined = select(articles).join(
        article_urls,
        and_(article_urls.c.guild == articles.c.guild, article_urls.c.article_id == articles.c.id),
    )
    return (await cx.execute(joined.where(articles.c.guild == guild, article_urls.c.url == url))).first()


async def add_url(cx: AsyncConnection, guild: str, number: int, url: str | None) -> None:
    """Remember an address of an article; one that belongs to another article stays there."""
    if not url:
        return
    known = select(article_urls.c.url).where(article_urls.c.guild == guild, article_urls.c.url == url)
    if (await cx.execute(known)).first() is None:
        await cx.execute(insert(article_urls).values(guild=guild, url=url, article_id=number))


async def add_posting(cx: AsyncConnection, guild: str, number: int, posting: Posting) -> None:
    """Remember that a message posted an article."""
    key = (
        postings.c.guild == guild,
        postings.c.message_id == posting.message_id,
        postings.c.article_id == number,
    )
    if (await cx.execute(select(postings.c.at).where(*key))).first() is None:
        values = {"channel_id": posting.channel_id, "author_id": posting.author_id, "at": posting.at}
        key_values = {"guild": guild, "message_id": posting.message_id, "article_id": number}
        await cx.execute(insert(postings).values(values | key_values))
