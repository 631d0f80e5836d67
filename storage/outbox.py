"""The outbox: alerts to send, marked before they are sent, so that a crash neither loses nor repeats one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, literal, or_, select, update

from bot.models import AlertState
from bot.records import Alert, OutboxStats
from storage.claims import resolve_claim
from storage.columns import Stamp
from storage.ids import Kind, missing, parse, render
from storage.part import Part, due
from storage.tables import alert_articles, alerts, claims, evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import ColumnElement, Row, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

_JOINED = and_(alert_articles.c.guild == alerts.c.guild, alert_articles.c.alert_id == alerts.c.id)


_WANTED = (
    exists().where(
        claims.c.guild == alerts.c.guild, claims.c.id == alerts.c.claim_id, claims.c.hidden.is_(None)
    ),
    exists().where(
        evidence.c.guild == alerts.c.guild,
        evidence.c.id == alerts.c.evidence_id,
        evidence.c.hidden.is_(None),
        func.coalesce(evidence.c.decision, "") != "dismissed",
    ),
)
"""An alert is not sent any more when people rejected its claim, or dismissed its evidence, before it was."""


class Outbox(Part):
    """Alerts on their way to Discord."""

    async def pending_alerts(self, now: datetime, limit: int, *, guild: str | None = None) -> list[Alert]:
        """Alerts that are due to be sent, the longest waiting first."""
        pending = alerts.c.state == AlertState.PENDING.value
        return await self._alerts(pending, due(alerts.c.retry_at, now), *_WANTED, guild=guild, limit=limit)

    async def interrupted_alerts(self, limit: int) -> list[Alert]:
        """Alerts marked as being sent: after a start, those of which nobody knows whether they were.

        Look in the channel for the alert's marker, then `mark_sent` or `mark_failed`.
        """
        return await self._alerts(alerts.c.state == AlertState.SENDING.value, limit=limit)

    async def alerts_to_edit(self, now: datetime, limit: int) -> list[Alert]:
        """Sent alerts that other articles have joined since; after the edit, `mark_sent` again."""
        joined = select(func.count()).select_from(alert_articles).where(_JOINED).scalar_subquery()
        ready = due(alerts.c.retry_at, now)
        return await self._alerts(
            alerts.c.state == AlertState.SENT.value, joined > alerts.c.shown, ready, limit=limit
        )

    async def given_up(self, guild: str | None = None) -> list[Alert]:
        """Alerts that could not be delivered and wait for a person."""
        return await self._alerts(alerts.c.state == AlertState.FAILED.value, guild=guild)

    async def alerts_for(self, guild: str, claim_id: str) -> list[Alert]:
        """Every alert on a claim, the first raised first."""
        async with self._db.read() as cx:
            number = await resolve_claim(cx, guild, parse(Kind.CLAIM, claim_id))
        return await self._alerts(alerts.c.claim_id == number, guild=guild)

    async def alert(self, guild: str, alert_id: str) -> Alert:
        """One alert. Raises NotFoundError."""
        found = await self._alerts(alerts.c.id == parse(Kind.ALERT, alert_id), guild=guild)
        if not found:
            raise missing(Kind.ALERT, alert_id)
        return found[0]

    async def mark_sending(self, alert: Alert, nonce: str, *, channel_id: str | None = None) -> bool:
        """Mark a pending alert before it is sent. False: it is not pending (any more), do not send it."""
        values = {"state": AlertState.SENDING.value, "nonce": nonce, "channel_id": channel_id}
        pending = alerts.c.state == AlertState.PENDING.value
        return await self._mark(alert, values | {"attempts": alerts.c.attempts + 1}, pending)

    async def mark_sent(self, alert: Alert, message_id: str, *, now: datetime, shown: int = 1) -> bool:
        """An alert was delivered, or its message edited, and shows so many articles."""
        values = {"state": AlertState.SENT.value, "message_id": message_id, "shown": shown}
        values |= {
            "sent": func.coalesce(alerts.c.sent, literal(now, Stamp())),
            "error": None,
            "retry_at": None,
        }
        return await self._mark(alert, values)

    async def mark_failed(self, alert: Alert, error: str, retry_at: datetime | None) -> bool:
        """An attempt to send or edit failed: try again then, or give up where that is None.

        A sent alert whose edit is given up counts as shown in full: the message itself is there.
        """
        values: dict[str, Any] = {"error": error, "retry_at": retry_at}
        if alert.state is AlertState.SENT:
            values |= {"shown": len(alert.articles)} if retry_at is None else {}
        else:
            state = AlertState.PENDING if retry_at is not None else AlertState.FAILED
            values |= {"state": state.value}
        return await self._mark(alert, values)

    async def send_again(self, guild: str, alert_id: str) -> None:
        """Try an alert again that was given up. Raises NotFoundError."""
        alert = await self.alert(guild, alert_id)
        values = {"state": AlertState.PENDING.value, "attempts": 0, "retry_at": None}
        await self._mark(alert, values, alerts.c.state == AlertState.FAILED.value)

    async def sent_since(self, guild: str, since: datetime) -> int:
        """How many alerts the guild was sent since then: what the daily budget counts."""
        query = (
            select(func.count()).select_from(alerts).where(alerts.c.guild == guild, alerts.c.sent >= since)
        )
        async with self._db.read() as cx:
            return int((await cx.execute(query)).scalar_one())

    async def outbox(self) -> OutboxStats:
        """How the outbox of all guilds stands."""
        unsent = and_(alerts.c.state == AlertState.PENDING.value, *_WANTED)
        counted = or_(alerts.c.state != AlertState.PENDING.value, unsent)
        counts = select(alerts.c.state, func.count()).where(counted).group_by(alerts.c.state)
        oldest = select(func.min(alerts.c.created)).where(unsent)
        async with self._db.read() as cx:
            by_state = dict((await cx.execute(counts)).tuples().all())
            first = (await cx.execute(oldest)).scalar_one()
        return OutboxStats(
            pending=by_state.get(AlertState.PENDING, 0),
            sending=by_state.get(AlertState.SENDING, 0),
            failed=by_state.get(AlertState.FAILED, 0),
            oldest=first,
        )

    async def _alerts(
        self, *wanted: ColumnElement[bool], guild: str | None = None, limit: int | None = None
    ) -> list[Alert]:
        query: Select[Any] = select(alerts).where(*wanted).order_by(alerts.c.created, alerts.c.id)
        if guild is not None:
            query = query.where(alerts.c.guild == guild)
        async with self._db.read() as cx:
            return await _load(cx, (await cx.execute(query.limit(limit))).all())

    async def _mark(self, alert: Alert, values: dict[str, Any], *only: ColumnElement[bool]) -> bool:
        mine = alerts.c.guild == alert.guild, alerts.c.id == parse(Kind.ALERT, alert.id)
        async with self._db.write() as cx:
            return (await cx.execute(update(alerts).where(*mine, *only).values(values))).rowcount == 1


async def _load(cx: AsyncConnection, found: Sequence[Row[Any]]) -> list[Alert]:
    numbers = [row.id for row in found]
    query = select(alert_articles.c.alert_id, alert_articles.c.article_id)
    query = query.where(alert_articles.c.alert_id.in_(numbers))
    members: dict[int, list[str]] = {}
    for number, article in await cx.execute(
        query.order_by(alert_articles.c.joined, alert_articles.c.article_id)
    ):
        members.setdefault(number, []).append(render(Kind.ARTICLE, article))
    return [
        Alert(
            id=render(Kind.ALERT, row.id),
            guild=row.guild,
            claim_id=render(Kind.CLAIM, row.claim_id),
            evidence_id=render(Kind.EVIDENCE, row.evidence_id),
            state=AlertState(row.state),
            nonce=row.nonce,
            attempts=row.attempts,
            created=row.created,
            retry_at=row.retry_at,
            channel_id=row.channel_id,
            message_id=row.message_id,
            error=row.error,
            articles=tuple(members.get(row.id, ())),
            shown=row.shown,
        )
        for row in found
    ]
