"""Cells that are read when they are looked into, and rows that are given bit by bit."""

from __future__ import annotations

import asyncio
import json
import pickle
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from bot.models import Article, Held, NewClaim, Outcome
from bot.records import Correction, Source
from storage.columns import UnreadObject
from storage.part import ROWS_AT_ONCE, gently
from tests.storage.making import BREACH, NOW, PROMISE, against, commitment, promised, report

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from storage.store import Store

FRAME = {"t": {"weapon": 1.0}, "n": [1, 2], "who": "Ålesund"}


async def stored(store: Store, frame: Mapping[str, Any]) -> None:
    """An article with a promise and a report, both with this frame."""
    said = f"{PROMISE} {BREACH}"
    article_id = (await store.submit("g1", Source(text=said), now=NOW)).article_id
    outcome = Outcome(
        "g1",
        article_id,
        Article(said, published=date(2026, 1, 1)),
        (replace(commitment(said), frame=frame),),
        (NewClaim(0),),
        (replace(report(said), frame=frame),),
    )
    await store.apply(outcome, now=NOW)


async def test_a_frame_comes_back_as_it_was_stored(store: Store) -> None:
    """Looked into or not, it equals what was stored; another process gets it as a plain object."""
    await stored(store, FRAME)
    (found,) = await store.stored_reports("g1", report(BREACH).actor_keys)
    frame = found.report.frame
    assert isinstance(frame, UnreadObject)
    sent = pickle.loads(pickle.dumps(frame))  # noqa: S301 - our own
    assert type(sent) is dict
    assert sent == FRAME == frame
    assert (list(frame), frame["n"], frame.get("x")) == (list(FRAME), [1, 2], None)


async def test_a_frame_that_was_read_can_be_stored_again(store: Store) -> None:
    """What came out of the database goes into it again."""
    await stored(store, UnreadObject('{"t":{"weapon":1.0},"n":[1,2],"who":"Ålesund"}'))
    (claim,) = await store.claims_for_actors("g1", commitment(PROMISE).actor_keys)
    assert claim.tellings[0].commitment.frame == FRAME


async def test_a_frame_that_was_read_can_be_part_of_a_correction(store: Store) -> None:
    """A correction keeps the frame of its wording inside a value of its own."""
    await stored(store, FRAME)
    (claim,) = await store.claims_for_actors("g1", commitment(PROMISE).actor_keys)
    correction = Correction(content="end ties with Al Qaeda", frame=claim.tellings[0].commitment.frame)
    await store.correct("g1", claim.id, correction, by="1")
    assert (await store.claim("g1", claim.id)).tellings[0].commitment.frame == FRAME


@pytest.mark.parametrize("quote", ['He said ,"frame":{} and left.', "Ålesund \\", ""])
async def test_evidence_keeps_the_frame_of_its_report_as_text(store: Store, quote: str) -> None:
    """Whatever is quoted, the report comes back as it was stored, its frame not looked into."""
    claim_id = (await promised(store)).new_claims[0]
    said = replace(report(BREACH), quote=quote, frame=FRAME)
    article_id = (await store.submit("g1", Source(text=BREACH), now=NOW)).article_id
    held = Held(against(claim_id, said))
    await store.apply(Outcome("g1", article_id, Article(BREACH), evidence=(held,)), now=NOW)
    (evidence,) = await store.evidence_for("g1", claim_id)
    assert isinstance(evidence.finding.report.frame, UnreadObject)
    assert evidence.finding.report == said
    (row,) = (await store.export("g1"))["evidence"]
    assert json.loads(json.dumps(row["report"]))["frame"] == FRAME


async def test_many_rows_leave_others_their_turn() -> None:
    """Rows come as they stand; whoever else is ready gets a turn after every so many."""
    turns = 0

    async def others() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    numbers = " UNION ALL ".join(f"SELECT {n}" for n in range(ROWS_AT_ONCE * 5))
    running = asyncio.create_task(others())
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        found = [row[0] async for row in gently(connection.execute(text(numbers)))]
    engine.dispose()
    running.cancel()
    assert found == list(range(ROWS_AT_ONCE * 5))
    assert turns >= 4
