"""Ranking what full text found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.ranking import rank

TEXTS = (
    "Close the Faro base by March",
    "Resume enrichment of uranium at Fordow",
    "Open the border at Torkham, the border at Chaman, and every border post along the whole line",
)


def test_other_forms_and_misspellings_are_near() -> None:
    """A text is found by another form of its words, or a misspelt one, where full text sees no difference."""
    for query, nearest in (
        ("the resumption at Fordo", 1),
        ("closing of a base in Faro", 0),
        ("bordr posts", 2),
    ):
        assert rank(query, [(text, 1.0) for text in TEXTS])[0] == nearest, query


def test_full_text_decides_where_words_do_not() -> None:
    """With nothing shared the order is that of full text; equal texts keep theirs."""
    assert rank("zzz", [("one two", 1.0), ("two one", 3.0), ("six two", 2.0)]) == [1, 2, 0]
    assert rank("zzz", [("one", 1.0), ("two", 1.0)]) == [0, 1]


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.text(max_size=60), st.floats(0.01, 100)), max_size=12),
)
def test_any_text_is_ranked_once(query: str, found: list[tuple[str, float]]) -> None:
    """Whatever the texts, each position is given exactly once."""
    assert sorted(rank(query, found)) == list(range(len(found)))
