"""Storing evidence, and the alerts that it raises: at most one for a claim and an article."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, insert, select, update

from bot.models import AlertState, NewClaim
from storage import rows
from storage.claims import resolve_claim
from storage.ids import Kind, parse
from storage.part import gently, inserted
from storage.tables import alert_articles, alerts, articles, claims, commitments, evidence
from storage.tellings import SUPERSEDED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.models import Held, Outcome
    from storage.tellings import Placed, Reading


def quote_hash(quote: str) -> str:
    """Stands for a quote in a unique constraint."""
    return hashlib.sha256(quote.encode()).hexdigest()[:32]


async def store_evidence(
    cx: AsyncConnection, reading: Reading, outcome: Outcome, placed: Sequence[Placed]
) -> list[int]:
    """Store an outcome's findings and raise their alerts: the alerts raised or joined.

    `placed` is how its commitments were stored.
    """
    provisional = {NewClaim(index).id: where.claim for index, where in enumerate(placed)}
    telling_of = {NewClaim(index).id: where.number for index, where in enumerate(placed)}
    seen: set[int] = set()
    raised: list[int] = []
    # The best first, so that of several for one claim and article it is the one that raises the alert.
    for item in sorted(outcome.evidence, key=lambda item: -item.finding.score):
        finding = item.finding
        claim = await _shown_claim(cx, reading.guild, finding.claim_id, provisional)
        article = await _article(cx, reading, item.article_id)
        if claim is None or article is None:
            continue  # forgotten, merged away or rejected by people since it was read
        telling = await _telling(cx, reading.guild, finding.telling_id, telling_of)
        number, may_alert = await _store(cx, reading, item, claim, article, telling)
        seen.add(number)
        if item.alert and may_alert:
            state = AlertState.PENDING if outcome.sends else AlertState.LOCAL
            alert = await _raise(cx, reading, claim, article, number, item.joins, state)
            if alert is not None:
                raised.append(alert)
                await cx.execute(update(evidence).where(evidence.c.id == number).values(alert=True))
    await _part_with(cx, reading, seen, reanalysis=outcome.reanalysis)
    return raised


async def _shown_claim(
    cx: AsyncConnection, guild: str, claim_id: str, provisional: Mapping[str, int]
) -> int | None:
    number = provisional.get(claim_id)
    if number is None:
        number = await resolve_claim(cx, guild, parse(Kind.CLAIM, claim_id))
    shown = select(claims.c.id).where(
        claims.c.guild == guild, claims.c.id == number, claims.c.hidden.is_(None)
    )
    found: int | None = (await cx.execute(shown)).scalar()
    return found


async def _article(cx: AsyncConnection, reading: Reading, article_id: str | None) -> int | None:
    if article_id is None:
        return reading.article
    number = parse(Kind.ARTICLE, article_id)
    query = select(articles.c.id).where(articles.c.guild == reading.guild, articles.c.id == number)
    found: int | None = (await cx.execute(query)).scalar()
    return found


async def _telling(
    cx: AsyncConnection, guild: str, telling_id: str | None, telling_of: Mapping[str, int]
) -> int | None:
    if telling_id is None:
        return None
    if telling_id in telling_of:
        return telling_of[telling_id]
    number = parse(Kind.TELLING, telling_id)
    query = select(commitments.c.id).where(commitments.c.guild == guild, commitments.c.id == number)
    found: int | None = (await cx.execute(query)).scalar()
    return found


async def _store(
    cx: AsyncConnection, reading: Reading, item: Held, claim: int, article: int, telling: int | None
) -> tuple[int, bool]:
    """The number of the evidence, and whether it may raise an alert: nobody decided on it yet, and it says
    what the finding says."""
    key = {
        "guild": reading.guild,
        "claim_id": claim,
        "article_id": article,
        "quote_hash": quote_hash(item.finding.report.quote),
    }
    values = rows.evidence_values(item.finding) | {"telling_id": telling, "gone_at": None}
    query = select(evidence).where(*(evidence.c[name] == value for name, value in key.items()))
    row = (await cx.execute(query)).first()
    if row is None:
        fresh = key | values | {"alert": False, "found": reading.now}
        return inserted(await cx.execute(insert(evidence).values(fresh))), True
    hidden = None if row.hidden == SUPERSEDED else row.hidden
    is_open = row.decision is None and hidden is None
    if await _outweighs(cx, row, item, telling):
        return row.id, is_open and row.relation == values["relation"]
    if row.by is None:
        statement = update(evidence).where(evidence.c.id == row.id)
        await cx.execute(statement.values(values | {"hidden": hidden}))
    return row.id, is_open


async def _outweighs(cx: AsyncConnection, row: Row[Any], item: Held, telling: int | None) -> bool:
    """Whether what is on record of an earlier article's report stays, as it was found by a wording that says
    more, or as much and earlier. (Its own reading holds a report against all wordings, and replaces it.)"""
    if item.article_id is None or row.gone_at is not None or row.hidden is not None:
        return False
    if row.score != item.finding.score:
        return bool(row.score > item.finding.score)
    query = (
        select(commitments.c.id, commitments.c.quote, articles.c.published)
        .join(
            articles, and_(articles.c.guild == commitments.c.guild, articles.c.id == commitments.c.article_id)
        )
        .where(commitments.c.guild == row.guild, commitments.c.id.in_([telling, row.telling_id]))
    )
    rank = {found.id: (found.published or date.max, found.quote) for found in await cx.execute(query)}
    return row.telling_id in rank and (telling not in rank or rank[row.telling_id] <= rank[telling])


async def _raise(
    cx: AsyncConnection,
    reading: Reading,
    claim: int,
    article: int,
    number: int,
    joins: str | None,
    state: AlertState,
) -> int | None:
    """Put an alert into the outbox, or join one; None where this claim and article have theirs."""
    guild, now = reading.guild, reading.now
    key = {"guild": guild, "claim_id": claim, "article_id": article}
    there = select(alert_articles.c.alert_id).where(
        *(alert_articles.c[name] == value for name, value in key.items())
    )
    if (await cx.execute(there)).first() is not None:
        return None
    alert = None if joins is None else await _joined(cx, guild, claim, joins)
    if alert is None:
        values: dict[str, Any] = {"guild": guild, "claim_id": claim, "evidence_id": number, "created": now}
        values |= {"state": state.value, "attempts": 0, "shown": 0}
        alert = inserted(await cx.execute(insert(alerts).values(values)))
    await cx.execute(
        insert(alert_articles).values(key | {"alert_id": alert, "evidence_id": number, "joined": now})
    )
    return alert


async def _joined(cx: AsyncConnection, guild: str, claim: int, alert_id: str) -> int | None:
    query = select(alerts.c.id).where(
        alerts.c.guild == guild, alerts.c.id == parse(Kind.ALERT, alert_id), alerts.c.claim_id == claim
    )
    found: int | None = (await cx.execute(query)).scalar()
    return found


async def _part_with(cx: AsyncConnection, reading: Reading, seen: set[int], *, reanalysis: bool) -> None:
    """What becomes of this article's evidence that this reading did not find."""
    mine = (evidence.c.guild == reading.guild, evidence.c.article_id == reading.article)
    for row in [row async for row in gently(await cx.execute(select(evidence).where(*mine)))]:
        if row.id in seen:
            continue
        values: dict[str, Any] = {}
        if reading.changed:
            start = reading.text.find(row.report["quote"])
            if start >= 0:
                span = {"start_at": start, "end_at": start + len(row.report["quote"])}
                values = {"gone_at": None, "report": row.report | span}
            elif row.gone_at is None:
                values = {"gone_at": reading.now}
        elif reanalysis and row.by is None and row.decision is None and not row.alert and row.hidden is None:
            values = {"hidden": SUPERSEDED}
        if values:
            await cx.execute(update(evidence).where(evidence.c.id == row.id).values(values))
