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
        self._forget()
        host = self._hosts.setdefault(name, _Host(asyncio.Semaphore(self._at_once)))
        host.users += 1
        try:
            async with host.slots:
                async with host.starting:
                    clock = asyncio.get_running_loop().time
                    # Never longer than the pause: the clock of a loop that is simulated may have jumped.
                    if (wait := min(host.next_start - clock(), self._pause)) > 0:
                        await asyncio.sleep(wait)
                    host.next_start = clock() + self._pause
                yield
        finally:
            host.users -= 1

    def _forget(self) -> None:
        # The pause outlives the last user; a host is dropped by whoever comes after that, so that nothing
        # grows for ever and no timer is left behind.
        now = asyncio.get_running_loop().time()
        over = [name for name, host in self._hosts.items() if not host.users and host.next_start <= now]
        for name in over:
            del self._hosts[name]
