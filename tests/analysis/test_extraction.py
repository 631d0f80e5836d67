"""Commitments in single sentences: each rule with what it must find and what it must leave."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.models import Polarity, Strength
from tests.analysis import rules_of_extraction, rules_of_will

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline
    from bot.models import Commitment

RULES = {**rules_of_extraction.RULES, **rules_of_will.RULES}
POSITIVE = [pytest.param(*row, id=f"{rule}-{row[1]}") for rule, (rows, _) in RULES.items() for row in rows]
NEGATIVE = [
    pytest.param(text, id=f"{rule}-{text[:30]}") for rule, (_, texts) in RULES.items() for text in texts
]


def found(pipeline: Pipeline, text: str, title: str = "") -> tuple[Commitment, ...]:
    """The commitments of a text of 2021."""
    return pipeline.analyse(text, title=title, published=date(2021, 6, 1)).commitments


@pytest.mark.parametrize(("text", "actor", "opening"), POSITIVE)
def test_finds_what_binds(pipeline: Pipeline, text: str, actor: str, opening: str) -> None:
    """A sentence that binds somebody gives one commitment of that actor, opening as it should."""
    made = [c for c in found(pipeline, text) if c.quote.startswith(opening)]
    assert len(made) == 1
    assert actor in " | ".join(made[0].actor_keys)


@pytest.mark.parametrize("text", NEGATIVE)
def test_leaves_what_binds_nobody(pipeline: Pipeline, text: str) -> None:
    """A sentence that only foresees, asks, refuses or describes gives none."""
    assert [c.quote for c in found(pipeline, text)] == []


def test_every_rule_has_both_kinds_of_example() -> None:
    """No rule stands without a sentence it must find and one it must leave."""
    assert all(positive and negative for positive, negative in RULES.values())


@pytest.mark.parametrize(
    "text",
    [
        "Walmart will no longer sell handgun ammunition.",
        "Lufthansa said no jobs would be lost.",
        "Heineken ruled out a sale of its breweries.",
        "Meta pledged not to use the data.",
        "Meta vowed never to use the data.",
        "Equinor has no plans to sell the field.",
        "Equinor promised to avoid the reef.",
        "The junta will carry out no more attacks.",
        "Under no circumstances will Peru sell the land, its president said.",
        "Meta said it would share none of the numbers.",
    ],
)
def test_omissions_are_refrain(pipeline: Pipeline, text: str) -> None:
    """A promise to leave something undone has the polarity `refrain`, wherever the negation stands."""
    assert [c.polarity for c in found(pipeline, text)] == [Polarity.REFRAIN]


@pytest.mark.parametrize(
    "text",
    [
        "Meta promised to delete the data.",
        "Meta promised that fees would rise by no more than 2%.",
        "Meta will refuse any demand for the data.",
        "Meta promised not only to delete the data but to publish its code.",
    ],
)
def test_acts_are_do(pipeline: Pipeline, text: str) -> None:
    """A negative word that does not deny the act leaves the polarity `do`."""
    assert found(pipeline, text)[0].polarity is Polarity.DO


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Nokia plans to close the plant.", Strength.WEAK),
        ("Nokia is willing to close the plant.", Strength.WEAK),
        ("Nokia has no plans to close the plant.", Strength.WEAK),
        ("Nokia vowed to close the plant.", Strength.STRONG),
        ("Nokia will close the plant, it said.", Strength.STRONG),
    ],
)
def test_strength(pipeline: Pipeline, text: str, strength: Strength) -> None:
    """Plans and readiness are weak, promises and announcements strong."""
    assert [c.strength for c in found(pipeline, text)] == [strength]


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        (
            "Peru's president vowed to hold early elections and to release the protesters.",
            ["vowed to hold early elections", "to release the protesters"],
        ),
        (
            "Sinopec will build the refinery and hire 2,000 people.",
            ["will build the refinery", "hire 2,000 people"],
        ),
        (
            "The army committed to leaving the schools and to clearing the mines.",
            ["committed to leaving the schools", "to clearing the mines"],
        ),
        ("Nokia promised to publish and defend the figures.", ["promised to publish and defend the figures"]),
        (
            "Nokia is committed to working for and achieving peace.",
            ["is committed to working for and achieving peace"],
        ),
        (
            "Nokia will fight the claim but does not intend to leave Oulu.",
            ["will fight the claim", "does not intend to leave Oulu"],
        ),
        ("Nokia said it would sell rather than close the plant.", ["would sell rather than close the plant"]),
    ],
)
def test_conjoined_promises(pipeline: Pipeline, text: str, quotes: list[str]) -> None:
    """Promises joined in one are told apart where each has its own words, comparisons are not."""
    assert [c.quote for c in found(pipeline, text)] == quotes


def test_speaker_and_addressee(pipeline: Pipeline) -> None:
    """Who speaks and who is told are named where they are others than who is bound."""
    [made] = found(
        pipeline, "Baradar assured the Chinese that the Taliban would never allow attacks on China."
    )
    assert (made.actor, made.speaker, made.addressee) == ("Taliban", "Abdul Ghani Baradar", "China")
    assert made.polarity is Polarity.REFRAIN


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("Nokia will sell the plant if the price is right.", "if the price is right"),
        ("If the price is right, Nokia will sell the plant.", "If the price is right"),
        ("Nokia agreed to sell the plant in return for a new permit.", "in return for a new permit"),
        ("Nokia will sell the plant in May.", None),
    ],
)
def test_condition(pipeline: Pipeline, text: str, condition: str | None) -> None:
    """A condition is given as it stands, behind or before the promise."""
    assert found(pipeline, text)[0].condition == condition


@pytest.mark.parametrize(
    ("text", "deadline", "content"),
    [
        ("Nokia promised to close the plant by 2030.", "by 2030", "close the plant"),
        ("Nokia will close the plant within two years.", "within two years", "close the plant"),
        ("Nokia will never close the plant.", None, "close the plant"),
        ("Nokia said the plant would be closed.", None, "close the plant"),
    ],
)
def test_content_and_deadline(pipeline: Pipeline, text: str, deadline: str | None, content: str) -> None:
    """The content is a plain infinitive phrase, without negation and deadline."""
    [made] = found(pipeline, text)
    assert (made.deadline, made.content) == (deadline, content)


@pytest.mark.parametrize(
    "text",
    [
        "Nokia promised to close the plant, adding that it would hire nobody.",
        "Nokia promised to close the plant, which it bought in 2010.",
        "Nokia promised to close the plant; shares fell.",
        "Nokia promised to close the plant, but shares fell.",
        "Nokia promised to close the plant, despite protests.",
    ],
)
def test_quote_ends_with_the_promise(pipeline: Pipeline, text: str) -> None:
    """What is only joined on does not belong to the quote."""
    assert found(pipeline, text)[0].quote == "promised to close the plant"
