"""What is gone between queueing and sending: a message, its channel, the alerts channel, the whole server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.errors import PassingError
from bot.models import AlertState, ArticleState
from tests.cogs.stories import REST, break_it, pass_time, promise_it

if TYPE_CHECKING:
    from tests.cogs.world import World

LATER = 60.0
"""Seconds after which what failed is tried again."""


async def queued(world: World) -> discord.Message:
    """A message whose article waits in the queue."""
    world.engine.error = PassingError("The server did not answer.")
    home = world.home
    message = await home.member.send(home.news, world.publish("/one", f"promise Iran: open it{REST}"))
    (article,) = await world.store.posted_by(home.key, str(message.id))
    assert article.state is ArticleState.QUEUED
    world.engine.error = None
    return message


async def is_read(world: World) -> bool:
    """Whether its article was read, and no answer to anything is still owed."""
    owed = await world.store.owed(world.home.key)
    return len(await world.store.claims(world.home.key)) == 1 and owed == []


async def test_the_message_is_deleted(world: World) -> None:
    """The article is read all the same; nothing is answered, and nothing remembers the message."""
    message = await queued(world)
    await message.delete()
    await pass_time(world, LATER)
    assert await is_read(world)
    assert world.replies(world.home.news) == []
    assert await world.store.posted_by(world.home.key, str(message.id)) == []


async def test_the_channel_is_deleted(world: World) -> None:
    """The article is read all the same, the others' links too, and no answer is tried for ever."""
    home = world.home
    await queued(world)
    channel = world.bot.get_channel(home.news.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.delete()
    await pass_time(world, LATER)
    assert await is_read(world)
    before = len(world.env.http_requests)
    await pass_time(world, 600)
    after = [r for r in world.env.http_requests[before:] if f"/{home.news.id}/" in r.path]
    assert after == []


async def test_the_alerts_channel_is_deleted_while_an_alert_waits(world: World) -> None:
    """It waits for another channel, with why, and is sent there, once."""
    home = world.home
    world.env.inject_error("POST", f"/channels/{home.alerts.id}/messages", status=503, times=1)
    await promise_it(world)
    await break_it(world)
    channel = world.bot.get_channel(home.alerts.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.delete()
    await pass_time(world, 120)
    (alert,) = await world.store.alerts_for(home.key, "1")
    assert alert.state is AlertState.PENDING
    assert "channel" in str(alert.error)
    await world.bot.desk.managing.change(home.key, alerts_channel=str(home.talk.id))
    await world.bot.troubles.mended(home.guild.id)
    await pass_time(world, 10)
    cards = [m for m in world.replies(home.talk) if m.embeds]
    assert len(cards) == 1


async def test_the_bot_is_removed_while_an_alert_waits(world: World) -> None:
    """Nothing is tried any more and nothing fails; the record stays for its thirty days."""
    home = world.home
    world.env.inject_error("POST", f"/channels/{home.alerts.id}/messages", status=503, times=1)
    await promise_it(world)
    await break_it(world)
    guild = world.bot.get_guild(home.guild.id)
    assert guild is not None
    await guild.leave()
    before = len(world.env.http_requests)
    await pass_time(world, 600)
    assert [r for r in world.env.http_requests[before:] if f"/{home.alerts.id}/" in r.path] == []
    (alert,) = await world.store.alerts_for(home.key, "1")
    assert alert.state is AlertState.PENDING
    assert "not in this server" in str(alert.error)
    assert home.key in await world.store.guilds()


async def test_the_bot_is_removed_while_an_article_waits(world: World) -> None:
    """What was posted is read into the record that is kept, without an answer."""
    await queued(world)
    guild = world.bot.get_guild(world.home.guild.id)
    assert guild is not None
    await guild.leave()
    await pass_time(world, LATER)
    await pass_time(world, 600)
    assert await is_read(world)
