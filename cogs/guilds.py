"""Servers that come and go, and channels that are deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from discord.ext import commands

if TYPE_CHECKING:
    import discord

    from bot.client import PledgeBot

log = structlog.get_logger(__name__)

SWEEP_SECONDS = 6 * 3_600.0
"""How often it is looked whether data is to be deleted: thirty days need no more exactness."""


class Guilds(commands.Cog):
    """Keeps the record in step with where the bot is."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Delete in time what was left."""
        self.bot.every("sweep", SWEEP_SECONDS, self._sweep)

    async def _sweep(self) -> None:
        await self.bot.desk.managing.sweep()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """All shards are there: notice what happened while the bot was away."""
        managing = self.bot.desk.managing
        here = {str(guild.id) for guild in self.bot.guilds}
        for guild in await managing.guilds():
            # Other names are of the command line's own.
            if guild.isdecimal() and guild not in here:
                await managing.left(guild)
        for guild in here:
            await managing.joined(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Added to a server, or back in it: its data stays."""
        await self.bot.desk.managing.joined(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Removed from a server: its data goes in thirty days."""
        await self.bot.desk.managing.left(str(guild.id))

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel is no more: nothing is read or sent there."""
        guild = str(channel.guild.id)
        await self.bot.desk.watching.channel_deleted(guild, str(channel.id))
        settings = await self.bot.desk.managing.settings(guild)
        if settings.alerts_channel == str(channel.id):
            await self.bot.desk.managing.change(guild, alerts_channel=None)
            await self.bot.troubles.note(channel.guild.id, channel.id, "post alerts any more: it was deleted")
        await self.bot.reload_watched()

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread is no more."""
        await self.bot.desk.watching.channel_deleted(str(payload.guild_id), str(payload.thread_id))

    @commands.Cog.listener()
    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """A role is no more: nobody is a reviewer by it, and it is not mentioned."""
        managing, guild = self.bot.desk.managing, str(role.guild.id)
        settings = await managing.settings(guild)
        for name in ("reviewer_role", "mention_role"):
            if getattr(settings, name) == str(role.id):
                await managing.change(guild, **{name: None})


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Guilds(bot))
