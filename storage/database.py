"""Engines, pragmas and transactions.

One writer: an engine whose pool holds one connection, behind a lock that is held for the whole transaction,
because coroutines that share an aiosqlite connection interleave inside a transaction. Transactions begin
IMMEDIATE: a deferred one that turns into a write fails at once when somebody else writes, whatever the busy
timeout. Readers have an engine of their own and see one snapshot for as long as they read.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.errors import StorageError
from storage import copies, migrate
from storage.endings import abandon, commit, start, to_the_end
from storage.failures import translated

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

BUSY_SECONDS = 5.0
"""How long a statement waits for another program's lock: longer than any transaction of ours takes by two
orders of magnitude, short enough that a person is still there when the error comes."""

READERS = 4
"""Connections that read at once; each is a thread. More gained nothing on two cores."""


BEFORE = "schema"
"""Kind of copy: the database before a migration; the old schema's name follows."""


class Database:
    """A database file (or server) with its writer and its readers."""

    def __init__(self, url: str, *, busy_seconds: float = BUSY_SECONDS) -> None:
        """Name the database; nothing is touched until `open`. Raises StorageError on a URL that is none."""
        try:
            self._url = make_url(url)
        except ArgumentError as error:
            raise StorageError("The database URL cannot be understood.") from error
        self._busy = busy_seconds
        self._lock = asyncio.Lock()
        self._writer: AsyncEngine | None = None
        self._reader: AsyncEngine | None = None

    @property
    def path(self) -> Path | None:
        """The file, None on a server."""
        return Path(self._url.database or "") if self._url.get_backend_name() == "sqlite" else None

    @property
    def where(self) -> str:
        """The database as named in messages, without any password."""
        return str(self.path) if self.path else self._url.render_as_string(hide_password=True)

    @property
    def writer(self) -> AsyncEngine:
        """The engine that writes; use `write` instead wherever possible."""
        if self._writer is None:
            raise StorageError("The database is not open.")
        return self._writer

    @property
    def is_open(self) -> bool:
        """Whether `open` was called and `close` was not."""
        return self._writer is not None

    async def open(self) -> None:
        """Open or create the database and bring it to the program's schema.

        Raises StorageError where it cannot be opened, SchemaError where a newer program made it.
        """
        if self._writer is not None:
            return
        with translated(self.where):
            if self.path is not None:
                await asyncio.to_thread(self._prepare, self.path)
            self._writer = self._engine(writes=True)
            self._reader = self._engine(writes=False)
        try:
            await self._migrate()
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Wait for the transaction in hand, then close every connection."""
        async with self._lock:
            for engine in (self._reader, self._writer):
                if engine is not None:
                    await to_the_end(engine.dispose())
            self._writer = self._reader = None

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """One write transaction, not re-entrant.

        Committed at the end of the block, rolled back if it is left by any exception, cancellation included.
        """
        async with self._lock:
            with translated(self.where):
                connection = await self._begin()
                try:
                    yield connection
                except BaseException:
                    await to_the_end(abandon(connection))
                    raise
                await to_the_end(commit(connection))

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """One consistent view of what is committed; statements that write fail."""
        if self._reader is None:
            raise StorageError("The database is not open.")
        with translated(self.where):
            async with self._reader.connect() as connection, connection.begin():
                yield connection

    async def _begin(self) -> AsyncConnection:
        task = asyncio.ensure_future(start(self.writer.connect()))
        try:
            return await to_the_end(task)
        except asyncio.CancelledError:
            # Cancelled while the transaction began: it has begun by now, and nobody would end it.
            if task.done() and not task.cancelled() and task.exception() is None:
                await to_the_end(abandon(task.result()))
            raise

    async def _migrate(self) -> None:
        async with self.write() as connection:
            old = await connection.run_sync(migrate.outdated, self.where)
        if old is not None and self.path is not None:
            target = copies.beside(self.path, f"{BEFORE}-{old}")
            await asyncio.to_thread(copies.copy, self.path, target)
        async with self.write() as connection:
            await connection.run_sync(migrate.upgrade, self.where)
        if old is not None and self.path is not None:
            await asyncio.to_thread(copies.prune_beside, self.path, BEFORE)

    def _prepare(self, path: Path) -> None:
        """Make the directory, and see that the file opens.

        A connection of aiosqlite that cannot be opened leaves a thread behind that answers when nobody
        listens any more; so it is tried without it first.
        """
        if not self._url.database or self._url.database.startswith((":memory:", "file:")):
            raise StorageError("The database must be a file: its readers and its writer share it.")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StorageError(
                f"The directory {path.parent} for the database cannot be created ({error.strerror})."
            ) from error
        if path.is_dir():
            raise StorageError(f"The database {path} is a directory.")
        if path.exists() and not os.access(path, os.W_OK):
            raise StorageError(f"The database {path} is read-only.")
        if not os.access(path.parent, os.W_OK):
            raise StorageError(f"The directory {path.parent} of the database is not writable.")
        with closing(sqlite3.connect(path, timeout=self._busy)) as probe:
            probe.execute("SELECT count(*) FROM sqlite_master")

    def _engine(self, *, writes: bool) -> AsyncEngine:
        if self.path is None:
            return create_async_engine(self._url, pool_size=1 if writes else READERS, max_overflow=0)
        engine = create_async_engine(
            self._url,
            pool_size=1 if writes else READERS,
            max_overflow=0,
            # No transaction of the driver's own making: the begin event starts them.
            connect_args={"isolation_level": None, "timeout": self._busy},
        )
        pragmas = [f"PRAGMA busy_timeout={int(self._busy * 1000)}", "PRAGMA foreign_keys=ON"]
        if writes:
            # FULL: with NORMAL the last commits of the queue can be lost in a power cut.
            pragmas += ["PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL"]
        else:
            pragmas.append("PRAGMA query_only=ON")
        _on_connect(engine, pragmas)
        _on_begin(engine, "BEGIN IMMEDIATE" if writes else "BEGIN")
        return engine


def _on_connect(engine: AsyncEngine, pragmas: list[str]) -> None:
    # Inserted first: the engine's own listener asks the database questions and would leave a connection to a
    # corrupt file open.
    @event.listens_for(engine.sync_engine, "connect", insert=True)
    def connect(connection: Any, _record: Any) -> None:
        try:
            cursor = connection.cursor()
            for pragma in pragmas:
                cursor.execute(pragma)
            # The first page is read here, so that a file that is no database is told apart at once.
            cursor.execute("SELECT count(*) FROM sqlite_master")
            cursor.close()
        except BaseException:
            connection.close()
            raise


def _on_begin(engine: AsyncEngine, statement: str) -> None:
    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)
