"""How often one site is asked: a few requests at a time, with a pause between two starts."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    starting: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    users: int = 0


class Politeness:
    """Turns for requests, each host on its own. `at_once`: requests; `pause`: seconds between two starts."""

    def __init__(self, *, at_once: int, pause: float) -> None:
        self._at_once, self._pause = at_once, pause
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for a turn with the host, and hold it."""
        host = self._hosts.setdefault(name, _Host(asyncio.Semaphore(self._at_once)))
        host.users += 1
        try:
            async with host.slots:
                async with host.starting:
                    clock = asyncio.get_running_loop().time
                    if (wait := host.next_start - clock()) > 0:
                        await asyncio.sleep(wait)
                    host.next_start = clock() + self._pause
                yield
        finally:
            host.users -= 1
            self._forget(name, host)

    def _forget(self, name: str, host: _Host) -> None:
        # The pause outlives the last user, so a host is dropped when it is over: nothing grows for ever.
        if not host.users:
            loop = asyncio.get_running_loop()
            loop.call_later(max(host.next_start - loop.time(), 0.0), self._drop, name, host)

    def _drop(self, name: str, host: _Host) -> None:
        if not host.users and self._hosts.get(name) is host:
            del self._hosts[name]
