"""What a guild has set: settings, aliases, watched channels; and whether the bot is still in it."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from bot.records import Channel, GuildSettings
from storage.part import Part, ensure_guild, utc_now
from storage.tables import aliases, channels, guilds
from storage.tellings import name_actor

if TYPE_CHECKING:
    from datetime import datetime


_SETTINGS = frozenset(field.name for field in fields(GuildSettings))


class Guilds(Part):
    """Guilds and what their managers set."""

    async def settings(self, guild: str) -> GuildSettings:
        """The guild's settings; the defaults where nothing was set."""
        async with self._db.read() as cx:
            stored = (await cx.execute(select(guilds.c.settings).where(guilds.c.id == guild))).scalar()
        # A setting that this version does not know was written by another one; it stays stored.
        return GuildSettings(**{name: v for name, v in (stored or {}).items() if name in _SETTINGS})

    async def set_settings(self, guild: str, settings: GuildSettings, *, now: datetime | None = None) -> None:
        """Keep the guild's settings, all of them."""
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now or utc_now())
            mine = guilds.c.id == guild
            stored = (await cx.execute(select(guilds.c.settings).where(mine))).scalar_one()
            await cx.execute(update(guilds).where(mine).values(settings=stored | asdict(settings)))

    async def joined(self, guild: str, *, now: datetime | None = None) -> None:
        """The bot is in the guild: its data stays."""
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now or utc_now())
            await cx.execute(update(guilds).where(guilds.c.id == guild).values(left_at=None))

    async def left(self, guild: str, now: datetime) -> None:
        """The bot left the guild; the first time counts."""
        statement = update(guilds).where(guilds.c.id == guild, guilds.c.left_at.is_(None))
        async with self._db.write() as cx:
            await cx.execute(statement.values(left_at=now))

    async def guilds(self, *, left_before: datetime | None = None) -> list[str]:
        """Every guild with data; or those that the bot left before then and has not come back to."""
        query = select(guilds.c.id).order_by(guilds.c.id)
        if left_before is not None:
            query = query.where(guilds.c.left_at < left_before)
        async with self._db.read() as cx:
            return list((await cx.execute(query)).scalars())

    async def aliases(self, guild: str) -> dict[str, str]:
        """The guild's own names for actors: alias to actor key."""
        query = select(aliases.c.alias, aliases.c.actor_key).where(aliases.c.guild == guild)
        async with self._db.read() as cx:
            return dict((await cx.execute(query.order_by(aliases.c.alias))).tuples().all())

    async def add_alias(
        self, guild: str, alias: str, *, actor: str, actor_key: str, by: str, now: datetime | None = None
    ) -> None:
        """Let an alias name an actor, in place of the one that it named."""
        now = now or utc_now()
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now)
            await cx.execute(delete(aliases).where(aliases.c.guild == guild, aliases.c.alias == alias))
            values = {"guild": guild, "alias": alias, "actor": actor, "actor_key": actor_key}
            await cx.execute(insert(aliases).values(values | {"by": by, "at": now}))
            await name_actor(cx, guild, actor_key, actor)

    async def remove_alias(self, guild: str, alias: str) -> bool:
        """Drop an alias. False: there was none."""
        statement = delete(aliases).where(aliases.c.guild == guild, aliases.c.alias == alias)
        async with self._db.write() as cx:
            return (await cx.execute(statement)).rowcount == 1

    async def channels(self, guild: str | None = None, *, watched: bool | None = None) -> list[Channel]:
        """The channels known of a guild, or of all guilds."""
        query = select(channels).order_by(channels.c.guild, channels.c.id)
        if guild is not None:
            query = query.where(channels.c.guild == guild)
        if watched is not None:
            query = query.where(channels.c.watched == watched)
        async with self._db.read() as cx:
            return [
                Channel(id=row.id, guild=row.guild, watched=row.watched, last_message=row.last_message)
                for row in await cx.execute(query)
            ]

    async def watch(self, guild: str, channel_id: str, watched: bool, *, now: datetime | None = None) -> None:
        """Watch a channel or stop watching it; the last message seen is kept."""
        await self._channel(guild, channel_id, {"watched": watched}, now)

    async def saw(self, guild: str, channel_id: str, message_id: str, *, now: datetime | None = None) -> None:
        """Remember the last message of a channel that was dealt with; an older one changes nothing.

        Messages are told apart in age by their ids, which count up as numbers (Discord's snowflakes).
        """
        await self._channel(guild, channel_id, {"last_message": message_id}, now)

    async def forget_channel(self, guild: str, channel_id: str) -> None:
        """Drop a channel that was deleted."""
        statement = delete(channels).where(channels.c.guild == guild, channels.c.id == channel_id)
        async with self._db.write() as cx:
            await cx.execute(statement)

    async def _channel(self, guild: str, channel: str, values: dict[str, Any], now: datetime | None) -> None:
        mine = channels.c.guild == guild, channels.c.id == channel
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now or utc_now())
            row = (await cx.execute(select(channels).where(*mine))).first()
            if row is None:
                start = {"guild": guild, "id": channel, "watched": False, "last_message": None}
                await cx.execute(insert(channels).values(start | values))
            elif _is_news(row.last_message, values.get("last_message")):
                await cx.execute(update(channels).where(*mine).values(values))


def _is_news(known: str | None, message: str | None) -> bool:
    return known is None or message is None or int(message) > int(known)
