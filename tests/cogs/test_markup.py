"""Untrusted text: escaped, cut to the limit, its marks in sight, its direction kept to itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.markup import address, escape, link, person, plain, units

spans = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=4)


@given(st.text(max_size=80), st.integers(0, 120), spans)
def test_no_text_grows_past_its_limit(text: str, limit: int, marks: list[tuple[int, int]]) -> None:
    """At most so many UTF-16 units, with its marks, escapes and ellipses, on one line."""
    drawn = escape(text, limit, marks=marks)
    assert units(drawn) <= limit
    assert "\n" not in drawn
    drawn.encode()
    assert units(plain(text, limit)) <= limit


@given(st.text(max_size=80), spans)
def test_bold_marks_are_balanced(text: str, marks: list[tuple[int, int]]) -> None:
    """What is opened is closed, and no star of the text itself counts."""
    drawn = escape(text, 400, marks=marks)
    assert drawn.replace("\\\\", "").replace("\\*", "").count("**") % 2 == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("*a* _b_ ~c~ `d` |e|", r"\*a\* \_b\_ \~c\~ \`d\` \|e\|"),
        ("<@1> <#2> </x:3>", "\\<@\u200b1\\> \\<\\#2\\> \\</x:3\\>"),
        ("[a](https://b)", r"\[a\]\(https\://b\)"),
        ("- item", r"\- item"),
        ("at 12:30, a-b", "at 12:30, a-b"),
        (":skull: a\n\nb", r"\:skull: a b"),
        ("@everyone", "@\u200beveryone"),
        ("a\u202eb\u2066c", "abc"),
        ("e" + "\u0301" * 30, "e" + "\u0301" * 4),
    ],
)
def test_markup_is_shown_and_not_obeyed(text: str, shown: str) -> None:
    """Each way of marking up, linking, mentioning or turning text around, shown as its characters."""
    assert escape(text, 200) == shown


def test_right_to_left_text_stays_in_its_place() -> None:
    """It is set off, so that what follows it on the line keeps its order."""
    assert escape("שלום", 20) == "\u2068שלום\u2069"
    assert units(escape("שלום" * 20, 20)) <= 20


def test_what_is_left_out_is_left_out_around_the_marks() -> None:
    """A passage at the end of 3,000 characters is still shown."""
    text = "word " * 600 + "has resumed enrichment" + " word" * 600
    start = text.index("has resumed")
    drawn = escape(text, 300, marks=[(start, start + 11)])
    assert "**has resumed** enrichment" in drawn
    assert drawn.startswith("…")
    assert drawn.endswith("…")


def test_marks_that_do_not_fit_are_given_up_for_the_text() -> None:
    """A hundred marks in a short space: the beginning, unmarked."""
    assert escape("ab " * 200, 30, marks=[(i, i + 1) for i in range(0, 600, 3)]).startswith("ab ab")


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "ftp://a/b", "https://", "http://[", "https://x/" + "a" * 500]
)
def test_what_is_no_web_address_is_not_linked(url: str | None) -> None:
    """The name stands alone then."""
    assert address(url) is None
    assert link("Name", url, 100) == "Name"


def test_links_end_where_the_address_ends() -> None:
    """Brackets and spaces of an address cannot end the link early and let text of its own follow."""
    assert link("a [b]", "https://x.example/(a) b>", 100) == r"[a \[b\]](https://x.example/%28a%29%20b%3E)"


def test_people_are_shown_by_mention_and_nothing_else_is() -> None:
    """An id is a mention, which calls nobody in an embed; any other word is only a word."""
    assert person("123") == "<@123>"
    assert person("cli") == "cli"
    assert person("<@&1>") == "\\<@\u200b&1\\>"
