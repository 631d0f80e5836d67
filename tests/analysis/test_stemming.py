"""Stems as SQLite's full text makes them."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
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
    """For nearly every word of the thesaurus and its plural the stem is what SQLite's tokenizer indexes."""
    words = {w for row in table("thesaurus")["sets"] for w in row if w.isascii() and w.isalpha()}
    expected = _porter(sorted(words | {f"{word}s" for word in words}))
    alike = sum(stem(word) == stemmed for word, stemmed in expected.items())
    assert alike >= 0.99 * len(expected)


@given(st.text(max_size=40))
def test_any_text_has_a_stem(word: str) -> None:
    """No word, and nothing that is none, raises an error."""
    assert isinstance(stem(word), str)
