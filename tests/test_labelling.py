"""Verdicts as scenarios that the measuring scripts read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.labelling import Labelling
from storage.store import Store
from tests.storage.making import BREACH, PROMISE, promised, reported, url_of

if TYPE_CHECKING:
    from pathlib import Path


async def test_verdicts_become_scenarios(tmp_path: Path) -> None:
    """A confirmed report contradicts, a dismissed one is neutral with its reason; open ones are not there."""
    async with Store(url_of(tmp_path / "x.db")) as store:
        claim = (await promised(store)).new_claims[0]
        for number in range(3):
            await reported(store, claim, text=f"{BREACH} So said paper number {number}.")
        await store.decide("g1", "e1", "confirmed", by="77")
        await store.decide("g1", "e2", "dismissed", by="77", reason="not said so")
        made = await Labelling(store).scenarios("g1")
    assert [(r["label"], r["type"]) for s in made for r in s["relations"]] == [
        ("contradicts", "negation"),
        ("neutral", "not said so"),
    ]
    scenario = made[0]
    assert scenario["earlier"]["text"] == PROMISE
    assert scenario["earlier"]["date"] == "2026-01-01"
    (told,) = scenario["commitments"]
    assert told["quote"] in scenario["earlier"]["text"]
    assert told["claim"] == 0
    assert scenario["relations"][0]["quote"] in scenario["later"]["text"]
    assert "77" not in str(made), "nobody's id is in it"


async def test_what_was_taken_off_the_record_is_left_out(tmp_path: Path) -> None:
    """A claim that a reviewer rejected is no example of a broken one; nothing judged makes nothing."""
    async with Store(url_of(tmp_path / "x.db")) as store:
        claim = (await promised(store)).new_claims[0]
        assert await Labelling(store).scenarios("g1") == []
        await reported(store, claim)
        await store.decide("g1", "e1", "confirmed", by="77")
        await store.reject("g1", claim, by="77")
        assert await Labelling(store).scenarios("g1") == []
        assert await Labelling(store).scenarios("g2") == []
