"""`run` as people start it: what stands in its way is one sentence, with the right exit status."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from storage.copies import sole_user
from storage.store import Store
from tests.cli.test_program import Done, Program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"

MISCONFIGURED, FAILED = 78, 1


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """The program."""
    return Program(tmp_path)


def one_sentence(done: Done, status: int, words: str) -> None:
    """It ended with this status, said this, in one line, and nothing else; no secret in it."""
    assert (done.status, done.err.count("\n")) == (status, 1), done.err
    assert words in done.err
    assert TOKEN not in done.err
    assert done.out == ""


def test_without_a_token(program: Program) -> None:
    """What to set is named."""
    one_sentence(program("run"), MISCONFIGURED, "DISCORD_TOKEN is not set")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PLEDGEWATCH_METRICS_PORT", "many"),
        ("PLEDGEWATCH_ALERT_THRESHOLD", "loose"),
        ("PLEDGEWATCH_FETCH_ALLOW", "nonsense"),
    ],
)
def test_a_wrong_setting(program: Program, name: str, value: str) -> None:
    """The variable is named, its value not: it may be a secret."""
    done = program("run", DISCORD_TOKEN=TOKEN, **{name: value})
    one_sentence(done, MISCONFIGURED, name)
    assert value not in done.err


def a_directory(path: Path) -> None:
    """Where the file should be there is a directory."""
    path.mkdir()


def another_file(path: Path) -> None:
    """No database at all."""
    path.write_bytes(b"this is a text and no database, whatever its name says\n" * 40)


def a_corrupt_one(path: Path) -> None:
    """The first page is there, and then noise."""
    asyncio.run(_make(path))
    body = path.read_bytes()
    path.write_bytes(body[:4_096] + os.urandom(len(body) - 4_096))


def a_newer_one(path: Path) -> None:
    """Of a program that is yet to come."""
    asyncio.run(_make(path))
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
        opened.commit()


async def _make(path: Path) -> None:
    async with Store(f"sqlite+aiosqlite:///{path}"):
        pass


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (a_directory, "is a directory"),
        (another_file, "not a database"),
        (a_corrupt_one, "corrupt"),
        (a_newer_one, "newer version of the program"),
    ],
)
def test_a_database_that_cannot_be_used(
    program: Program, tmp_path: Path, make: Callable[[Path], None], words: str
) -> None:
    """Each is told apart, and left as it was."""
    path = tmp_path / "bot.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    one_sentence(program("run", "--db", path, DISCORD_TOKEN=TOKEN), FAILED, words)
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_a_place_where_nothing_can_be_written(program: Program) -> None:
    """Not even the superuser can make files there."""
    one_sentence(program("run", "--db", "/proc/bot.db", DISCORD_TOKEN=TOKEN), FAILED, "/proc/bot.db")


def test_a_second_process_on_the_same_database(program: Program, tmp_path: Path) -> None:
    """It is refused before it touches anything."""
    path = tmp_path / "bot.db"
    with sole_user(path):
        done = program("run", "--db", path, DISCORD_TOKEN=TOKEN)
    one_sentence(done, FAILED, "Another process is running on the database")
    assert not path.exists()


def test_a_locked_database(program: Program, tmp_path: Path) -> None:
    """Another program holds it, and goes on holding it."""
    path = tmp_path / "bot.db"
    asyncio.run(_make(path))
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        done = program("run", "--db", path, DISCORD_TOKEN=TOKEN)
    one_sentence(done, FAILED, "locked by another program")


def test_a_model_that_is_not_there(program: Program, tmp_path: Path) -> None:
    """The analysis cannot start: said at once, not with the first article."""
    done = program("run", "--db", tmp_path / "b.db", DISCORD_TOKEN=TOKEN, SPACY_MODEL="no_such_model")
    one_sentence(done, FAILED, "no_such_model")
