"""Which actor somebody means: names, aliases, near spellings, and names that are somebody else's."""

from __future__ import annotations

import pytest

from bot import lookup
from bot.errors import InputError, NotFoundError
from bot.records import ActorEntry

ACTORS = (
    ActorEntry("taliban", "Taliban", ("Islamic Emirate",), 7),
    ActorEntry("iran", "Iran", (), 2),
    ActorEntry("niger", "Niger", (), 1),
    ActorEntry("south korea", "South Korea", ("Seoul",), 3),
    ActorEntry("austria", "Austria", (), 1),
    ActorEntry("bank of england", "Bank of England", (), 4),
)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Taliban", "Taliban"),
        ("islamic emirate", "Taliban"),
        ("SEOUL", "South Korea"),
        ("Bank of  England!", "Bank of England"),
    ],
)
def test_names_and_aliases_whatever_their_case(typed: str, name: str) -> None:
    """Case, punctuation and spaces do not matter, and an alias is a name."""
    assert lookup.actor(typed, typed.lower(), ACTORS) == lookup.Found(name, (name.lower(),), exact=True)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Talban", "Taliban"),
        ("Tailban", "Taliban"),
        ("Taleban", "Taliban"),
        ("talibann", "Taliban"),
        ("Irna", "Iran"),
        ("South Koera", "South Korea"),
        ("Bank of Englnad", "Bank of England"),
        ("islamic emirat", "Taliban"),
    ],
)
def test_slips_of_the_finger_are_understood(typed: str, name: str) -> None:
    """A letter lost, doubled, swapped or wrong still finds the actor, and it is said."""
    found = lookup.actor(typed, typed.lower(), ACTORS)
    assert (found.name, found.exact) == (name, False)


def test_a_part_of_a_name_that_one_actor_has() -> None:
    """Words of one actor's name, alias or name in the lexicon are enough; those of several are not."""
    more = (
        *ACTORS,
        ActorEntry("theresa may", "Theresa May", (), 1),
        ActorEntry("bank of ghana", "Bank of Ghana", (), 1),
    )
    for typed, name in (("may", "Theresa May"), ("England", "Bank of England"), ("emirate", "Taliban")):
        found = lookup.part(typed, more)
        assert found is not None
        assert (found.name, found.exact) == (name, False)
    assert lookup.part("bank", more) is None
    assert lookup.part("Mays", more) is None
    assert lookup.part(" ", more) is None
    known = lookup.part("kingdom", more, lambda key: ["Himalayan Kingdom"] if key == "niger" else [])
    assert known is not None
    assert known.keys == ("niger",)


@pytest.mark.parametrize("typed", ["Iraq", "Nigeria", "Australia", "North Korea", "Bank of Japan", "Tabloid"])
def test_another_name_is_not_a_misspelling(typed: str) -> None:
    """Names of other actors that look alike find nothing."""
    with pytest.raises(NotFoundError):
        lookup.actor(typed, typed.lower(), ACTORS)


def test_a_known_name_is_no_misspelling() -> None:
    """A name that the lexicon knows is taken as it stands, however near another one's."""
    with pytest.raises(NotFoundError):
        lookup.actor("Taleban", "taleban", ACTORS, known=True)


def test_two_that_are_equally_near_are_offered() -> None:
    """Where a slip could mean either of two actors, neither is taken."""
    actors = (ActorEntry("ireland", "Ireland", (), 1), ActorEntry("iceland", "Iceland", (), 1))
    with pytest.raises(NotFoundError, match="Near it: Iceland, Ireland"):
        lookup.actor("Ieland", "ieland", actors)


def test_near_ones_are_offered() -> None:
    """Where nothing is near enough, the error names what is nearest."""
    with pytest.raises(NotFoundError, match="Near it: Taliban"):
        lookup.actor("Taliban movement", "taliban movement", ACTORS)


@pytest.mark.parametrize("typed", ["", "  ", "…"])
def test_no_name(typed: str) -> None:
    """An empty name is an error of its own."""
    with pytest.raises(InputError):
        lookup.actor(typed, typed, ACTORS)


def test_suggestions_while_typing() -> None:
    """Nothing typed: the busiest; a beginning of a name, of a word or of an alias: those; at most 25."""
    assert lookup.suggest("", ACTORS)[:2] == ["Taliban", "Bank of England"]
    assert lookup.suggest("ta", ACTORS)[0] == "Taliban"
    assert lookup.suggest("kor", ACTORS)[0] == "South Korea"
    assert lookup.suggest("emir", ACTORS) == ["Taliban"]
    many = [ActorEntry(f"actor {n}", f"Actor {n}", (), n) for n in range(400)]
    assert len(lookup.suggest("act", many)) == 25
