"""How an event stands: asserted, future or unreal; denied or not; hedged, lasting."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.analysis.modality import standing
from tests.analysis.parsing import word

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline


@pytest.mark.parametrize(
    ("text", "form", "mood", "negated"),
    [
        ("The firm closed the plant.", "closed", "asserted", False),
        ("The firm did not close the plant.", "close", "asserted", True),
        ("The firm never closed the plant.", "closed", "asserted", True),
        ("Nobody closed the plant.", "closed", "asserted", True),
        ("The firm closed not a single plant.", "closed", "asserted", True),
        ("The firm no longer sells guns.", "sells", "asserted", True),
        ("The firm failed to close the plant.", "close", "asserted", True),
        ("The firm did not fail to close the plant.", "close", "asserted", False),
        ("The firm refused to close the plant.", "close", "asserted", True),
        ("The firm stopped selling guns.", "selling", "asserted", True),
        ("The firm refrained from selling guns.", "selling", "asserted", True),
        ("The firm made money without selling guns.", "selling", "asserted", True),
        ("The court barred the firm from selling guns.", "selling", "asserted", True),
        ("The firm has yet to close the plant.", "close", "asserted", True),
        ("The firm began to close the plant.", "close", "asserted", False),
        ("The firm decided to close the plant.", "close", "asserted", False),
        ("The union said the firm had closed the plant.", "closed", "asserted", False),
        ("The firm will close the plant.", "close", "future", False),
        ("The firm will not close the plant.", "close", "future", True),
        ("The firm is going to close the plant.", "close", "future", False),
        ("The firm is to close the plant.", "close", "future", False),
        ("The firm may close the plant.", "close", "unreal", False),
        ("The firm should close the plant.", "close", "unreal", False),
        ("The firm would close the plant if rents rose.", "close", "unreal", False),
        ("If the firm closes the plant, people will leave.", "closes", "unreal", False),
        ("Should the firm close the plant, people will leave.", "close", "unreal", False),
        ("The firm wants to close the plant.", "close", "unreal", False),
        ("The firm is ready to close the plant.", "close", "unreal", False),
        ("The union fears that the firm has closed the plant.", "closed", "unreal", False),
        ("The firm denied that it had closed the plant.", "closed", "unreal", False),
        ("The union did not say that the firm closed the plant.", "closed", "unreal", False),
        ("It is possible that the firm closed the plant.", "closed", "unreal", False),
        ("Did the firm close the plant?", "close", "unreal", False),
    ],
)
def test_mood_and_negation(pipeline: Pipeline, text: str, form: str, mood: str, negated: bool) -> None:
    """What governs a verb decides whether its event took place; its negation whether it did not."""
    found = standing(word(pipeline, text, form))
    assert found.mood == mood
    if mood != "unreal":
        assert found.negated is negated


@pytest.mark.parametrize(
    ("text", "form", "flag", "value"),
    [
        ("The firm still sells guns.", "sells", "still", True),
        ("The firm sells guns.", "sells", "still", False),
        ("The plant remains open.", "remains", "still", True),
        ("The firm failed to close the plant.", "close", "failed", True),
        ("The firm did not close the plant.", "close", "failed", False),
        ("The firm reportedly closed the plant.", "closed", "doubt", True),
        ("The firm quietly closed the plant.", "closed", "doubt", False),
    ],
)
def test_flags(pipeline: Pipeline, text: str, form: str, flag: str, value: bool) -> None:
    """ "Still" and "remains" last, failing is more than not doing, a hedge is noted."""
    assert getattr(standing(word(pipeline, text, form)), flag) is value


def test_a_lifted_rule_holds_no_longer(pipeline: Pipeline) -> None:
    """What a scrapped rule barred is done; what a new rule bars is not."""
    scrapped = "The firm scrapped a rule that barred it from selling guns."
    adopted = "The firm adopted a rule that barred it from selling guns."
    assert not standing(word(pipeline, scrapped, "selling")).negated
    assert standing(word(pipeline, adopted, "selling")).negated
