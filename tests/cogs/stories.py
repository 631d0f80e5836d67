"""What happens in many tests: a promise is posted, and later a report that breaks it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import discord
from sqlalchemy import update

from storage.tables import alerts

if TYPE_CHECKING:
    from bot.records import Alert
    from tests.cogs.world import Place, World

REST = "\n\nNothing else was said by anybody on that day."
CONTENT = "open the sites to inspectors"


async def promise_it(
    world: World,
    *,
    content: str = CONTENT,
    path: str = "/promise",
    place: Place | None = None,
    actor: str = "Iran",
) -> None:
    """A member posts an article with a promise."""
    where = place or world.home
    await where.member.send(where.news, world.publish(path, f"promise {actor}: {content}{REST}"))


async def break_it(
    world: World,
    *,
    content: str = CONTENT,
    path: str = "/report",
    score: float = 0.9,
    place: Place | None = None,
    actor: str = "Iran",
) -> None:
    """A member posts an article with a report that contradicts it, and the alert is sent."""
    where = place or world.home
    await where.member.send(where.news, world.publish(path, f"breaks {actor}: {content} @{score}{REST}"))
    await pass_time(world, 10)


def the_alert(world: World, place: Place | None = None) -> discord.Message:
    """The only alert that was sent."""
    (card,) = world.replies((place or world.home).alerts)
    return card


async def pass_time(world: World, seconds: float, *, skipped: float = 0) -> None:
    """Let time go by, in Discord as in the bot; `skipped`: seconds by which the bot's clock jumps before."""
    world.later += timedelta(seconds=seconds + skipped)
    await world.env.advance_time(seconds)
    await world.env.settle()


async def forget_sending(world: World, alert: Alert) -> None:
    """Leave an alert as a process does that is killed while it sends."""
    async with world.store.database.write() as cx:
        statement = update(alerts).where(alerts.c.guild == alert.guild)
        await cx.execute(statement.values(state="sending", message_id=None, sent=None))


def labels(message: discord.Message) -> list[str | None]:
    """What stands on the buttons of a message."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [item.label for row in rows for item in row.children if isinstance(item, discord.Button)]


def told_to_owner(world: World) -> list[str]:
    """What the bot wrote to the owner of the home guild."""
    return [m.content for m in world.home.guild.owner.dm_channel.history()]
