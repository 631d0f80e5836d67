"""The queue worked off: what passes is tried again, what does not is set aside, nothing is lost."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.drain import Drain
from bot.errors import (
    AnalysisError,
    GoneError,
    LimitError,
    ModelError,
    PageError,
    PassingError,
    PledgewatchError,
    StorageError,
)
from bot.models import ArticleState
from bot.records import Source
from bot.tracker import Tracker
from bot.working import MAX_ATTEMPTS, PAUSES, Working
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

TEXT = "promise Iran: open the sites\n\nNothing else was said."
GUILD = "g1"


class Bench:
    """A queue, and a clock that the test turns."""

    def __init__(self, store: Store) -> None:
        self.store, self.engine = store, ScriptedEngine()
        self.now = datetime(2026, 3, 1, tzinfo=UTC)
        tracker = Tracker(store, self.engine, owner="me", clock=lambda: self.now)
        self.tracker = tracker
        self.working = Working(store, tracker, owner="me", clock=lambda: self.now)

    async def put(self, text: str = TEXT) -> str:
        """Queue a text."""
        return (await self.tracker.submit(GUILD, Source(text=text))).article_id

    async def state(self, article_id: str) -> ArticleState:
        """How an article stands."""
        return (await self.store.article(GUILD, article_id)).state


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    """A real store."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'work.db'}") as store:
        yield Bench(store)


async def test_an_article_is_worked_off(bench: Bench) -> None:
    """One step, one article; then there is nothing left."""
    article = await bench.put()
    worked = await bench.working.step()
    assert worked is not None
    assert worked.reading is not None
    assert await bench.state(article) is ArticleState.DONE
    assert await bench.working.step() is None


@pytest.mark.parametrize(
    "error", [PassingError("The server did not answer."), LimitError("It took too long.")]
)
async def test_what_may_pass_is_tried_again_with_pauses_and_given_up_in_the_end(
    bench: Bench, error: PledgewatchError
) -> None:
    """The stated pauses, the stated number of times; then it is set aside, with why, and no longer tried."""
    article = await bench.put()
    bench.engine.error = error
    for pause in PAUSES:
        worked = await bench.working.step()
        assert worked is not None
        assert worked.retry_at == bench.now + timedelta(seconds=pause)
        assert await bench.working.step() is None
        bench.now += timedelta(seconds=pause)
    worked = await bench.working.step()
    assert worked is not None
    assert worked.retry_at is None
    assert await bench.state(article) is ArticleState.SET_ASIDE
    assert (await bench.store.article(GUILD, article)).error == str(error)
    bench.now += timedelta(days=1)
    assert await bench.working.step() is None


@pytest.mark.parametrize("error", [GoneError("It is gone."), PageError("No article."), AnalysisError("No.")])
async def test_what_will_not_pass_is_set_aside_at_once(bench: Bench, error: PledgewatchError) -> None:
    """Trying again cannot help, and the queue goes on with the next."""
    bad = await bench.put()
    bench.engine.error = error
    await bench.working.step()
    bench.engine.error = None
    good = await bench.put("promise Norway: plant trees\n\nNothing else.")
    await bench.working.step()
    assert await bench.state(bad) is ArticleState.SET_ASIDE
    assert await bench.state(good) is ArticleState.DONE


async def test_a_missing_model_costs_no_attempts(bench: Bench) -> None:
    """It is the program's fault, not the article's: however long it takes, nothing is given up."""
    article = await bench.put()
    bench.engine.error = ModelError("The model is missing.")
    for _ in range(MAX_ATTEMPTS + 2):
        await bench.working.step()
        bench.now += timedelta(hours=1)
    assert await bench.state(article) is ArticleState.QUEUED
    bench.engine.error = None
    await bench.working.step()
    assert await bench.state(article) is ArticleState.DONE


async def test_an_article_that_kills_the_process_is_given_up(bench: Bench) -> None:
    """The lease runs out each time; after the stated attempts it is set aside instead of tried for ever."""
    article = await bench.put()
    for _ in range(MAX_ATTEMPTS):
        assert await bench.store.lease("dead", bench.now, 60.0) is not None
        bench.now += timedelta(seconds=61)
    worked = await bench.working.step()
    assert worked is not None
    assert worked.reading is None
    assert await bench.state(article) is ArticleState.SET_ASIDE


async def test_stopping_in_the_middle_gives_the_article_back(bench: Bench) -> None:
    """Cancelled, the article is in the queue as before, and the attempt does not count."""
    article = await bench.put()
    entered = asyncio.Event()

    async def hang(*_args: object, **_options: object) -> None:
        entered.set()
        await asyncio.Event().wait()

    bench.engine.analyse = hang  # type: ignore[method-assign, assignment]  # a text that never ends
    task = asyncio.create_task(bench.working.step())
    await entered.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    stored = await bench.store.article(GUILD, article)
    assert (stored.state, stored.attempts) == (ArticleState.QUEUED, 0)


async def test_a_drain_works_until_nothing_is_left_and_again_when_woken() -> None:
    """However often it is woken while it works, no work is left behind and none is done by nobody."""
    left, most = [5], [0]
    running = 0

    async def step() -> bool:
        nonlocal running
        if not left[0]:
            return False
        left[0] -= 1
        running += 1
        most[0] = max(most[0], running)
        await asyncio.sleep(0)
        running -= 1
        return True

    drain = Drain("test", step, width=2)
    for _ in range(10):
        drain.wake()
    await drain.idle()
    assert (left[0], most[0]) == (0, 2)
    left[0] = 1
    drain.wake()
    await drain.idle()
    assert left[0] == 0
    await drain.close(1.0)
    left[0] = 1
    drain.wake()
    assert not drain.busy


async def test_a_drain_survives_failing_work() -> None:
    """One that fails ends the round, not the drain."""
    errors: list[Exception] = [StorageError("The disk is full."), RuntimeError("?")]

    async def step() -> bool:
        if errors:
            raise errors.pop()
        return False

    drain = Drain("test", step)
    for _ in range(3):
        drain.wake()
        await drain.idle()
    assert errors == []


async def test_closing_a_drain_waits_for_what_is_in_hand_and_then_cancels() -> None:
    """Work gets its seconds; what takes longer is cancelled, so that the program ends."""
    cancelled = asyncio.Event()

    async def step() -> bool:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            cancelled.set()
            raise
        return True

    drain = Drain("test", step)
    drain.wake()
    await asyncio.sleep(0)
    await drain.close(0.01)
    assert cancelled.is_set()
