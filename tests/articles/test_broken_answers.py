"""Fetching from servers that are broken, slow or hostile: each failure has a name of its own."""

from __future__ import annotations

import asyncio
import tracemalloc
import zlib
from typing import TYPE_CHECKING

import pytest

from bot.articles.fetch import Fetcher
from bot.errors import PassingError, RefusedError
from tests.articles.conftest import FAST
from tests.articles.servers import brotli, gzipped, page

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.articles.servers import Answer, Site

MIB = 1 << 20


@pytest.mark.parametrize("name", ["gzip", "br", "deflate"])
async def test_bombs_are_cut(name: str, web: Site, fetcher: Fetcher) -> None:
    """A body that unpacks to 300 MB is given up at the limit, with little memory used."""
    flat = b"\0" * (300 * MIB)
    packers: dict[str, Callable[[bytes], bytes]] = {"gzip": gzipped, "br": brotli, "deflate": zlib.compress}
    bomb = packers[name](flat)
    del flat
    web.answers |= {"/a": page(bomb, f"Content-Encoding: {name}"), "/b": page(b"x")}
    tracemalloc.start()
    with pytest.raises(RefusedError, match="larger than 2 MB"):
        await fetcher.get(web.url("/a"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * MIB
    assert (await fetcher.get(web.url("/b"))).body == b"x"


async def test_bodies_over_the_limit_are_cut(web: Site, fetcher: Fetcher) -> None:
    """A body is cut by its announced length, and by its real one where none is announced."""
    web.answers |= {"/said": page(b"x" * 3 * MIB), "/unsaid": page(b"x" * 3 * MIB, length=False)}
    for path in ("/said", "/unsaid"):
        with pytest.raises(RefusedError, match="larger than 2 MB"):
            await fetcher.get(web.url(path))


async def drip(writer: asyncio.StreamWriter) -> None:
    """A byte now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.05)


async def drip_headers(writer: asyncio.StreamWriter) -> None:
    """A header now and then, for ever."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(writer: asyncio.StreamWriter) -> None:
    """Nothing at all."""
    await asyncio.sleep(30)


@pytest.mark.parametrize("answer", [drip, drip_headers, silence])
async def test_slow_answers_end_at_the_deadline(answer: Answer, web: Site, fetcher: Fetcher) -> None:
    """A server that never finishes is left after the deadline, once, and the next page is fetched."""
    web.answers |= {"/a": answer, "/b": page(b"x")}
    with pytest.raises(PassingError, match=r"more than 1\.5 seconds"):
        await fetcher.get(web.url("/a"))
    assert web.connections == 1
    assert (await fetcher.get(web.url("/b"))).body == b"x"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (page(b"x", "Content-Length: 1000", length=False), "ended early"),
        (page(b"x", "Content-Length: abc", length=False), "not valid HTTP"),
        (page(b"x", "Content-Length: -5", length=False), "not valid HTTP"),
        (page(b"x", "Content-Length: 1", "Content-Length: 2", length=False), "not valid HTTP"),
        (page(b"zz\r\nbroken", "Transfer-Encoding: chunked", length=False), "not valid HTTP|damaged"),
        (page(b"5\r\nhel", "Transfer-Encoding: chunked", length=False), "ended early"),
        (page(b"not packed at all", "Content-Encoding: gzip"), "damaged"),
        (page(b"<p>hello</p>", "Content-Length: 5", length=False), "not valid HTTP"),
        (page(b"not packed at all", "Content-Encoding: br"), "damaged"),
        (b"", "broke off"),
        (b"220 mail.example.com ESMTP\r\n", "not valid HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"a" * 100_000 + b"\r\n\r\n", "not valid HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(100_000)), "not valid HTTP"),
    ],
)
async def test_broken_answers_are_told_apart(answer: bytes, error: str, web: Site, fetcher: Fetcher) -> None:
    """Each broken answer is a PassingError in words of its own, and the next page is fetched."""
    web.answers |= {"/a": answer, "/b": page(b"x")}
    with pytest.raises(PassingError, match=error):
        await fetcher.get(web.url("/a"))
    assert (await fetcher.get(web.url("/b"))).body == b"x"


async def test_nobody_there(web: Site) -> None:
    """A port where nobody listens is a PassingError after all tries."""
    fetch = Fetcher(allow=frozenset({("127.0.0.1", 1)}), limits=FAST)
    with pytest.raises(PassingError, match="cannot be reached"):
        await fetch.get("http://127.0.0.1:1/")
    await fetch.close()


async def test_https_is_not_spoken_to_those_who_do_not(web: Site, fetcher: Fetcher) -> None:
    """A site without a valid certificate is refused."""
    with pytest.raises(RefusedError, match="certificate"):
        await fetcher.get(web.url("/").replace("http:", "https:"))


async def test_unknown_names(web: Site) -> None:
    """A name that cannot be resolved is a PassingError."""

    async def unknown(host: str, port: int) -> list[str]:
        raise OSError("no such name")

    fetch = Fetcher(resolve=unknown, limits=FAST)
    with pytest.raises(PassingError, match="name was not found"):
        await fetch.get("http://www.example.com/")
    await fetch.close()
