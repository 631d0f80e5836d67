"""The parts of reading, each on its own: encodings, dates, titles, furniture, what a text is cut at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from bot.articles import metadata, page, structured
from bot.articles.encoding import decode
from bot.articles.paragraphs import is_furniture, is_prose, size
from bot.errors import PageError

FRENCH = "The café’s owner said “non” to the tax, and that he would not pay it in any of the coming years."


@pytest.mark.parametrize(
    ("body", "content_type", "want"),
    [
        ("é “x”".encode(), None, "é “x”"),
        ("é “x”".encode(), "text/html; charset=iso-8859-1", "é “x”"),
        (FRENCH.encode("cp1252"), "text/html; charset=utf-8", FRENCH),
        (FRENCH.encode("cp1252"), "text/html; charset=iso-8859-1", FRENCH),
        (FRENCH.encode("cp1252"), None, FRENCH),
        ("é".encode("utf-16"), None, "é"),
        ("Ünïcödé".encode("utf-16-be"), "text/html; charset=utf-16be", "Ünïcödé"),
        (b"\xef\xbb\xbfabc", "text/html; charset=iso-8859-2", "abc"),
        ("žluťoučký kůň".encode("iso-8859-2"), "text/html; charset=iso-8859-2", "žluťoučký kůň"),
        ("<meta charset=euc-kr>한국어".encode("euc-kr"), None, "<meta charset=euc-kr>한국어"),
        (b"plain", "text/html; charset=zlib", "plain"),
        (b"a\x00b\x08c", None, "abc"),
        (b"", None, ""),
    ],
)
def test_decoding(body: bytes, content_type: str | None, want: str) -> None:
    """The encoding is the one that fits the bytes, whatever is declared."""
    assert decode(body, content_type) == want


@settings(deadline=None)
@given(
    st.binary(max_size=500), st.sampled_from([None, "text/html; charset=shift_jis", "x; charset=undefined"])
)
def test_decoding_never_fails(body: bytes, content_type: str | None) -> None:
    """Any bytes become a text that can be stored."""
    decode(body, content_type).encode("utf-8")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("2026-03-10T23:30:00-05:00", date(2026, 3, 10)),
        ("2026-03-10", date(2026, 3, 10)),
        ("20260310", date(2026, 3, 10)),
        ("Tue, 10 Mar 2026 16:07:38 -0600", date(2026, 3, 10)),
        ("10 Mar 2026 08:02 GMT", date(2026, 3, 10)),
        ("March 10, 2026", date(2026, 3, 10)),
        ("1970-01-01T00:00:00Z", None),
        ("2999-01-01", None),
        ("2026-13-45", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates(text: str, want: date | None) -> None:
    """Dates are taken as written, in their own zone; placeholders and impossible ones are none."""
    assert metadata.parse_date(text) == want


@pytest.mark.parametrize(
    "paragraph",
    [
        "READ MORE: Plague fears as second case is confirmed",
        "Sign up for our daily newsletter",
        "Advertisement",
        "Follow us on Twitter and Facebook",
        "© 2026 The Courier. All rights reserved.",
        "Get the day's big stories plus fun stuff you love in your inbox.",
        "Thanks for signing up!",
        "Most read in World",
        "Share this article",
        "Image copyright Getty Images",
        "This material may not be published, broadcast or redistributed.",
        "***",
    ],
)
def test_furniture(paragraph: str) -> None:
    """Invitations, labels and notices are no part of an article."""
    assert is_furniture(paragraph)


@pytest.mark.parametrize(
    "paragraph",
    [
        "“Follow the law and we will not come for you,” the minister told the miners.",
        "Related charges against two former aides were dropped in March, the court said.",
        "Comments by the minister that no tax would rise were contradicted a day later.",
        "The company said that its privacy policy will not change after the merger.",
        "He wrote in a newsletter to supporters that he would never raise the tax.",
        "More on-site inspections will be allowed from May, the agency promised.",
        "Watch lists will be abolished by the end of the year, the interior ministry pledged.",
        "Published in 2019, the report promised that the dam would be rebuilt within two years.",
        "No.",
    ],
)
def test_sentences_that_begin_like_furniture(paragraph: str) -> None:
    """A sentence is kept even if it begins, or goes on, with a word that furniture uses."""
    assert not is_furniture(paragraph)


def test_prose() -> None:
    """Prose is long enough and ends like a sentence; Japanese counts as well."""
    assert is_prose("The minister said that she would not raise the tax.")
    assert not is_prose("MINISTER SAYS THAT SHE WILL NOT RAISE THE TAX.")
    assert not is_prose("Minister says that she will not raise the tax again")
    assert size("閉鎖すると発表した。") >= 4


def test_json_ld_of_every_shape() -> None:
    """Graphs, lists, types as lists, names as text and broken scripts are all lived with."""
    tree = html.fromstring(
        """<html><head><script type="application/ld+json">{"@graph": [
          {"@type": ["Thing", "NewsArticle"], "headline": "A &amp; B", "articleBody": 5,
           "author": ["Mara Ellison", {"name": "Jon Vesper"}, {"@id": "#x"}, 7, null],
           "publisher": [{"name": "N"}], "isAccessibleForFree": "http://schema.org/False"},
          {"@id": "#x", "name": "Ada Roe"}, 4]}</script>
        <script type="application/ld+json">[</script><script type="application/ld+json">"x"</script>
        </head><body></body></html>"""
    )
    said = structured.read(tree)
    assert said.is_article
    assert said.headline == "A & B"
    assert said.authors == ("Mara Ellison", "Jon Vesper", "Ada Roe")
    assert (said.publisher, said.is_free, said.body) == ("N", False, None)


def test_long_pages_are_cut_with_a_note() -> None:
    """A page over the limit is cut between paragraphs, and says so."""
    lines = (
        f"<p>Sentence number {n} of a very long page says that the plant will close.</p>"
        for n in range(3_000)
    )
    body = f"<html><body><article><h1>Long</h1>{''.join(lines)}</article></body></html>".encode()
    got = page.read(body, content_type="text/html", url=None)
    assert len(got.text) <= page.MAX_CHARS
    assert got.text.endswith("will close.")
    assert got.note == "Only the first 100,000 characters of this page were read."


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "empty"),
        (b"<html><body><div id=root></div><script>go()</script></body></html>", "no text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "other kind of file"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "other kind of file"),
        (b"%PDF-1.4\nnothing else", "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, says: str) -> None:
    """Each kind of unreadable body has a sentence of its own."""
    with pytest.raises(PageError, match=says):
        page.read(body, content_type=None, url="https://www.example.com/a")


def test_a_page_without_an_address_is_read() -> None:
    """A file needs no URL, and a URL that is none is passed over."""
    body = (
        b"<html><body><p>"
        + b"The plant will close by the end of the year, she said. " * 5
        + b"</p></body></html>"
    )
    for url in (None, "", "https://[", "no url"):
        assert page.read(body, content_type=None, url=url).url is None
