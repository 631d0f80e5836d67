"""Seeing how it goes: figures in words and for Prometheus, one id from message to alert, and no secrets."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import socket
import time
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest
import structlog

from bot import health, logs, metrics
from bot.browsing import Browser
from bot.errors import PageError, SettingsError
from bot.managing import Health
from bot.meter import BOUNDS, Meter
from bot.records import OutboxStats, Posting, QueueStats, Source, Totals
from bot.sending import Sending
from bot.tracker import Tracker
from bot.watching import Post, Watching
from bot.working import Working
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.models import Article
    from bot.watching import File

NOW = datetime(2026, 3, 1, tzinfo=UTC)

STANDING = Health(
    QueueStats(3, 1, 2, NOW - timedelta(minutes=5)),
    OutboxStats(4, 1, 6, NOW - timedelta(minutes=7)),
    Totals(2, 1_000, 50, 7, 8),
)

SECRET = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"


@pytest.fixture
def meter() -> Meter:
    """Some figures."""
    made = Meter()
    made.count("articles", "read", 5)
    made.count("articles", "set aside")
    made.count("alerts", "raised", 2)
    made.failed(PageError("no article"))
    made.took(0.2)
    made.took(90.0)
    return made


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """What the logs say, as `run` writes them for machines, at their most talkative."""
    root, written = logging.getLogger(), io.StringIO()
    handlers, level = root.handlers[:], root.level
    logs.configure(level="debug", as_json=True, secrets=[SECRET])
    (handler,) = root.handlers
    assert isinstance(handler, logging.StreamHandler)
    handler.setStream(written)
    yield written
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_health_in_words(meter: Meter) -> None:
    """Lengths and ages, what was set aside or given up, failures by kind, how long an analysis takes."""
    told = {row.name: row.words for row in health.rows(STANDING, NOW, meter)}
    assert told["Queue"] == "3 waiting (for 5 min), 1 in hand, 2 set aside"
    assert told["Alerts"] == "4 to send (for 7 min), 1 being sent, 6 given up"
    assert told["Record"] == "2 servers, 1,000 articles, 50 claims, 8 alerts"
    assert told["Since the start"] == "5 articles read, 1 set aside, 2 alerts raised, 0 sent"
    assert told["Failures"] == "1 × PageError"
    assert told["Analysis"] == "45.10 s an article"
    assert "ms late" in told["Event loop"]
    assert [row.name for row in health.rows(STANDING, NOW)] == ["Queue", "Alerts", "Record"]


def test_one_is_not_several() -> None:
    """One of a thing is told in the singular, none and two in the plural."""
    assert health.amount(Totals(1, 1, 1, 1, 1), "server") == "1 server, 1 article, 1 claim, 1 alert"
    assert health.amount(Totals(2, 0, 2, 2, 0), "guild") == "2 guilds, 0 articles, 2 claims, 0 alerts"


async def test_the_same_for_prometheus(meter: Meter) -> None:
    """On loopback, under stable names, in classes that add up."""

    async def look() -> Health:
        return STANDING

    async with metrics.served(meter, look, 0) as port:
        body = (await asyncio.to_thread(_get, port)).splitlines()
    wanted = {
        'pledgewatch_queue_length{state="waiting"}': 3.0,
        'pledgewatch_outbox_length{state="given up"}': 6.0,
        'pledgewatch_articles_total{result="read"}': 5.0,
        'pledgewatch_alerts_total{result="raised"}': 2.0,
        'pledgewatch_failures_total{kind="PageError"}': 1.0,
        'pledgewatch_analysis_seconds_bucket{le="0.25"}': 1.0,
        'pledgewatch_analysis_seconds_bucket{le="+Inf"}': 2.0,
        "pledgewatch_analysis_seconds_count": 2.0,
        "pledgewatch_event_loop_lag_seconds": 0.0,
    }
    found = dict(line.rsplit(" ", 1) for line in body if not line.startswith("#"))
    assert {name: float(found[name]) for name in wanted} == wanted
    assert float(found["pledgewatch_queue_age_seconds"]) > 0


def _get(port: int) -> str:
    with urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        return str(answer.read().decode())


async def test_metrics_are_served_on_this_machine_alone(meter: Meter) -> None:
    """The port is taken on loopback; nothing listens on it on other addresses."""

    async def look() -> Health:
        return STANDING

    async with metrics.served(meter, look, 0) as port:
        with socket.socket() as other, pytest.raises(ConnectionRefusedError):
            await asyncio.to_thread(other.connect, ("127.0.0.2", port))
        with pytest.raises(SettingsError, match="PLEDGEWATCH_METRICS_PORT"):
            async with metrics.served(meter, look, port):
                pass


def test_classes_of_durations() -> None:
    """A duration belongs to the first bound that it kept to."""
    meter = Meter()
    for seconds in (*BOUNDS, BOUNDS[-1] + 1):
        meter.took(seconds)
    assert meter.classes == [1] * (len(BOUNDS) + 1)


async def test_the_pace_of_late_says_how_long_it_will_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A queue is as many minutes long as its articles take at the pace of the last ones."""
    now = [0.0]
    monkeypatch.setattr("bot.meter.time.monotonic", lambda: now[0])
    meter = Meter()
    assert meter.pace() is None
    for _ in range(12):
        now[0] += 3.0
        meter.finished()
    assert meter.pace() == 3.0
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        tracker = Tracker(store, ScriptedEngine(), owner="me")
        watching = Watching(store, tracker, links=lambda text: [], read_file=_no_file, pace=meter.pace)
        for number in range(50):
            await tracker.submit("1", Source(text=f"Text number {number}, of which nothing more is known."))
        assert await watching.minutes(NOW) == 2
        now[0] += 3_600.0
        assert meter.pace() is None, "long ago"
        assert await watching.minutes(NOW) == 1


