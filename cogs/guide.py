"""What the bot says about itself: help, privacy, health."""

from __future__ import annotations

import platform
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot import health as healths
from bot.texts import number
from cogs import answers, texts

if TYPE_CHECKING:
    from bot.client import PledgeBot

MAX_FIELD = 1_024
"""Characters of a field."""

PACKAGES = ("pledgewatch", "discord.py", "spacy")


class Guide(commands.Cog):
    """`/help`, `/privacy`, `/health`."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    @app_commands.command(description="What I do, and how to use me")
    async def help(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """Say what there is."""
        text = texts.help_text()
        if not self.bot.intents.message_content:
            text += f"\n\n{texts.PROBLEM} {texts.NO_CONTENT_INTENT}"
        await answers.say(interaction, text)

    @app_commands.command(description="What I store of this server, why, and for how long")
    async def privacy(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """Say what is stored, with the figures of this guild."""
        totals = await self.bot.desk.managing.totals(str(interaction.guild_id))
        figures = (
            f"Now: {number(totals.articles, 'article')}, {number(totals.claims, 'claim')}, "
            f"{number(totals.alerts, 'alert')}."
        )
        await answers.say(interaction, f"{texts.PRIVACY}\n\n{figures}")

    @app_commands.command(description="How I am (for the person who runs me)")
    @app_commands.default_permissions(manage_guild=True)
    async def health(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """Say how everything stands. No setting and no address is shown: they may be secret."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        health, now = await self.bot.desk.managing.health(), self.bot.desk.clock()
        embed = discord.Embed(title="Health", colour=discord.Colour.blurple())
        latencies = ", ".join(
            f"{n}: {seconds * 1000:.0f} ms" for n, seconds in sorted(self.bot.latencies)[:20]
        )
        embed.add_field(
            name="Discord", value=f"{number(len(self.bot.guilds), 'server')}; shards {latencies}"[:MAX_FIELD]
        )
        for row in healths.rows(health, now, self.bot.desk.meter):
            embed.add_field(name=row.name, value=row.words[:MAX_FIELD])
        versions = [f"{name} {_version(name)}" for name in PACKAGES]
        embed.add_field(name="Versions", value=", ".join([*versions, f"Python {platform.python_version()}"]))
        content = "on" if self.bot.intents.message_content else texts.NO_CONTENT_INTENT
        embed.add_field(name="Message content", value=content)
        await interaction.followup.send(embed=embed, ephemeral=True)


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Guide(bot))
