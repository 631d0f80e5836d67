"""A world for the cogs: simcord's Discord, the real bot, a real SQLite file, pages on loopback."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
import simcord

from bot.errors import PledgewatchError
from storage.store import Store
from tests.articles.servers import site
from tests.cogs.world import World, build, reader_for, the_cause

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.tracker_protocols import Engine
    from tests.articles.servers import Site


@pytest.fixture
async def web() -> AsyncIterator[Site]:
    """A site on loopback."""
    async with site() as made:
        yield made


@pytest.fixture
def engine() -> Engine:
    """What reads the texts; the scripted one unless a test brings its own."""
    from tests.scripted import ScriptedEngine

    return ScriptedEngine()


@pytest.fixture
async def world(tmp_path: Path, web: Site, engine: Engine) -> AsyncIterator[World]:
    """A guild with a watched channel, people, and the bot in it.

    An error that nobody was told of fails the test.
    """
    reader = reader_for(web)
    await reader.start()
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as store:
        made = World(store, engine, reader, web, tmp_path)
        env = simcord.Env(made.bot, check_errors=False, settle_timeout=20.0)
        # Its Discord begins in January 2026; the bot's clock is the real one.
        env.backend.clock.advance((datetime.now(UTC) - env.now()).total_seconds())
        await env.start()
        try:
            await build(made, env)
            yield made
            await made.bot.close()
        finally:
            await env.shutdown()
            await reader.close()
        known: tuple[type[Exception], ...] = (PledgewatchError, *made.foreseen)
        unforeseen = [e for e in env.errors if not isinstance(the_cause(e), known)]
        assert not unforeseen, unforeseen
