"""Whether a report, if true, violates a claim, or shows it kept; and why. Pure: works on the frames alone.

Rules (`rules.py`) propose; this module gates them by time and article, and keeps the best for each claim.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis import rules
from bot.analysis.explain import sentence
from bot.analysis.marks import of_claim, of_report
from bot.models import Claim, Finding, Relation, Report, Telling

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

ALERT_THRESHOLDS = {"strict": 0.75, "balanced": 0.6, "wide": 0.45}
"""Scores from which a contradiction is an alert. Set on the development scenarios. From `balanced` on, 19 of
21 alerts were right there, and 17 of 25 on the seen pairs; a lower one, down to 0.4, hardly changes that."""
EVIDENCE_THRESHOLD = 0.4
"""Contradictions under this score are not kept as evidence. Set on the development scenarios."""
SUPPORT_THRESHOLD = 0.6
"""The same for support, which is shown without an alert, so without a second look. Set on the seen pairs."""
MAX_SCORE = 0.99
"""No rule is ever certain."""


def judge(
    reports: Sequence[Report], claims: Sequence[Claim], *, published: date | None, article_id: str
) -> list[Finding]:
    """Hold the reports of one article against claims; contradictions and support, best first.

    `published` is the day of the article. A report never contradicts a telling that was published after it;
    where either day is unknown the order is unknown too, and only the article's own tellings are left out of
    that rule.
    """
    pairs = ((report, claim) for claim in claims for report in reports)
    found = [f for r, c in pairs if (f := _best(r, c, published, article_id)) is not None]
    found.sort(key=lambda f: (-f.score, f.report.start))
    return found


def _best(report: Report, claim: Claim, published: date | None, article_id: str) -> Finding | None:
    proposed = (
        (proposal, telling)
        for telling, context in contexts(report, claim, published, article_id)
        for proposal in rules.proposals(report.frame, context)
    )
    proposal, telling = max(proposed, key=lambda pair: pair[0].score, default=(None, None))
    if proposal is None or telling is None:
        return None
    supports = proposal.relation is Relation.SUPPORTS
    if proposal.score < (SUPPORT_THRESHOLD if supports else EVIDENCE_THRESHOLD):
        return None
    return Finding(
        claim_id=claim.id,
        report=report,
        relation=proposal.relation,
        score=round(min(proposal.score, MAX_SCORE), 3),
        rule=proposal.rule,
        explanation=sentence(proposal, claim, report),
        marks=of_report(proposal, report),
        claim_marks=of_claim(proposal, telling.commitment),
        telling_id=telling.id,
    )


def contexts(
    report: Report, claim: Claim, published: date | None, article_id: str
) -> Iterator[tuple[Telling, rules.Context]]:
    """The tellings of a claim that the report may be held against, each as the rules see it."""
    for telling in claim.tellings:
        if not _in_time(telling, published, article_id) or _is_itself(report, telling, article_id):
            continue
        keys = tuple(dict.fromkeys((*telling.commitment.actor_keys, *claim.actor_keys)))
        same = telling.article_id == article_id
        yield telling, rules.Context(telling.commitment.frame, keys, published, telling.made, same)


def _in_time(telling: Telling, published: date | None, article_id: str) -> bool:
    if telling.article_id == article_id or telling.made is None or published is None:
        return True
    return published >= telling.made


def _is_itself(report: Report, telling: Telling, article_id: str) -> bool:
    """Whether the sentence cannot speak against a promise of its own article: it tells it, stands before it,
    or goes on with the news of its being made."""
    if telling.article_id != article_id:
        return "only" in report.frame
    c = telling.commitment
    if report.start < c.end:
        return True
    only = report.frame.get("only")
    if only is not None:
        return not only[0] <= c.start < only[1]
    if report.frame["commits"]:
        return True
    return not (c.frame.get("recalled") or report.frame.get("contrast"))
