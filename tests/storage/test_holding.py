"""What stays of two findings on one report and one claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.models import Article, Held, NewClaim, Outcome, Relation
from bot.records import Source
from tests.storage.making import BREACH, NOW, PROMISE, against, commitment, promised, report, reported

if TYPE_CHECKING:
    from bot.models import Evidence
    from storage.store import Store

CLAIM = "1"
EARLIER, SAME_DAY, LATER = date(2025, 12, 1), date(2026, 1, 1), date(2026, 1, 2)
"""Before, on and after the day of the first telling."""


async def told_again(store: Store, score: float, made: date, relation: Relation) -> Evidence:
    """The claim told once more in other words, against which the stored report was held with that score."""
    text = f"Again: {PROMISE}"
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    finding = replace(
        against(CLAIM, report(BREACH), score=score, telling_id=NewClaim(0).id), relation=relation
    )
    held = Held(finding, alert=relation is Relation.CONTRADICTS, article_id="a2")
    outcome = Outcome(
        "g1",
        article_id,
        Article(text, published=made),
        (commitment(text, text),),
        (CLAIM,),
        evidence=(held,),
    )
    await store.apply(outcome, now=NOW)
    (evidence,) = await store.evidence_for("g1", CLAIM)
    return evidence


@pytest.mark.parametrize(
    ("score", "made", "relation", "replaces"),
    [
        (0.95, LATER, Relation.CONTRADICTS, True),
        (0.8, EARLIER, Relation.CONTRADICTS, False),
        (0.9, EARLIER, Relation.CONTRADICTS, True),
        (0.9, LATER, Relation.CONTRADICTS, False),
        (0.95, LATER, Relation.SUPPORTS, True),
        (0.8, LATER, Relation.SUPPORTS, False),
    ],
)
async def test_the_surest_finding_stays_whichever_came_first(
    store: Store, score: float, made: date, relation: Relation, replaces: bool
) -> None:
    """A later wording replaces what was found only where it says more, or as much and was told earlier."""
    await promised(store, published=SAME_DAY)
    first = await store.claim("g1", CLAIM)
    assert (await reported(store, CLAIM)).stored.id == "a2"
    finding = replace(
        against(CLAIM, report(BREACH), score=0.9, telling_id=first.tellings[0].id), relation=relation
    )
    again = Outcome("g1", "a2", Article(BREACH), reports=(finding.report,), evidence=(Held(finding),))
    await store.apply(again, now=NOW)
    evidence = await told_again(store, score, made, relation)
    assert evidence.finding.score == (score if replaces else 0.9)
    assert (evidence.finding.telling_id == first.tellings[0].id) is not replaces


async def test_a_weaker_contradiction_of_what_supports_raises_no_alert(store: Store) -> None:
    """What goes for support goes so whichever wording was posted first: nobody is told of a contradiction."""
    await promised(store, published=SAME_DAY)
    finding = replace(against(CLAIM, report(BREACH), score=0.9), relation=Relation.SUPPORTS)
    article_id = (await store.submit("g1", Source(text=BREACH), now=NOW)).article_id
    kept = Outcome("g1", article_id, Article(BREACH), reports=(finding.report,), evidence=(Held(finding),))
    await store.apply(kept, now=NOW)
    evidence = await told_again(store, 0.8, LATER, Relation.CONTRADICTS)
    assert evidence.finding.relation is Relation.SUPPORTS
    assert not evidence.alert
    assert await store.alerts_for("g1", CLAIM) == []


async def test_its_own_reading_replaces_what_was_found(store: Store) -> None:
    """An article that is read again is held against all wordings, so a lower score is what is true now."""
    await promised(store)
    await reported(store, CLAIM)
    weaker = Held(against(CLAIM, report(BREACH), score=0.5))
    await store.apply(
        Outcome("g1", "a2", Article(BREACH), reports=(weaker.finding.report,), evidence=(weaker,)), now=NOW
    )
    (evidence,) = await store.evidence_for("g1", CLAIM)
    assert evidence.finding.score == 0.5
