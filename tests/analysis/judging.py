"""What tests of judging share: two texts, analysed with the real model and held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from bot.analysis.contradiction import ALERT_THRESHOLDS, judge
from bot.analysis.matching import group
from bot.models import Claim, Relation, Status, Telling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.analysis.pipeline import Pipeline
    from bot.models import Analysis, Finding

MADE, REPORTED = date(2020, 3, 2), date(2021, 6, 1)
"""The days of the earlier and the later text, where a test says no other."""


def filed(
    analysis: Analysis, claims: Sequence[Claim] = (), *, article: str = "earlier", made: date | None = MADE
) -> list[Claim]:
    """The claims of a guild once the commitments of an article are filed among those it has."""
    found = {c.id: c for c in claims}
    known = group(analysis.commitments, claims)
    for number, (commitment, same) in enumerate(zip(analysis.commitments, known, strict=True)):
        claim_id = same if isinstance(same, str) else f"{article}-{same}"
        telling = Telling(f"{article}-t{number}", article, made, commitment)
        if claim_id in found:
            old = found[claim_id]
            found[claim_id] = replace(old, tellings=(*old.tellings, telling))
        else:
            c = commitment
            found[claim_id] = Claim(
                claim_id, "g1", c.actor, c.actor_keys, c.content, c.polarity, Status.NOT_RATED, (telling,)
            )
    return list(found.values())


def judged(
    pipeline: Pipeline,
    earlier: str,
    later: str,
    *,
    made: date | None = MADE,
    reported: date | None = REPORTED,
) -> list[Finding]:
    """What the later text says of the promises of the earlier one."""
    claims = filed(pipeline.analyse(earlier, published=made), made=made)
    assert claims, f"no promise in: {earlier}"
    reports = pipeline.analyse(later, published=reported).reports
    return judge(reports, claims, published=reported, article_id="later")


def within(pipeline: Pipeline, text: str, *, published: date | None = REPORTED) -> list[Finding]:
    """What a text says of the promises that it tells itself."""
    analysis = pipeline.analyse(text, published=published)
    claims = filed(analysis, article="same", made=published)
    assert claims, f"no promise in: {text}"
    return judge(analysis.reports, claims, published=published, article_id="same")


def alerts(findings: Sequence[Finding]) -> list[Finding]:
    """The contradictions that a guild with a balanced threshold is told of."""
    threshold = ALERT_THRESHOLDS["balanced"]
    return [f for f in findings if f.relation is Relation.CONTRADICTS and f.score >= threshold]
