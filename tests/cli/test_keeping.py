"""`backup`, `restore`, `check`, `reanalyse`: the operator's commands on real databases."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.models import Analysis, Status
from bot.records import Correction
from storage.copies import sole_user
from storage.store import Store
from tests.cli.real_house import Scripted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from bot.models import Claim
    from tests.cli.conftest import Line
    from tests.cli.real_house import RealHouse

PROMISE = "promise Iran: open the sites"
BREACH = "breaks Iran: open the sites @0.9"


OVERLOOKED = BREACH.replace("breaks", "bReaks")
"""Found by better rules alone."""


class Better(Scripted):
    """Better rules: they find what the others overlook, and may read a promise in another way."""

    def __init__(self, wording: str | None = None) -> None:
        super().__init__()
        self.wording = wording

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """The lines of the text, the overlooked ones included."""
        easy = text.replace("bReaks", "breaks")
        found = await super().analyse(easy, title=title, published=published, aliases=aliases)
        return Analysis(
            tuple(replace(c, content=self.wording or c.content) for c in found.commitments),
            tuple(replace(r, quote=text[r.start : r.end]) for r in found.reports),
        )


class Blind(Scripted):
    """Worse rules: they find nothing."""

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """Nothing."""
        return Analysis()


def ingest(op: Line, folder: Path, name: str, text: str, day: str = "2026-01-01") -> None:
    """Read one article."""
    (folder / name).write_text(f"---\ntitle: {name}\ndate: {day}\n---\n{text}\n\nNothing else was said.")
    said = op("ingest", folder / name)
    assert said.status == 0, said.err


def claims(folder: Path) -> list[Claim]:
    """What is on record."""

    async def work() -> list[Claim]:
        async with Store(f"sqlite+aiosqlite:///{folder / 'bot.db'}") as store:
            return await store.claims("local")

    return asyncio.run(work())


def alerts(folder: Path) -> int:
    """How many alerts were raised."""
    with closing(sqlite3.connect(folder / "bot.db")) as opened:
        return int(opened.execute("SELECT count(*) FROM alerts").fetchone()[0])


def test_a_backup_is_put_back(op: Line, tmp_path: Path) -> None:
    """What was read after the backup is gone after the restore, and kept beside it."""
    ingest(op, tmp_path, "one", PROMISE)
    assert op("backup", tmp_path / "copy.db").status == 0
    ingest(op, tmp_path, "two", "promise Norway: build a dam")
    assert len(claims(tmp_path)) == 2
    said = op("restore", tmp_path / "copy.db")
    assert said.status == 0, said.err
    assert [c.actor for c in claims(tmp_path)] == ["Iran"]
    assert "bot.db.replaced-1" in said.out
    assert (tmp_path / "bot.db.replaced-1").exists()
    assert op("check").status == 0


def test_a_backup_is_not_overwritten_and_not_made_of_nothing(op: Line, tmp_path: Path) -> None:
    """Each refusal is one sentence and status 1; no file is made."""
    assert op("backup", tmp_path / "copy.db").err.count("\n") == 1
    assert not (tmp_path / "bot.db").exists()
    ingest(op, tmp_path, "one", PROMISE)
    (tmp_path / "copy.db").write_text("mine")
    said = op("backup", tmp_path / "copy.db")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_a_broken_backup_is_refused(op: Line, tmp_path: Path) -> None:
    """The database stays as it was."""
    ingest(op, tmp_path, "one", PROMISE)
    (tmp_path / "bad.db").write_bytes(b"not a database at all" * 100)
    said = op("restore", tmp_path / "bad.db")
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert len(claims(tmp_path)) == 1


def test_nothing_is_restored_or_read_beside_a_running_bot(op: Line, tmp_path: Path) -> None:
    """Who writes needs the database to itself; backups, checks and looking things up do not."""
    ingest(op, tmp_path, "one", PROMISE)
    op("backup", tmp_path / "copy.db")
    with sole_user(tmp_path / "bot.db"):
        refused: list[tuple[str | Path, ...]] = [
            ("restore", tmp_path / "copy.db"),
            ("ingest", tmp_path / "one"),
            ("reanalyse", "--apply"),
        ]
        for command in refused:
            said = op(*command)
            assert (said.status, said.err.count("\n")) == (1, 1), command
            assert "Another process is running" in said.err
        harmless: list[tuple[str | Path, ...]] = [
            ("backup", tmp_path / "copy-2.db"),
            ("check",),
            ("claims", "Iran"),
            ("health",),
        ]
        for command in harmless:
            assert op(*command).status == 0, command
        assert op("reanalyse").status == 0


def test_check_names_what_is_wrong(op: Line, tmp_path: Path) -> None:
    """Status 1 and a sentence; a search index out of step is mended on request."""
    ingest(op, tmp_path, "one", PROMISE)
    with closing(sqlite3.connect(tmp_path / "bot.db")) as opened:
        (table,) = opened.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE '%fts5%' AND name LIKE '%claim%'"
        ).fetchone()
        opened.execute(f"DELETE FROM {table}")  # noqa: S608 - a name from the schema
        opened.commit()
    said = op("check")
    assert said.status == 1
    assert "search index" in said.out
    assert op("check", "--mend-index").status == 0
    assert op("check").status == 0


@pytest.mark.parametrize("wrong", [b"", b"some text that is no database, and long enough to be one" * 40])
def test_check_of_what_is_no_database(op: Line, tmp_path: Path, wrong: bytes) -> None:
    """A file that is not there, or is another thing, is one sentence."""
    if wrong:
        (tmp_path / "bot.db").write_bytes(wrong)
    said = op("check")
    assert (said.status, said.err.count("\n")) == (1, 1)


def test_a_truncated_database_is_said_to_be_corrupt(op: Line, tmp_path: Path) -> None:
    """The remedy is in the sentence: a backup."""
    for number in range(12):
        ingest(op, tmp_path, f"a{number}", f"promise Iran: open site {number} " + "x" * 2000)
    body = (tmp_path / "bot.db").read_bytes()
    (tmp_path / "bot.db").write_bytes(body[: len(body) // 2])
    said = op("check")
    assert said.status == 1
    assert "corrupt" in said.err + said.out or "damaged" in said.err + said.out


def test_reanalyse_shows_and_then_keeps_the_difference(
    home: RealHouse, op: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Improved rules find a breach that was overlooked: shown, kept on --apply with its alert, once."""
    ingest(op, tmp_path, "one", PROMISE)
    ingest(op, tmp_path, "two", OVERLOOKED, day="2026-02-01")
    monkeypatch.setattr(home, "engine", Better())
    said = op("reanalyse")
    assert "contradicts claim 1" in said.out
    assert "1 new alert" in said.out
    assert "--apply" in said.out
    assert alerts(tmp_path) == 0
    assert op("reanalyse", "--apply").status == 0
    assert alerts(tmp_path) == 1
    said = op("reanalyse", "--apply")
    assert "0 with a difference" in said.out
    assert alerts(tmp_path) == 1
    assert op("check").status == 0


