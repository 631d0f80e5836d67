"""Bytes from strangers' addresses, without harm: the rules are in `addresses`, kept at the gates.

A fetch ends in a `Fetched` or in one sentence: RefusedError and GoneError are final, PassingError may pass.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import aiohttp
import stamina
from yarl import URL

from bot.articles.addresses import WEB_PORTS, check_url
from bot.articles.failures import PATIENCE, NothingThereError, check_status, told, wait_before_next
from bot.articles.gate import HOP, Hop, Resolve, connector, resolve_with_system
from bot.articles.politeness import Politeness
from bot.errors import PassingError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

USER_AGENT = "Pledgewatch/0.1 (a Discord bot; it reads the news articles that members post)"
"""Says what we are. A site that does not want us can say so, and is then left alone."""

PAGE_TYPES = frozenset(
    ("text/html", "application/xhtml+xml", "text/plain", "application/pdf", "application/xml", "text/xml")
)
FEED_TYPES = PAGE_TYPES | {"application/rss+xml", "application/atom+xml", "application/rdf+xml"}

_ENCODINGS = frozenset(("", "identity", "gzip", "x-gzip", "deflate", "br"))
_CHUNK = 1 << 16
_REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    seconds: float = 20.0
    """For one try with all its redirects, from the first connection to the last byte."""
    connect_seconds: float = 8.0
    max_bytes: int = 10 << 20
    """Of the body, unpacked."""
    redirects: int = 5
    tries: int = 3
    backoff: float = 1.0
    """Seconds before the second try; doubled for each further one."""
    at_once: int = 2
    """Requests to one host at a time."""
    pause: float = 0.5
    """Seconds between the starts of two requests to one host."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer."""

    url: str
    """Where it came from in the end."""
    body: bytes
    """Unpacked; empty where `not_modified`."""
    content_type: str | None = None
    """The header as sent."""
    etag: str | None = None
    last_modified: str | None = None
    not_modified: bool = False
    """The server says that nothing changed since the version that was named."""


class Fetcher:
    """Fetches pages; one for the whole program, since it keeps the hosts' turns.

    `allow`: pairs of host and port that may be fetched although they are not public. `ports`: those that
    public hosts are asked on. `resolve`: how names become addresses (of tests); None: the system's resolver.
    """

    def __init__(
        self,
        *,
        allow: frozenset[tuple[str, int]] = frozenset(),
        limits: Limits | None = None,
        ports: frozenset[int] = WEB_PORTS,
        resolve: Resolve | None = None,
        user_agent: str = USER_AGENT,
    ) -> None:
        self._allow = frozenset((host.lower(), port) for host, port in allow)
        self.limits = limits or Limits()
        self._ports, self._resolve = ports, resolve or resolve_with_system
        self._headers = {
            "User-Agent": user_agent,
            "Accept": "text/html,application/xhtml+xml;q=0.9,application/xml;q=0.8,*/*;q=0.5",
            "Accept-Language": "en",
            "Accept-Encoding": "gzip, deflate, br",
        }
        self._politeness = Politeness(at_once=self.limits.at_once, pause=self.limits.pause)
        self._session: aiohttp.ClientSession | None = None

    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        types: frozenset[str] = PAGE_TYPES,
    ) -> Fetched:
        """The answer to a GET request, redirects followed.

        `etag` and `last_modified` are those of the version at hand, if any. `types`: media types that are
        wanted; one without a type is taken. Raises RefusedError, GoneError or PassingError.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
        headers = {name: value for name, value in conditions.items() if value}
        limits = self.limits
        async for attempt in stamina.retry_context(
            on=wait_before_next,
            attempts=limits.tries,
            timeout=limits.seconds * limits.tries,
            wait_initial=limits.backoff,
            wait_max=PATIENCE,
            wait_jitter=limits.backoff / 2,
        ):
            with attempt:
                return await self._follow(url, headers, types)
        raise AssertionError("unreachable: the last attempt raises")

    async def close(self) -> None:
        """Close what is open."""
        if self._session:
            await self._session.close()
            self._session = None

    async def _follow(self, url: str, headers: Mapping[str, str], types: frozenset[str]) -> Fetched:
        left = self.limits.seconds
        clock = asyncio.get_running_loop().time
        for _ in range(self.limits.redirects + 1):
            target = check_url(url, allow=self._allow, ports=self._ports)
            async with self._politeness.turn(target.raw_host or ""):
                started = clock()
                try:
                    async with asyncio.timeout(left):
                        answer = await self._either_scheme(target, headers, types)
                except TimeoutError:
                    raise PassingError(
                        f"The page took more than {self.limits.seconds:g} seconds to load."
                    ) from None
                left = max(left - (clock() - started), 0.001)
            if isinstance(answer, Fetched):
                return answer
            url = answer
        raise RefusedError(f"The link was redirected more than {self.limits.redirects} times.")

    async def _either_scheme(
        self, url: URL, headers: Mapping[str, str], types: frozenset[str]
    ) -> Fetched | str:
        """Canonical links say https; a site that has nothing there is asked over http."""
        try:
            return await self._request(url, headers, types)
        except NothingThereError:
            if url.scheme != "https" or url.explicit_port is not None:
                raise
        return await self._request(url.with_scheme("http"), headers, types)

    async def _request(self, url: URL, headers: Mapping[str, str], types: frozenset[str]) -> Fetched | str:
        """The answer, or the URL that it redirects to."""
        hop = Hop(exempt=((url.raw_host or "").lower(), url.port or 0) in self._allow)
        token = HOP.set(hop)
        try:
            async with self._opened().get(url, headers=headers, allow_redirects=False) as response:
                if response.status in _REDIRECTS and (location := response.headers.get("Location")):
                    return str(url.join(URL(location)))
                return await self._answer(url, response, types)
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error, TimeoutError) and not isinstance(error, aiohttp.ClientError):
                raise
            if hop.refused:
                raise RefusedError("The link leads to an address that is not public.") from None
            raise told(error) from error
        finally:
            HOP.reset(token)

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=connector(self._resolve),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=self._headers,
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=self.limits.connect_seconds),
                trust_env=False,
            )
        return self._session

    async def _answer(self, url: URL, response: aiohttp.ClientResponse, types: frozenset[str]) -> Fetched:
        headers = response.headers
        content_type, etag, changed = (headers.get(k) for k in ("Content-Type", "ETag", "Last-Modified"))
        if response.status == 304:
            return Fetched(str(url), b"", content_type, etag, changed, not_modified=True)
        check_status(response)
        media = (content_type or "").partition(";")[0].strip().lower()
        if media and media not in types:
            raise RefusedError(f"This is not a page to read: its type is {media[:80]}.")
        if headers.get("Content-Encoding", "").strip().lower() not in _ENCODINGS:
            raise RefusedError("The page is packed in a way that is not supported.")
        return Fetched(str(url), await self._body(response), content_type, etag, changed)

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        limit = self.limits.max_bytes
        too_large = RefusedError(f"The page is larger than {limit / (1 << 20):g} MB.")
        if (response.content_length or 0) > limit:
            raise too_large
        body = bytearray()
        async for chunk in response.content.iter_chunked(_CHUNK):
            body += chunk
            if len(body) > limit:
                raise too_large
        return bytes(body)
