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


def test_rare_words_weigh_more_by_what_is_told_of_all_claims() -> None:
    """How many claims hold a word is taken from the guild, not from the few that were found."""
    found = [("open the port", 1.0), ("open the mine", 1.0)]
    assert rank("port mine", found, {"port": 1, "mine": 90}, 100) == [0, 1]
    assert rank("port mine", found, {"port": 90, "mine": 1}, 100) == [1, 0]


def test_a_synonym_is_nearer_than_nothing_and_farther_than_the_word() -> None:
    """A word of the thesaurus stands in for the word that a text lacks."""
    texts = ["repair the bridge", "free the hostages", "free the captives"]
    assert rank("captives", [(text, 1.0) for text in texts], {"captives": 1}, 50) == [2, 1, 0]


def test_the_day_of_a_report_leads_nowhere() -> None:
    """A claim that names the day on which something else happened is no nearer for it."""
    found = [("Balance the budget by 30 June 2024", 1.0), ("Ban the use of phones in schools", 1.0)]
    assert rank("On 30 June 2024 phones came back to school", found) == [1, 0]


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.text(max_size=60), st.floats(0.01, 100)), max_size=12),
    st.dictionaries(st.text(max_size=6), st.integers(1, 9), max_size=3),
    st.integers(0, 9),
)
def test_any_text_is_ranked_once(
    query: str, found: list[tuple[str, float]], rows: dict[str, int], total: int
) -> None:
    """Whatever the texts and counts, each position is given exactly once."""
    assert sorted(rank(query, found, rows, total)) == list(range(len(found)))
