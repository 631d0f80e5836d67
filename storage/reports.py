"""Reports of articles read earlier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from bot.records import StoredReport
from storage import rows, search
from storage.ids import Kind, parse, render
from storage.part import Part, gently
from storage.tables import articles, report_actors
from storage.tables import reports as report_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Select


class Reports(Part):
    """What articles reported, kept so that a promise that is posted late can be held against it."""

    async def stored_reports(
        self,
        guild: str,
        actor_keys: Collection[str],
        *,
        exclude_article: str | None = None,
        of_articles: Collection[str] | None = None,
    ) -> list[StoredReport]:
        """Reports that could be held against any of these actors, oldest article first.

        `of_articles`: of these articles only; None: of any.
        """
        by_actor = select(report_actors.c.report_id).where(
            report_actors.c.guild == guild, report_actors.c.actor_key.in_(list(actor_keys))
        )
        return await self._reports(guild, by_actor, exclude_article, of_articles)

    async def reports_with(self, guild: str, text: str) -> list[StoredReport]:
        """Reports that hold every word of the text, oldest article first."""
        query = search.holding(search.REPORTS, guild, text)
        return [] if query is None else await self._reports(guild, query, None)

    async def _reports(
        self, guild: str, numbers: Select[Any], exclude: str | None, of: Collection[str] | None = None
    ) -> list[StoredReport]:
        query = (
            select(report_rows, articles.c.published)
            .join(
                articles,
                and_(articles.c.guild == report_rows.c.guild, articles.c.id == report_rows.c.article_id),
            )
            .where(report_rows.c.guild == guild, report_rows.c.id.in_(numbers))
            .order_by(articles.c.published.nulls_first(), report_rows.c.id)
        )
        if of is not None:
            query = query.where(report_rows.c.article_id.in_([parse(Kind.ARTICLE, each) for each in of]))
        if exclude is not None:
            query = query.where(report_rows.c.article_id != parse(Kind.ARTICLE, exclude))
        async with self._db.read() as cx:
            return [
                StoredReport(render(Kind.ARTICLE, row.article_id), row.published, rows.report(row._mapping))
                async for row in gently(await cx.execute(query))
            ]
