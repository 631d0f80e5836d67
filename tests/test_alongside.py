"""What goes on beside the bot: a backup a day, metrics on request."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast
from urllib.request import urlopen

import pytest

from bot import wiring
from bot.keeping import keep_daily
from bot.settings import load
from storage.copies import verify
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.articles.reader import Reader


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """A store in use."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}") as opened:
        yield opened


async def until_there(path: Path, *, there: bool = True) -> None:
    """Wait for a file to come, or to go."""
    async with asyncio.timeout(20):
        while await asyncio.to_thread(path.exists) is not there:  # noqa: ASYNC110 - a file tells nobody
            await asyncio.sleep(0.01)


async def test_a_backup_a_day(store: Store, tmp_path: Path) -> None:
    """Each day gets one, whole; the oldest goes; a failure is said and tried again."""
    now = [datetime(2026, 3, 1, tzinfo=UTC)]
    folder = tmp_path / "backups"
    folder.write_text("in the way")
    keeping = asyncio.create_task(keep_daily(store, folder, 2, clock=lambda: now[0], every=0.01))
    await asyncio.sleep(0.1)
    folder.unlink()
    for day in (1, 2, 3):
        now[0] = datetime(2026, 3, day, tzinfo=UTC)
        await until_there(folder / f"pledgewatch-2026-03-0{day}.db")
    await until_there(folder / "pledgewatch-2026-03-01.db", there=False)
    keeping.cancel()
    await asyncio.gather(keeping, return_exceptions=True)
    kept = sorted(path.name for path in folder.glob("*.db"))
    assert kept == ["pledgewatch-2026-03-02.db", "pledgewatch-2026-03-03.db"]
    await asyncio.to_thread(verify, folder / kept[-1])


async def test_all_of_it_ends_with_the_bot(store: Store, tmp_path: Path) -> None:
    """While the bot runs there are metrics and a backup; afterwards nothing listens and nothing runs on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = load(None, metrics_port=port)
    desk = wiring.desk(store, ScriptedEngine(), cast("Reader", None), settings)
    before = asyncio.all_tasks()
    async with wiring.alongside(desk, f"sqlite+aiosqlite:///{tmp_path / 'bot.db'}", settings):
        answer = await asyncio.to_thread(lambda: urlopen(f"http://127.0.0.1:{port}/metrics").read())
        assert b'pledgewatch_queue_length{state="waiting"} 0.0' in answer
        await until_there(tmp_path / "backups" / f"pledgewatch-{datetime.now(UTC):%Y-%m-%d}.db")
    assert asyncio.all_tasks() == before
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        await asyncio.to_thread(other.connect, ("127.0.0.1", port))
