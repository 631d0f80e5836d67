"""The network's side of `addresses`: names are resolved and sockets opened only for public addresses."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.articles.addresses import Address, parse, why_blocked
from bot.errors import RefusedError

if TYPE_CHECKING:
    from aiohappyeyeballs import AddrInfoType

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""Host and port to addresses as text. Raises OSError."""


@dataclass(slots=True)
class Hop:
    """One request, as the gates see it."""

    exempt: bool
    """Whether its host and port are on the allow list."""
    refused: bool = False
    """Set by a gate that did not let it through."""


HOP: ContextVar[Hop | None] = ContextVar("HOP", default=None)
"""The request that is being made in this context; the gates refuse by its rules, or by the strict ones."""


async def resolve_with_system(host: str, port: int) -> Sequence[str]:
    """Every address that the system's resolver knows of a host."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


def connector(resolve: Resolve) -> aiohttp.TCPConnector:
    """A connector whose every connection passed both gates. Nothing is reused between two requests."""
    return aiohttp.TCPConnector(
        resolver=_Resolver(resolve),
        socket_factory=_open_socket,
        use_dns_cache=False,  # a cached answer would have been judged by another request's rules
        force_close=True,
        limit=32,
    )


class _Resolver(AbstractResolver):
    """A host with one blocked address is refused whole: it was made to look public."""

    def __init__(self, resolve: Resolve) -> None:
        self._resolve = resolve

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        results = []
        for text in dict.fromkeys(await self._resolve(host, port)):
            address = _passed(text)
            results.append(
                ResolveResult(
                    hostname=host,
                    host=str(address),
                    port=port,
                    family=socket.AF_INET if address.version == 4 else socket.AF_INET6,
                    proto=0,
                    flags=socket.AI_NUMERICHOST,
                )
            )
        if not results:
            raise OSError("the name has no address")
        return results

    async def close(self) -> None:
        """Nothing to close."""


def _open_socket(info: AddrInfoType) -> socket.socket:
    """The last gate: it sees the address that is really connected to, whatever happened before."""
    family, kind, protocol, _, target = info
    _passed(str(target[0]))
    return socket.socket(family, kind, protocol)


def _passed(text: str) -> Address:
    """The address, if this context's request may go there; OSError, which the HTTP library expects."""
    hop = HOP.get()
    try:
        address = parse(text)
    except RefusedError as error:
        raise OSError(str(error)) from None
    blocked = why_blocked(address)
    if blocked and not (hop and hop.exempt):
        if hop:
            hop.refused = True
        raise OSError(f"refused: {blocked}")
    return address
