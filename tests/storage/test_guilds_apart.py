"""Nothing of one guild is ever visible in another."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import InputError, NotFoundError
from bot.models import Status
from bot.records import Correction, Source
from storage.store import Store
from tests.storage.making import LATER, NOW, commitment, posting, promised, reported, url_of

if TYPE_CHECKING:
    from bot.models import Claim

GUILDS = ("g1", "g2")
CONTENTS = ("cut ties", "free prisoners", "open schools")

ACTS = st.lists(
    st.tuples(
        st.sampled_from(GUILDS),
        st.sampled_from(
            ["promise", "report", "status", "merge", "reject", "undo", "correct", "forget", "submit"]
        ),
        st.integers(0, 2),
        st.integers(0, 2),
    ),
    max_size=14,
)


async def _act(store: Store, guild: str, act: str, one: int, two: int) -> None:
    """Do something in a guild, to its claims as they are numbered there."""
    mine = await store.claims(guild)
    claim, other = (mine[n % len(mine)].id if mine else "99" for n in (one, two))
    text = f"They promised to {CONTENTS[one]}, for the time of year number {two}."
    if act == "promise":
        quote = f"They promised to {CONTENTS[one]}"
        await promised(store, guild, text, commitments=[commitment(text, quote, content=CONTENTS[one])])
    elif act == "report":
        await reported(
            store, claim, guild, f"The Taliban has not cut ties with Al Qaeda, the UN said. {one}"
        ) if mine else None
    elif act == "status":
        await store.set_status(guild, claim, list(Status)[two], by="7", now=NOW)
    elif act == "merge":
        await store.merge(guild, claim, other, by="7", now=NOW)
    elif act == "reject":
        await store.reject(guild, claim, by="7", now=NOW)
    elif act == "undo":
        history = await store.history(guild, claim)
        await store.undo(guild, history[0].id if history else "v99", by="7", now=NOW)
    elif act == "correct":
        await store.correct(guild, claim, Correction(content=CONTENTS[two]), by="7", now=NOW)
    elif act == "forget":
        await store.forget_claim(guild, claim)
    else:
        await store.submit(guild, Source(url=f"https://example.org/{one}"), posting(str(two)), now=NOW)


async def _record(store: Store, guild: str) -> Any:
    """Everything that a guild can see, with its ids in the order of their appearance."""
    claims = await store.claims(guild, limit=100)
    seen: list[Any] = [
        claims,
        await store.actors(guild),
        await store.candidates(guild, "cut ties schools", 9),
    ]
    for claim in claims:
        seen += [await store.evidence_for(guild, claim.id), await store.history(guild, claim.id)]
        seen += [await store.alerts_for(guild, claim.id)]
    seen += [
        await store.pending_alerts(LATER, 99, guild=guild),
        await store.stored_reports(guild, ["taliban"]),
    ]
    seen += [await store.posted_by(guild, "1")]
    names: dict[str, str] = {}
    # Ids of people, channels and messages are not the store's, and may look like numbers of claims.
    not_ours = "".join(f"(?<!{name}=')" for name in ("author_id", "channel_id", "message_id", "by"))
    return re.sub(
        rf"{not_ours}(?<=')[atenv]?\d{{1,6}}(?=')",
        lambda m: names.setdefault(m[0], f"#{len(names)}"),
        repr(seen),
    )


async def _live(acts: list[tuple[str, str, int, int]], path: Path) -> dict[str, Any]:
    async with Store(url_of(path)) as store:
        for act in acts:
            with suppress(NotFoundError, InputError):  # the same alone
                await _act(store, *act)
        assert await store.check() == []
        return {guild: await _record(store, guild) for guild in GUILDS}


@settings(max_examples=25, deadline=None)
@given(acts=ACTS)
def test_two_guilds_are_each_as_if_alone(acts: list[tuple[str, str, int, int]]) -> None:
    """After any sequence of acts in two guilds, each sees what it would see had the other never been."""
    with tempfile.TemporaryDirectory() as directory:
        both = asyncio.run(_live(acts, Path(directory) / "both.db"))
        for guild in GUILDS:
            alone = asyncio.run(_live([a for a in acts if a[0] == guild], Path(directory) / f"{guild}.db"))
            assert both[guild] == alone[guild]


@pytest.fixture
async def claim(store: Store) -> Claim:
    """A claim of guild g1, with evidence and an alert."""
    made = (await promised(store, "g1")).new_claims[0]
    await reported(store, made, "g1")
    await store.set_status("g1", made, Status.BROKEN, by="7")
    return await store.claim("g1", made)


async def test_no_act_reaches_into_another_guild(store: Store, claim: Claim) -> None:
    """Ids of one guild name nothing in another, whatever is asked of them."""
    other = (await promised(store, "g2")).new_claims[0]
    before = await store.export("g1")
    correction = Correction(content="x")
    finding = (await store.evidence_for("g1", claim.id))[0].finding
    told = claim.tellings[0]
    refused = [
        store.claim("g2", claim.id),
        store.article("g2", told.article_id),
        store.requeue("g2", told.article_id),
        store.set_aside("g2", told.article_id, "x"),
        store.alert("g2", "n1"),
        store.send_again("g2", "n1"),
        store.decide("g2", "e1", "confirmed", by="7"),
        store.set_status("g2", claim.id, Status.KEPT, by="7"),
        store.history("g2", claim.id),
        store.undo("g2", "v1", by="7"),
        store.correct("g2", claim.id, correction, by="7"),
        store.reject("g2", claim.id, by="7"),
        store.merge("g2", claim.id, other, by="7"),
        store.merge("g2", other, claim.id, by="7"),
        store.split("g2", claim.id, [told.id], by="7"),
        store.attach("g2", other, told.article_id, finding, by="7"),
        store.attach("g2", claim.id, "a3", finding, by="7"),
        store.add_claim("g2", told.article_id, told.commitment, by="7"),
        store.forget_article("g2", told.article_id),
        store.forget_claim("g2", claim.id),
        store.unfollow("g2", "f1"),
    ]
    for act in refused:
        with pytest.raises(NotFoundError):
            await act
    assert await store.export("g1") == before


async def test_the_database_itself_refuses(store: Store, claim: Claim, path: Path) -> None:
    """A row of one guild that points into another breaks a constraint, whatever the program does."""
    await promised(store, "g2")
    with closing(sqlite3.connect(path)) as opened:
        opened.execute("PRAGMA foreign_keys=ON")
        for table in (
            "commitments",
            "evidence",
            "alerts",
            "alert_articles",
            "claim_actors",
            "verdicts",
            "postings",
        ):
            row = opened.execute(f"SELECT count(*) FROM {table} WHERE guild = 'g1'").fetchone()  # noqa: S608
            if row[0]:
                with pytest.raises(sqlite3.IntegrityError):
                    opened.execute(f"UPDATE {table} SET guild = 'g2' WHERE guild = 'g1'")  # noqa: S608


async def test_deleting_a_guild_leaves_the_other(store: Store, claim: Claim) -> None:
    """Of a deleted guild nothing is left, in no table and no index; the other is as it was."""
    await promised(store, "g2")
    before = await store.export("g2")
    assert await store.delete_guild("g1")
    assert not await store.delete_guild("g1")
    assert {name: rows for name, rows in (await store.export("g1")).items() if rows} == {}
    assert await store.export("g2") == before
    assert await store.check() == []
    assert await store.guilds() == ["g2"]
