"""Canonical URLs and the links in a message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.urls import MAX_LINKS, canonical, links, of_page, same_site
from bot.errors import InputError

ONE = "https://www.example.com/news/varn-bay-1842"


@pytest.mark.parametrize(
    "url",
    [
        ONE,
        "http://www.example.com/news/varn-bay-1842",
        "HTTPS://WWW.Example.COM:443/news/varn-bay-1842",
        "http://www.example.com:80/news/varn-bay-1842#comments",
        "https://www.example.com./news/varn-bay-1842",
        ONE + "?utm_source=a&utm_medium=b&fbclid=c&at_campaign=d",
        ONE + "?amp",
        ONE + "?outputType=amp&ref=x",
        ONE + "/amp",
        ONE + "?print=1",
        ONE + "/print",
        "https://www.example.com/amp/news/varn-bay-1842",
        "https://www.google.com/amp/s/www.example.com/news/varn-bay-1842",
        "https://www-example-com.cdn.ampproject.org/c/s/www.example.com/news/varn-bay-1842",
        "https://www.google.com/url?sa=t&url=https%3A%2F%2Fwww.example.com%2Fnews%2Fvarn-bay-1842",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.example.com%2Fnews%2Fvarn-bay-1842%3Ffbclid%3Dx&h=y",
        f"  {ONE}  ",
    ],
)
def test_variants_fold_into_one(url: str) -> None:
    """Schemes, case, ports, fragments, trackers, AMP, print and wrappers make no other article."""
    assert canonical(url) == ONE


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.com/a?id=7&page=2", "https://example.com/a?id=7&page=2"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?a=1&b=2"),
        ("https://example.com/q?s=%E9t%E9", "https://example.com/q?s=%E9t%E9"),
        ("https://example.com/wiki/amp", "https://example.com/wiki/amp"),
        ("https://example.com/print", "https://example.com/print"),
        ("https://example.com/a/", "https://example.com/a/"),
        ("https://m.example.com/a", "https://m.example.com/a"),
        ("https://straße.example.com/ü", "https://xn--strae-oqa.example.com/%C3%BC"),
        ("http://127.0.0.1:8080/a?utm_source=x", "http://127.0.0.1:8080/a"),
    ],
)
def test_what_matters_is_kept(url: str, kept: str) -> None:
    """Parameters, paths and hosts that may say which article it is stay; own networks keep their scheme."""
    assert canonical(url) == kept


@pytest.mark.parametrize(
    "url", ["", "hello", "ftp://example.com/a", "javascript:1", "https://", "https://u:p@a.com/"]
)
def test_other_texts_are_no_links(url: str) -> None:
    """What is no web link is an InputError in words."""
    with pytest.raises(InputError, match="not a link"):
        canonical(url)


@settings(deadline=None)
@given(
    st.text(max_size=200)
    | st.from_regex(r"https?://[a-z.:@\[\]0-9]{1,20}[/?#&=%a-z0-9.]{0,40}", fullmatch=True)
)
def test_canonical_is_stable_and_never_fails_otherwise(text: str) -> None:
    """A canonical URL is its own canonical URL; nothing but InputError is raised."""
    try:
        once = canonical(text)
    except InputError:
        return
    assert canonical(once) == once


@pytest.mark.parametrize(
    ("url", "declared", "want"),
    [
        ("https://m.example.com/a-1", None, "https://www.example.com/a-1"),
        ("https://amp.example.com/x/a-1", ONE, ONE),
        (ONE + "?page=2", "/news/varn-bay-1842", ONE),
        (ONE, "https://www.example.com/", ONE),
        (ONE, "https://www.elsewhere.com/news/a", ONE),
        (ONE, "not a url at all: \x00", ONE),
        ("https://news.example.co.uk/a", "https://www.example.co.uk/b", "https://www.example.co.uk/b"),
        ("https://one.co.uk/a", "https://two.co.uk/b", "https://one.co.uk/a"),
    ],
)
def test_a_page_names_its_canonical_url(url: str, declared: str | None, want: str) -> None:
    """`rel=canonical` counts on the same site, unless it names the front page."""
    assert of_page(url, declared) == want


def test_sites() -> None:
    """Hosts of one registered domain are one site, names under a public suffix are not."""
    assert same_site("https://a.example.com/", "https://b.example.com/")
    assert not same_site("https://a.co.uk/", "https://b.co.uk/")
    assert same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/")


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("see https://a.com/x.", ["https://a.com/x"]),
        ("(https://en.example.org/wiki/Orland_(state))", ["https://en.example.org/wiki/Orland_(state)"]),
        ("[the story](https://a.com/x) and ||https://b.com/||", ["https://a.com/x", "https://b.com/"]),
        ("**https://a.com/x** https://a.com/x", ["https://a.com/x"]),
        ("<https://a.com/x> https://b.com", ["https://b.com"]),
        ("`https://a.com/x` ```\nhttps://b.com\n``` https://c.com", ["https://c.com"]),
        ("``https://a.com ` https://b.com`` https://c.com", ["https://c.com"]),
        ("``` https://a.com never closed", []),
        ("HTTP://A.com/x, ftp://b.com", ["HTTP://A.com/x"]),
        ("“https://a.com/x”…", ["https://a.com/x"]),
        ("no links", []),
    ],
)
def test_links_in_a_message(text: str, want: list[str]) -> None:
    """Links are found in order, once, without the punctuation around them; code and <...> are left alone."""
    assert links(text) == want


def test_links_are_bounded() -> None:
    """A message full of links gives a stated number of them."""
    assert len(links(" ".join(f"https://a.com/{n}" for n in range(99)))) == MAX_LINKS


@settings(deadline=None)
@given(st.text(max_size=2_000))
def test_links_never_fail(text: str) -> None:
    """Any message can be searched."""
    assert all(link.lower().startswith(("http://", "https://")) for link in links(text))
