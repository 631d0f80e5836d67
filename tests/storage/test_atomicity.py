"""A fault in any single statement, or a cancellation at it, leaves nothing half-written."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import event

from bot.errors import StorageError
from bot.models import Article, Held, NewClaim, Outcome
from bot.records import Source
from storage.store import Store
from tests.storage.making import (
    BREACH,
    LATER,
    NOW,
    PROMISE,
    against,
    commitment,
    posting,
    promised,
    report,
    reported,
    url_of,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from pathlib import Path

URL = "https://example.org/a"
FREED = "It vowed to free all prisoners."


class BrokenError(Exception):
    """What the tests break with."""


@contextmanager
def _faults(store: Store, number: int, fail: Callable[[], object]) -> Iterator[list[str]]:
    """Let the statement of this number (from 0) of the writer fail; what was executed is listed."""
    executed: list[str] = []

    def before(_cx: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.startswith(("BEGIN", "PRAGMA")):
            return
        executed.append(statement)
        if len(executed) == number + 1:
            fail()

    engine = store.database.writer.sync_engine
    event.listen(engine, "before_cursor_execute", before)
    try:
        yield executed
    finally:
        event.remove(engine, "before_cursor_execute", before)


def _dump(path: Path) -> list[str]:
    """Every row of every table, and what numbers were given."""
    with closing(sqlite3.connect(path)) as opened:
        return [line for line in opened.iterdump() if not line.startswith(("CREATE", "BEGIN", "COMMIT"))]


async def _start(store: Store) -> Outcome:
    """A claim with an article against it, and an outcome that touches every table on a second version."""
    text = f"{PROMISE} {FREED}"
    freed = commitment(text, FREED, content="free all prisoners")
    first = await promised(store, text=text, commitments=[commitment(text), freed], url=URL)
    breach = await reported(store, first.new_claims[0])
    changed = f"Updated. {PROMISE} It vowed to open schools. {BREACH}"
    await store.submit("g1", Source(url=URL, text=changed), posting(), now=LATER)
    await store.lease("w", LATER, 60)
    opened = commitment(changed, "It vowed to open schools.", content="open schools")
    found = report(changed)
    return Outcome(
        "g1",
        first.stored.id,
        Article(changed, url=URL + "?page=2"),
        commitments=(commitment(changed), opened),
        claims=(NewClaim(0), NewClaim(1)),
        reports=(found,),
        evidence=(
            Held(against(NewClaim(0).id, found, telling_id=NewClaim(0).id), alert=True),
            Held(against(NewClaim(1).id, report(BREACH)), alert=True, article_id=breach.stored.id),
        ),
    )


async def _untouched(store: Store, path: Path, act: Callable[[], Awaitable[object]], fail: Any) -> int:
    """Let each statement of an act fail in turn; nothing may change until it succeeds. The statements."""
    before = await asyncio.to_thread(_dump, path)
    number = 0
    while True:
        with _faults(store, number, fail) as executed:
            try:
                await act()
            except (BrokenError, StorageError):
                pass
            else:
                assert len(executed) == number
                return number
        assert await asyncio.to_thread(_dump, path) == before, executed[-1]
        number += 1


def _raise() -> None:
    raise BrokenError


def _raise_sqlite() -> None:
    raise sqlite3.OperationalError("disk I/O error")


@pytest.mark.parametrize("fail", [_raise, _raise_sqlite])
async def test_apply(store: Store, path: Path, fail: Callable[[], None]) -> None:
    """Each statement of the processing transaction fails in turn; then it succeeds and all is whole."""
    outcome = await _start(store)
    statements = await _untouched(store, path, lambda: store.apply(outcome, now=LATER), fail)
    assert statements > 30
    stored = await store.article("g1", outcome.article_id)
    assert stored.version == 2
    assert len(await store.pending_alerts(LATER, 10)) == 3
    assert await store.check() == []


async def test_other_acts(store: Store, path: Path) -> None:
    """Submitting, leasing, correcting, undoing and forgetting are whole or not at all."""
    await store.apply(await _start(store), now=LATER)
    one, two = (claim.id for claim in (await store.claims("g1"))[:2])
    acts: list[Callable[[], Awaitable[object]]] = [
        lambda: store.submit("g1", Source(url="https://example.org/new"), posting("5"), now=LATER),
        lambda: store.lease("w", LATER, 60),
        lambda: store.merge("g1", one, two, by="7", now=LATER),
        lambda: store.undo("g1", "v1", by="7", now=LATER),
        lambda: store.reject("g1", one, by="7", now=LATER),
        lambda: store.forget_article("g1", "a1"),
        lambda: store.forget_everything("g1"),
    ]
    for act in acts:
        assert await _untouched(store, path, act, _raise) > 0
        assert await store.check() == []


async def test_cancelled_at_each_statement(store: Store, path: Path) -> None:
    """Cancelled at any statement of the processing transaction, a task leaves nothing; the next one works."""
    outcome = await _start(store)
    before = await asyncio.to_thread(_dump, path)
    number = 0
    while True:
        task = asyncio.create_task(store.apply(outcome, now=LATER))
        with _faults(store, number, task.cancel) as executed:
            await asyncio.wait([task])
        if not task.cancelled():
            break
        assert await asyncio.to_thread(_dump, path) == before, executed[-1]
        number += 1
    assert number > 30
    assert await store.check() == []


async def test_killed_before_the_commit(path: Path) -> None:
    """What was not committed when the process died is not there; what was is."""
    async with Store(url_of(path)) as store:
        await promised(store)
        # The files of a process that dies inside a transaction, as they stand on the disk then.
        async with store.database.write() as cx:
            await cx.exec_driver_sql("UPDATE claims SET status = 'broken'")
            died = path.with_name("died.db")
            for suffix in ("", "-wal"):
                beside = path.with_name(path.name + suffix)
                data = await asyncio.to_thread(beside.read_bytes)
                await asyncio.to_thread(died.with_name(died.name + suffix).write_bytes, data)
    async with Store(url_of(died)) as found:
        assert [claim.status.value for claim in await found.claims("g1")] == ["not rated"]
        assert await found.check() == []
        assert (await found.submit("g1", Source(text=PROMISE), now=NOW)).is_new is False
