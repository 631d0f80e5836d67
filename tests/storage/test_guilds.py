"""Settings, aliases, channels and feeds of a guild."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import NotFoundError
from bot.records import GuildSettings
from tests.storage.making import LATER, NOW, promised

if TYPE_CHECKING:
    from pathlib import Path

    from storage.store import Store


async def test_settings(store: Store) -> None:
    """Settings are the defaults until set, then what was set, for each guild."""
    assert await store.settings("g1") == GuildSettings()
    chosen = GuildSettings(alerts_channel="5", replies="never", daily_alerts=3, extra={"x": [1]})
    await store.set_settings("g1", chosen)
    assert await store.settings("g1") == chosen
    assert await store.settings("g2") == GuildSettings()


async def test_settings_of_another_version(store: Store, path: Path) -> None:
    """A setting that this version does not know is kept, not stumbled over."""
    await store.set_settings("g1", GuildSettings())
    with closing(sqlite3.connect(path)) as opened:
        opened.execute('UPDATE guilds SET settings = \'{"novel": 1, "replies": "always"}\'')
        opened.commit()
    assert await store.settings("g1") == GuildSettings(replies="always")
    await store.set_settings("g1", GuildSettings())
    assert '"novel":1' in str((await store.export("g1"))["guilds"]).replace("'", '"').replace(" ", "")


async def test_aliases(store: Store) -> None:
    """An alias names one actor at a time and shows with it."""
    await promised(store)
    await store.add_alias("g1", "the Emirate", actor="China", actor_key="china", by="7")
    await store.add_alias("g1", "the Emirate", actor="Taliban", actor_key="taliban", by="7")
    assert await store.aliases("g1") == {"the Emirate": "taliban"}
    assert await store.aliases("g2") == {}
    (actor,) = await store.actors("g1")
    assert (actor.name, actor.aliases) == ("Taliban", ("the Emirate",))
    assert await store.remove_alias("g1", "the Emirate")
    assert not await store.remove_alias("g1", "the Emirate")


async def test_channels(store: Store) -> None:
    """A watched channel remembers the last message, which never goes back."""
    await store.watch("g1", "77", True)
    await store.saw("g1", "77", "1000")
    await store.saw("g1", "77", "999")
    await store.saw("g2", "78", "5")
    (channel,) = await store.channels("g1")
    assert (channel.watched, channel.last_message) == (True, "1000")
    await store.watch("g1", "77", False)
    assert await store.channels(watched=True) == []
    assert [(c.guild, c.last_message) for c in await store.channels()] == [("g1", "1000"), ("g2", "5")]
    await store.forget_channel("g1", "77")
    assert await store.channels("g1") == []


async def test_leaving(store: Store) -> None:
    """A guild that the bot left is listed once the time is over, unless it came back."""
    for guild in ("g1", "g2"):
        await store.joined(guild, now=NOW)
        await store.left(guild, NOW)
    await store.left("g1", LATER)
    await store.joined("g2")
    assert await store.guilds(left_before=NOW) == []
    assert await store.guilds(left_before=NOW + timedelta(seconds=1)) == ["g1"]


async def test_feeds(store: Store) -> None:
    """A feed is due, checked, fails, is paused and goes on when it is followed again."""
    feed = await store.follow("g1", "https://example.org/rss", NOW, channel_id="77")
    assert await store.due_feeds(NOW, 9) == [feed]
    await store.feed_checked(feed, NOW, LATER, title="News", etag="e", day=date(2026, 3, 1), today=4)
    assert await store.due_feeds(NOW, 9) == []
    (checked,) = await store.due_feeds(LATER, 9)
    assert (checked.title, checked.etag, checked.today, checked.failures) == ("News", "e", 4, 0)
    await store.feed_failed(checked, LATER, LATER)
    await store.feed_failed(checked, LATER, LATER, paused="gone")
    (paused,) = await store.feeds("g1")
    assert (paused.failures, paused.paused, paused.title) == (2, "gone", "News")
    assert await store.due_feeds(LATER, 9) == []
    again = await store.follow("g1", "https://example.org/rss", LATER)
    assert (again.id, again.paused, again.failures, again.title) == (feed.id, None, 0, "News")
    await store.unfollow("g1", feed.id)
    with pytest.raises(NotFoundError):
        await store.unfollow("g1", feed.id)
