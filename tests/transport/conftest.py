"""The bot, as it runs in earnest, connected to the double."""

from __future__ import annotations

import asyncio
import gc
import time
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

import discord
import pytest
from yarl import URL

from bot import wiring
from bot.client import PledgeBot
from bot.settings import load
from storage.store import Store
from tests.articles.servers import page, site
from tests.cogs.world import reader_for
from tests.scripted import ScriptedEngine
from tests.transport.double import ALERTS, CHANNEL, GUILD, TOKEN, Double, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.articles.reader import Reader
    from tests.articles.servers import Site

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."


@dataclass
class Line:
    """One bot on one line."""

    discord: Double
    store: Store
    engine: ScriptedEngine
    reader: Reader
    web: Site
    bot: PledgeBot
    running: asyncio.Task[None] | None = None

    def new_bot(self, *, message_content: bool = True) -> PledgeBot:
        """A client on the same database."""
        made = wiring.desk(self.store, self.engine, self.reader, load(None))
        self.bot = PledgeBot(made, shard_count=1, message_content=message_content)
        return self.bot

    async def connect(self) -> None:
        """Start a bot and wait until it is ready."""
        bot = self.new_bot()
        self.running = asyncio.create_task(bot.start(TOKEN))
        await until(bot.is_ready)

    async def leave(self) -> None:
        """Stop the bot."""
        if self.running is not None:
            await self.bot.close()
            await asyncio.gather(self.running, return_exceptions=True)

    def publish(self, path: str, text: str = PROMISE) -> str:
        """Put a text on the site; its address."""
        self.web.answers[path] = page(text.encode(), content_type="text/plain; charset=utf-8")
        return self.web.url(path)

    async def articles(self) -> list[str]:
        """Addresses on record."""
        return [row["url"] for row in (await self.store.export(GUILD))["articles"]]


@pytest.fixture
async def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Line]:
    """A double, a site, a database with a watched channel; no bot yet."""
    double = Double(time.monotonic)
    await double.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{double.port}/api/v10")
    gateway = URL(f"ws://127.0.0.1:{double.port}/gateway")
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", gateway)
    async with site() as web, Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        reader = reader_for(web)
        await reader.start()
        engine = ScriptedEngine()
        made = Line(double, store, engine, reader, web, None)  # type: ignore[arg-type]  # set by the next line
        desk = made.new_bot().desk
        await desk.managing.watch_only(GUILD, {CHANNEL: None})
        await desk.managing.change(GUILD, alerts_channel=ALERTS)
        try:
            yield made
        finally:
            await made.leave()
            await reader.close()
            await double.stop()
            # discord.py leaves a connection open where it is refused (a bad token, close code 4014).
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", ResourceWarning)
                gc.collect()
