"""The outbox: marked before sending, sent once, given up visibly."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.browsing import Browser
from bot.models import AlertState, Article, Held, Outcome
from bot.records import Alert, Source
from bot.sending import Sending
from tests.storage.making import BREACH, LATER, NOW, against, promised, report, reported

if TYPE_CHECKING:
    from storage.store import Store


@pytest.fixture
async def alert(store: Store) -> Alert:
    """An alert that waits to be sent."""
    claim = (await promised(store)).new_claims[0]
    raised = await reported(store, claim)
    return await store.alert("g1", raised.alerts[0])


async def _another_outlet(store: Store, alert: Alert, text: str = f"Also: {BREACH}") -> None:
    """A further article on the event of an alert."""
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    held = Held(against(alert.claim_id, report(text)), alert=True, joins=alert.id)
    applied = await store.apply(Outcome("g1", article_id, Article(text), evidence=(held,)), now=LATER)
    assert applied.alerts == (alert.id,)


async def test_sent_once(store: Store, alert: Alert) -> None:
    """An alert is pending, then being sent, then sent, and no second sender gets it."""
    assert await store.pending_alerts(NOW, 10) == [alert]
    assert await store.mark_sending(alert, "nonce1", channel_id="77")
    assert not await store.mark_sending(alert, "nonce2")
    assert await store.pending_alerts(NOW, 10) == []
    (interrupted,) = await store.interrupted_alerts(10)
    assert (interrupted.nonce, interrupted.channel_id, interrupted.attempts) == ("nonce1", "77", 1)
    assert await store.mark_sent(alert, "1234", now=LATER)
    sent = await store.alert("g1", alert.id)
    assert (sent.state, sent.message_id, sent.shown) == (AlertState.SENT, "1234", 1)
    assert await store.interrupted_alerts(10) == []
    assert await store.sent_since("g1", LATER) == 1
    assert await store.sent_since("g1", LATER + timedelta(seconds=1)) == 0


async def test_retried_then_given_up(store: Store, alert: Alert) -> None:
    """A failure that may pass is tried again later; the last one is kept and shown, and can be sent again."""
    await store.mark_sending(alert, "n")
    await store.mark_failed(alert, "503", LATER)
    assert await store.pending_alerts(NOW, 10) == []
    (again,) = await store.pending_alerts(LATER, 10)
    assert (again.attempts, again.error) == (1, "503")
    await store.mark_sending(again, "n")
    await store.mark_failed(again, "no such channel", None)
    assert await store.pending_alerts(LATER + timedelta(days=9), 10) == []
    assert [a.error for a in await store.given_up()] == ["no such channel"]
    assert (await store.outbox()).failed == 1
    await store.send_again("g1", alert.id)
    assert [(a.id, a.attempts) for a in await store.pending_alerts(NOW, 10)] == [(alert.id, 0)]


async def test_other_outlets_join(store: Store, alert: Alert) -> None:
    """An article on the same event joins the alert, and the message that is out is to be edited, once."""
    await store.mark_sending(alert, "n")
    await store.mark_sent(alert, "1234", now=NOW)
    assert await store.alerts_to_edit(NOW, 10) == []
    await _another_outlet(store, alert)
    (edit,) = await store.alerts_to_edit(NOW, 10)
    assert (len(edit.articles), edit.articles[0], edit.shown) == (2, alert.articles[0], 1)
    await store.mark_failed(edit, "503", LATER)
    assert await store.alerts_to_edit(NOW, 10) == []
    (edit,) = await store.alerts_to_edit(LATER, 10)
    await store.mark_sent(edit, "1234", now=LATER, shown=len(edit.articles))
    assert await store.alerts_to_edit(LATER, 10) == []
    assert await store.sent_since("g1", LATER) == 0, "an edit is no alert"
    assert len(await store.alerts_for("g1", alert.claim_id)) == 1


async def test_an_edit_given_up(store: Store, alert: Alert) -> None:
    """An edit that cannot be made is not tried for ever, and the alert stays sent."""
    await store.mark_sending(alert, "n")
    await store.mark_sent(alert, "1234", now=NOW)
    await _another_outlet(store, alert)
    (edit,) = await store.alerts_to_edit(NOW, 10)
    await store.mark_failed(edit, "message deleted", None)
    assert await store.alerts_to_edit(LATER, 10) == []
    assert (await store.alert("g1", alert.id)).state is AlertState.SENT


async def test_the_first_article_forgotten(store: Store, alert: Alert) -> None:
    """An alert that others joined lives on when the article that raised it is forgotten."""
    await _another_outlet(store, alert)
    await store.forget_article("g1", alert.articles[0])
    left = await store.alert("g1", alert.id)
    assert len(left.articles) == 1
    assert left.evidence_id != alert.evidence_id
    await store.forget_article("g1", left.articles[0])
    assert await store.alerts_for("g1", alert.claim_id) == []
    assert await store.check() == []


@pytest.mark.parametrize("act", ["dismiss", "reject"])
async def test_decided_before_it_was_sent(store: Store, alert: Alert, act: str) -> None:
    """An alert whose evidence was dismissed, or whose claim was rejected, is not sent; undone, it is."""
    if act == "dismiss":
        verdict = await store.decide("g1", alert.evidence_id, "dismissed", by="7")
    else:
        verdict = await store.reject("g1", alert.claim_id, by="7")
    assert await store.pending_alerts(LATER, 10) == []
    assert (await store.outbox()).pending == 0
    await store.undo("g1", verdict.id, by="7")
    assert await store.pending_alerts(LATER, 10) == [alert]


async def test_longest_waiting_first(store: Store) -> None:
    """Alerts go out in the order in which they were raised, of all guilds or of one."""
    for guild in ("g2", "g1"):
        await reported(store, (await promised(store, guild)).new_claims[0], guild)
    assert [a.guild for a in await store.pending_alerts(NOW, 10)] == ["g2", "g1"]
    assert [a.guild for a in await store.pending_alerts(NOW, 1)] == ["g2"]
    assert [a.guild for a in await store.pending_alerts(NOW, 10, guild="g1")] == ["g1"]
    assert (await store.outbox()).oldest == NOW


async def test_an_alert_that_reaches_no_server_leaves_the_outbox(store: Store, alert: Alert) -> None:
    """One that an older version queued for the command line's record is settled unsent at the first look."""
    assert await Sending(store, Browser(store), lambda: NOW).prepare(alert) is None
    assert (await store.outbox()).pending == 0
