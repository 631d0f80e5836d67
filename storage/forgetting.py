"""Forgetting for good: an article, a claim, a guild's whole record, a guild."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from storage.filing import index_claims
from storage.ids import Kind, missing, parse
from storage.part import Part
from storage.reviews import merged_into
from storage.tables import actors, alert_articles, alerts, articles, claims, commitments, evidence, guilds

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncConnection


class Forgetting(Part):
    """Deletion, at once and in full; a backup made before still holds what was deleted."""

    async def forget_article(self, guild: str, article_id: str) -> None:
        """Delete an article with its text, tellings, evidence and postings, and claims that only it told.

        Raises NotFoundError.
        """
        number = parse(Kind.ARTICLE, article_id)
        async with self._db.write() as cx:
            told = select(commitments.c.claim_id).where(
                commitments.c.guild == guild, commitments.c.article_id == number
            )
            touched = set((await cx.execute(told)).scalars())
            await _hand_over_alerts(cx, guild, number)
            mine = articles.c.guild == guild, articles.c.id == number
            if (await cx.execute(delete(articles).where(*mine))).rowcount == 0:
                raise missing(Kind.ARTICLE, article_id)
            still = select(commitments.c.claim_id).where(commitments.c.guild == guild)
            left = set((await cx.execute(still.where(commitments.c.claim_id.in_(touched)))).scalars())
            for claim in touched - left:
                await _delete_claim(cx, guild, claim)
            await index_claims(cx, guild, left)

    async def forget_claim(self, guild: str, claim_id: str) -> None:
        """Delete a claim with those merged into it, its tellings, evidence, alerts and verdicts.

        Its articles stay; read again, they would tell it again. Raises NotFoundError.
        """
        number = parse(Kind.CLAIM, claim_id)
        async with self._db.write() as cx:
            known = select(claims.c.id).where(claims.c.guild == guild, claims.c.id == number)
            if (await cx.execute(known)).first() is None:
                raise missing(Kind.CLAIM, claim_id)
            await _delete_claim(cx, guild, number)

    async def forget_everything(self, guild: str) -> None:
        """Delete every article and claim of a guild; its settings, aliases, channels and feeds stay."""
        async with self._db.write() as cx:
            for table in (articles, claims, actors):
                await cx.execute(delete(table).where(table.c.guild == guild))

    async def delete_guild(self, guild: str) -> bool:
        """Delete all that is stored of a guild. False: there was nothing."""
        async with self._db.write() as cx:
            return (await cx.execute(delete(guilds).where(guilds.c.id == guild))).rowcount == 1


async def _delete_claim(cx: AsyncConnection, guild: str, number: int) -> None:
    numbers = await merged_into(cx, guild, number)
    await cx.execute(delete(claims).where(claims.c.guild == guild, claims.c.id.in_(numbers)))


async def _hand_over_alerts(cx: AsyncConnection, guild: str, article: int) -> None:
    """Alerts that rest on evidence of this article, and that others joined, go on with the next one's."""
    resting = (
        select(alerts.c.id)
        .join(evidence, evidence.c.id == alerts.c.evidence_id)
        .where(alerts.c.guild == guild, evidence.c.article_id == article)
    )
    for alert in (await cx.execute(resting)).scalars().all():
        others: Any = (
            select(alert_articles.c.evidence_id)
            .where(alert_articles.c.alert_id == alert, alert_articles.c.article_id != article)
            .order_by(alert_articles.c.joined, alert_articles.c.article_id)
        )
        heir = (await cx.execute(others)).scalar()
        if heir is not None:
            await cx.execute(update(alerts).where(alerts.c.id == alert).values(evidence_id=heir))
