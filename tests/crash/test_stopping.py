"""Being asked to stop: what is in hand is finished or given back, and the program ends within ten seconds."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.crash.plug import Plug, plugged
from tests.crash.town import HOME
from tests.transport.double import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
async def plug(tmp_path: Path) -> AsyncIterator[Plug]:
    """A bot in one guild."""
    async with plugged(tmp_path, daily_alerts=20, quarters=(HOME,)) as made:
        yield made


def states(plug: Plug) -> list[tuple[str, int]]:
    """State and attempts of each article."""
    with closing(sqlite3.connect(plug.db, timeout=10)) as opened:
        return opened.execute("SELECT state, attempts FROM articles ORDER BY id").fetchall()


async def test_a_page_that_never_ends_does_not_hold_it_up(plug: Plug) -> None:
    """SIGTERM while a page drips: status 0 in ten seconds, the article is queued as if it were never tried.

    After the next start it is read.
    """
    asked = asyncio.Event()

    async def drip(writer: asyncio.StreamWriter) -> None:
        asked.set()
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")
        while not writer.is_closing():
            writer.write(b" ")
            await writer.drain()
            await asyncio.sleep(0.1)

    await plug.start()
    await plug.post(deliver=False)
    url = plug.posted[0][1]["content"]
    path = "/0"
    page = plug.web.answers[path]
    plug.web.answers[path] = drip
    await plug.town.send("MESSAGE_CREATE", plug.posted[0][1] | {"guild_id": HOME.guild})
    await asyncio.wait_for(asked.wait(), 60)
    status, seconds = await plug.stop()
    assert (status, seconds < 10.0) == (0, True), plug.log
    assert states(plug) == [("queued", 0)], url
    assert await plug.check() == []
    plug.web.answers[path] = page
    await plug.start()
    await until(lambda: not plug.unanswered(), 60)
    assert states(plug)[0][0] == "done"
    assert (await plug.stop())[0] == 0


async def test_what_is_in_hand_is_finished(plug: Plug) -> None:
    """SIGTERM in the middle of a burst: what was begun is whole, the rest is read after the next start."""
    await plug.start()
    for _ in range(12):
        await plug.post()
    await until(lambda: "done" in {state for state, _ in states(plug)}, 60)
    status, seconds = await plug.stop()
    assert (status, seconds < 10.0) == (0, True), plug.log
    assert {state for state, _ in states(plug)} <= {"done", "queued"}
    assert await plug.check() == []
    await plug.start()
    await until(lambda: not plug.unanswered(), 90)
    await until(lambda: len(plug.town.alerts_of(HOME)) == 6, 90)
    assert plug.doubled_replies() == []
    assert (await plug.stop())[0] == 0
