"""What the tests of fetching share."""

from __future__ import annotations

from asyncio.selector_events import BaseSelectorEventLoop
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import pytest

from bot.articles.fetch import Fetcher, Limits
from tests.articles.servers import Site, site

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator

FAST = Limits(seconds=1.5, max_bytes=2 << 20, backoff=0.01, pause=0)


@pytest.fixture
async def web() -> AsyncIterator[Site]:
    """A site on loopback."""
    async with site() as made:
        yield made


@pytest.fixture
def attempts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every address that a connection is attempted to; the network beyond loopback refuses all."""
    seen: list[str] = []
    connect = BaseSelectorEventLoop.sock_connect

    async def watched(loop: BaseSelectorEventLoop, sock: socket.socket, address: Any) -> None:
        seen.append(address[0])
        if not ip_address(address[0]).is_loopback:
            raise ConnectionRefusedError
        await connect(loop, sock, address)

    monkeypatch.setattr(BaseSelectorEventLoop, "sock_connect", watched)
    return seen


@pytest.fixture
async def fetcher(web: Site) -> AsyncIterator[Fetcher]:
    """A fetcher that may fetch from the test's site."""
    made = Fetcher(allow=frozenset({("127.0.0.1", web.port)}), limits=FAST)
    yield made
    await made.close()
