"""The alerts on their way out: which are due, what is marked before and after, when to try again.

What may pass is tried again ever later and given up in the end; what only people can mend (a deleted channel,
a missing permission, no channel chosen) is looked at once an hour, and they are told once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.errors import NotFoundError
from bot.meter import Meter
from bot.models import AlertState

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.browsing import Browser
    from bot.records import Alert, GuildSettings
    from bot.review_answers import AlertView

log = structlog.get_logger(__name__)

FIRST_RETRY = timedelta(seconds=20)
LAST_RETRY = timedelta(hours=1)
MAX_ATTEMPTS = 14
"""20 s, doubled up to an hour: given up after about eight hours, longer than Discord's longest outages."""

HOLD = timedelta(hours=1)
"""How long nothing is tried where only people can help: 24 requests a day cannot get anybody banned."""

KEPT = timedelta(days=30)
"""How long an alert waits for people to mend what keeps it back; then it is given up, visibly."""

AT_ONCE = 20
"""Alerts looked at in one pass: two guilds' bursts take turns."""

FOREVER = datetime.max.replace(tzinfo=UTC)


class Outbox(Protocol):
    """What sending needs of the store; see `storage.outbox`."""

    async def pending_alerts(self, now: datetime, limit: int, *, guild: str | None = None) -> list[Alert]:
        """Alerts that are due, the longest waiting first."""
        ...

    async def interrupted_alerts(self, limit: int) -> list[Alert]:
        """Alerts of which nobody knows whether they were sent."""
        ...

    async def alerts_to_edit(self, now: datetime, limit: int) -> list[Alert]:
        """Sent alerts that other articles have joined since."""
        ...

    async def alerts_for(self, guild: str, claim_id: str) -> list[Alert]:
        """The alerts on a claim."""
        ...

    async def mark_sending(self, alert: Alert, nonce: str, *, channel_id: str | None = None) -> bool:
        """Mark a pending alert before it is sent; False: do not send it."""
        ...

    async def mark_sent(self, alert: Alert, message_id: str, *, now: datetime, shown: int = 1) -> bool:
        """It was delivered, or its message edited."""
        ...

    async def mark_failed(self, alert: Alert, error: str, retry_at: datetime | None) -> bool:
        """Try again then; None: give up."""
        ...

    async def send_again(self, guild: str, alert_id: str) -> None:
        """Try an alert again that was given up."""
        ...

    async def given_up(self, guild: str | None = None) -> list[Alert]:
        """Alerts that were given up."""
        ...

    async def sent_since(self, guild: str, since: datetime) -> int:
        """How many alerts the guild was sent."""
        ...

    async def settings(self, guild: str) -> GuildSettings:
        """What the guild's managers set."""
        ...


@dataclass(frozen=True, slots=True)
class Due:
    """An alert to be sent now."""

    alert: Alert
    view: AlertView
    settings: GuildSettings
    beyond_budget: bool
    """Whether the guild has had its alerts for today: it goes into the digest."""


