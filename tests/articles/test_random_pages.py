"""Random and broken pages end in an article or a PageError; the long run is `benchmarks/fuzz_reader.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.articles.page import read
from bot.errors import PageError
from tests.articles.mutations import CONTENT_TYPES, URLS, mutated, seeds

if TYPE_CHECKING:
    from random import Random

PAGES = seeds()
RELAXED = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def attempt(body: bytes, content_type: str | None, url: str | None) -> None:
    """Read a page; nothing but PageError may come out."""
    try:
        article = read(body, content_type=content_type, url=url)
    except PageError:
        return
    article.text.encode("utf-8")
    article.title.encode("utf-8")


@RELAXED
@given(st.binary(max_size=3_000), st.sampled_from(CONTENT_TYPES), st.sampled_from(URLS))
def test_random_bytes(body: bytes, content_type: str | None, url: str | None) -> None:
    """Noise is an article or a PageError."""
    attempt(body, content_type, url)


@RELAXED
@given(st.randoms(use_true_random=True), st.sampled_from(CONTENT_TYPES), st.sampled_from(URLS))
def test_broken_pages(random: Random, content_type: str | None, url: str | None) -> None:
    """A page that is broken at random is an article or a PageError."""
    attempt(mutated(PAGES, random), content_type, url)


@RELAXED
@given(st.text(max_size=500), st.text(max_size=200), st.text(max_size=100))
def test_random_texts_in_a_page(text: str, title: str, data: str) -> None:
    """Any text, title and JSON-LD in a page is an article or a PageError."""
    page = (
        f"<html><head><title>{title}</title><script type='application/ld+json'>{data}</script>"
        f"<meta property='article:published_time' content='{data}'></head><body><article><h1>{title}</h1>"
        f"<p>{text}</p><p>{title}</p></article></body></html>"
    )
    attempt(page.encode("utf-8", "surrogatepass"), None, None)
