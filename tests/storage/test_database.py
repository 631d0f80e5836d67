"""Engines and transactions: one writer, IMMEDIATE, and nothing left open whatever happens."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event, select, text

from bot.errors import StorageError
from storage.database import Database
from storage.tables import guilds
from tests.storage.making import NOW, url_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    """An open database."""
    made = Database(url_of(path), busy_seconds=0.2)
    await made.open()
    yield made
    await made.close()


def _guild(name: str) -> dict[str, object]:
    return {"id": name, "created": NOW, "settings": {}}


async def _names(database: Database) -> list[str]:
    async with database.read() as cx:
        return list((await cx.execute(select(guilds.c.id).order_by(guilds.c.id))).scalars())


async def test_pragmas(database: Database) -> None:
    """The writer keeps a log and syncs it in full; references are enforced; readers cannot write."""
    async with database.write() as cx:
        for pragma, value in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
            assert (await cx.execute(text(f"PRAGMA {pragma}"))).scalar() == value
    with pytest.raises(StorageError, match="read-only"):
        async with database.read() as cx:
            await cx.execute(guilds.insert().values(_guild("g")))


async def test_begins_immediate(database: Database, path: Path) -> None:
    """A write transaction holds the write lock from its first moment, before any statement."""
    async with database.write():
        with closing(sqlite3.connect(path, timeout=0)) as other, pytest.raises(sqlite3.OperationalError):
            other.execute("BEGIN IMMEDIATE")


async def test_locked_by_another_program(database: Database, path: Path) -> None:
    """A lock that another program holds too long is a sentence, and the next transaction works."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="is locked by another program"):
            async with database.write():
                pass
        other.execute("ROLLBACK")
    async with database.write() as cx:
        await cx.execute(guilds.insert().values(_guild("g")))
    assert await _names(database) == ["g"]


async def test_an_exception_rolls_back(database: Database) -> None:
    """Whatever leaves the block by an exception is not stored."""

    async def fail() -> None:
        async with database.write() as cx:
            await cx.execute(guilds.insert().values(_guild("g")))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail()
    assert await _names(database) == []


async def test_writers_take_turns(database: Database) -> None:
    """Transactions that overlap in time do not interleave: each sees the one before it whole."""

    async def add() -> None:
        async with database.write() as cx:
            count = len((await cx.execute(select(guilds.c.id))).all())
            await asyncio.sleep(0)
            await cx.execute(guilds.insert().values(_guild(f"g{count:02}")))

    await asyncio.gather(*(add() for _ in range(20)))
    assert await _names(database) == [f"g{number:02}" for number in range(20)]


async def test_readers_see_a_snapshot(database: Database) -> None:
    """What is committed while a reader reads does not show to it."""
    async with database.read() as cx:
        before = (await cx.execute(select(guilds.c.id))).all()
        async with database.write() as writer:
            await writer.execute(guilds.insert().values(_guild("g")))
        assert (await cx.execute(select(guilds.c.id))).all() == before == []
    assert await _names(database) == ["g"]


@pytest.mark.parametrize("turns", range(24))
async def test_cancelled_at_any_moment(database: Database, turns: int) -> None:
    """A task cancelled after any number of turns of the loop leaves both its rows or none, and no lock."""

    async def add() -> None:
        async with database.write() as cx:
            await cx.execute(guilds.insert().values(_guild("a")))
            await cx.execute(guilds.insert().values(_guild("b")))

    task = asyncio.create_task(add())
    for _ in range(turns):
        # A statement runs in a thread: a turn is given a moment, so that the task gets somewhere in it.
        await asyncio.sleep(0.0005)
    task.cancel()
    await asyncio.wait([task])
    assert await _names(database) in ([], ["a", "b"])
    async with database.write() as cx:
        await cx.execute(guilds.insert().values(_guild("c")))
    assert "c" in await _names(database)


@pytest.mark.parametrize("point", ["BEGIN", "INSERT"])
async def test_cancelled_inside_a_statement(database: Database, point: str) -> None:
    """A task cancelled while a statement runs, even twice, leaves no row and no lock."""
    task: asyncio.Task[None]

    def cancel(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(point):
            task.cancel()

    async def add() -> None:
        async with database.write() as cx:
            await cx.execute(guilds.insert().values(_guild("a")))
            await cx.execute(guilds.insert().values(_guild("b")))

    event.listen(database.writer.sync_engine, "before_cursor_execute", cancel)
    task = asyncio.create_task(add())
    with pytest.raises(asyncio.CancelledError):
        await task
    event.remove(database.writer.sync_engine, "before_cursor_execute", cancel)
    assert await _names(database) == []
    async with database.write() as cx:
        await cx.execute(guilds.insert().values(_guild("c")))
    assert await _names(database) == ["c"]


async def test_cancelled_while_waiting_for_the_lock(database: Database) -> None:
    """A task cancelled while another one writes gives up its place without a trace."""

    async def add() -> None:
        async with database.write() as cx:
            await cx.execute(guilds.insert().values(_guild("a")))

    async with database.write() as cx:
        task = asyncio.create_task(add())
        await asyncio.sleep(0)
        task.cancel()
        await cx.execute(guilds.insert().values(_guild("b")))
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _names(database) == ["b"]


async def test_closing_waits(database: Database) -> None:
    """Closing waits for the transaction in hand."""

    async def add() -> None:
        async with database.write() as cx:
            await asyncio.sleep(0)
            await cx.execute(guilds.insert().values(_guild("a")))

    task = asyncio.create_task(add())
    await asyncio.sleep(0)
    await database.close()
    await task
    await database.open()
    assert await _names(database) == ["a"]


async def test_not_open(path: Path) -> None:
    """A database that is not open says so, and leaves no file."""
    database = Database(url_of(path))
    with pytest.raises(StorageError, match="not open"):
        async with database.read():
            pass
    with pytest.raises(StorageError, match="not open"):
        async with database.write():
            pass
    assert not await asyncio.to_thread(path.exists)
