"""Fetching: what is honoured, what is kept out, and what is tried again."""

from __future__ import annotations

import asyncio
import zlib
from itertools import pairwise

import pytest

from bot.articles.fetch import FEED_TYPES, Fetcher, Limits
from bot.articles.politeness import Politeness
from bot.errors import FetchError, GoneError, PassingError, RefusedError
from tests.articles.servers import Site, brotli, gzipped, page, redirect

MIB = 1 << 20


async def silence(writer: asyncio.StreamWriter) -> None:
    """Nothing at all."""
    await asyncio.sleep(30)


async def test_a_page_comes_whole_with_its_headers(web: Site, fetcher: Fetcher) -> None:
    """Body, type and the marks for a later conditional request are handed out."""
    web.answers["/a"] = page(b"<p>x</p>", 'ETag: "1"', "Last-Modified: Mon, 02 Nov 2026 10:00:00 GMT")
    got = await fetcher.get(web.url("/a#part"))
    assert (got.url, got.body, got.content_type) == (web.url("/a"), b"<p>x</p>", "text/html")
    assert (got.etag, got.last_modified) == ('"1"', "Mon, 02 Nov 2026 10:00:00 GMT")


async def test_the_fetcher_says_what_it_is_and_keeps_nothing(web: Site, fetcher: Fetcher) -> None:
    """Requests carry an honest user agent, and no cookie that was set earlier."""
    web.answers["/a"] = page(b"x", "Set-Cookie: id=1; Path=/")
    await fetcher.get(web.url("/a"))
    await fetcher.get(web.url("/a"))
    for _, headers in web.requests:
        assert headers["user-agent"].startswith("Pledgewatch/")
        assert "cookie" not in headers


async def test_a_conditional_request_can_be_answered_with_nothing_new(web: Site, fetcher: Fetcher) -> None:
    """The marks are sent, and 304 is told as `not_modified`."""
    web.answers["/a"] = page(b"", 'ETag: "1"', status="304 Not Modified", length=False)
    got = await fetcher.get(web.url("/a"), etag='"1"', last_modified="Mon, 02 Nov 2026 10:00:00 GMT")
    assert got.not_modified
    assert web.requests[0][1]["if-none-match"] == '"1"'
    assert web.requests[0][1]["if-modified-since"] == "Mon, 02 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"]
)
async def test_redirects_are_followed(status: str, web: Site, fetcher: Fetcher) -> None:
    """Absolute and relative redirects lead to the page, whose URL is the last one."""
    web.answers |= {
        "/a": redirect("/b?x=1", status),
        "/b?x=1": redirect(web.url("/c"), status),
        "/c": page(b"x"),
    }
    assert (await fetcher.get(web.url("/a"))).url == web.url("/c")


async def test_five_redirects_are_followed_and_not_a_sixth(web: Site, fetcher: Fetcher) -> None:
    """The limit of redirects is exact, and an endless chain ends there."""
    web.answers |= {f"/{n}": redirect(f"/{n + 1}") for n in range(5)}
    web.answers["/5"] = page(b"x")
    assert (await fetcher.get(web.url("/0"))).body == b"x"
    web.answers["/5"] = redirect("/5")
    with pytest.raises(RefusedError, match="redirected more than 5 times"):
        await fetcher.get(web.url("/0"))
    assert web.connections == 12


@pytest.mark.parametrize(
    ("status", "error", "tries"),
    [
        ("401 Unauthorized", GoneError, 1),
        ("403 Forbidden", GoneError, 1),
        ("404 Not Found", GoneError, 1),
        ("410 Gone", GoneError, 1),
        ("429 Too Many", PassingError, 3),
        ("500 Oops", PassingError, 3),
        ("503 Busy", PassingError, 3),
        ("204 Empty", GoneError, 1),
    ],
)
async def test_answers_that_are_no_page(
    status: str, error: type[FetchError], tries: int, web: Site, fetcher: Fetcher
) -> None:
    """What may pass is tried again, what will not is not, and each says what it is."""
    web.answers["/a"] = page(b"", status=status)
    with pytest.raises(error, match=status[:3]):
        await fetcher.get(web.url("/a"))
    assert web.connections == tries


async def test_a_second_try_can_succeed(web: Site, fetcher: Fetcher) -> None:
    """A server that was out of order for a moment costs no page."""
    web.answers["/a"] = [page(b"", status="503 Busy"), page(b"", status="502 Bad"), page(b"x")]
    assert (await fetcher.get(web.url("/a"))).body == b"x"


