"""The plug is pulled at any moment, again and again: nothing is lost, nothing twice, the record whole."""

from __future__ import annotations

import asyncio
import os
import random
import sqlite3
import sys
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.crash.plug import START_SECONDS, Plug, plugged
from tests.crash.record import record, undisturbed
from tests.crash.town import HOME, Trap
from tests.transport.double import ALERTS, CHANNEL, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

KILLS = int(os.environ.get("SOAK_KILLS", "20"))
"""How often the plug is pulled; `make soak` pulls it 200 times."""

SEED = int(os.environ.get("SOAK_SEED", "1"))

LIFE = 3.0
"""Seconds that a connected process lives at most: about what it takes to work off what waits."""

STARTING = 4.0
"""Seconds that a start takes at most, on an idle machine: one kill in five comes within them."""

SETTLED = 180.0
"""Seconds that the last process gets for what is tried again: alerts wait for twenty, then forty."""

SECONDS_EACH = 2.0
"""What one link that is left may take on a busy machine of two cores; alone it takes 0.2 s."""

NONCE_SECONDS = 130.0
"""By how much the town's clock goes on while the bot is down: it forgets every nonce."""

TRAPS = (
    ("POST", f"/channels/{ALERTS}/messages"),
    ("POST", f"/channels/{CHANNEL}/messages"),
    ("PUT", "/@me"),
    ("DELETE", "/@me"),
    ("GET", f"/channels/{CHANNEL}/messages"),
    ("GET", f"/channels/{ALERTS}/messages"),
)
"""Requests at which the plug may be pulled: before they arrive, or before their answer does."""


@pytest.fixture
async def plug(tmp_path: Path) -> AsyncIterator[Plug]:
    """A bot in one guild, with a daily budget of alerts that is used up on the way."""
    async with plugged(tmp_path, daily_alerts=20, quarters=(HOME,)) as made:
        yield made


async def live(plug: Plug, chance: random.Random) -> str:
    """One life of the process, until the plug is pulled; what pulled it."""
    if chance.random() < 0.2:
        await plug.spawn()
        await plug.post()
        await asyncio.sleep(chance.uniform(0.0, STARTING))
        plug.kill()
        return "while starting"
    trap = None
    if chance.random() < 0.5:
        method, end = chance.choice(TRAPS)
        trap = Trap(method, end, after=chance.random() < 0.5, skip=chance.randrange(3))
        plug.town.trap, plug.town.sprung = trap, plug.kill
    await plug.start()
    life = chance.uniform(0.0, LIFE)
    for _ in range(2):
        await plug.post()
        await asyncio.sleep(life / 2)
    if trap is not None and plug.town.trap is not None:
        # What it waits for may still come.
        await asyncio.sleep(LIFE)
    missed, plug.town.trap = plug.town.trap is not None, None
    plug.kill()
    return "by the clock" if trap is None or missed else f"at {trap.method} {trap.end}"


async def test_killed_at_any_moment(plug: Plug) -> None:
    """Links are posted while the bot is up and while it is down; it is killed at random points.

    The town serves its history, replays nothing, and forgets nonces. In the end every link was read once, the
    record is that of a process that was never disturbed, and every alert stands in its channel once.
    """
    chance = random.Random(SEED)  # noqa: S311 - when to pull the plug
    pulled: list[str] = []
    for _ in range(KILLS):
        while len(plug.posted) % 2 or chance.random() < 0.5:
            await plug.post(deliver=False)
        pulled.append(await live(plug, chance))
        assert await plug.was_pulled(), (pulled, plug.log)
        plug.town.ahead += NONCE_SECONDS
        assert await plug.check() == [], pulled
    while len(plug.posted) % 2:
        await plug.post(deliver=False)
    wanted = await undisturbed(plug.folder, len(plug.posted))
    assert len(wanted.alerts) > 0.9 * len(plug.posted) / 2
    await plug.start()
    try:
        left = SECONDS_EACH * len(plug.unanswered())
        await until(lambda: not plug.unanswered(), SETTLED + START_SECONDS + left)
        await until(lambda: len(plug.town.alerts_of(HOME)) >= len(wanted.alerts), SETTLED)
    except TimeoutError:
        alerts = plug.town.alerts_of(HOME)
        pytest.fail(f"unanswered {plug.unanswered()}, alerts {alerts}: {pulled} {plug.log}")
    status, seconds = await plug.stop()
    assert (status, seconds < 10.0) == (0, True), plug.log
    assert await plug.check() == []
    assert record(plug.db, HOME.guild) == wanted
    _nothing_lost_nothing_twice(plug, len(wanted.alerts))
    sys.stderr.write(f"\n{KILLS} kills, {len(plug.posted)} links: {Counter(pulled)}\n")


def _nothing_lost_nothing_twice(plug: Plug, alerts: int) -> None:
    links = len(plug.posted)
    with closing(sqlite3.connect(plug.db)) as opened:

        def count(query: str) -> int:
            return int(opened.execute(query).fetchone()[0])

        assert count("SELECT count(*) FROM articles WHERE state = 'done'") == links
        assert count("SELECT count(DISTINCT url) FROM articles") == links
        assert count("SELECT count(*) FROM articles") == links
        assert count("SELECT count(*) FROM article_versions") == links
        assert count("SELECT count(*) FROM postings") == links
        assert count("SELECT count(*) FROM alerts WHERE state = 'sent'") == alerts
    shown = plug.town.alerts_of(HOME)
    assert len(shown) == len(set(shown)) == alerts
    assert plug.doubled_replies() == []
