"""Which tellings no rule can tell apart."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.analysis.sameness import fingerprint

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline
    from bot.models import Commitment

TOLD = "Ghana promised to build 40 clinics by 2030."


def told(pipeline: Pipeline, text: str) -> Commitment:
    """The only commitment of a text."""
    (found,) = pipeline.analyse(text).commitments
    return found


def test_the_same_words_elsewhere_in_an_article(pipeline: Pipeline) -> None:
    """Where a promise stands in its text, and whether it has been stored since, makes no difference."""
    one, other = told(pipeline, TOLD), told(pipeline, f"It rained all day. {TOLD}")
    assert one.start != other.start
    assert one.frame != other.frame
    assert fingerprint(one) == fingerprint(other)
    assert fingerprint(replace(one, frame=json.loads(json.dumps(one.frame)))) == fingerprint(one)


@pytest.mark.parametrize(
    "text",
    [
        "Ghana promised to build 40 clinics by 2031.",
        "Ghana promised to build 41 clinics by 2030.",
        "Ghana vowed to build 40 clinics by 2030.",
        f"The accord with Togo was signed in Lomé. {TOLD}",
    ],
    ids=["day", "figure", "words", "other names in the article"],
)
def test_something_a_rule_may_look_at(pipeline: Pipeline, text: str) -> None:
    """Another day, figure, word, or pact and name in the article: a wording of its own."""
    assert fingerprint(told(pipeline, text)) != fingerprint(told(pipeline, TOLD))