def test_reanalyse_can_be_quiet(
    home: RealHouse, op: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--no-alerts keeps the evidence and raises nothing."""
    ingest(op, tmp_path, "one", PROMISE)
    ingest(op, tmp_path, "two", OVERLOOKED, day="2026-02-01")
    monkeypatch.setattr(home, "engine", Better())
    assert op("reanalyse", "--apply", "--no-alerts").status == 0
    assert alerts(tmp_path) == 0
    with closing(sqlite3.connect(tmp_path / "bot.db")) as opened:
        assert opened.execute("SELECT count(*) FROM evidence").fetchone() == (1,)


def test_reanalyse_leaves_what_people_decided(
    home: RealHouse, op: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A corrected wording, a rating, a dismissal and an alert stay, whatever the rules find now."""
    ingest(op, tmp_path, "one", PROMISE)
    ingest(op, tmp_path, "two", BREACH, day="2026-02-01")
    ingest(op, tmp_path, "three", "promise Norway: build a dam")

    async def people() -> None:
        async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
            await store.correct("local", "1", Correction(content="open every site"), by="7")
            await store.set_status("local", "1", Status.COMPROMISE, by="7")
            await store.decide("local", "e1", "dismissed", by="7", reason="Another Iran")

    asyncio.run(people())
    monkeypatch.setattr(home, "engine", Blind())
    said = op("reanalyse", "--apply")
    assert "build a dam" in said.out
    assert [(c.actor, c.content, c.status) for c in claims(tmp_path)] == [
        ("Iran", "open every site", Status.COMPROMISE)
    ]
    assert alerts(tmp_path) == 1
    monkeypatch.setattr(home, "engine", Better())
    op("reanalyse", "--apply")
    assert {c.actor for c in claims(tmp_path)} == {"Iran", "Norway"}
    assert alerts(tmp_path) == 1
    with closing(sqlite3.connect(tmp_path / "bot.db")) as opened:
        assert opened.execute("SELECT decision FROM evidence").fetchall() == [("dismissed",)]


def test_reanalyse_rewords_claims_that_nobody_corrected(
    home: RealHouse, op: Line, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the rules read a promise better, the claim says so, under the same number."""
    ingest(op, tmp_path, "one", PROMISE)
    monkeypatch.setattr(home, "engine", Better(wording="open the nuclear sites"))
    op("reanalyse", "--apply")
    assert [(c.id, c.content) for c in claims(tmp_path)] == [("1", "open the nuclear sites")]
    assert op("check").status == 0
