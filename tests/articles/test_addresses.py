"""No link of a stranger's reaches an address that is not public: each is refused before a byte is sent."""

from __future__ import annotations

from contextlib import asynccontextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest

from bot.articles import gate
from bot.articles.addresses import check_url, why_blocked
from bot.articles.fetch import Fetcher, Limits
from bot.errors import RefusedError
from tests.articles.hostile import ANSWERS, NOT_IN_REDIRECTS, URLS
from tests.articles.servers import page, redirect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from tests.articles.servers import Site

FAST = Limits(seconds=5, backoff=0.01, pause=0)


def answers(*each: Sequence[str]) -> Callable[[str, int], Any]:
    """A resolver that gives these answers in turn, and the last one for ever."""
    left = list(each)

    async def resolve(host: str, port: int) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@asynccontextmanager
async def fetcher(site: Site, **more: Any) -> AsyncIterator[Fetcher]:
    """A fetcher that asks on the listener's port too, so that only the address can stop it."""
    more = {
        "resolve": answers(["127.0.0.1"]),
        "limits": FAST,
        "ports": frozenset({80, 443, site.port}),
        **more,
    }
    made = Fetcher(**more)
    try:
        yield made
    finally:
        await made.close()


def test_the_table_is_long_enough() -> None:
    """There are at least 80 hostile addresses."""
    assert len(URLS) + len(ANSWERS) >= 80
    assert len(set(URLS.values())) == len(URLS)


@pytest.mark.parametrize("name", URLS)
async def test_hostile_links_are_refused(name: str, web: Site, attempts: list[str]) -> None:
    """The link is refused and no connection is attempted, to whatever address."""
    async with fetcher(web) as fetch:
        with pytest.raises(RefusedError):
            await fetch.get(URLS[name].format(p=web.port))
    assert attempts == []
    assert web.connections == 0


@pytest.mark.parametrize("name", sorted(URLS.keys() - NOT_IN_REDIRECTS))
async def test_hostile_redirects_are_refused(name: str, web: Site, attempts: list[str]) -> None:
    """Behind a redirect of a site that may be fetched, the same link is refused as well."""
    target = URLS[name].format(p=web.port)
    web.answers["/start"] = redirect(target.encode("utf-8").decode("latin-1"))
    async with fetcher(web, allow=frozenset({("open.example.com", web.port)})) as fetch:
        with pytest.raises(RefusedError):
            await fetch.get(web.url("/start", "open.example.com"))
    assert attempts == ["127.0.0.1"]
    assert web.connections == 1


@pytest.mark.parametrize("name", ANSWERS)
async def test_names_with_a_hostile_address_are_refused_whole(
    name: str, web: Site, attempts: list[str]
) -> None:
    """A name is refused if any of its addresses is blocked, the public ones included."""
    async with fetcher(web, resolve=answers(ANSWERS[name])) as fetch:
        with pytest.raises(RefusedError):
            await fetch.get(web.url("/", "www.example.com"))
    assert attempts == []
    assert web.connections == 0


async def test_a_rebinding_name_is_refused(web: Site, attempts: list[str]) -> None:
    """A name that is public at first and loopback at the next question is refused at that question."""
    async with fetcher(web, resolve=answers(["93.184.216.34"], ["127.0.0.1"])) as fetch:
        with pytest.raises(RefusedError):
            await fetch.get(web.url("/", "www.example.com"))
    assert attempts == ["93.184.216.34"]
    assert web.connections == 0


async def test_the_socket_gate_holds_alone(web: Site, attempts: list[str]) -> None:
    """Were the names' gate passed by some trick, the gate at the socket would still refuse."""
    connector = aiohttp.TCPConnector(socket_factory=gate._open_socket)
    async with aiohttp.ClientSession(connector=connector) as session:
        token = gate.HOP.set(hop := gate.Hop(exempt=False))
        with pytest.raises(aiohttp.ClientConnectorError):
            await session.get(web.url("/"))
        gate.HOP.reset(token)
    assert hop.refused
    assert attempts == []
    assert web.connections == 0


async def test_the_allow_list_is_the_one_way_round(web: Site, attempts: list[str]) -> None:
    """What the default refuses is fetched when host and port are on the list, and only then."""
    web.answers["/"] = page(b"<p>hello</p>")
    async with fetcher(web, ports=frozenset({80, 443})) as fetch:
        with pytest.raises(RefusedError):
            await fetch.get(web.url("/"))
    assert web.connections == 0
    async with fetcher(web, allow=frozenset({("127.0.0.1", web.port)})) as fetch:
        assert (await fetch.get(web.url("/"))).body == b"<p>hello</p>"
        with pytest.raises(RefusedError):
            await fetch.get(web.url("/", "localhost"))
        with pytest.raises(RefusedError):
            await fetch.get(f"http://127.0.0.1:{web.port + 1}/")
    assert web.connections == 1


async def test_what_is_exempt_does_not_open_the_door_for_others(web: Site, attempts: list[str]) -> None:
    """A public name that resolves to an exempt host's address is refused all the same."""
    allow = frozenset({("127.0.0.1", web.port)})
    async with fetcher(web, allow=allow, resolve=answers(["127.0.0.1"])) as fetch:
        with pytest.raises(RefusedError):
            await fetch.get(web.url("/", "www.example.com"))
    assert web.connections == 0


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1::1", "64:ff9b::808:808"])
def test_public_addresses_pass(address: str) -> None:
    """Public addresses are not blocked, nor is NAT64's form of one."""
    assert why_blocked(ip_address(address)) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://www.example.com/a?b=c",
        "http://93.184.216.34/",
        "https://straße.de/ü",
        "https://[2606:2800::1]/",
    ],
)
def test_public_links_pass(url: str) -> None:
    """Links to public sites are not refused."""
    assert check_url(url + "#part").fragment == ""
