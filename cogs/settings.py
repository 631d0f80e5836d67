"""`/setup`: the guided panel for managers. Every choice is stored at once, and the permissions checked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from cogs import answers, permissions, texts
from cogs.setup_pages import PAGES, AlertsPage, ChannelsPage, PeoplePage

if TYPE_CHECKING:
    from bot.client import PledgeBot
    from bot.records import GuildSettings

MAX_NAMED = 25
"""Channels that the panel names; the menu takes as many."""


class Settings(commands.Cog):
    """The panel."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    async def cog_load(self) -> None:
        """Let panels that were opened before a restart go on working."""
        for page in PAGES:
            self.bot.add_view(page(self))

    @app_commands.command(description="Choose channels, roles and alerts")
    @app_commands.default_permissions(manage_guild=True)
    async def setup(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """Open the panel."""
        guild = interaction.guild
        assert guild is not None  # noqa: S101 - for the type checker; the access table refuses others
        await self.bot.troubles.mended(guild.id)
        embed, view = await self.drawn(guild, ChannelsPage)
        await answers.say(interaction, embeds=[embed], view=view)

    async def show(self, interaction: discord.Interaction[PledgeBot], page: type[Page]) -> None:
        """Draw the panel again, on this page."""
        guild = interaction.guild
        assert guild is not None  # noqa: S101 - as above
        embed, view = await self.drawn(guild, page)
        await interaction.response.edit_message(embed=embed, view=view)

    async def change(
        self, interaction: discord.Interaction[PledgeBot], page: type[Page], **changes: object
    ) -> None:
        """Store a choice and draw the panel again."""
        await self.bot.desk.managing.change(str(interaction.guild_id), **changes)
        self.bot.troubles.forgiven(interaction.guild_id or 0)
        self.bot.wake("alerts")
        await self.show(interaction, page)

    async def watch(self, interaction: discord.Interaction[PledgeBot], ids: list[int]) -> None:
        """Watch these channels and no others, from their newest message on."""
        guild = interaction.guild
        assert guild is not None  # noqa: S101 - as above
        newest: dict[str, str | None] = {}
        for number in ids:
            channel = guild.get_channel(number)
            last = getattr(channel, "last_message_id", None)
            newest[str(number)] = str(last) if last else None
        await self.bot.desk.managing.watch_only(str(guild.id), newest)
        await self.bot.reload_watched()
        self.bot.troubles.forgiven(guild.id)
        await self.show(interaction, ChannelsPage)

    async def drawn(self, guild: discord.Guild, page: type[Page]) -> tuple[discord.Embed, Page]:
        """The panel as it stands: what is set, what is missing, and one page of choices."""
        settings = await self.bot.desk.managing.settings(str(guild.id))
        watched = [int(c.id) for c in await self.bot.desk.managing.watched(str(guild.id))]
        embed = panel(guild, settings, watched, content=self.bot.intents.message_content)
        return embed, page(self, settings, watched)


Page = ChannelsPage | PeoplePage | AlertsPage


def panel(
    guild: discord.Guild, settings: GuildSettings, watched: list[int], *, content: bool
) -> discord.Embed:
    """What is set, and what stands in its way."""
    lacking = problems(guild, settings, watched)
    if not content:
        lacking.append(texts.NO_CONTENT_INTENT)
    colour = discord.Colour.orange() if lacking else discord.Colour.green()
    embed = discord.Embed(title=texts.SETUP_TITLE, description=texts.SETUP_HEAD, colour=colour)
    channels = " ".join(f"<#{number}>" for number in watched[:MAX_NAMED]) or texts.NOTHING_WATCHED
    embed.add_field(name="Watched channels", value=channels, inline=False)
    alerts = f"<#{settings.alerts_channel}>" if settings.alerts_channel else texts.NO_ALERTS_CHANNEL
    embed.add_field(name="Alerts go to", value=alerts)
    reviewers = f"<@&{settings.reviewer_role}>" if settings.reviewer_role else texts.NO_REVIEWER_ROLE
    embed.add_field(name="Reviewers", value=reviewers)
    mention = f"<@&{settings.mention_role}>" if settings.mention_role else texts.NO_MENTION
    embed.add_field(name="Alerts mention", value=mention)
    embed.add_field(name="Replies", value=texts.REPLY_STYLES[settings.replies][0])
    embed.add_field(name="Alert threshold", value=texts.THRESHOLD_STYLES[settings.threshold][0])
    embed.add_field(name="Alerts", value=texts.alerts_a_day(settings.daily_alerts))
    found = "\n".join(f"{texts.PROBLEM} {line}" for line in lacking) or texts.ALL_WELL
    embed.add_field(name="Permissions", value=found[:1_024], inline=False)
    return embed


def problems(guild: discord.Guild, settings: GuildSettings, watched: list[int]) -> list[str]:
    """What the bot lacks, a sentence for each channel or role."""
    found = []
    wanted = [(number, permissions.TO_WATCH) for number in watched]
    alerts = guild.get_channel(int(settings.alerts_channel)) if settings.alerts_channel else None
    if alerts is not None:
        wanted.append((alerts.id, permissions.TO_ALERT))
    for number, needed in wanted:
        channel = guild.get_channel(number)
        lacking = permissions.missing(channel, needed) if channel else ["View Channel"]
        if lacking:
            found.append(texts.missing_in(f"<#{number}>", lacking))
    role = guild.get_role(int(settings.mention_role)) if settings.mention_role else None
    if role is not None and not permissions.may_mention(role, alerts):
        found.append(texts.cannot_mention(role.mention))
    return found


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Settings(bot))
