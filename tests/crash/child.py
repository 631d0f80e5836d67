"""`python -m tests.crash.child PORT ARGUMENT…`: the program in earnest, but for Discord's addresses."""

from __future__ import annotations

import sys

import discord
from yarl import URL

from bot.__main__ import main

if __name__ == "__main__":
    port = sys.argv.pop(1)
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(f"ws://127.0.0.1:{port}/gateway")
    main()
