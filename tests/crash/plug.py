"""The bot as a process that can be started, stopped and killed, with all that it depends on."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil

from bot.records import GuildSettings
from cogs import texts
from storage.store import Store
from tests.articles.servers import page, site
from tests.crash.pairs import news
from tests.crash.town import HOME, Quarter, Town
from tests.transport.double import TOKEN, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.articles.servers import Site

ROOT = Path(__file__).parents[2]

HOSTS = 8
"""Loopback addresses over which the articles are spread: the bot is polite to each of them."""

START_SECONDS = 90.0
"""How long a start may take on a busy machine; alone it takes four seconds."""


@dataclass
class Plug:
    """One bot, one Discord, one site, one database."""

    town: Town
    web: Site
    folder: Path
    child: asyncio.subprocess.Process | None = None
    pulled: bool = False
    """Whether we killed the process: a SIGKILL of the system's (out of memory) is no pulled plug."""
    posted: list[tuple[Quarter, dict[str, Any]]] = field(default_factory=list)
    peak: int = 0
    """Most bytes that the process and its workers were seen to hold."""

    @property
    def db(self) -> Path:
        """The database."""
        return self.folder / "bot.db"

    async def spawn(self) -> None:
        """Start the process."""
        hosts = (f"127.0.0.{n}:{self.web.port}" for n in range(1, HOSTS + 1))
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PLEDGEWATCH_")}
        environment |= {
            "DISCORD_TOKEN": TOKEN,
            "PLEDGEWATCH_FETCH_ALLOW": ",".join(hosts),
            "PLEDGEWATCH_BACKUP_DAYS": "0",
            "PYTHONPATH": str(ROOT),
        }
        arguments = ("-m", "tests.crash.child", str(self.town.port), "run", "--db", str(self.db))
        self.pulled = False
        with (self.folder / "log").open("ab") as log:
            self.child = await asyncio.create_subprocess_exec(
                sys.executable, *arguments, cwd=self.folder, env=environment, stdout=log, stderr=log
            )

    async def start(self) -> None:
        """Start it and wait until it is connected."""
        before = self.town.identified
        await self.spawn()
        assert self.child is not None
        child = self.child
        await until(lambda: self.town.identified > before or child.returncode is not None, START_SECONDS)
        # A trap may have sprung already.
        assert child.returncode is None or await self.was_pulled(), (child.returncode, self.log)

    def kill(self) -> None:
        """Pull the plug."""
        if self.child is not None and self.child.returncode is None:
            self.pulled = True
            self.child.send_signal(signal.SIGKILL)

    async def was_pulled(self) -> bool:
        """Wait for the end of the process; whether it ended because we killed it."""
        assert self.child is not None
        return await self.child.wait() == -signal.SIGKILL and self.pulled

    async def stop(self) -> tuple[int, float]:
        """Ask it to end, as a service manager does; exit status and seconds."""
        assert self.child is not None
        begun = time.monotonic()
        self.child.send_signal(signal.SIGTERM)
        return await self.child.wait(), time.monotonic() - begun

    async def post(self, quarter: Quarter = HOME, *, number: int | None = None, deliver: bool = True) -> None:
        """Post a link to the next article."""
        number = len(self.posted) if number is None else number
        article = news(number)
        self.web.answers[article.path] = page(article.html, content_type="text/html; charset=utf-8")
        url = self.web.url(article.path, f"127.0.0.{number % HOSTS + 1}")
        message: dict[str, Any] = {}
        self.posted.append((quarter, message))
        message |= await self.town.say(quarter, url, deliver=deliver)

    def unanswered(self) -> list[str]:
        """Links whose message does not bear the mark of an answer."""
        return [m["content"] for _, m in self.posted if texts.DONE not in self.town.marks(m)]

    def watch_memory(self) -> None:
        """Note how much the process and its workers hold."""
        if self.child is None:
            return
        try:
            parent = psutil.Process(self.child.pid)
            held = sum(p.memory_info().rss for p in (parent, *parent.children(recursive=True)))
        except psutil.NoSuchProcess:
            return
        self.peak = max(self.peak, held)

    async def check(self) -> list[str]:
        """What is wrong with the database."""
        async with self.store() as store:
            return await store.check()

    def store(self) -> Store:
        """The database, not open yet."""
        return Store(f"sqlite+aiosqlite:///{self.db}")

    @property
    def log(self) -> str:
        """The last that the process said."""
        return (self.folder / "log").read_text("utf-8", "replace")[-3_000:]

    def doubled_replies(self) -> list[str]:
        """Messages that were replied to more than once."""
        quarters = {quarter for quarter, _ in self.posted}
        answered = Counter(
            (message.get("message_reference") or {}).get("message_id")
            for quarter in quarters
            for message in self.town.replies(quarter.news)
            if message["embeds"]  # and not what it says of the length of the queue
        )
        return [str(number) for number, times in answered.items() if number and times > 1]


@asynccontextmanager
async def plugged(folder: Path, *, daily_alerts: int, quarters: tuple[Quarter, ...]) -> AsyncIterator[Plug]:
    """A town, a site, and a database with a watched channel in each quarter; no process yet."""
    town = Town(quarters=quarters)
    await town.start()
    async with site() as web:
        made = Plug(town, web, folder)
        async with made.store() as store:
            for quarter in quarters:
                await store.watch(quarter.guild, quarter.news, True)
                settings = GuildSettings(alerts_channel=quarter.alerts, daily_alerts=daily_alerts)
                await store.set_settings(quarter.guild, settings)
        try:
            yield made
        finally:
            if made.child is not None and made.child.returncode is None:
                made.kill()
                await made.child.wait()
            await town.stop()
