"""Kinds of event, groups of things, likeness of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.analysis import likeness, senses
from bot.analysis.dimensions import Sense, entries, related
from bot.analysis.lexicon import table, words
from bot.analysis.things import objects_of, thing_groups
from tests.analysis.parsing import word

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline


@pytest.mark.parametrize(
    ("text", "form", "dimension", "sign"),
    [
        ("The firm closed the factory.", "closed", "open-close", -1),
        ("The firm reopened the factory.", "reopened", "open-close", 1),
        ("The army shelled the town.", "shelled", "attack-cease", 1),
        ("The rebels cut ties with the militants.", "cut", "ties", -1),
        ("The city raised taxes.", "raised", "tax-raise-cut", 1),
    ],
)
def test_a_verb_is_on_a_side(pipeline: Pipeline, text: str, form: str, dimension: str, sign: int) -> None:
    """A verb with a fitting object is on one side of its dimension."""
    found = senses.of_verb(word(pipeline, text, form))
    assert senses.sign_on(found, dimension) == sign


def test_the_object_decides(pipeline: Pipeline) -> None:
    """A verb says of one kind of thing what it does not say of another."""
    factory = senses.of_verb(word(pipeline, "The firm closed the factory.", "closed"))
    border = senses.of_verb(word(pipeline, "The state closed the border.", "closed"))
    assert factory
    assert border
    assert factory.isdisjoint(border)


@pytest.mark.parametrize(
    ("text", "form", "sign"),
    [
        ("The army resumed its shelling.", "resumed", 1),
        ("The army halted its shelling.", "halted", -1),
        ("The army stopped shelling the town.", "stopped", -1),
        ("The army carried out an attack.", "carried", 1),
    ],
)
def test_aspect_composes(pipeline: Pipeline, text: str, form: str, sign: int) -> None:
    """To resume an act is the act, to halt it its opposite."""
    verb = word(pipeline, text, form)
    assert senses.sign_on(senses.of_verb(verb) | senses.composed(verb), "attack-cease") == sign


def test_nouns_and_states(pipeline: Pipeline) -> None:
    """An event noun has the sense of its verb; a state is read after its bearer."""
    closure = senses.of_noun(word(pipeline, "The closure of the factory angered them.", "closure"))
    assert senses.sign_on(closure, "open-close") == -1
    assert senses.is_state(word(pipeline, "The factory is shut.", "shut"))
    assert not senses.is_state(word(pipeline, "The factory is green.", "green"))


def test_things_and_their_groups(pipeline: Pipeline) -> None:
    """What a verb happens to, also behind a measure; names are grouped by what they name."""
    text = "Police freed a number of prisoners."
    assert [t.text for t in objects_of(word(pipeline, text, "freed"))] == ["number", "prisoners"]
    assert "people" in thing_groups(word(pipeline, text, "number"))
    assert "people" in thing_groups(word(pipeline, text, "prisoners"))


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("prisoner", "prisoner", 1.0, 1.0),
        ("shelling", "shell", 1.0, 1.0),
        ("labour", "labor", 1.0, 1.0),
        ("prisoner", "detainee", likeness.KIND_OF, 0.99),
        ("refugee", "migrant", likeness.KIND_OF, 0.99),
        ("prisoner", "pipeline", 0.0, 0.0),
    ],
)
def test_likeness_of_words(one: str, other: str, least: float, most: float) -> None:
    """The same word in any form is 1, a synonym or neighbour less, anything else 0; both ways round."""
    assert least <= likeness.similarity(one, other) <= most
    assert likeness.similarity(one, other) == likeness.similarity(other, one)


def test_seats_stand_for_states() -> None:
    """A seat of government may stand for its state."""
    assert "russia" in likeness.seat_of("moscow city")
    assert likeness.seat_of("prisoner") == frozenset()


def test_senses_turn() -> None:
    """A sense times -1 is the opposite one."""
    assert Sense("open-close", 1).times(-1) == Sense("open-close", -1)


def test_dimensions_are_whole() -> None:
    """Every touching or quiet dimension exists, and touching goes both ways."""
    names = {row["name"] for row in table("dimensions")["dimension"]}
    pairs = table("related")["pairs"]
    assert {name for a, b, _ in pairs for name in (a, b)} | words("related", "quiet") <= names
    assert all((b, turn) in related(a) and (a, turn) in related(b) for a, b, turn in pairs)


@pytest.mark.parametrize("kind", ["verbs", "nouns", "states"])
def test_long_phrases_go_first(kind: str) -> None:
    """The entries of a word are in order of length, so that the longest phrase decides."""
    for rows in entries(kind).values():
        lengths = [len(entry.rest) for entry in rows]
        assert lengths == sorted(lengths, reverse=True)
