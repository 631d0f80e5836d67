"""How everything stands, in words: what `/health` and the command `health` show. No secret can be in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.texts import number

if TYPE_CHECKING:
    from datetime import datetime

    from bot.managing import Health
    from bot.meter import Meter
    from bot.records import Totals

KINDS_SHOWN = 6
"""Kinds of failure that are named."""


class Row(NamedTuple):
    """One line."""

    name: str
    words: str


def rows(health: Health, now: datetime, meter: Meter | None = None) -> list[Row]:
    """Queue, outbox and record; with `meter` also what happened since the start."""
    queue, outbox, totals = health.queue, health.outbox, health.totals
    waiting = f"{queue.waiting:,} waiting{_age(queue.oldest, now)}, {queue.leased:,} in hand"
    unsent = f"{outbox.pending:,} to send{_age(outbox.oldest, now)}, {outbox.sending:,} being sent"
    found = [
        Row("Queue", f"{waiting}, {queue.set_aside:,} set aside"),
        Row("Alerts", f"{unsent}, {outbox.failed:,} given up"),
        Row("Record", amount(totals, "server")),
    ]
    return found + (_since(meter) if meter else [])


def amount(totals: Totals, guild: str) -> str:
    """How much is stored; `guild` is what a guild is called."""
    counts = (totals.guilds, guild), (totals.articles, "article"), (totals.claims, "claim")
    return ", ".join(number(count, what) for count, what in (*counts, (totals.alerts, "alert")))


def _since(meter: Meter) -> list[Row]:
    articles, alerts, failures = meter.of("articles"), meter.of("alerts"), meter.of("failures")
    read = f"{number(articles.get('read', 0), 'article')} read, {articles.get('set aside', 0):,} set aside"
    sent = f"{number(alerts.get('raised', 0), 'alert')} raised, {alerts.get('sent', 0):,} sent"
    found = [Row("Since the start", f"{read}, {sent}")]
    if failures:
        named = [f"{count:,} × {kind}" for kind, count in list(failures.items())[:KINDS_SHOWN]]
        found.append(Row("Failures", ", ".join(named)))
    if meter.analyses:
        mean = meter.analysis_seconds / meter.analyses
        found.append(Row("Analysis", f"{mean:.2f} s an article"))
    found.append(Row("Event loop", f"at most {meter.lag * 1000:.0f} ms late in the last minute"))
    return found


def _age(oldest: datetime | None, now: datetime) -> str:
    return f" (for {(now - oldest).total_seconds() / 60:.0f} min)" if oldest else ""
