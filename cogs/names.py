"""`/alias`: other names of one actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs import answers, texts
from cogs.markup import escape, plain

if TYPE_CHECKING:
    from bot.client import PledgeBot

MAX_CHOICES = 25
MAX_LISTED = 60
"""Aliases in one list: with the longest names they fill an embed."""
MAX_VALUE = 100
"""Characters of a choice, and of a name."""


class Names(commands.Cog):
    """Aliases."""

    alias = app_commands.Group(name="alias", description="Other names of one actor")

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    @alias.command(name="add", description="Let another name stand for an actor")
    @app_commands.describe(alias="The other name", actor="The actor that it stands for")
    async def add(
        self,
        interaction: discord.Interaction[PledgeBot],
        alias: app_commands.Range[str, 1, MAX_VALUE],
        actor: app_commands.Range[str, 1, MAX_VALUE],
    ) -> None:
        """Add an alias."""
        guild = str(interaction.guild_id)
        name = await self.bot.desk.managing.add_alias(guild, alias, actor, by=str(interaction.user.id))
        self.bot.desk.actors.changed(guild)
        text = texts.alias_added(escape(alias, MAX_VALUE), escape(name, MAX_VALUE))
        await answers.say(interaction, text, ephemeral=False)

    @alias.command(name="remove", description="No longer let a name stand for an actor")
    @app_commands.describe(alias="The other name")
    async def remove(
        self, interaction: discord.Interaction[PledgeBot], alias: app_commands.Range[str, 1, MAX_VALUE]
    ) -> None:
        """Remove an alias."""
        guild = str(interaction.guild_id)
        await self.bot.desk.managing.remove_alias(guild, alias)
        self.bot.desk.actors.changed(guild)
        await answers.say(interaction, texts.ALIAS_REMOVED, ephemeral=False)

    @alias.command(name="list", description="The names that stand for other names here")
    async def listed(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """List the aliases."""
        aliases = await self.bot.desk.managing.aliases(str(interaction.guild_id))
        if not aliases:
            await answers.say(interaction, texts.NO_ALIASES)
            return
        rows = [f"**{escape(alias, 25)}** → {escape(name, 30)}" for alias, name in aliases.items()]
        more = [f"… and {len(rows) - MAX_LISTED} more"] if len(rows) > MAX_LISTED else []
        text = "\n".join([*rows[:MAX_LISTED], *more])
        embed = discord.Embed(title="Aliases", description=text[:4_096], colour=discord.Colour.blurple())
        await answers.say(interaction, embeds=[embed])

    @add.autocomplete("actor")
    async def _actors(
        self, interaction: discord.Interaction[PledgeBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        names = await self.bot.desk.actors.suggest(str(interaction.guild_id), typed)
        return [_choice(name) for name in names[:MAX_CHOICES]]

    @remove.autocomplete("alias")
    async def _aliases(
        self, interaction: discord.Interaction[PledgeBot], typed: str
    ) -> list[app_commands.Choice[str]]:
        aliases = await self.bot.desk.managing.aliases(str(interaction.guild_id))
        near = [alias for alias in aliases if typed.casefold() in alias.casefold()]
        return [_choice(alias) for alias in near[:MAX_CHOICES]]


def _choice(name: str) -> app_commands.Choice[str]:
    return app_commands.Choice(name=plain(name, MAX_VALUE), value=name[:MAX_VALUE])


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Names(bot))
