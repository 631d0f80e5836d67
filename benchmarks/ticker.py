"""The bot in earnest with a watch on its event loop: `python -m benchmarks.ticker PORT FILE WHO run --db DB`.

Everything is the program's own but the two addresses of Discord. Beside it a ticker sleeps one millisecond
again and again; what it comes late by is what the loop was held. At the end FILE gets all of it as JSON.
WHO is "who" or "-": with "who" a thread notes what the loop is at when it is late.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import threading
import time
import traceback
from contextlib import suppress
from pathlib import Path
from typing import Any

import discord
from yarl import URL

from bot import logs
from bot.__main__ import House
from bot.cli.app import build

TICK = 0.001
"""Seconds that the ticker sleeps."""

LATE = 0.02
"""Seconds of a late tick from which it is asked who holds the loop."""

LOOK = 0.005
"""Seconds between two looks of the thread that asks: the interpreter's own switch interval."""


class Ticker:
    """Measures one event loop."""

    def __init__(self) -> None:
        self.ticks: list[tuple[float, float, float]] = []
        """Of each tick when it was due (`time.monotonic`), how late it came, and the seconds of processor
        that the loop's thread used of that."""
        self.collections: list[tuple[float, float, int]] = []
        """Of each garbage collection when it began, how long it took, and its generation."""
        self.seen: list[tuple[float, str]] = []
        """When the loop was seen held, and where it was."""
        self._last = time.monotonic()
        self._begun = 0.0

    async def run(self) -> None:
        """Tick until cancelled."""
        gc.callbacks.append(self._collecting)
        while True:
            begun, used = time.monotonic(), time.thread_time()
            self._last = begun
            await asyncio.sleep(TICK)
            late = time.monotonic() - begun - TICK
            self.ticks.append((begun + TICK, max(late, 0.0), time.thread_time() - used))

    def watch(self) -> None:
        """From a thread of its own: who holds the loop?"""
        main = threading.main_thread().ident
        while True:
            time.sleep(LOOK)
            now = time.monotonic()
            frame = sys._current_frames().get(main or 0)
            if now - self._last > LATE and frame is not None:
                rows = traceback.extract_stack(frame)[-14:]
                where = " < ".join(f"{Path(r.filename).name}:{r.lineno} {r.name}" for r in reversed(rows))
                self.seen.append((now, where))

    def _collecting(self, phase: str, info: dict[str, int]) -> None:
        now = time.monotonic()
        if phase == "start":
            self._begun = now
        else:
            self.collections.append((self._begun, now - self._begun, info["generation"]))


class TickingHouse(House):
    """The program's own, ticking while the bot runs."""

    def __init__(self, file: Path, *, who: bool) -> None:
        super().__init__()
        self._file, self._who = file, who

    async def serve(self, db: Path | None) -> None:
        """Run the bot until it is stopped, and write what was measured."""
        ticker = Ticker()
        if self._who:
            threading.Thread(target=ticker.watch, daemon=True).start()
        ticking = asyncio.create_task(ticker.run())
        try:
            await super().serve(db)
        finally:
            ticking.cancel()
            with suppress(asyncio.CancelledError):
                await ticking
            measured: dict[str, Any] = {
                "ticks": ticker.ticks,
                "collections": ticker.collections,
                "seen": ticker.seen,
            }
            self._file.write_text(json.dumps(measured), "utf-8")


def main() -> None:
    """Run the program."""
    port, file, who = (sys.argv.pop(1) for _ in range(3))
    discord.http.Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(f"ws://127.0.0.1:{port}/gateway")
    logs.configure(level="warning", as_json=False)
    build()(obj=TickingHouse(Path(file), who=who == "who"))


if __name__ == "__main__":
    main()
