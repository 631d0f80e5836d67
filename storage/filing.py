"""Applying an outcome: all that one reading of one article comes to, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from bot.errors import StorageError
from bot.models import ArticleState
from bot.records import Applied
from storage import rows, search
from storage.articles import fold, load_article
from storage.claims import load_claims
from storage.holding import store_evidence
from storage.ids import Kind, missing, parse, render
from storage.part import Part, content_hash, utc_now
from storage.sources import add_url
from storage.tables import article_versions, articles, report_actors, reports
from storage.tellings import Reading, Told, store_commitments

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.models import Claim, Outcome, Report
    from bot.records import StoredArticle


class Filing(Part):
    """Writing what was found."""

    async def apply(self, outcome: Outcome, *, now: datetime | None = None) -> Applied:
        """Store an outcome, whole or not at all; applying it again changes nothing.

        An article whose text another article of the guild already has is folded into that one. Raises
        NotFoundError where the article is gone (a person made the bot forget it meanwhile).
        """
        async with self._db.write() as cx:
            return await _apply(cx, outcome, now or utc_now())

    async def preview(self, outcome: Outcome, *, now: datetime | None = None) -> Applied:
        """What `apply` would do; nothing is stored, and the ids of what is new will not be those."""
        try:
            async with self._db.write() as cx:
                raise _OnlyLookingError(await _apply(cx, outcome, now or utc_now()))
        except _OnlyLookingError as looked:
            return looked.applied


class _OnlyLookingError(Exception):
    """Leaves a transaction so that it is rolled back."""

    def __init__(self, applied: Applied) -> None:
        super().__init__()
        self.applied = applied


async def _apply(cx: AsyncConnection, outcome: Outcome, now: datetime) -> Applied:
    number = parse(Kind.ARTICLE, outcome.article_id)
    digest = content_hash(outcome.article.text)
    mine = articles.c.guild == outcome.guild, articles.c.id == number
    row = (await cx.execute(select(articles).where(*mine))).first()
    if row is None:
        raise missing(Kind.ARTICLE, outcome.article_id)
    if row.version == 0 and (first := await _same_text(cx, row, digest)) is not None:
        await fold(cx, outcome.guild, number, first)
        stored = await _load(cx, outcome.guild, first)
        return Applied(stored, duplicate_of=stored.id, tellings=stored.tellings)
    reading = await _store_article(cx, row, outcome, digest, now)
    return await _store_findings(cx, reading, outcome)


async def _same_text(cx: AsyncConnection, row: Row[Any], digest: str) -> int | None:
    query = select(articles.c.id).where(
        articles.c.guild == row.guild, articles.c.content_hash == digest, articles.c.id != row.id
    )
    found: int | None = (await cx.execute(query.order_by(articles.c.id))).scalar()
    return found


async def _store_article(
    cx: AsyncConnection, row: Row[Any], outcome: Outcome, digest: str, now: datetime
) -> Reading:
    changed = row.content_hash != digest
    version = row.version + 1 if changed else row.version
    # A text that is the same has been on record since it was first fetched, and so has what was found in it.
    fetched = outcome.fetched or now if changed else row.fetched
    key = {"guild": row.guild, "article_id": row.id, "version": version}
    text = {"text": outcome.article.text, "content_hash": digest, "fetched": fetched}
    if changed:
        await cx.execute(insert(article_versions).values(key | text))
    else:
        # White space may differ, and the offsets of this reading are offsets into this text.
        same = (article_versions.c[name] == value for name, value in key.items())
        await cx.execute(update(article_versions).where(*same).values(text))
    # A text that was submitted while this one was worked on is still to be read.
    waits = row.pending_hash is not None and row.pending_hash != digest
    values = rows.article_values(outcome.article) | {"url": outcome.article.url or row.url}
    values |= {"version": version, "content_hash": digest, "fetched": fetched}
    if not outcome.reanalysis:
        values |= {"etag": outcome.etag, "last_modified": outcome.last_modified}
    values |= {"owner": None, "expires": None, "retry_at": None, "error": None}
    values |= {"state": ArticleState.QUEUED.value} if waits else _done()
    await cx.execute(update(articles).where(articles.c.id == row.id).values(values))
    await add_url(cx, row.guild, row.id, outcome.article.url)
    return Reading(row.guild, row.id, version, outcome.article.text, changed, now)


def _done() -> dict[str, Any]:
    return {"state": ArticleState.DONE.value, "pending": None, "pending_hash": None}


async def _store_findings(cx: AsyncConnection, reading: Reading, outcome: Outcome) -> Applied:
    told = Told()
    alerts: list[int] = []
    if outcome.analysed:
        told = await store_commitments(cx, reading, outcome)
        await _store_reports(cx, reading, outcome.reports)
        alerts = await store_evidence(cx, reading, outcome, told.placed)
        await index_claims(cx, reading.guild, told.touched)
    stored = await _load(cx, reading.guild, reading.article)
    filed = {item.telling.id: item for item in stored.tellings}
    ids = [render(Kind.TELLING, where.number) for where in told.placed]
    return Applied(
        stored=stored,
        new_claims=tuple(render(Kind.CLAIM, number) for number in told.new),
        alerts=tuple(render(Kind.ALERT, number) for number in alerts),
        gone=tuple(render(Kind.TELLING, number) for number in told.gone),
        tellings=tuple(filed[telling_id] for telling_id in ids if telling_id in filed),
    )


async def _load(cx: AsyncConnection, guild: str, number: int) -> StoredArticle:
    stored = await load_article(cx, guild, number)
    if stored is None:
        raise StorageError("An article vanished inside its own transaction.")
    return stored


async def _store_reports(cx: AsyncConnection, reading: Reading, found: Sequence[Report]) -> None:
    """Put this reading's reports in place of the last one's; evidence keeps copies of its own."""
    await cx.execute(
        delete(reports).where(reports.c.guild == reading.guild, reports.c.article_id == reading.article)
    )
    if not found:
        return
    owner = {"guild": reading.guild, "article_id": reading.article}
    returning = insert(reports).returning(reports.c.id, sort_by_parameter_order=True)
    numbers = (await cx.execute(returning, [owner | rows.report_values(r) for r in found])).scalars().all()
    links = [
        {"guild": reading.guild, "report_id": number, "actor_key": key}
        for number, report in zip(numbers, found, strict=True)
        for key in dict.fromkeys(report.actor_keys)
    ]
    if links:
        await cx.execute(insert(report_actors), links)
    bodies = {number: report_body(r) for number, r in zip(numbers, found, strict=True)}
    await search.put(cx, search.REPORTS, reading.guild, bodies)


def report_body(report: Report) -> str:
    """What is searched of a report."""
    return f"{report.terms} {report.quote}"


def claim_body(claim: Claim) -> str:
    """What is searched of a claim: its actor, and every wording once."""
    parts = [claim.actor, claim.content]
    for telling in claim.tellings:
        told = telling.commitment
        parts += [told.quote, told.content, told.speaker or "", told.addressee or ""]
    return "\n".join(dict.fromkeys(part for part in parts if part))


async def index_claims(cx: AsyncConnection, guild: str, numbers: Iterable[int]) -> None:
    """Bring the index in step with these claims; those that are not shown are taken out of it."""
    wanted = sorted(set(numbers))
    shown = await load_claims(cx, guild, wanted)
    await search.drop(cx, search.CLAIMS, wanted)
    await search.put(
        cx, search.CLAIMS, guild, {parse(Kind.CLAIM, claim.id): claim_body(claim) for claim in shown}
    )
