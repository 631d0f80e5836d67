"""What reviewers' verdicts teach: where the guild's threshold stands, and which alerts are not raised again.

Pure functions of the verdicts on record, so that undoing a verdict unlearns it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.review_answers import Precision

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bot.models import Finding
    from bot.records import Judged

TARGET = 0.85
"""Share of right alerts that a guild is taken to want. A choice: on the development scenarios 19 of 21 are
right, so a guild whose alerts are as good is left about where it is; on unseen scenarios half of the few
were, and a guild that sees that is moved up."""

WEIGHT = 12
"""Imagined verdicts of exactly TARGET that each guild starts with: three dismissals in a row move the
threshold by 0.03, and not to its bound."""

SLOPE = 0.18
"""Threshold per share: a guild that finds half of many alerts wrong is moved by about 0.06."""

LOOSEST, STRICTEST = -0.03, 0.1
"""Bounds of the shift. Downwards it is small: the alerts that were never raised have no verdicts."""

RECENT = 60
"""Verdicts that count, the latest: rules and subjects change."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A kind of alert that was dismissed."""

    claim_id: str
    rule: str
    verb: str
    """What happened, in one word; empty where the rules point at none."""


def marked_words(finding: Finding) -> str:
    """The words of the report that clashed, as they stand: what is taken for its verb without the parse."""
    quote = finding.report.quote
    return " ".join(" ".join(quote[start:end].casefold().split()) for start, end in finding.marks)


def pattern(finding: Finding, verb: Callable[[Finding], str] = marked_words) -> Pattern:
    """The kind of alert that a finding would raise."""
    return Pattern(finding.claim_id, finding.rule, verb(finding) or marked_words(finding))


def dismissed_patterns(
    judged: Iterable[Judged], verb: Callable[[Finding], str] = marked_words
) -> frozenset[Pattern]:
    """The kinds that reviewers dismissed and never confirmed."""
    found: dict[Pattern, set[str | None]] = {}
    for item in judged:
        evidence = item.evidence
        if evidence.by is None:
            found.setdefault(pattern(evidence.finding, verb), set()).add(evidence.decision)
    return frozenset(kind for kind, said in found.items() if said == {"dismissed"})


def shift(judged: Sequence[Judged]) -> float:
    """By how much the guild's threshold moves; above 0: stricter. `judged`: the latest verdict first."""
    counted = [item.evidence for item in judged if item.evidence.alert][:RECENT]
    right = sum(evidence.decision == "confirmed" for evidence in counted)
    share = (right + TARGET * WEIGHT) / (len(counted) + WEIGHT)
    return round(min(max((TARGET - share) * SLOPE, LOOSEST), STRICTEST), 3)


def precision(judged: Sequence[Judged], alerts: int) -> Precision:
    """How right the guild's alerts were; `alerts`: how many were raised."""
    counted = [item for item in judged if item.evidence.alert]
    confirmed = sum(item.evidence.decision == "confirmed" for item in counted)
    dismissed = [item for item in counted if item.evidence.decision == "dismissed"]
    reasons = Counter(item.reason or "no reason given" for item in dismissed)
    return Precision(
        confirmed=confirmed,
        dismissed=len(dismissed),
        open=max(alerts - len(counted), 0),
        reasons=tuple(reasons.most_common()),
        shift=shift(judged),
    )
