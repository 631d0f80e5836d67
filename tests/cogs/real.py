"""The real model for tests on Discord, loaded once for all of them: in a thread, not in a process of its own.

The process is tested where it is at home (`tests/test_workers.py`); a loop of its own for each test would
have to start it each time.
"""

from __future__ import annotations

import asyncio
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from bot.analysis import service
from bot.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.workers import Worker


@cache
def handler() -> Callable[[object], object]:
    """The analysis, as its process runs it."""
    return service.start(None)


class Threaded:
    """Stands where the process does."""

    async def start(self) -> None:
        """Load the model."""
        await asyncio.to_thread(handler)

    async def call(self, request: object, **_options: Any) -> object:
        """Answer a request."""
        return await asyncio.to_thread(handler(), request)

    async def close(self) -> None:
        """Nothing to end."""


class RealEngine(Engine):
    """The engine of the program, its work done in a thread."""

    def __init__(self) -> None:
        self._worker = cast("Worker", Threaded())
