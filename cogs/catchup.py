"""Reading what was posted while the bot was away, or before it came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

import aiohttp
import discord
import structlog
from discord import app_commands
from discord.ext import commands

from bot.errors import InputError, StorageError
from cogs import messages, texts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.client import PledgeBot
    from cogs.links import Links

log = structlog.get_logger(__name__)

MISSED_AGE = timedelta(days=7)
"""How far back a channel is read after a stop: who was away for longer runs /catchup."""

MISSED_MESSAGES = 2_000
"""Messages of one channel that are read after a stop: twenty requests."""

CATCHUP_AGE = timedelta(days=180)
CATCHUP_MESSAGES = 1_000
"""Messages that one /catchup reads: ten requests, and done well before the interaction ends."""

ROUND_SECONDS = 60.0

Readable = discord.TextChannel | discord.Thread | discord.VoiceChannel | discord.StageChannel


@dataclass
class Caught:
    """What one /catchup came to."""

    messages: int = 0
    articles: int = 0
    refused: int = 0


class CatchUp(commands.Cog):
    """Pages histories."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    @property
    def links(self) -> Links:
        """The cog that reads messages."""
        return cast("Links", self.bot.get_cog("Links"))

    async def cog_load(self) -> None:
        """Try again by and by what did not work at once."""
        self.bot.every("catch up", ROUND_SECONDS, self._round)

    @commands.Cog.listener()
    async def on_shard_ready(self, shard_id: int) -> None:
        """Connected anew: nothing is replayed, so the histories are read."""
        for guild in self.bot.guilds:
            if guild.shard_id == shard_id:
                await self.guild(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """A guild that was not there when the shard became ready."""
        await self.guild(guild)

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        """The connection is lost: until it is resumed or history was read, nothing counts as seen."""
        for guild in self.bot.guilds:
            if guild.shard_id == shard_id:
                watched = await self.bot.desk.managing.watched(str(guild.id))
                self.links.behind |= {int(channel.id) for channel in watched}

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        """Discord has sent what was missed; reading the last of it again costs little and is surer."""
        await self.on_shard_ready(shard_id)

    async def _round(self) -> None:
        for guild in self.bot.guilds:
            await self.links.replies.settle(str(guild.id))
            if self.links.behind:
                await self.guild(guild)

    async def guild(self, guild: discord.Guild) -> None:
        """Read what was missed in the guild's watched channels."""
        known = {
            c.id: c.last_message for c in await self.bot.desk.watching.channels() if c.guild == str(guild.id)
        }
        for channel in guild.channels:
            if channel.id in self.links.behind and self.links.is_watched(guild.id, channel.id):
                await self._channel(channel, known)
        await self.links.replies.settle(str(guild.id))

    async def _channel(self, channel: discord.abc.GuildChannel, known: dict[str, str | None]) -> None:
        places = [thread for thread in channel.guild.threads if thread.parent_id == channel.id]
        own = known.get(str(channel.id))
        try:
            for place in (channel, *places):
                if isinstance(place, Readable):
                    await self._place(place, known.get(str(place.id)) or own)
        except StorageError as error:
            log.error("catching up stopped", channel=str(channel.id), error=str(error))
        except discord.Forbidden:
            self.links.behind.discard(channel.id)
            await self.bot.troubles.note(channel.guild.id, channel.id, "read the message history")
        except discord.NotFound:
            self.links.behind.discard(channel.id)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.warning("history not to be had", channel=str(channel.id), error=str(error))
        else:
            self.links.behind.discard(channel.id)

    async def _place(self, place: Readable, last: str | None) -> None:
        oldest = discord.utils.time_snowflake(self.bot.desk.clock() - MISSED_AGE)
        after = max(int(last or 0), oldest)
        read = 0
        async for message in place.history(
            limit=MISSED_MESSAGES, after=discord.Object(after), oldest_first=True
        ):
            await self.links.take(message, counts=True)
            read += 1
        if read == MISSED_MESSAGES:
            log.warning("more was missed than is read", channel=str(place.id))

    @app_commands.command(description="Read what was posted in a channel before I came, or while I was away")
    @app_commands.describe(channel="The channel or thread", since="A day, as 2026-11-03, or a number of days")
    @app_commands.default_permissions(manage_guild=True)
    async def catchup(
        self,
        interaction: discord.Interaction[PledgeBot],
        channel: discord.TextChannel | discord.Thread,
        since: app_commands.Range[str, 1, 20],
    ) -> None:
        """Queue the links of a channel's history, without reactions and replies."""
        start = start_of(since, self.bot.desk.clock())
        await interaction.response.defer(ephemeral=True, thinking=True)
        caught = Caught()
        try:
            async for message in self._history(channel, start):
                caught.messages += 1
                if messages.is_read(message):
                    taken = await self.links.read(message, quiet=True)
                    caught.articles += len(taken.articles)
                    caught.refused += len(taken.refused)
        except discord.Forbidden:
            names = ["View Channel", "Read Message History"]
            raise InputError(texts.missing_in(channel.mention, names)) from None
        more = caught.messages == CATCHUP_MESSAGES
        text = texts.caught_up(caught.messages, caught.articles, caught.refused, more=more)
        await interaction.followup.send(text, ephemeral=True)

    def _history(
        self, channel: discord.TextChannel | discord.Thread, start: datetime
    ) -> AsyncIterator[discord.Message]:
        return channel.history(limit=CATCHUP_MESSAGES, after=start, oldest_first=True)


def start_of(since: str, now: datetime) -> datetime:
    """The moment that "since" means: a day, or so many days ago. Raises InputError."""
    text = since.strip().removesuffix("d").strip()
    try:
        if text.isdecimal():
            start = now - timedelta(days=int(text))
        else:
            start = datetime.fromisoformat(text).replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise InputError("Say since when as a day, as 2026-11-03, or as a number of days.") from None
    if start > now:
        raise InputError("That day is still to come.")
    return max(start, now - CATCHUP_AGE)


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(CatchUp(bot))