async def test_a_late_event_loop_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever holds it up shows in the worst lateness."""
    monkeypatch.setattr("bot.meter.BEAT_SECONDS", 0.01)
    meter = Meter()
    beating = asyncio.create_task(meter.beat())
    await asyncio.sleep(0.03)
    until = time.monotonic() + 0.2
    while time.monotonic() < until:
        pass
    await asyncio.sleep(0.03)
    beating.cancel()
    assert meter.lag > 0.1


def test_no_secret_reaches_the_logs(said: io.StringIO) -> None:
    """Ours by its value, others by their form: in events, values, libraries' lines and tracebacks."""
    log, theirs = structlog.get_logger("bot"), logging.getLogger("discord.http")
    log.info(f"connecting with {SECRET}", header=f"Bot {SECRET}")
    theirs.warning(
        "We are being rate limited. POST /webhooks/123456/aW50ZXJhY3Rpb246MTIzNDU2 responded with 429"
    )
    theirs.debug("Authorization: Bot AAAAAAAAAAAAAAAAAAAAAAAA")
    log.warning("cannot open", where="postgresql+asyncpg://me:hunter2@db/bot")
    try:
        raise ValueError(f"bad token {SECRET}")
    except ValueError:
        log.exception("failed")
    for secret in (SECRET, "aW50ZXJhY3Rpb246MTIzNDU2", "AAAAAAAAAAAAAAAAAAAAAAAA", "hunter2"):
        assert secret not in said.getvalue()
    assert said.getvalue().count("[secret]") >= 6
    for line in said.getvalue().splitlines():
        json.loads(line)


async def test_one_id_follows_an_article_from_message_to_alert(said: io.StringIO, tmp_path: Path) -> None:
    """Every line on the way bears the article: posted, read, alert raised, alert sent."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        tracker = Tracker(store, ScriptedEngine(), owner="me")
        watching = Watching(store, tracker, links=lambda text: [], read_file=_no_file)
        working = Working(store, tracker, owner="me")
        sending = Sending(store, Browser(store), lambda: datetime.now(UTC))
        for number, words in enumerate(("promise Iran: open it", "breaks Iran: open it @0.9")):
            posting = Posting("5", f"70{number}", "6", NOW)
            text = f"{words}\n\nNothing else was said by anybody on that day, nor on the next one."
            await watching.take(Post(posting, "1", text), pasted=True)
            await working.step()
        (alert,) = await sending.due()
        assert await sending.begin(alert, "9")
        await sending.sent(alert, "99")
    lines = [json.loads(line) for line in said.getvalue().splitlines()]
    way = [line["event"] for line in lines if "a2" in (line.get("article"), *line.get("articles", ()))]
    assert way == ["article posted", "article read", "alert sent"]
    (posted,) = [line for line in lines if line["event"] == "article posted" and line["article"] == "a2"]
    assert posted["message"] == "701"
    (read,) = [line for line in lines if line["event"] == "article read" and line["article"] == "a2"]
    assert read["alerts"] == [alert.id]


async def _no_file(file: File) -> Article:
    raise AssertionError(file.name)
