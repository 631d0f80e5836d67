"""The schema's history, and what happens when database and program differ."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from bot.errors import SchemaError, StorageError
from bot.models import Status
from bot.records import Correction
from storage import migrate
from storage.store import Store
from storage.tables import metadata
from tests.storage.making import NOW, promised, reported, url_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

REVISIONS = [script.revision for script in ScriptDirectory.from_config(migrate.config()).walk_revisions()][
    ::-1
]


def _upgrade(path: Path, revision: str) -> None:
    """Bring a file to one revision, as a release of that time would have left it."""
    engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
    with engine.begin() as connection:
        migrate.upgrade(connection, str(path), revision)


def _versions(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as opened:
        return [row[0] for row in opened.execute("SELECT version_num FROM alembic_version")]


async def test_the_history_leads_to_the_tables(store: Store) -> None:
    """What the migrations make is what `tables.py` says, column by column and index by index."""

    def differences(connection: Connection) -> list[object]:
        options = {"include_object": lambda _o, name, *_rest: "_search" not in (name or "")}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))

    async with store.database.write() as cx:
        assert await cx.run_sync(differences) == []


async def test_tables_are_strict(store: Store) -> None:
    """Every table of ours refuses values of another type."""
    async with store.database.read() as cx:
        listed = (await cx.execute(text("PRAGMA table_list"))).all()
    strict = {row.name: row.strict for row in listed}
    assert {name for name in metadata.tables if not strict[name]} == set()


async def test_opening_again_changes_nothing(store: Store, path: Path) -> None:
    """A database of the program's own version is opened as it is."""
    applied = await promised(store)
    await store.close()
    await store.open()
    assert await store.article("g1", applied.stored.id) == applied.stored
    assert [p.name for p in path.parent.glob("*schema*")] == []


@pytest.mark.parametrize("revision", REVISIONS[:-1])
async def test_from_every_older_schema(path: Path, revision: str) -> None:
    """An older schema is brought up to date, its data kept, and a backup made first."""
    await asyncio.to_thread(_upgrade, path, revision)
    with closing(sqlite3.connect(path)) as old:
        old.execute("INSERT INTO guilds VALUES ('g1', '2026-03-01T12:00:00.000000+00:00', '{}', NULL)")
        old.commit()
    async with Store(url_of(path)) as store:
        assert await store.guilds() == ["g1"]
        await promised(store)
        assert await store.check() == []
    (backup,) = path.parent.glob("*.schema-*")
    assert _versions(backup) == [revision]


async def test_of_copies_made_before_migrations_the_newest_few_stay(path: Path) -> None:
    """Three are kept, whichever schema they are of, the one of the last migration among them."""
    await asyncio.to_thread(_upgrade, path, REVISIONS[0])
    for age, name in enumerate(("0009-2", "0001-10", "0002-1", "0001-9")):
        copy = path.with_name(f"{path.name}.schema-{name}")
        copy.touch()
        os.utime(copy, (1_000_000 - age, 1_000_000 - age))
    async with Store(url_of(path)):
        pass
    left = {one.name.partition(".schema-")[2] for one in path.parent.glob("*.schema-*")}
    assert left == {"0009-2", "0001-10", f"{REVISIONS[0]}-{11 if REVISIONS[0] == '0001' else 1}"}


UNDONE = {
    "0005": ["ALTER TABLE articles DROP COLUMN interruptions"],
    "0004": ["ALTER TABLE articles DROP COLUMN interruptions", "DROP TABLE owed"],
}
"""What makes a database of today one of an older schema, the data kept. Before 0004 there was no search."""


@pytest.mark.parametrize("revision", UNDONE)
async def test_data_survives_from_an_older_schema(store: Store, path: Path, revision: str) -> None:
    """Claims, evidence, alerts, verdicts, corrections, aliases and feeds are there afterwards as before."""
    claim = (await promised(store)).new_claims[0]
    await reported(store, claim)
    await store.set_status("g1", claim, Status.STALLED, by="7")
    await store.correct("g1", claim, Correction(content="cut all ties"), by="7")
    await store.add_alias("g1", "The T", actor="Taliban", actor_key="taliban", by="7")
    await store.follow("g1", "https://example.org/feed", NOW, title="Feed")
    before = await store.export("g1")
    assert all(before[name] for name in ("claims", "evidence", "alerts", "verdicts", "aliases", "feeds"))
    await store.close()
    with closing(sqlite3.connect(path)) as older:
        for statement in UNDONE[revision]:
            older.execute(statement)
        older.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        older.commit()
    await store.open()
    assert _versions(path) == [REVISIONS[-1]]
    assert await store.export("g1") == before
    assert await store.check() == []
    assert [hit.claim.id for hit in await store.candidates("g1", "ties", 5)] == [claim]


async def test_a_newer_schema_is_refused(store: Store, path: Path) -> None:
    """A database of a newer program is not touched."""
    await promised(store)
    await store.close()
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    before = await asyncio.to_thread(path.read_bytes)
    with pytest.raises(SchemaError, match="newer version of the program"):
        await store.open()
    assert await asyncio.to_thread(path.read_bytes) == before
    assert not store.database.is_open


async def test_a_migration_that_fails_leaves_the_old_schema(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a migration that breaks off nothing stays, and the record of the version least of all."""
    await asyncio.to_thread(_upgrade, path, REVISIONS[0])

    def break_off(*_args: object, **_named: object) -> None:
        raise StorageError("broken off")

    # The last step of the last migration fails, after all tables were made.
    monkeypatch.setattr(Operations, "execute", break_off)
    with pytest.raises(StorageError, match="broken off"):
        await Store(url_of(path)).open()
    assert _versions(path) == [REVISIONS[0]]
    with closing(sqlite3.connect(path)) as opened:
        assert opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'claims'").fetchall() == []