class Sending:
    """The outbox as the sender works it, one pass after another, never two at a time."""

    def __init__(
        self, outbox: Outbox, browser: Browser, clock: Callable[[], datetime], meter: Meter | None = None
    ) -> None:
        self._outbox, self._browser, self._clock = outbox, browser, clock
        self._meter = meter or Meter()

    def today(self) -> datetime:
        """The beginning of the day that the budget counts, in UTC."""
        return self._clock().replace(hour=0, minute=0, second=0, microsecond=0)

    async def interrupted(self) -> list[Alert]:
        """Alerts that a crash left half sent."""
        return await self._outbox.interrupted_alerts(AT_ONCE)

    async def due(self) -> list[Alert]:
        """Alerts to be sent now, the longest waiting first."""
        return await self._outbox.pending_alerts(self._clock(), AT_ONCE)

    async def prepare(self, alert: Alert) -> Due | None:
        """All that is needed to send an alert; None where there is nothing (left) to send.

        An alert whose evidence was dismissed or taken off the record before it was sent is not sent, nor is
        one of a record that no server reads (older versions put these into the outbox).
        """
        view = await self.view(alert)
        if view is None or view.match.evidence.decision == "dismissed" or not reaches(alert.guild):
            await self._outbox.mark_sent(alert, "", now=self._clock(), shown=len(alert.articles))
            return None
        settings = await self._outbox.settings(alert.guild)
        sent = await self._outbox.sent_since(alert.guild, self.today())
        return Due(alert, view, settings, beyond_budget=sent >= settings.daily_alerts)

    async def view(self, alert: Alert) -> AlertView | None:
        """The alert with both sides; None where they were taken off the record."""
        try:
            return await self._browser.alert(alert.guild, alert.id)
        except NotFoundError:
            return None

    async def begin(self, alert: Alert, channel_id: str) -> bool:
        """Mark it before it is sent. False: somebody else did."""
        return await self._outbox.mark_sending(alert, nonce(alert), channel_id=channel_id)

    async def sent(self, alert: Alert, message_id: str, shown: int | None = None) -> None:
        """It stands in the channel; `shown`: how many articles its message shows (all: None)."""
        shown = len(alert.articles) if shown is None else shown
        await self._outbox.mark_sent(alert, message_id, now=self._clock(), shown=max(shown, 1))
        if alert.state is not AlertState.SENT:
            self._meter.count("alerts", "sent")
            log.info("alert sent", guild=alert.guild, alert=alert.id, articles=list(alert.articles))

    async def again(self, alert: Alert, error: str) -> bool:
        """It failed for a reason that may pass: try later. False: given up."""
        attempts = alert.attempts + 1
        wait = min(FIRST_RETRY * 2 ** min(attempts - 1, 20), LAST_RETRY)
        keep = attempts < MAX_ATTEMPTS
        self._meter.count("alerts", "put off" if keep else "given up")
        await self._outbox.mark_failed(alert, error, self._clock() + wait if keep else None)
        return keep

    async def hold(self, alert: Alert, error: str) -> bool:
        """It cannot be sent until people mend something. Whether that is news: they are told once."""
        waiting = await self._outbox.pending_alerts(FOREVER, 500, guild=alert.guild)
        known = any(other.error == error for other in [*waiting, alert])
        now = self._clock()
        keep = now - alert.created < KEPT
        self._meter.count("alerts", "held" if keep else "given up")
        await self._outbox.mark_failed(alert, error, now + HOLD if keep else None)
        return not known

    async def release(self, alert: Alert) -> None:
        """It was not sent after all: it is due again."""
        await self._outbox.mark_failed(alert, "It was interrupted while it was sent.", self._clock())

    async def hurry(self, guild: str) -> int:
        """Try the guild's waiting alerts now: something was mended. How many they are."""
        waiting = await self._outbox.pending_alerts(FOREVER, 500, guild=guild)
        for alert in waiting:
            if alert.retry_at is not None:
                await self._outbox.mark_failed(alert, alert.error or "", self._clock())
        return len(waiting)

    async def given_up(self, guild: str | None = None) -> list[Alert]:
        """The alerts that were given up, of one guild or of all."""
        return await self._outbox.given_up(guild)

    async def send_again(self, alert: Alert) -> None:
        """Put an alert that was given up back into the outbox."""
        await self._outbox.send_again(alert.guild, alert.id)

    async def to_edit(self) -> list[Alert]:
        """Alerts whose message no longer shows every article."""
        return await self._outbox.alerts_to_edit(self._clock(), AT_ONCE)

    async def standing(self, guild: str, claim_id: str) -> list[Alert]:
        """The alerts on a claim that stand in a channel: redrawn when it is reviewed."""
        found = await self._outbox.alerts_for(guild, claim_id)
        return [a for a in found if a.state is AlertState.SENT and a.message_id and a.channel_id]


def reaches(guild: str) -> bool:
    """Whether a guild is a server of Discord's, whose ids are numbers; the others are the command line's."""
    return guild.isdecimal()


def nonce(alert: Alert) -> str:
    """Twice the same message is refused by it. At most 25 characters; another one in another database."""
    return f"{alert.id[:12]}-{int(alert.created.timestamp()):x}"
