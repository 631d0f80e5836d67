"""Each rule with sentences that it must fire on and sentences that it must leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.analysis.context import BASE
from bot.models import Relation
from tests.analysis.judging import alerts, judged
from tests.analysis.rules_of_contradiction import (
    ASSERTED,
    ELSEWHERE,
    NOT_ASSERTED,
    PROMISE,
    RULES,
    SUPPORT,
)

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline


def rows(table: dict[str, tuple[list[tuple[str, str]], list[tuple[str, str]]]], side: int) -> list[object]:
    """The positive (0) or negative (1) pairs of a table as parameters, named by rule and sentence."""
    return [
        pytest.param(rule.partition(":")[0], *pair, id=f"{rule}-{pair[1][:40]}")
        for rule, sides in table.items()
        for pair in sides[side]
    ]


@pytest.mark.parametrize(("rule", "earlier", "later"), rows(RULES, 0))
def test_a_violation_is_an_alert_by_its_rule(pipeline: Pipeline, rule: str, earlier: str, later: str) -> None:
    """A sentence that breaks a promise is an alert, and the surest rule is the one that it is written for."""
    found = alerts(judged(pipeline, earlier, later))
    assert [f.rule for f in found[:1]] == [rule]


@pytest.mark.parametrize(("rule", "earlier", "later"), rows(RULES, 1))
def test_its_neighbour_is_none(pipeline: Pipeline, rule: str, earlier: str, later: str) -> None:
    """A sentence that is like a violation by that rule, and is none, raises no alert by any rule."""
    assert [(f.rule, f.score) for f in alerts(judged(pipeline, earlier, later))] == [], rule


@pytest.mark.parametrize(("rule", "earlier", "later"), rows(SUPPORT, 0))
def test_fulfilment_is_support(pipeline: Pipeline, rule: str, earlier: str, later: str) -> None:
    """A sentence that tells of the promise's being kept supports it, and raises no alert."""
    found = judged(pipeline, earlier, later)
    assert [(f.relation, f.rule) for f in found[:1]] == [(Relation.SUPPORTS, rule)]
    assert alerts(found) == []


@pytest.mark.parametrize(("rule", "earlier", "later"), rows(SUPPORT, 1))
def test_its_neighbour_supports_nothing(pipeline: Pipeline, rule: str, earlier: str, later: str) -> None:
    """What may be done, or is done to something else, is no support."""
    found = judged(pipeline, earlier, later)
    assert [f.rule for f in found if f.relation is Relation.SUPPORTS] == [], rule


@pytest.mark.parametrize("later", NOT_ASSERTED.values(), ids=NOT_ASSERTED)
def test_what_is_not_asserted_raises_no_alert(pipeline: Pipeline, later: str) -> None:
    """Feared, possible, conditional, asked, denied, predicted or hedged events are no violation."""
    assert [(f.rule, f.score) for f in alerts(judged(pipeline, PROMISE, later))] == []


@pytest.mark.parametrize("later", ASSERTED.values(), ids=ASSERTED)
def test_what_is_asserted_does(pipeline: Pipeline, later: str) -> None:
    """The same event asserted is a violation, whoever asserts it."""
    assert len(alerts(judged(pipeline, PROMISE, later))) == 1


@pytest.mark.parametrize(("earlier", "later"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_something_else_raises_no_alert(pipeline: Pipeline, earlier: str, later: str) -> None:
    """Another actor, another thing of the same name, a promise that is over or not in force yet."""
    assert [(f.rule, f.score) for f in alerts(judged(pipeline, earlier, later))] == []


def test_a_scope_binds_as_long_as_it_lasts(pipeline: Pipeline) -> None:
    """The counterpart of a truce that is over: while it lasts the promise holds."""
    earlier, _ = ELSEWHERE["truce over"]
    assert alerts(judged(pipeline, earlier, "Two weeks into the truce, the ELN rebels attacked a pipeline."))


def test_every_rule_has_both_kinds_of_example() -> None:
    """No rule stands without a sentence that it must fire on and one that it must leave."""
    tables = {**RULES, **SUPPORT}
    assert {rule.partition(":")[0] for rule in tables} == set(BASE)
    assert all(positive and negative for positive, negative in tables.values())
