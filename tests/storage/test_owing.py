"""Answers owed to messages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from storage.store import Store

NOW = datetime(2026, 3, 1, tzinfo=UTC)


async def test_what_is_owed_is_kept_until_it_is_settled(store: Store) -> None:
    """Owing twice is owing once; the reply and the marks are two steps; settled, it is gone."""
    await store.owe("g1", "c1", "1", NOW)
    await store.owe("g1", "c1", "1", NOW + timedelta(hours=1))
    (owed,) = await store.owed("g1")
    assert (owed.channel_id, owed.message_id, owed.at, owed.replied) == ("c1", "1", NOW, False)
    await store.replied("g1", "1")
    (owed,) = await store.owed("g1", "1")
    assert owed.replied
    await store.settled("g1", "1")
    await store.settled("g1", "1")
    assert await store.owed() == []


async def test_what_is_owed_goes_with_its_guild_and_is_no_other_guilds(store: Store) -> None:
    """A message number in two guilds is two messages; a deleted guild is owed nothing."""
    for guild in ("g1", "g2"):
        await store.owe(guild, "c1", "1", NOW)
    await store.settled("g2", "1")
    assert [o.guild for o in await store.owed()] == ["g1"]
    await store.delete_guild("g1")
    assert await store.owed() == []
