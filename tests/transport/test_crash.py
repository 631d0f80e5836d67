"""The plug pulled at any moment: every link is read once, every answer and every alert is given once."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.records import GuildSettings
from cogs import texts
from storage.store import Store
from tests.articles.servers import page, site
from tests.transport.double import ALERTS, CHANNEL, GUILD, TOKEN, Double, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Any

    from tests.articles.servers import Site

KILLS = int(os.environ.get("SOAK_KILLS", "5"))
"""How often the process is killed here; `tests/crash` does it with the real model, and more often."""

LONGEST_LIFE = 1.2
"""Seconds that a process lives at most after it is connected: about what it takes to work off what waits."""

ROOT = Path(__file__).parents[2]


@dataclass
class Plug:
    """A bot in a process of its own, and all that it depends on."""

    discord: Double
    web: Site
    db: Path
    child: asyncio.subprocess.Process | None = None
    posted: list[dict[str, Any]] = field(default_factory=list)

    async def start(self) -> None:
        """Start the process and wait until it is connected."""
        before = self.discord.identified
        environment = os.environ | {
            "DISCORD_TOKEN": TOKEN,
            "PLEDGEWATCH_FETCH_ALLOW": f"127.0.0.1:{self.web.port}",
        }
        arguments = ("-m", "tests.transport.child", str(self.discord.port), str(self.db))
        self.child = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, env=environment, stdout=asyncio.subprocess.DEVNULL
        )
        await until(lambda: self.discord.identified > before, 40.0)

    async def end(self, number: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit status."""
        assert self.child is not None
        if self.child.returncode is None:
            self.child.send_signal(number)
        return await self.child.wait()

    async def post(self, text: str, *, deliver: bool = True) -> None:
        """Post a link to a new page of this text."""
        path = f"/{len(self.posted)}"
        self.web.answers[path] = page(text.encode(), content_type="text/plain; charset=utf-8")
        self.posted.append(await self.discord.post(self.web.url(path), deliver=deliver))

    def waiting(self) -> list[str]:
        """Messages that are not answered."""
        return [m["content"] for m in self.posted if self.discord.marks(m) != {texts.DONE}]


@pytest.fixture
async def plug(tmp_path: Path) -> AsyncIterator[Plug]:
    """A double, a site, and a database with a watched channel; no process yet."""
    double, db = Double(time.monotonic), tmp_path / "bot.db"
    await double.start()
    async with Store(f"sqlite+aiosqlite:///{db}") as store:
        await store.watch(GUILD, CHANNEL, True)
        await store.set_settings(GUILD, GuildSettings(alerts_channel=ALERTS, daily_alerts=200))
    async with site() as web:
        made = Plug(double, web, db)
        try:
            yield made
        finally:
            if made.child is not None and made.child.returncode is None:
                await made.end(signal.SIGKILL)
            await double.stop()


async def test_sigterm_ends_the_program_in_good_order(plug: Plug) -> None:
    """Exit status 0, what was posted is read or waits, the database is whole."""
    await plug.start()
    for number in range(5):
        await plug.post(f"promise Iran: open site {number}\n\nNothing else was said.")
    started = time.monotonic()
    assert await plug.end(signal.SIGTERM) == 0
    assert time.monotonic() - started < 20.0
    async with Store(f"sqlite+aiosqlite:///{plug.db}") as store:
        assert await store.check() == []


async def test_killed_at_any_moment_nothing_is_lost_and_nothing_is_twice(plug: Plug) -> None:
    """Links come while the process lives and while it is down; it is killed at random points."""
    chance = random.Random(7)  # noqa: S311 - when to pull the plug, the same in every run
    for _ in range(KILLS):
        for _ in range(2):
            await plug.post(_text(len(plug.posted)), deliver=False)
        await plug.start()
        for _ in range(2):
            await plug.post(_text(len(plug.posted)))
            await asyncio.sleep(chance.uniform(0.0, LONGEST_LIFE / 2))
        await plug.end(signal.SIGKILL)
        async with Store(f"sqlite+aiosqlite:///{plug.db}") as store:
            assert await store.check() == []
    await plug.start()
    try:
        with suppress(TimeoutError):  # what is missing says more than that it took too long
            await until(lambda: not plug.waiting(), 120.0)
            await until(lambda: len(plug.discord.replies(ALERTS)) >= _breaks(len(plug.posted)), 90.0)
        assert plug.waiting() == []
    finally:
        await plug.end(signal.SIGTERM)
    answered = [str(r["message_reference"]["message_id"]) for r in plug.discord.replies()]
    assert sorted(answered) == sorted(m["id"] for m in plug.posted)
    assert len(plug.discord.replies(ALERTS)) == _breaks(len(plug.posted))
    async with Store(f"sqlite+aiosqlite:///{plug.db}") as store:
        record = await store.export(GUILD)
        assert len(record["articles"]) == len(plug.posted)
        assert len(record["commitments"]) == len(plug.posted) - _breaks(len(plug.posted))
        assert len(record["evidence"]) == len(record["alerts"]) == _breaks(len(plug.posted))
        assert await store.check() == []


def _text(number: int) -> str:
    """Every other text breaks the promise of the one before it."""
    if number % 2:
        return f"breaks Iran: open site {number - 1} @0.9\n\nNothing else was said about {number}."
    return f"promise Iran: open site {number}\n\nNothing else was said about {number}."


def _breaks(texts_: int) -> int:
    return texts_ // 2
