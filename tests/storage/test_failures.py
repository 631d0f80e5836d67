"""Databases that cannot be used: one sentence each, and nothing harmed."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from bot.errors import InputError, StorageError
from bot.records import Source
from storage.database import Database
from storage.store import Store
from tests.storage.making import promised, url_of

if TYPE_CHECKING:
    from pathlib import Path


def _cut(path: Path) -> None:
    """Take two thirds of a file away."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 3])


def _fill(path: Path) -> Path:
    """Write something that is no database."""
    path.write_bytes(b"This is no database. " * 500)
    return path


async def _check(path: Path) -> None:
    """Open and check a database; what is wrong is raised."""
    async with Store(url_of(path)) as opened:
        raise StorageError("; ".join(await opened.check()))


async def _refused(url: str) -> str:
    with pytest.raises(StorageError) as caught:
        await Store(url).open()
    message = str(caught.value)
    assert message.count(". ") == 0, "one sentence"
    assert message.endswith(".")
    return message


async def test_a_file_where_a_directory_should_be(tmp_path: Path) -> None:
    """A path below a file cannot be created."""
    assert "cannot be created" in await _refused(url_of(_fill(tmp_path / "file") / "x.db"))


async def test_a_directory(tmp_path: Path) -> None:
    """A directory is no database."""
    assert "is a directory" in await _refused(url_of(tmp_path))


async def test_a_place_that_takes_no_files() -> None:
    """A directory in which nobody can create files, not even the superuser."""
    assert "cannot be opened or created" in await _refused("sqlite+aiosqlite:////proc/pledgewatch.db")


async def test_not_a_database(path: Path) -> None:
    """A file of another kind is told apart, and left as it was."""
    assert "is not a database" in await _refused(url_of(_fill(path)))
    assert await asyncio.to_thread(path.read_bytes) == b"This is no database. " * 500


async def test_cut_off(store: Store, path: Path) -> None:
    """A database whose end is missing is corrupt, at the latest when the missing part is read."""
    for number in range(30):
        await promised(store, text=f"Number {number}. The Taliban promised to cut ties with Al Qaeda.")
    await store.close()
    _cut(path)
    with pytest.raises(StorageError, match=r"corrupt|damaged"):
        await _check(path)


async def test_another_programs_tables(path: Path) -> None:
    """A database of another program is refused and not changed."""
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE bookmarks (url TEXT)")
        other.commit()
    assert "another program" in await _refused(url_of(path))
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("bookmarks",)]


@pytest.mark.parametrize("url", ["", "no url", "sqlite+aiosqlite://", "sqlite+aiosqlite:///:memory:"])
async def test_useless_urls(url: str) -> None:
    """A URL that names no file or server is refused."""
    with pytest.raises(StorageError):
        await Store(url).open()


@pytest.mark.parametrize("url", ["nosuch+driver:///x", "postgresql+asyncpg://u:secret@localhost/x"])
async def test_no_driver(url: str) -> None:
    """A database whose driver is not installed says so, without the password."""
    message = await _refused(url)
    assert "not installed" in message
    assert "secret" not in message


async def test_disk_full(store: Store) -> None:
    """A full disk is a sentence; what was there stays, and writing goes on when there is room."""
    await promised(store)
    async with store.database.write() as cx:
        pages = (await cx.execute(text("PRAGMA page_count"))).scalar()
        await cx.execute(text(f"PRAGMA max_page_count={pages}"))
    with pytest.raises(StorageError, match="no space left"):
        await store.submit("g1", Source(text="x" * 1_000_000))
    async with store.database.write() as cx:
        await cx.execute(text("PRAGMA max_page_count=1000000"))
    assert (await store.submit("g1", Source(text="x" * 1_000_000))).is_new
    assert await store.check() == []


async def test_half_a_character(store: Store) -> None:
    """Text that cannot be encoded is refused as such, and nothing of it is stored."""
    for source in (Source(text="a \ud800 b"), Source(url="https://example.org/\udfff")):
        with pytest.raises(InputError):
            await store.submit("g1", source)
    assert (await store.totals()).articles == 0


async def test_a_secret_stays_secret() -> None:
    """A database on a server is named without its password."""
    assert "secret" not in Database("postgresql+asyncpg://user:secret@host/name").where
