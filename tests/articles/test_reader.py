"""Fetching and reading together: hostile bodies cost one page each, and one article is one article."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest

from bot.articles.fetch import Fetcher, Limits
from bot.articles.reader import Reader
from bot.errors import FetchError, LimitError, PageError, PledgewatchError
from tests.articles.bombs import BODIES, pdf_of
from tests.articles.servers import page, redirect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.articles.servers import Site

ARTICLE = (Path(__file__).parent / "pages" / "jsonld.html").read_bytes()
MIB = 1 << 20
LIMITS = Limits(seconds=10, backoff=0.01, pause=0)


@pytest.fixture
async def reader(web: Site) -> AsyncIterator[Reader]:
    """A reader that may fetch from the test's site, with short limits."""
    hosts = ("127.0.0.1", "www.orlandcourier.example", "m.orlandcourier.example", "amp.orlandcourier.example")
    allow = frozenset((host, web.port) for host in hosts)

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1"]

    made = Reader(Fetcher(allow=allow, limits=LIMITS, resolve=resolve), seconds=4, memory=512 * MIB)
    yield made
    await made.close()


async def test_a_page_is_fetched_and_read(web: Site, reader: Reader) -> None:
    """The article comes with where it was, when, a hash of its bytes and the marks for a later check."""
    web.answers |= {"/start": redirect("/a"), "/a": page(ARTICLE, 'ETag: "7"')}
    got = await reader.read_url(web.url("/start"))
    assert got.article.title == "Orland to close Varn Bay coal plant by end of 2027"
    assert (got.url, got.etag, len(got.digest)) == (web.url("/a"), '"7"', 64)


async def test_a_page_is_read_again_only_if_it_changed(web: Site, reader: Reader) -> None:
    """A conditional request that is answered with 304 reads nothing."""
    web.answers["/a"] = [page(b"", status="304 Not Modified", length=False), page(ARTICLE)]
    assert await reader.read_changed(web.url("/a"), etag='"7"', last_modified=None) is None
    changed = await reader.read_changed(web.url("/a"), etag='"7"', last_modified=None)
    assert changed is not None
    assert changed.article.text


async def test_hostile_bodies_cost_one_page_each(web: Site, reader: Reader) -> None:
    """Each body ends with its own sentence, within time and memory, and the next page is read."""
    web.answers["/good"] = page(ARTICLE)
    for name, (make, says) in BODIES.items():
        web.answers["/bad"] = page(make(), content_type="text/html")
        with pytest.raises(PledgewatchError) as caught:
            await reader.read_url(web.url("/bad"))
        assert re.search(says, str(caught.value)), (name, caught.value)
        assert isinstance(caught.value, PageError | FetchError | LimitError), name
        assert (await reader.read_url(web.url("/good"))).article.title, name
        pid = reader._worker.pid
        assert pid is not None
        assert psutil.Process(pid).memory_info().rss < 1_000 * MIB, name


async def test_a_page_of_another_kind_is_said_to_be_one(web: Site, reader: Reader) -> None:
    """A soft error page is an article of kind `error` with a note, not an exception and not an article."""
    web.answers["/a"] = page((Path(__file__).parent / "pages" / "not_found.html").read_bytes())
    got = await reader.read_url(web.url("/a"))
    assert got.article.kind == "error"
    assert got.article.note


async def test_files_are_read_without_fetching(reader: Reader) -> None:
    """Bytes at hand are read in the same process; what they are is told from the bytes."""
    lines = [
        "Orland will close the coal plant at Varn Bay by the end of 2027, the minister said.",
        "No further extension would be granted to the operator, she told parliament on Tuesday.",
        "The plant supplies about a tenth of the electricity that the country uses in a year.",
    ]
    got = await reader.read_bytes(pdf_of(lines), None, None)
    assert got.article.title == "A quiet title"
    assert str(got.article.published) == "2026-03-10"
    assert "No further extension would be granted" in got.article.text
    assert got.url is None
    with pytest.raises(PageError, match="larger than"):
        await reader.read_bytes(b"x" * (11 * MIB), None, None)


async def test_one_article_under_six_addresses_is_one_article(web: Site, reader: Reader) -> None:
    """AMP, trackers, a mobile host, a redirect, the canonical address and another scheme come to one URL."""
    canonical = web.url("/news/varn-bay-1842", "www.orlandcourier.example")
    body = ARTICLE.replace(b"</title>", f'</title><link rel="canonical" href="{canonical}">'.encode())
    paths = ("", "/amp", "?utm_source=x&fbclid=y")
    web.answers |= {"/news/varn-bay-1842" + end: page(body) for end in paths}
    web.answers["/m/varn-bay-1842"] = page(body)
    web.answers["/short"] = redirect(canonical)
    posted = [
        canonical,
        canonical + "/amp",
        canonical + "?utm_source=x&fbclid=y",
        canonical + "#comments",
        web.url("/m/varn-bay-1842", "m.orlandcourier.example"),
        web.url("/short", "www.orlandcourier.example"),
    ]
    assert {(await reader.read_url(url)).article.url for url in posted} == {canonical}


async def test_a_feed_is_read(web: Site, reader: Reader) -> None:
    """A feed comes through the same fetcher, with its marks, and 304 reads nothing."""
    item = b"<item><title>A</title><link>/a</link></item>"
    rss = b"<rss version='2.0'><channel><title>News</title>" + item + b"</channel></rss>"
    web.answers["/feed"] = [
        page(rss, 'ETag: "1"', content_type="application/rss+xml"),
        page(b"", status="304 Not Modified", length=False),
    ]
    got = await reader.read_feed(web.url("/feed"))
    assert got is not None
    assert [entry.url for entry in got.feed.entries] == [web.url("/a")]
    assert await reader.read_feed(web.url("/feed"), etag=got.etag) is None
