"""`/forget` and `/export`: the record belongs to the guild."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import InputError
from cogs import answers, texts
from cogs.markup import escape

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.client import PledgeBot

MAX_FILES_BYTES = 9 * 1024 * 1024
"""Of one message, with room for what is around them: Discord takes 10 MiB."""

ASKING_SECONDS = 120.0
"""How long a question stays open."""

MAX_ID = 20


class Data(commands.Cog):
    """Deleting and handing out."""

    forget = app_commands.Group(
        name="forget",
        description="Delete something for good",
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    @forget.command(name="article", description="Delete an article with everything that only it tells")
    @app_commands.describe(article="Its number, as a7")
    async def article(
        self, interaction: discord.Interaction[PledgeBot], article: app_commands.Range[str, 1, MAX_ID]
    ) -> None:
        """Ask, then delete an article."""
        guild = str(interaction.guild_id)
        stored = (await self.bot.desk.tracker.recall(guild, article)).stored
        title = escape(stored.article.title if stored.article else "", 200) or stored.id
        await self._ask(
            interaction,
            f"the article “{title}”",
            lambda: self.bot.desk.managing.forget_article(guild, stored.id),
        )

    @forget.command(name="claim", description="Delete a claim with its evidence and alerts")
    @app_commands.describe(claim="Its number")
    async def claim(
        self, interaction: discord.Interaction[PledgeBot], claim: app_commands.Range[str, 1, MAX_ID]
    ) -> None:
        """Ask, then delete a claim."""
        guild = str(interaction.guild_id)
        found = (await self.bot.desk.tracker.claim(guild, claim)).claim
        what = f"claim {found.id} of {escape(found.actor, 80)}: “{escape(found.content, 200)}”"
        await self._ask(interaction, what, lambda: self.bot.desk.managing.forget_claim(guild, found.id))

    @forget.command(name="everything", description="Delete every article and claim of this server")
    async def everything(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """Ask, then delete the whole record."""
        guild = str(interaction.guild_id)
        totals = await self.bot.desk.managing.totals(guild)
        what = f"**everything**: {totals.articles:,} articles and {totals.claims:,} claims"
        await self._ask(interaction, what, lambda: self.bot.desk.managing.forget_everything(guild))

    async def _ask(
        self, interaction: discord.Interaction[PledgeBot], what: str, then: Callable[[], Awaitable[None]]
    ) -> None:
        await answers.say(interaction, texts.sure(what), view=_Sure(then))

    @app_commands.command(description="Everything that I store of this server, as files")
    @app_commands.default_permissions(manage_guild=True)
    async def export(self, interaction: discord.Interaction[PledgeBot]) -> None:
        """Hand out the record, in private."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        made = await self.bot.desk.managing.export(str(interaction.guild_id))
        files = {"pledgewatch.json": made.json, "claims.csv": made.csv}
        if sum(map(len, files.values())) > MAX_FILES_BYTES:
            files = {"pledgewatch.zip": _zipped(files)}
        if sum(map(len, files.values())) > MAX_FILES_BYTES:
            raise InputError(texts.EXPORT_TOO_LARGE)
        attached = [discord.File(io.BytesIO(body), name) for name, body in files.items()]
        await interaction.followup.send(texts.EXPORTED, files=attached, ephemeral=True)


class _Sure(answers.View):
    """The question before something is deleted. It does not survive a restart: then one asks again."""

    def __init__(self, then: Callable[[], Awaitable[None]]) -> None:
        super().__init__(timeout=ASKING_SECONDS)
        self._then = then

    @discord.ui.button(label=texts.FORGET_YES, style=discord.ButtonStyle.danger, custom_id="forget:yes")
    async def yes(
        self, interaction: discord.Interaction[PledgeBot], button: discord.ui.Button[_Sure]
    ) -> None:
        """Delete it."""
        self.stop()
        await self._then()
        interaction.client.desk.actors.changed(str(interaction.guild_id))
        await interaction.response.edit_message(content=texts.FORGOTTEN, view=None)

    @discord.ui.button(label=texts.FORGET_NO, style=discord.ButtonStyle.secondary, custom_id="forget:no")
    async def no(self, interaction: discord.Interaction[PledgeBot], button: discord.ui.Button[_Sure]) -> None:
        """Leave it."""
        self.stop()
        await interaction.response.edit_message(content=texts.KEPT, view=None)


def _zipped(files: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return packed.getvalue()


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Data(bot))
