"""Work that is done until none is left, whenever somebody says that there is some."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import structlog

from bot.errors import PledgewatchError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

log = structlog.get_logger(__name__)


class Drain:
    """Calls `step` until it says that nothing is left, and again each time it is woken.

    Nothing waits in memory: what there is to do stands in the database, and a wake that is lost costs only
    time, until the next one.
    """

    def __init__(self, name: str, step: Callable[[], Awaitable[bool]], *, width: int = 1) -> None:
        """`step` does one piece of work; False: none was left. `width`: how many run at once."""
        self.name, self._step, self._width = name, step, width
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False
        self._woken = 0

    @property
    def busy(self) -> bool:
        """Whether it is at work."""
        return bool(self._tasks)

    def wake(self) -> None:
        """There may be work. Returns at once."""
        self._woken += 1
        if not self._closed and len(self._tasks) < self._width:
            task = asyncio.create_task(self._run(), name=f"drain-{self.name}")
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def idle(self) -> None:
        """Wait until nothing is in hand."""
        while self._tasks:
            await asyncio.wait(set(self._tasks))

    async def close(self, seconds: float) -> None:
        """Take no more work; what is in hand gets so many seconds to finish and is cancelled then."""
        self._closed = True
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _run(self) -> None:
        seen = -1
        while not self._closed and seen != self._woken:
            # Woken while the last look found nothing: look once more.
            seen = self._woken
            try:
                while not self._closed and await self._step():
                    if len(self._tasks) < self._width:
                        self.wake()
            except PledgewatchError as error:
                log.error("work stopped until the next round", work=self.name, error=str(error))
                return
            except Exception:
                # One piece of work that fails must not end the bot; the next round tries again.
                log.exception("work failed", work=self.name)
                return
