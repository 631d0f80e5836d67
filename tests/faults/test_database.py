"""A disk that is full, a file that is locked, a clock that was set back: while articles are read."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.errors import StorageError
from bot.models import AlertState, ArticleState
from bot.records import Source
from bot.sending import Sending
from bot.tracker import Tracker
from bot.workers import Worker
from bot.working import MAX_ATTEMPTS, Working
from storage.database import Database
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import date
    from pathlib import Path

    from bot.browsing import Browser
    from bot.models import Analysis

GUILD = "9"
PROMISE = "promise Iran: open the sites\n\nNothing else was said."
BREACH = "breaks Iran: open the sites @0.9\n\nNothing else was said."


class Bench:
    """A queue on a database that is patient for a tenth of a second, and a clock that the test turns."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        self.tracker = Tracker(store, ScriptedEngine(), owner="me", clock=lambda: self.now)
        self.working = Working(store, self.tracker, owner="me", clock=lambda: self.now)

    async def put(self, words: str = PROMISE) -> str:
        """Queue a text."""
        return (await self.tracker.submit(GUILD, Source(text=words))).article_id

    async def state(self, article_id: str) -> ArticleState:
        """How an article stands."""
        return (await self.store.article(GUILD, article_id)).state


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """A real store."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'work.db'}"
    store = Store(url)
    store._db = Database(url, busy_seconds=0.1)
    async with store:
        yield Bench(store)


class Processed(ScriptedEngine):
    """Does what the text says in a process of its own first."""

    def __init__(self) -> None:
        super().__init__()
        self.worker = Worker("analysis", "tests.worker_factories:start", deadline=0.5)

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """Hang, die, or go on."""
        for word in ("spin", "die"):
            if word in text:
                await self.worker.call((word, None))
        return await super().analyse(text, title=title, published=published, aliases=aliases)


async def limit(store: Store, pages: str) -> None:
    """Let the database grow no further, as on a full disk; "1000000": let it."""
    async with store.database.write() as cx:
        used = (await cx.execute(text("PRAGMA page_count"))).scalar_one()
        await cx.execute(text(f"PRAGMA max_page_count = {used if pages == 'used' else pages}"))


async def fill(bench: Bench) -> None:
    """Read short texts for as long as the pages that are left take them."""
    for number in range(10_000):
        await bench.working.step()
        await bench.put(f"promise Norway: build dam {number}" + " long" * 900)


async def test_a_full_disk_stops_the_work_and_loses_nothing(bench: Bench) -> None:
    """A sentence while there is no room; when there is some, what was queued is read, what was not is not."""
    article = await bench.put()
    await limit(bench.store, "used")
    with pytest.raises(StorageError, match="no space left"):
        await bench.put("promise Norway: build a dam " + "very " * 20_000)
    with pytest.raises(StorageError, match="no space left"):
        await fill(bench)
    await limit(bench.store, "1000000")
    bench.now += timedelta(hours=1)
    while await bench.working.step() is not None:
        pass
    assert await bench.state(article) is ArticleState.DONE
    assert (await bench.store.queue(bench.now)).waiting == 0
    assert await bench.store.check() == []


async def test_a_locked_database_is_waited_for_then_said(bench: Bench, tmp_path: Path) -> None:
    """While another program holds the lock there is a sentence; afterwards the same article is read, once."""
    article = await bench.put()
    with closing(sqlite3.connect(tmp_path / "work.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked by another program"):
            await bench.working.step()
        with pytest.raises(StorageError, match="locked by another program"):
            await bench.put(BREACH)
        other.execute("COMMIT")
    await bench.working.step()
    assert await bench.state(article) is ArticleState.DONE
    assert len(await bench.store.claims(GUILD)) == 1


async def test_a_lock_in_the_middle_of_reading_gives_the_article_back(bench: Bench, tmp_path: Path) -> None:
    """The lock comes after the lease: nothing half-written, and the article is read after the lease ended."""
    article = await bench.put()
    with closing(sqlite3.connect(tmp_path / "work.db", isolation_level=None)) as other:
        queued = await bench.store.lease("me", bench.now, 180)
        assert queued is not None
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="locked by another program"):
            await bench.tracker.read(queued)
        other.execute("COMMIT")
    assert await bench.store.claims(GUILD) == []
    bench.now += timedelta(seconds=181)
    await bench.working.step()
    assert await bench.state(article) is ArticleState.DONE
    assert len(await bench.store.claims(GUILD)) == 1


async def test_a_clock_set_back_puts_nothing_off_for_ever(bench: Bench) -> None:
    """What a clock far ahead put off is tried by the right one, articles and alerts alike."""
    right, ahead = bench.now, bench.now + timedelta(days=3_650)
    await bench.put()
    await bench.working.step()
    bench.now = ahead
    article = await bench.put(BREACH)
    queued = await bench.store.lease("me", bench.now, 180)
    assert queued is not None
    later = ahead + timedelta(minutes=8)
    await bench.store.release(GUILD, article, "me", error="no answer", retry_at=later)
    bench.now = right
    worked = await bench.working.step()
    assert worked is not None
    assert await bench.state(article) is ArticleState.DONE
    (alert,) = await bench.store.pending_alerts(right, 9)
    await bench.store.mark_failed(alert, "no answer", later)
    (alert,) = await bench.store.pending_alerts(right, 9)
    assert alert.error == "no answer"
    await bench.store.mark_failed(alert, "no answer", right + timedelta(hours=1))
    assert await bench.store.pending_alerts(right, 9) == [], "an hour is no mistake"


async def test_a_clock_set_back_moves_no_alert_to_another_state(bench: Bench) -> None:
    """Sent is sent, whatever the time: nothing is sent again because it seems to have been sent in future."""
    await bench.put()
    await bench.put(BREACH)
    for _ in range(2):
        await bench.working.step()
    (alert,) = await bench.store.pending_alerts(bench.now, 9)
    assert await bench.store.mark_sending(alert, "nonce", channel_id="5")
    await bench.store.mark_sent(alert, "77", now=bench.now + timedelta(days=30))
    browser: Browser = None  # type: ignore[assignment]  # nothing is looked up
    sending = Sending(bench.store, browser, lambda: bench.now - timedelta(days=30))
    assert await sending.due() == []
    assert await sending.interrupted() == []
    assert (await bench.store.alert(GUILD, alert.id)).state is AlertState.SENT


async def test_a_text_that_hangs_or_kills_is_set_aside_and_the_next_one_read(tmp_path: Path) -> None:
    """In a real process: tried the stated number of times, with its error; the queue goes on meanwhile."""
    engine = Processed()
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'work.db'}") as store:
        bench = Bench(store)
        bench.tracker = Tracker(store, engine, owner="me", clock=lambda: bench.now)
        bench.working = Working(store, bench.tracker, owner="me", clock=lambda: bench.now)
        hanging = await bench.put("spin\n\nNothing else was said by anybody.")
        killing = await bench.put("die\n\nNothing else was said by anybody.")
        good = await bench.put()
        for _ in range(3):
            await bench.working.step()
        assert await bench.state(good) is ArticleState.DONE, "the first round"
        for _ in range(MAX_ATTEMPTS):
            bench.now += timedelta(hours=1)
            await asyncio.gather(*(bench.working.step() for _ in range(3)))
        aside = {a.id: a for a in await store.aside()}
        assert set(aside) == {hanging, killing}
        assert {a.attempts for a in aside.values()} == {MAX_ATTEMPTS}
        assert "took more than 0.5 seconds" in str(aside[hanging].error)
        assert "died over what it was given" in str(aside[killing].error)
    await engine.worker.close()
