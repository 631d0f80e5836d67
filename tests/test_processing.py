"""What one article costs where the record holds many on the same thing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.records import Source
from bot.tracker import Tracker
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.models import Claim, Finding, Report

GUILD = "g1"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store in a file."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened


async def test_a_promise_told_often_is_not_held_against_everything_again(store: Store) -> None:
    """Copies of one story are held against each other's reports while they are few; an older one is."""
    held: list[str] = []

    class Counting(ScriptedEngine):
        async def judge(
            self,
            reports: Sequence[Report],
            claims: Sequence[Claim],
            *,
            published: date | None,
            article_id: str,
        ) -> list[Finding]:
            held.append(article_id)
            return await super().judge(reports, claims, published=published, article_id=article_id)

    tracking = Tracker(store, Counting(), owner="test")
    copies = []
    for number in range(8):
        body = f"promise Taliban: cut ties\ncopy {number}\nbreaks Taliban: cut ties"
        copies.append(await tracking.ingest(GUILD, Source(text=body, published=date(2021, 7, 28))))
        assert copies[-1].matches[0].evidence.alert
    of_others = [held.count(reading.stored.id) - 1 for reading in copies]
    assert of_others == [2, 1, 0, 0, 0, 0, 0, 0]
    held.clear()
    earlier = Source(text="promise Taliban: cut ties\nin time", published=date(2020, 3, 1))
    await tracking.ingest(GUILD, earlier)
    assert {reading.stored.id for reading in copies} <= set(held)
