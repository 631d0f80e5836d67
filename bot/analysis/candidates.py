"""What the rules could not settle: a claim and a report of one actor on one topic, no rule sure. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis import rules
from bot.analysis.contradiction import ALERT_THRESHOLDS, contexts
from bot.models import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.models import Claim, Report, Telling

SETTLED = ALERT_THRESHOLDS["balanced"]
"""Score of a contradiction from which the rules need no second opinion: they raise an alert by themselves.
How many of those are right is in the README's table of quality; that it is enough is a choice."""

RULES_FLOOR = 0.3
"""Score of a contradiction from which a pair is asked about whatever its topic."""

TOPIC_FLOOR = 0.2
"""Topic from which a pair is asked about without any rule. Of the contradictions that the rules miss on the
development and seen scenarios two thirds lie above, of the other pairs of the same actor a fifth."""

ACTOR_FLOOR = 0.45
"""How surely the report must be of the claim's actor: the least that the rules themselves go by. Pairs across
actors have 0."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A claim and a report that are worth a second opinion."""

    report: Report
    claim: Claim
    telling: Telling
    rules: float
    """The rules' best score for a contradiction, 0 to `SETTLED`."""
    topic: float
    """How far the report is about what was promised, 0 to 1."""
    actor: float
    """How surely it is of the claim's actor, above 0 to 1."""
    marks: tuple[tuple[int, int], ...] = ()
    """Where the report tells it: offsets into its quote."""


def unsettled(
    reports: Sequence[Report], claims: Sequence[Claim], *, published: date | None, article_id: str
) -> list[Candidate]:
    """The pairs that the rules could not settle, the nearest in topic first; of each pair one telling.

    The rule of time and the rule of the own article are those of `contradiction.judge`.
    """
    found = (
        c for claim in claims for report in reports if (c := _of_pair(report, claim, published, article_id))
    )
    return sorted(found, key=lambda c: (-max(c.rules, c.topic * c.actor), c.report.start))


def _of_pair(report: Report, claim: Claim, published: date | None, article_id: str) -> Candidate | None:
    best: Candidate | None = None
    for telling, context in contexts(report, claim, published, article_id):
        if context.out_of_force:
            continue
        one = _candidate(report, claim, telling, context)
        if one is None:
            continue
        if one.rules >= SETTLED:
            return None
        if best is None or (one.rules, one.topic) > (best.rules, best.topic):
            best = one
    return best


def _candidate(report: Report, claim: Claim, telling: Telling, context: rules.Context) -> Candidate | None:
    found = (p for p in rules.proposals(report.frame, context) if p.relation is Relation.CONTRADICTS)
    against = max((p.score for p in found), default=0.0)
    rows = [
        (actor, rules.topic(event, report.frame, context), event)
        for event in report.frame["events"]
        if (actor := rules.actor_match(event, report.frame, context)) >= ACTOR_FLOOR
    ]
    if not rows:
        return None
    actor, topic, event = max(rows, key=lambda row: row[0] * row[1])
    if topic < TOPIC_FLOOR and against < RULES_FLOOR:
        return None
    start, end = event.get("h", (0, 0))
    inside = report.start <= start < end <= report.end
    return Candidate(
        report,
        claim,
        telling,
        rules=against,
        topic=topic,
        actor=actor,
        marks=((start - report.start, end - report.start),) if inside else (),
    )
