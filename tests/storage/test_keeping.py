"""Backup, restore, check, forgetting and export."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import InputError, NotFoundError, SchemaError, StorageError
from bot.models import Article, Outcome
from bot.records import Source
from storage import copies
from storage.store import Store
from tests.storage.making import BREACH, NOW, PROMISE, posting, promised, report, reported, url_of

if TYPE_CHECKING:
    from bot.records import Applied


@pytest.fixture
async def first(store: Store) -> Applied:
    """A claim with evidence, an alert and a verdict."""
    made = await promised(store)
    await reported(store, made.new_claims[0])
    await store.decide("g1", "e1", "confirmed", by="7", now=NOW)
    return made


def _execute(path: Path, statement: str) -> None:
    """Break a database behind the program's back."""
    with closing(sqlite3.connect(path)) as opened:
        opened.execute(statement)
        opened.commit()


async def test_backup_and_restore(store: Store, first: Applied, path: Path, tmp_path: Path) -> None:
    """A backup made while the store is in use holds all of it; put back, the store is as it was then."""
    target = tmp_path / "backups" / "one.db"
    await store.backup(target)
    record = await store.export("g1")
    await promised(store, text="Later: " + PROMISE)
    kept = await store.restore(target)
    assert await store.export("g1") == record
    assert await store.check() == []
    assert kept is not None
    async with Store(url_of(kept)) as replaced:
        assert (await replaced.totals()).articles == 3
    await promised(store, text="After: " + PROMISE)
    assert await store.check() == []


async def test_backup_while_writing(store: Store, tmp_path: Path) -> None:
    """A backup made among writes is consistent: it holds whole transactions."""

    async def write() -> None:
        for number in range(20):
            await promised(store, text=f"{number}: {PROMISE}")

    writing = asyncio.create_task(write())
    for number in range(3):
        await store.backup(tmp_path / f"{number}.db")
    await writing
    for number in range(3):
        async with Store(url_of(tmp_path / f"{number}.db")) as copy:
            assert await copy.check() == []


async def test_a_backup_is_not_overwritten(store: Store, tmp_path: Path) -> None:
    """An existing file is left alone, and no part of a failed backup stays."""
    await store.backup(tmp_path / "one.db")
    with pytest.raises(InputError, match="exists already"):
        await store.backup(tmp_path / "one.db")
    with pytest.raises(StorageError, match="cannot be written"):
        await store.backup(tmp_path / "one.db" / "two.db")
    assert await asyncio.to_thread(lambda: [p.name for p in tmp_path.glob("*part*")]) == []


async def test_restoring_what_is_no_backup(store: Store, first: Applied, path: Path, tmp_path: Path) -> None:
    """A damaged, foreign or newer file is refused, and the store goes on as before."""
    record = await store.export("g1")
    junk, foreign, newer = tmp_path / "junk.db", tmp_path / "foreign.db", tmp_path / "newer.db"
    await asyncio.to_thread(junk.write_bytes, b"junk" * 4000)
    _execute(foreign, "CREATE TABLE bookmarks (url TEXT)")
    await store.backup(newer)
    _execute(newer, "UPDATE alembic_version SET version_num = '9999'")
    for wrong, kind in ((junk, StorageError), (foreign, SchemaError), (newer, SchemaError)):
        with pytest.raises(kind):
            await store.restore(wrong)
        assert await store.export("g1") == record
    with pytest.raises(StorageError, match="no file"):
        await store.restore(tmp_path / "none.db")


async def test_restoring_over_a_corrupt_database(
    store: Store, first: Applied, path: Path, tmp_path: Path
) -> None:
    """The very case for a backup: the database is broken, the backup takes its place."""
    await store.backup(tmp_path / "one.db")
    record = await store.export("g1")
    await store.close()
    await asyncio.to_thread(path.write_bytes, b"junk" * 4000)
    await store.restore(tmp_path / "one.db")
    await store.open()
    assert await store.export("g1") == record


async def test_daily_backups(store: Store, tmp_path: Path) -> None:
    """One backup a day, the newest so many kept."""
    for day in range(4):
        assert await store.daily_backup(tmp_path / "daily", NOW + timedelta(days=day), 2) is not None
        assert await store.daily_backup(tmp_path / "daily", NOW + timedelta(days=day), 2) is None
    names = await asyncio.to_thread(lambda: sorted(p.name for p in (tmp_path / "daily").iterdir()))
    assert names == ["pledgewatch-2026-03-03.db", "pledgewatch-2026-03-04.db"]


async def test_of_what_restores_replaced_the_newest_few_stay(
    store: Store, first: Applied, path: Path, tmp_path: Path
) -> None:
    """Each restore keeps what was there, under a number of its own; of those the newest three are kept."""
    await store.backup(tmp_path / "copy.db")
    (tmp_path / "mine.db.replaced-1").touch()
    kept = [await store.restore(tmp_path / "copy.db") for _ in range(5)]
    assert [one.name for one in kept if one] == [f"{path.name}.replaced-{n}" for n in range(1, 6)]
    left = sorted(one.name for one in path.parent.glob("*.replaced-*"))
    assert left == ["mine.db.replaced-1", *(f"{path.name}.replaced-{n}" for n in (3, 4, 5))]
    assert await store.check() == []


