"""What verdicts teach: bounded, explained, and unlearnt when a verdict is undone."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot import learning
from bot.models import Evidence, Finding, Relation, Report
from bot.records import Judged

NOW = datetime(2026, 11, 24, tzinfo=UTC)


def judged(
    decision: str, *, claim: str = "1", rule: str = "negation", verb: str = "cut", by: str | None = None
) -> Judged:
    """A verdict on an alert."""
    report = Report(verb, 0, len(verb), ("x",), "")
    finding = Finding(claim, report, Relation.CONTRADICTS, 0.9, rule, "why", marks=((0, len(verb)),))
    return Judged(Evidence("e1", claim, "a1", finding, by is None, NOW, decision, by=by), "not a violation")


@given(st.lists(st.sampled_from(["confirmed", "dismissed"]), max_size=200))
def test_the_shift_stays_within_its_bounds(decisions: list[str]) -> None:
    """Whatever reviewers decide, the threshold moves at most to its stated bounds."""
    moved = learning.shift([judged(d) for d in decisions])
    assert learning.LOOSEST <= moved <= learning.STRICTEST


def test_dismissals_make_stricter_and_confirmations_looser() -> None:
    """No verdicts move nothing; a few move little; many wrong alerts move it to its bound."""
    assert learning.shift([]) == 0
    assert 0 < learning.shift([judged("dismissed")] * 3) < 0.04
    assert learning.shift([judged("dismissed")] * 60) == learning.STRICTEST
    assert learning.LOOSEST <= learning.shift([judged("confirmed")] * 60) < 0


def test_only_recent_verdicts_on_alerts_count() -> None:
    """The latest 60; what a person attached by hand says nothing of the rules."""
    recent = [judged("confirmed")] * 60 + [judged("dismissed")] * 500
    assert learning.shift(recent) == learning.shift(recent[:60])
    assert learning.shift([judged("dismissed", by="5")] * 30) == 0


def test_a_dismissed_pattern_is_of_one_claim_rule_and_verb() -> None:
    """What was dismissed is not raised again; another claim, rule or verb is; a confirmed one stays open."""
    known = learning.dismissed_patterns([judged("dismissed"), judged("dismissed", verb="hid")])
    assert learning.pattern(judged("").evidence.finding) in known
    for other in (judged("", claim="2"), judged("", rule="figures"), judged("", verb="broke")):
        assert learning.pattern(other.evidence.finding) not in known
    assert not learning.dismissed_patterns([judged("dismissed"), judged("confirmed")])


def test_precision_counts_alerts_and_reasons() -> None:
    """Of five alerts, three decided, two right."""
    found = learning.precision([judged("confirmed"), judged("confirmed"), judged("dismissed")], 5)
    assert (found.confirmed, found.dismissed, found.open) == (2, 1, 2)
    assert found.reasons == (("not a violation", 1),)
    assert found.share == 2 / 3
    assert learning.precision([], 0).share is None
