"""A web site on loopback that says exactly the bytes a test wants, and remembers who came."""

from __future__ import annotations

import asyncio
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from importlib import import_module

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]


def page(
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    content_type: str | None = "text/html",
    length: bool = True,
) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close"]
    if content_type:
        lines.append(f"Content-Type: {content_type}")
    if length:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def redirect(location: str, status: str = "302 Found") -> bytes:
    """An answer that leads on."""
    return page(b"", f"Location: {location}", status=status)


class Site:
    """Answers by path: bytes are sent as they are, functions are given the connection."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes | Answer | list[bytes]] = {}
        self.connections = 0
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.busy = self.most_busy = 0
        self.port = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        """Address of a path on this site."""
        return f"http://{host}:{self.port}{path}"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.busy += 1
        self.most_busy = max(self.busy, self.most_busy)
        try:
            first = await reader.readexactly(1)
            if first == b"\x16":  # the start of TLS, which is not spoken here
                writer.write(page(b"", status="400 Bad Request"))
                return
            head = (first + await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            path = head[0].split(" ")[1]
            fields = (line.split(": ", 1) for line in head[1:] if ": " in line)
            self.requests.append((path, {name.lower(): value for name, value in fields}))
            answer = self.answers.get(path, page(b"nothing", status="404 Not Found"))
            if isinstance(answer, list):
                answer = answer.pop(0) if len(answer) > 1 else answer[0]
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the client went away, as it should
        finally:
            self.busy -= 1
            writer.close()


@asynccontextmanager
async def site() -> AsyncIterator[Site]:
    """A site on every loopback address, IPv4 and IPv6, at one port."""
    made = Site()
    listening = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
    made.port = listening.getsockname()[1]
    server = await asyncio.start_server(made._serve, sock=listening)
    try:
        yield made
    finally:
        server.close()
        await server.wait_closed()


def gzipped(body: bytes) -> bytes:
    """The body, packed at once: a bomb where it is long and dull."""
    return gzip.compress(body, 9)


def brotli(body: bytes) -> bytes:
    """The body, packed with brotli at its fastest."""
    packed: bytes = import_module("brotli").compress(body, quality=1)  # the package has no type hints
    return packed