async def test_a_long_wait_is_left_to_the_queue(web: Site, fetcher: Fetcher) -> None:
    """A server that asks for a long wait is not asked again at once."""
    web.answers["/a"] = page(b"", "Retry-After: 3600", status="429 Slow down")
    with pytest.raises(PassingError):
        await fetcher.get(web.url("/a"))
    assert web.connections == 1


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "application/zip", "application/octet-stream"])
async def test_other_types_are_refused_before_the_body(kind: str, web: Site, fetcher: Fetcher) -> None:
    """What is no text is refused by its type; feeds are taken where they are wanted."""
    web.answers["/a"] = page(b"x" * 100, content_type=kind)
    with pytest.raises(RefusedError, match=kind):
        await fetcher.get(web.url("/a"))


async def test_feeds_are_taken_where_they_are_wanted(web: Site, fetcher: Fetcher) -> None:
    """A feed's type is refused as a page and taken as a feed."""
    web.answers["/a"] = page(b"<rss/>", content_type="application/rss+xml; charset=utf-8")
    with pytest.raises(RefusedError):
        await fetcher.get(web.url("/a"))
    assert (await fetcher.get(web.url("/a"), types=FEED_TYPES)).body == b"<rss/>"


async def test_packed_pages_are_unpacked(web: Site, fetcher: Fetcher) -> None:
    """gzip, deflate and brotli are understood, anything else is refused."""
    text = b"<p>" + b"word " * 1000
    packed = {"gzip": gzipped(text), "deflate": zlib.compress(text), "br": brotli(text)}
    for name, body in packed.items():
        web.answers["/" + name] = page(body, f"Content-Encoding: {name}")
        assert (await fetcher.get(web.url("/" + name))).body == text
    web.answers["/x"] = page(gzipped(gzipped(text)), "Content-Encoding: gzip, gzip")
    with pytest.raises(RefusedError, match="packed"):
        await fetcher.get(web.url("/x"))


async def test_https_falls_back_to_http_where_nothing_listens(web: Site, attempts: list[str]) -> None:
    """A link that was made https by its canonical form still reaches a site that only speaks http."""
    asked: list[int] = []

    async def resolve(host: str, port: int) -> list[str]:
        asked.append(port)
        return ["93.184.216.34"]

    fetch = Fetcher(resolve=resolve, limits=Limits(tries=1, pause=0))
    with pytest.raises(PassingError):
        await fetch.get("https://www.example.com/")
    await fetch.close()
    assert asked == [443, 80]


async def test_one_host_is_asked_twice_at_a_time_at_most(web: Site, fetcher: Fetcher) -> None:
    """Ten pages of one host are fetched two at a time."""

    async def slow(writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.02)
        writer.write(page(b"x"))
        await writer.drain()

    web.answers |= {f"/{n}": slow for n in range(10)}
    got = await asyncio.gather(*(fetcher.get(web.url(f"/{n}")) for n in range(10)))
    assert len(got) == 10
    assert web.most_busy == 2


async def test_there_is_a_pause_between_two_requests_to_a_host(web: Site) -> None:
    """Starts are spaced, on the loop's clock."""
    starts: list[float] = []

    async def note(writer: asyncio.StreamWriter) -> None:
        starts.append(asyncio.get_running_loop().time())
        writer.write(page(b"x"))
        await writer.drain()

    web.answers["/a"] = note
    fetch = Fetcher(allow=frozenset({("127.0.0.1", web.port)}), limits=Limits(pause=0.1))
    try:
        await asyncio.gather(*(fetch.get(web.url("/a")) for _ in range(3)))
    finally:
        await fetch.close()
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) > 0.05


async def test_hosts_are_forgotten_after_their_pause() -> None:
    """Whoever comes next drops those that nobody waits for; one within its pause, or in use, is kept."""
    turns = Politeness(at_once=2, pause=0.1)
    async with turns.turn("a"):
        async with turns.turn("b"):
            await asyncio.sleep(0.15)
        async with turns.turn("c"):
            assert set(turns._hosts) == {"a", "c"}
        async with turns.turn("d"):
            assert set(turns._hosts) == {"a", "c", "d"}


async def test_a_cancelled_fetch_leaves_no_connection(web: Site, fetcher: Fetcher) -> None:
    """Cancelling gives the host's turn back."""
    web.answers |= {"/a": silence, "/b": page(b"x")}
    tasks = [asyncio.create_task(fetcher.get(web.url("/a"))) for _ in range(4)]
    await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert (await fetcher.get(web.url("/b"))).body == b"x"
