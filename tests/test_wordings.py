"""Every report is held against every wording of a claim, whichever is posted first, and none twice."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import Finding, Relation
from bot.records import Source
from bot.tracker import Tracker
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models import Claim, Commitment, Report

GUILD = "g1"

STORY = (
    ("promise Taliban: cut ties/firmly", date(2021, 7, 1)),
    ("promise Taliban: cut ties/again\nbreaks Taliban: cut ties/again @0.8", date(2021, 7, 3)),
    ("promise Taliban: cut ties/with all\nbreaks Taliban: cut ties/firmly @0.9", date(2021, 7, 3)),
    ("promise Taliban: cut ties/for good\nkeeps Taliban: cut ties/again @0.75", date(2021, 7, 4)),
    ("promise Taliban: cut ties/again\nits own copy\nbreaks Taliban: cut ties/again @0.8", date(2021, 7, 5)),
    ("promise Taliban: cut ties/undated", None),
    ("breaks Taliban: cut ties/for good @0.8\nbreaks Taliban: cut ties/undated @0.9", date(2021, 7, 9)),
    ("promise Taliban: cut ties/for good\nanother copy", date(2021, 7, 20)),
    ("breaks Taliban: cut ties/firmly @0.8", date(2021, 6, 1)),
)
"""One claim in five wordings, two of them told twice, with reports that break or keep one wording each."""


class WordingEngine(ScriptedEngine):
    """As the real one: a claim is told in many wordings (`CONTENT/WORDING`), of which at most three are
    looked at, in time only. A report bears on one of them, and never on its own article's."""

    def __init__(self) -> None:
        super().__init__()
        self.held: list[tuple[str, str]] = []
        """Article of the report and wording, each time that a report was held against one."""

    async def group(self, commitments: Sequence[Commitment], claims: Sequence[Claim]) -> list[str | int]:
        """By the content without its wording."""
        bare = [replace(c, content=_bare(c.content)) for c in commitments]
        return await super().group(bare, [replace(c, content=_bare(c.content)) for c in claims])

    async def judge(
        self, reports: Sequence[Report], claims: Sequence[Claim], *, published: date | None, article_id: str
    ) -> list[Finding]:
        """A report bears on the telling of its wording."""
        await asyncio.sleep(0)
        found = []
        for claim in claims:
            looked_at = (
                claim.tellings if len(claim.tellings) <= 3 else (*claim.tellings[:2], claim.tellings[-1])
            )
            for telling in looked_at:
                early = published and telling.made and published < telling.made
                if early or telling.article_id == article_id:
                    continue
                for report in reports:
                    self.held.append((article_id, telling.commitment.content))
                    if report.frame["content"] == telling.commitment.content:
                        breaks = report.frame["kind"] == "breaks"
                        relation = Relation.CONTRADICTS if breaks else Relation.SUPPORTS
                        score = report.frame["score"]
                        found.append(
                            Finding(claim.id, report, relation, score, "scripted", "", telling_id=telling.id)
                        )
        return sorted(found, key=lambda f: -f.score)


def _bare(content: str) -> str:
    return content.partition("/")[0]


async def _record(order: Sequence[int]) -> dict[str, list[tuple[object, ...]]]:
    """The story posted in this order: the claims, the evidence and the alerts that it comes to."""
    with tempfile.TemporaryDirectory() as folder:
        async with Store(f"sqlite+aiosqlite:///{Path(folder) / 'test.db'}") as store:
            tracking = Tracker(store, WordingEngine(), owner="test")
            for number in order:
                text, day = STORY[number]
                await tracking.ingest(GUILD, Source(text=text, published=day, source_id=str(number)))
            claims = await store.claims_for_actors(GUILD, ["taliban"])
            number_of = {
                article_id: STORY.index((article.text, article.published))
                for article_id in await store.done(GUILD)
                if (article := (await store.article(GUILD, article_id)).article) is not None
            }
            evidence = [e for claim in claims for e in await store.evidence_for(GUILD, claim.id)]
            told = {t.id: t for claim in claims for t in claim.tellings}
            return {
                "claims": sorted(
                    tuple(sorted(number_of[t.article_id] for t in claim.tellings)) for claim in claims
                ),
                "evidence": sorted(
                    (
                        number_of[e.article_id],
                        e.finding.report.quote,
                        e.finding.score,
                        told[e.finding.telling_id or ""].commitment.quote,
                        told[e.finding.telling_id or ""].made,
                    )
                    for e in evidence
                ),
                # Which report raised an alert stays as it was: the alert may have been sent.
                "alerts": sorted((number_of[e.article_id],) for e in evidence if e.alert),
            }


@cache
def _in_order() -> dict[str, list[tuple[object, ...]]]:
    return asyncio.run(_record(range(len(STORY))))


def test_a_report_is_held_against_every_wording_that_others_told_before_it() -> None:
    """The wording in the middle of five counts as the first does; what an article itself says does not."""
    assert [row[:3] for row in _in_order()["evidence"]] == [
        (2, "breaks Taliban: cut ties/firmly @0.9", 0.9),
        (3, "keeps Taliban: cut ties/again @0.75", 0.75),
        (4, "breaks Taliban: cut ties/again @0.8", 0.8),
        (6, "breaks Taliban: cut ties/for good @0.8", 0.8),
        (6, "breaks Taliban: cut ties/undated @0.9", 0.9),
    ]
    assert _in_order()["alerts"] == [(2,), (4,), (6,)]


@settings(max_examples=30, deadline=None)
@given(order=st.permutations(range(len(STORY))))
def test_the_order_of_posting_does_not_matter(order: list[int]) -> None:
    """Whatever is posted first: the same claims, the same evidence, the same alerts."""
    assert asyncio.run(_record(order)) == _in_order()


async def test_copies_of_a_story_are_not_held_against_each_other_again(tmp_path: Path) -> None:
    """From the third copy on only its own reports are held against the claim; other words are held anew."""
    engine, day = WordingEngine(), date(2021, 7, 28)
    held = []
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}") as store:
        tracking = Tracker(store, engine, owner="test")
        for copy in range(6):
            engine.held.clear()
            text = f"promise Taliban: cut ties/firmly\ncopy {copy}\nbreaks Taliban: cut ties/firmly"
            await tracking.ingest(GUILD, Source(text=text, published=day))
            held.append(sorted(engine.held))
        assert held[:3] == [
            [],
            [("a1", "cut ties/firmly"), ("a2", "cut ties/firmly")],
            [("a3", "cut ties/firmly")] * 2,
        ]
        assert held[5] == [("a6", "cut ties/firmly")]
        engine.held.clear()
        await tracking.ingest(GUILD, Source(text="promise Taliban: cut ties/again", published=day))
        assert engine.held == [(f"a{number}", "cut ties/again") for number in range(1, 7)]
