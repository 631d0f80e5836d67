"""Stems as SQLite's full text makes them."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.lexicon import table
from bot.analysis.stemming import stem


def _porter(words: list[str]) -> dict[str, str]:
    """What FTS5's porter tokenizer makes of words."""
    with sqlite3.connect(":memory:") as cx:
        cx.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='porter unicode61')")
        cx.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, 'instance')")
        cx.executemany("INSERT INTO t(rowid, x) VALUES (?, ?)", enumerate(words))
        return {words[number]: term for term, number in cx.execute("SELECT term, doc FROM v")}


@pytest.mark.parametrize(
    ("forms", "common"),
    [
        (("resume", "resumed", "resumes", "resuming"), "resum"),
        (("tenancy", "tenancies"), "tenanc"),
        (("relation", "relations", "relate"), "relat"),
        (("hop", "hopped", "hopping"), "hop"),
        (("tie",), "tie"),
        (("agreed", "agree"), "agre"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...], common: str) -> None:
    """Inflected forms fall together."""
    assert {stem(form) for form in forms} == {common}


def test_stems_are_those_of_full_text() -> None:
    """For every word of the thesaurus and its plural the stem is what SQLite's tokenizer indexes."""
    words = {w for row in table("thesaurus")["sets"] for w in row if w.isascii() and w.isalpha()}
    expected = _porter(sorted(words | {f"{word}s" for word in words}))
    assert {word: stem(word) for word in expected} == expected


@settings(max_examples=200, deadline=None)
@given(st.text("abcdeilnorstuyz", min_size=1, max_size=14))
def test_any_letters_stem_as_full_text_does(word: str) -> None:
    """What is no word at all stems as SQLite's tokenizer does too."""
    assert {word: stem(word)} == _porter([word])
