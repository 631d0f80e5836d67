"""The process worker: whatever a request does costs that one call."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import TYPE_CHECKING

import psutil
import pytest

from bot.errors import AnalysisError, InputError, LimitError, ModelError
from bot.workers import Worker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FACTORY = "tests.worker_factories:start"
MIB = 1 << 20


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    """A worker with 30 seconds a call and 200 MiB."""
    made = Worker("tester", FACTORY, ("a", 1), deadline=30, memory=200 * MIB, recycle_after=40 * MIB)
    yield made
    await made.close()


async def test_answers_come_from_another_process_that_is_kept(worker: Worker) -> None:
    """Requests are answered in order by one process, which was given the factory's arguments."""
    assert await worker.call(("args", None)) == ("a", 1)
    assert [await worker.call(("echo", n)) for n in range(5)] == list(range(5))
    assert worker.started == 1
    assert worker.pid != os.getpid()


async def test_large_messages_pass(worker: Worker) -> None:
    """A request and an answer of several megabytes fit."""
    assert len(await worker.call(("echo", b"x" * (8 * MIB)))) == 8 * MIB


async def test_concurrent_calls_take_turns(worker: Worker) -> None:
    """Calls made at once are all answered, each with its own answer."""
    answers = await asyncio.gather(*(worker.call(("echo", n)) for n in range(20)))
    assert answers == list(range(20))
    assert worker.started == 1


@pytest.mark.parametrize("request_", [("spin", None), ("sleep", 600)])
async def test_a_call_past_its_deadline_is_killed(worker: Worker, request_: tuple[str, object]) -> None:
    """A hanging call ends with LimitError, its process is gone, and the next call is answered."""
    await worker.start()
    pid = worker.pid
    assert pid is not None
    with pytest.raises(LimitError, match="seconds"):
        await worker.call(request_, deadline=0.3)
    assert not psutil.pid_exists(pid)
    assert await worker.call(("echo", 1)) == 1


async def test_memory_is_limited(worker: Worker) -> None:
    """A call that wants more than its memory ends with LimitError in a process that is then replaced."""
    assert await worker.call(("take", 100)) == 100 * MIB
    with pytest.raises(LimitError, match="memory"):
        await worker.call(("take", 400))
    assert await worker.call(("echo", 1)) == 1
    assert worker.started == 2


async def test_a_process_that_dies_is_replaced(worker: Worker) -> None:
    """A call that kills its process ends with LimitError, and the next one is answered."""
    with pytest.raises(LimitError, match="died"):
        await worker.call(("die", None))
    assert await worker.call(("echo", 1)) == 1


async def test_a_process_that_died_between_calls_is_replaced(worker: Worker) -> None:
    """A process killed from outside while idle costs no call."""
    await worker.start()
    assert worker.pid is not None
    os.kill(worker.pid, signal.SIGKILL)
    await asyncio.to_thread(os.waitid, os.P_PID, worker.pid, os.WEXITED | os.WNOWAIT)
    assert await worker.call(("echo", 1)) == 1


async def test_our_errors_pass_through(worker: Worker) -> None:
    """An error of ours is raised in the parent as it was raised in the process, which goes on."""
    with pytest.raises(InputError, match="not usable"):
        await worker.call(("ours", "not usable"))
    assert await worker.call(("echo", 1)) == 1
    assert worker.started == 1


@pytest.mark.parametrize("what", ["bug", "unpicklable"])
async def test_other_errors_become_analysis_errors(worker: Worker, what: str) -> None:
    """A failure that nobody foresaw is told as an AnalysisError and costs one call."""
    with pytest.raises(AnalysisError, match="tester failed"):
        await worker.call((what, "x"))
    assert await worker.call(("echo", 1)) == 1


async def test_deep_recursion_is_a_limit(worker: Worker) -> None:
    """A text that recurses without end is a LimitError."""
    with pytest.raises(LimitError, match="nested"):
        await worker.call(("nest", None))


async def test_a_process_that_grew_is_recycled(worker: Worker) -> None:
    """A process whose memory grew past the limit is replaced after it answered."""
    assert await worker.call(("keep", 10)) == 1
    assert await worker.call(("keep", 50)) == 2
    assert await worker.call(("keep", 1)) == 1
    assert worker.started == 2


async def test_the_factory_s_error_is_raised() -> None:
    """What keeps the process from loading is raised by start and by call."""
    worker = Worker("tester", "tests.worker_factories:broken", deadline=5)
    with pytest.raises(ModelError, match="no model"):
        await worker.start()
    with pytest.raises(ModelError, match="no model"):
        await worker.call(("echo", 1))
    await worker.close()


async def test_a_cancelled_call_ends_its_process(worker: Worker) -> None:
    """Cancelling a call kills its process; the next call gets its own answer, not the cancelled one's."""
    await worker.start()
    task = asyncio.create_task(worker.call(("sleep", 600)))
    await asyncio.sleep(0.05)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await worker.call(("echo", 7)) == 7


async def test_closing_ends_a_call_in_hand(worker: Worker) -> None:
    """Closing does not wait for a hanging call, which ends with LimitError."""
    await worker.start()
    task = asyncio.create_task(worker.call(("sleep", 600)))
    await asyncio.sleep(0.05)
    await worker.close()
    with pytest.raises(LimitError):
        await task


async def test_secrets_stay_outside(worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process, which reads strangers' bytes, does not have the token in its environment."""
    monkeypatch.setenv("DISCORD_TOKEN", "x")
    monkeypatch.setenv("PLEDGEWATCH_TEST", "y")
    assert await worker.call(("environment", "DISCORD_TOKEN")) is None
    assert await worker.call(("environment", "PLEDGEWATCH_TEST")) == "y"


async def test_a_stop_signal_to_the_group_leaves_the_call_in_hand(worker: Worker) -> None:
    """SIGTERM and SIGINT to the process are ignored: only the parent ends it."""
    await worker.start()
    assert worker.pid is not None
    task = asyncio.create_task(worker.call(("sleep", 0.2)))
    os.kill(worker.pid, signal.SIGTERM)
    os.kill(worker.pid, signal.SIGINT)
    assert await task is None
    assert worker.started == 1