async def test_one_process(store: Store, path: Path) -> None:
    """While one process holds the database, another is refused; when it ends, however it ends, no more."""
    hold = (
        "import sys, time; from pathlib import Path; from storage.copies import sole_user\n"
        "with sole_user(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    root = Path(__file__).parents[2]
    other = await asyncio.create_subprocess_exec(
        sys.executable, "-c", hold, str(path), cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert await other.stdout.readline() == b"held\n"
    with pytest.raises(StorageError, match="Another process"), copies.sole_user(path):
        pass
    with pytest.raises(StorageError, match="Another process"):
        await store.restore(path)
    other.kill()
    await other.wait()
    with copies.sole_user(path):
        pass


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("DELETE FROM claim_search", "search index is out of step for claim 1"),
        ("UPDATE claim_search SET body = 'x'", "search index is out of step for claim 1"),
        ("DELETE FROM report_search", "search index is out of step for report 1"),
        ("DELETE FROM claim_actors", "Claim 1 is not filed under its actors"),
        ("DELETE FROM alert_articles", "Alert 1 is about no article"),
        ("UPDATE commitments SET start_at = 3", "Telling 1 is not where it should be"),
        ("UPDATE reports SET end_at = 3", "Report 1 is not where it should be"),
        ("UPDATE claims SET merged_into = 99, hidden = 'merged'", "merged into one that is gone"),
        ("UPDATE commitments SET claim_id = 99", "points to a row of claims that is not there"),
    ],
)
async def test_check_sees(store: Store, first: Applied, path: Path, statement: str, says: str) -> None:
    """Whatever is out of order is named."""
    assert await store.check() == []
    _execute(path, statement)
    assert any(says in problem for problem in await store.check())


async def test_rebuilding_the_index(store: Store, first: Applied, path: Path) -> None:
    """A lost search index is made anew from what it indexed."""
    _execute(path, "DELETE FROM claim_search")
    _execute(path, "DELETE FROM report_search")
    await store.rebuild_index()
    assert await store.check() == []
    assert len(await store.candidates("g1", "ties", 5)) == 1
    assert len(await store.reports_with("g1", "cut ties UN")) == 1


async def test_forgetting_an_article(store: Store, first: Applied) -> None:
    """Nothing of a forgotten article is left, nor of a claim that only it told; what others told stays."""
    again = await promised(store, text="Again: " + PROMISE)
    await store.merge("g1", again.new_claims[0], first.new_claims[0], by="7")
    await store.forget_article("g1", first.stored.id)
    (claim,) = await store.claims("g1")
    assert [t.article_id for t in claim.tellings] == [again.stored.id]
    assert await store.check() == []
    await store.forget_article("g1", again.stored.id)
    assert await store.claims("g1") == []
    with pytest.raises(NotFoundError):
        await store.forget_article("g1", again.stored.id)
    left = await store.export("g1")
    assert [len(left[table]) for table in ("claims", "commitments", "alerts", "verdicts")] == [0, 0, 0, 0]
    assert await store.check() == []


async def test_forgetting_a_claim(store: Store, first: Applied) -> None:
    """A forgotten claim takes its tellings, evidence, alerts and history along, not its articles."""
    await store.forget_claim("g1", first.new_claims[0])
    totals = await store.totals("g1")
    assert (totals.articles, totals.claims, totals.evidence, totals.alerts) == (2, 0, 0, 0)
    assert await store.check() == []


async def test_forgetting_everything(store: Store, first: Applied) -> None:
    """The record of a guild goes; what its managers set stays."""
    await store.watch("g1", "77", True)
    await store.forget_everything("g1")
    totals = await store.totals("g1")
    assert (totals.guilds, totals.articles, totals.claims) == (1, 0, 0)
    assert len(await store.channels("g1")) == 1
    assert await store.candidates("g1", "ties", 5) == []
    assert (await promised(store)).new_claims != ()
    assert await store.check() == []


async def test_ids_are_not_given_again(store: Store, first: Applied) -> None:
    """A button on an old message never acts on a later claim: numbers of what was forgotten stay unused."""
    await store.forget_everything("g1")
    assert (await promised(store)).new_claims[0] not in first.new_claims


async def test_export(store: Store, first: Applied) -> None:
    """The export is plain JSON and holds every table of the guild."""
    await store.submit("g1", Source(url="https://example.org/a"), posting())
    await store.owe("g1", "c1", "1", NOW)
    exported = json.loads(json.dumps(await store.export("g1")))
    filled = {name for name, rows in exported.items() if rows}
    assert filled == set(exported) - {"aliases", "channels", "feeds"}
    assert exported["commitments"][0]["quote"] == PROMISE
    assert "owner" not in exported["articles"][0]


async def test_reports_are_replaced(store: Store) -> None:
    """A second reading puts its reports in place of the first one's."""
    made = await promised(store, text=BREACH, commitments=[])
    outcome = Outcome(
        "g1", made.stored.id, Article(BREACH), reports=(report(BREACH), report(BREACH, "the UN said"))
    )
    await store.apply(outcome, now=NOW)
    await store.apply(outcome, now=NOW)
    assert len(await store.stored_reports("g1", ["taliban"])) == 2
    assert await store.check() == []


async def test_a_newer_text_that_was_not_read(store: Store, first: Applied) -> None:
    """A text that is stored unread leaves what was found in the one before, and the record is whole."""
    (evidence,) = await store.evidence_for("g1", first.new_claims[0])
    unread = Article("Ein Text in einer anderen Sprache.", note="not English")
    outcome = Outcome("g1", evidence.article_id, unread, analysed=False)
    assert (await store.apply(outcome, now=NOW)).stored.version == 2
    assert await store.check() == []
    assert await store.evidence_for("g1", first.new_claims[0]) == [evidence]
