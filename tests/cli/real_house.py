"""The program's own composition root, with the engine whose answers stand in the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.__main__ import House
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from bot.engine import Engine


class Scripted(ScriptedEngine):
    """Closed like the real one."""

    async def close(self) -> None:
        """Nothing to end."""


class RealHouse(House):
    """Opens real stores and real readers; one engine for all of a test."""

    def __init__(self) -> None:
        self.engine = Scripted()

    def _engine(self) -> Engine:
        return cast("Engine", self.engine)
