"""What of a text is looked up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.asked import asked, every_word, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Troops left on 13 December 2023 as agreed", "troops left agreed"),
        ("It closed from 13-24 July 2020, and in Sept. 2021", "closed"),
        ("May said in May that $2000 went to the March of Dimes", "may said 2000 went march dimes"),
        ("Read https://t.co/x1Y2z about #CapeTown", "read cape town capetown"),
        ("@UConn builds a dorm", "u conn uconn builds dorm"),
        ("Māori wards of the U.S. state’s council", "maori wards us state council"),
        ("12,017 homes for $6.8 billion", "12017 homes 6.8 billion"),
    ],
)
def test_what_is_looked_up(text: str, found: str) -> None:
    """Dates, addresses, marks and function words are left out, tags are taken apart, spellings are plain."""
    assert asked(text) == found


@pytest.mark.parametrize(
    ("text", "found"), [("2030", "2030"), ("in May 2021", "may 2021"), ("who will", "who will"), ("!?", "")]
)
def test_something_is_left_where_there_is_a_word(text: str, found: str) -> None:
    """A text of dates or function words alone is looked up as it is."""
    assert asked(text) == found


@given(st.text(max_size=60))
def test_only_words_of_the_text(text: str) -> None:
    """Whatever the text, what is asked for are words of it, in their order."""
    found, every = asked(text).split(), iter(every_word(text))
    assert all(word in every for word in found)
    assert set(words(text)) <= set(every_word(text))
