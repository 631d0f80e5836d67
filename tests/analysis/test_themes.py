"""What a clause is about, and how far two are about the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import themes
from bot.analysis.actors import Cast
from tests.analysis.parsing import tree

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

WORDS = st.sampled_from(["prisoner", "detainee", "pipeline", "border", "tesco", "year", "abroad"])
THEMES = st.dictionaries(WORDS, st.sampled_from([0.15, 0.5, 0.6, 1.0, 1.5]))


def theme(pipeline: Pipeline, text: str) -> dict[str, float]:
    """The theme of a text."""
    parsed = tree(pipeline, text)
    return themes.theme(parsed.tokens, Cast(parsed, "", {}, None))


def test_names_weigh_most(pipeline: Pipeline) -> None:
    """A name is one word and weighs most, then nouns, adjectives, verbs; common words next to nothing."""
    found = theme(pipeline, "Tesco closed a cold warehouse for people.")
    assert found["tesco"] == themes.NAME
    assert found["warehouse"] == themes.NOUN
    assert found["cold"] == themes.MODIFIER
    assert found["close"] == themes.VERB
    assert found["people"] == themes.GENERIC


def test_nouns_of_action_are_verbs(pipeline: Pipeline) -> None:
    """A noun of action is counted as its verb, so that both meet."""
    assert "close" in theme(pipeline, "The closure of the warehouse angered them.")


@given(claim=THEMES, report=THEMES)
def test_coverage_is_a_share(claim: dict[str, float], report: dict[str, float]) -> None:
    """Between 0 and 1, and never less with more said."""
    found = themes.coverage(claim, report)
    assert 0 <= found <= 1
    assert found <= themes.coverage(claim, report | {"pipeline": 1.0}) + 1e-9
    assert set(themes.shared(claim, report)) <= set(claim)


@given(claim=THEMES)
def test_all_said_is_all_covered(claim: dict[str, float]) -> None:
    """A theme that weighs a noun or more is covered in full by itself; an empty one by nothing."""
    found = themes.coverage(claim, claim)
    assert found == pytest.approx(min(1.0, sum(claim.values())) if claim else 0.0)


def test_one_of_an_enumeration_is_enough() -> None:
    """ "The ports of A, B and C" is met by any of them."""
    ports = {"faro": 1.5, "sines": 1.5}
    assert themes.coverage(ports, {"faro": 1.5}) == 0.5
    assert themes.coverage(ports, {"faro": 1.5}, [["faro", "sines"]]) == 1.0


def test_another_thing_of_the_same_name() -> None:
    """A thing narrowed down otherwise is another; the same thing or one not narrowed down is not."""
    topic = {"archive": 1.0, "abuse": 1.0}
    mine = {"archive": ["abuse"]}
    assert themes.other_thing(mine, {"archive": ["fishery"]}, topic, {"archive": 1.0, "fishery": 1.0})
    assert not themes.other_thing(mine, {"archive": ["abuse"]}, topic, topic)
    assert not themes.other_thing(mine, {}, topic, {"archive": 1.0})


def test_counterparts() -> None:
    """At home is not abroad; where both are spoken of nothing is told apart."""
    assert themes.counterpart({"abroad": 0.6}, ["home"])
    assert not themes.counterpart({"abroad": 0.6}, ["home", "abroad"])
    assert not themes.counterpart({"coal": 1.0}, ["home"])


def test_what_narrows_down(pipeline: Pipeline) -> None:
    """Compounds, adjectives and phrases with "of" narrow a thing down."""
    parsed = tree(pipeline, "The archives of the secret police were opened.")
    assert "police" in themes.pairs(parsed.tokens)["archive"]
