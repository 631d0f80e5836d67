"""Many links at once in two guilds while Discord takes only part of the alerts: all is delivered, once."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import sys
from contextlib import closing, suppress
from typing import TYPE_CHECKING

import pytest

from tests.crash.plug import START_SECONDS, Plug, plugged
from tests.crash.record import record, undisturbed
from tests.crash.town import HOME, OTHER
from tests.transport.double import until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

LINKS = int(os.environ.get("SOAK_LINKS", "100"))
"""How many are posted; `make soak` posts a thousand."""

STORM = 0.3
"""Share of messages and edits in the alerts channels that fail: 429, 500, 503, cut before or after."""

SECONDS_EACH = 2.0
"""What one link may take on a busy machine of two cores; alone it takes 0.2 s."""

AFTER = 300.0
"""Seconds for the alerts that failed several times: 20 s, doubled each time."""

LONG_QUEUE = 1_000
"""Links with which the bot is sure to say how long it will be; with fewer it depends on the machine."""

MEBIBYTE = 1 << 20

BOUND = 1_200 * MEBIBYTE
"""What the bot and its two workers may hold. Measured: see the README."""

LOOK_SECONDS = 0.5


@pytest.fixture
async def plug(tmp_path: Path) -> AsyncIterator[Plug]:
    """A bot in two guilds, with budgets of alerts that are used up on the way."""
    budget = LINKS // 10
    async with plugged(tmp_path, daily_alerts=budget, quarters=(HOME, OTHER)) as made:
        yield made


async def test_a_burst_in_a_storm(plug: Plug) -> None:
    """Both guilds get the same articles: each its own record, its own alerts, every one of them once."""
    each = LINKS // 2
    plug.town.storm = STORM
    await plug.start()
    watching = asyncio.create_task(_watch(plug))
    for number in range(each):
        for quarter in (HOME, OTHER):
            await plug.post(quarter, number=number)
    try:
        await until(lambda: not plug.unanswered(), START_SECONDS + SECONDS_EACH * LINKS)
        wanted = await undisturbed(plug.folder, each)
        await until(lambda: _sent(plug) == 2 * len(wanted.alerts), AFTER)
    except TimeoutError:
        pytest.fail(f"unanswered {len(plug.unanswered())}: {plug.log}")
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    status, seconds = await plug.stop()
    assert (status, seconds < 10.0) == (0, True), plug.log
    assert await plug.check() == []
    assert plug.town.failed > 0
    for quarter in (HOME, OTHER):
        shown = plug.town.alerts_of(quarter)
        assert len(shown) == len(set(shown)) == len(wanted.alerts)
        assert record(plug.db, quarter.guild) == wanted
        said = [m["content"] for m in plug.town.replies(quarter.news)]
        told = [words for words in said if "about" in words and "minute" in words]
        assert len(told) == 1 if LINKS >= LONG_QUEUE else len(told) <= 1
    assert plug.doubled_replies() == []
    assert plug.peak < BOUND
    held = f"{plug.peak / MEBIBYTE:.0f} MiB at most in the bot and its workers"
    sys.stderr.write(f"\n{LINKS} links: {held}; {plug.town.failed} requests failed.\n")


async def _watch(plug: Plug) -> None:
    while True:
        plug.watch_memory()
        await asyncio.sleep(LOOK_SECONDS)


def _sent(plug: Plug) -> int:
    with closing(sqlite3.connect(plug.db, timeout=10)) as opened:
        return int(opened.execute("SELECT count(*) FROM alerts WHERE state = 'sent'").fetchone()[0])
