"""`/follow`: feeds whose new articles are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import InputError
from cogs import answers, texts
from cogs.markup import escape, plain

if TYPE_CHECKING:
    from bot.client import PledgeBot
    from bot.records import Feed

ROUND_SECONDS = 60.0
"""How often it is looked whether a feed is due; each is due every half hour."""

MAX_URL = 1_000
MAX_CHOICES = 25
MAX_VALUE = 100
"""Characters of a choice."""


class Feeds(commands.Cog):
    """Following."""

    follow = app_commands.Group(name="follow", description="Feeds whose new articles are read")

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Look at the feeds in turn."""
        self.bot.drain("feeds", self._step, every=ROUND_SECONDS)

    async def _step(self) -> bool:
        looked = await self.bot.desk.following.step()
        if looked:
            self.bot.wake("articles")
        for feed, why in self.bot.desk.following.take_paused():
            if feed.guild.isdecimal():
                await self.bot.troubles.tell(
                    int(feed.guild), texts.feed_paused(_title(feed), escape(why, 300))
                )
        return looked

    @follow.command(name="add", description="Read the new articles of an RSS or Atom feed")
    @app_commands.describe(url="The address of the feed")
    async def add(
        self, interaction: discord.Interaction[PledgeBot], url: app_commands.Range[str, 1, MAX_URL]
    ) -> None:
        """Follow a feed, if there is one at the address."""
        if not self.bot.desk.watching.links(url):
            raise InputError("This is not the address of a feed: it should begin with https://.")
        await interaction.response.defer(thinking=True)
        feed = await self.bot.desk.following.follow(str(interaction.guild_id), url.strip())
        self.bot.wake("feeds")
        await interaction.edit_original_response(content=texts.feed_added(_title(feed)))

    @follow.command(name="remove", description="Stop following a feed")
    @app_commands.describe(feed="The feed")
    async def remove(
        self, interaction: discord.Interaction[PledgeBot], feed: app_commands.Range[str, 1, MAX_URL]
    ) -> None:
        """Stop following."""
        gone = await self.bot.desk.following.unfollow(str(interaction.guild_id), feed)
        await answers.say(interaction, texts.feed_removed(_title(gone)), ephemeral=False)

    @follow.command(name="list", description="The feeds that are followed here")
    async def listed(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """List the feeds."""
        feeds = await self.bot.desk.following.feeds(str(interaction.guild_id))
        if not feeds:
            await answers.say(interaction, texts.NO_FEEDS)
            return
        text = "\n".join(_row(feed) for feed in feeds)
        embed = discord.Embed(title="Feeds", description=text[:4_096], colour=discord.Colour.blurple())
        await answers.say(interaction, embeds=[embed])

    @remove.autocomplete("feed")
    async def _feeds(
        self, interaction: discord.Interaction[PledgeBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        feeds = await self.bot.desk.following.feeds(str(interaction.guild_id))
        near = [f for f in feeds if typed.casefold() in f"{f.title} {f.url}".casefold()]
        return [
            app_commands.Choice(name=plain(f.title or f.url, MAX_VALUE), value=f.id)
            for f in near[:MAX_CHOICES]
        ]


def _title(feed: Feed) -> str:
    return escape(feed.title or feed.url, 100)


def _row(feed: Feed) -> str:
    if feed.paused:
        return f"{texts.PROBLEM} {_title(feed)}: {escape(feed.paused, 60)}"
    when = discord.utils.format_dt(feed.checked, "R") if feed.checked else "not yet"
    return f"{_title(feed)}: looked at {when}, {feed.today} articles that day"


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Feeds(bot))
