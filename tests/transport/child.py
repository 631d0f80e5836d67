"""`pledgewatch run` as a process of its own, against a double: `python -m tests.transport.child PORT DB`.

Everything is as in earnest but the two addresses of Discord and the engine, whose answers stand in the texts.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import discord
from yarl import URL

from bot import logs
from bot.__main__ import House
from bot.cli.app import build
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from bot.engine import Engine


class _Engine(ScriptedEngine):
    async def close(self) -> None:
        """Nothing to end."""


class _House(House):
    """The program's own, with the scripted engine."""

    def _engine(self) -> Engine:
        return cast("Engine", _Engine())


def main() -> None:
    """Run the bot until it is stopped, or killed."""
    port, db = sys.argv[1:]
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(f"ws://127.0.0.1:{port}/gateway")
    logs.configure(level="warning", as_json=False)
    build()(["run", "--db", db], obj=_House())


if __name__ == "__main__":
    main()
