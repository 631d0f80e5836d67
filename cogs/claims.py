"""/claims, /claim and /search, and the buttons of lists and cards."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import InputError
from bot.models import Status
from bot.review_answers import Query
from cogs import alert_cards, embeds, texts, views
from cogs.markup import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import PledgeBot

    Interaction = discord.Interaction[PledgeBot]

CHOICE = 100
"""Characters of a choice's name and value."""

_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")


class Claims(commands.Cog):
    """What actors have committed to."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot

    @app_commands.command(name="claims", description="What an actor has committed to, newest first")
    @app_commands.describe(
        actor="A name or an alias; misspellings are understood",
        status="Only claims with this rating",
        since="Only claims told since then: 2021, 2021-07 or 2021-07-28",
        text="Only claims with these words",
    )
    @app_commands.choices(
        status=[app_commands.Choice(name=s.value.capitalize(), value=s.value) for s in Status]
    )
    async def claims(
        self,
        interaction: Interaction,
        actor: app_commands.Range[str, 1, CHOICE],
        status: str | None = None,
        since: str | None = None,
        text: app_commands.Range[str, 1, views.TEXT_IN_ID] | None = None,
    ) -> None:
        """List an actor's claims."""
        await interaction.response.defer()
        guild = guild_of(interaction)
        found = await self.bot.desk.tracker.meant(guild, actor)
        query = Query(
            actor_keys=found.keys,
            name=found.name,
            status=Status(status) if status else None,
            since=day(since) if since else None,
            text=" ".join(text.split()) if text else "",
            taken_for="" if found.exact else actor,
        )
        await self._list(interaction, query)

    @claims.autocomplete("actor")
    async def suggest(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Actors for what was typed so far, from memory."""
        names = await self.bot.desk.actors.suggest(guild_of(interaction), typed)
        return [choice(name) for name in names if name.strip()]

    @app_commands.command(name="search", description="Claims by their words, whoever made them")
    @app_commands.describe(text="Words that the claim must hold")
    async def search(
        self, interaction: Interaction, text: app_commands.Range[str, 1, views.TEXT_IN_ID]
    ) -> None:
        """List the claims with these words."""
        await interaction.response.defer()
        await self._list(interaction, Query(text=" ".join(text.split())))

    @app_commands.command(name="claim", description="One claim in full: who told it, what became of it")
    @app_commands.describe(number="The claim's number, as in #12")
    async def claim(self, interaction: Interaction, number: app_commands.Range[str, 1, 20]) -> None:
        """Show a claim's card."""
        await interaction.response.defer()
        embed, view = await self.card(guild_of(interaction), number)
        await interaction.followup.send(embed=embed, view=view)

    @app_commands.command(name="history", description="Who decided what and when, of a claim or of all")
    @app_commands.describe(number="The claim's number; without it, the latest decisions on all claims")
    async def history(
        self, interaction: Interaction, number: app_commands.Range[str, 1, 20] | None = None
    ) -> None:
        """Show who decided what."""
        await interaction.response.defer(ephemeral=True)
        guild = guild_of(interaction)
        if number is not None:
            embed = alert_cards.history(*await self.bot.desk.reviewing.history(guild, number))
        else:
            embed = alert_cards.decisions(await self.bot.desk.reviewing.decisions(guild))
        await interaction.followup.send(embed=embed, ephemeral=True)

    @app_commands.command(name="stats", description="How right this server's alerts were")
    async def stats(self, interaction: Interaction) -> None:
        """Show the guild's own alert precision."""
        await interaction.response.defer(ephemeral=True)
        found, level = await self.bot.desk.reviewing.stats(guild_of(interaction))
        await interaction.followup.send(embed=alert_cards.figures(found, level), ephemeral=True)

    async def pressed(self, interaction: Interaction, what: str, rest: str, values: Sequence[str]) -> None:
        """Buttons and menus of lists and cards."""
        guild = guild_of(interaction)
        if what == "page":
            await self._turn(interaction, guild, rest)
        elif what in ("open", "card", "more"):
            claim_id, _, skip = (values[0] if what == "open" else rest).partition(".")
            await interaction.response.defer(ephemeral=True, thinking=True)
            embed, view = await self.card(guild, claim_id, skip=int(skip or 0))
            await interaction.followup.send(embed=embed, view=view, ephemeral=True)
        elif what == "history":
            await interaction.response.defer(ephemeral=True, thinking=True)
            embed = alert_cards.history(*await self.bot.desk.reviewing.history(guild, rest))
            await interaction.followup.send(embed=embed, ephemeral=True)
        else:
            raise InputError(texts.NOTHING_TO_DO)

    async def card(self, guild: str, number: str, *, skip: int = 0) -> tuple[discord.Embed, discord.ui.View]:
        """A claim's card with its buttons. Raises NotFoundError."""
        record = await self.bot.desk.browser.card(guild, number)
        embed, shown = embeds.claim_card(record, skip=skip)
        return embed, views.card_view(record.claim, shown=skip + shown, total=len(record.matches))

    async def _list(self, interaction: Interaction, query: Query) -> None:
        listing = await self.bot.desk.browser.listing(guild_of(interaction), query)
        await interaction.followup.send(embed=embeds.claims_page(listing), view=views.pages_view(listing))

    async def _turn(self, interaction: Interaction, guild: str, rest: str) -> None:
        page, status, since, actor, text = views.read_page_id(rest)
        await interaction.response.defer()
        keys: tuple[str, ...] = ()
        name = ""
        if actor:
            found = await self.bot.desk.actors.behind(guild, actor)
            if found is None:
                raise InputError("That actor has no claims any more.")
            keys, name = found
        query = Query(keys, name, status, since, text)
        listing = await self.bot.desk.browser.listing(guild, query, page)
        await interaction.edit_original_response(
            embed=embeds.claims_page(listing), view=views.pages_view(listing)
        )


def guild_of(interaction: discord.Interaction[PledgeBot]) -> str:
    """The guild that an interaction belongs to: the record that is shown is never another's."""
    if interaction.guild_id is None:
        raise InputError(texts.ONLY_IN_SERVERS)
    return str(interaction.guild_id)


def choice(name: str) -> app_commands.Choice[str]:
    """An actor as a choice: a longer name is looked up by its beginning."""
    return app_commands.Choice(name=plain(name, CHOICE), value=name[:CHOICE])


def day(typed: str) -> date:
    """The first day of what was typed: a year, a month or a day. Raises InputError."""
    typed = typed.strip()
    try:
        if _YEAR.fullmatch(typed):
            return date(int(typed), 1, 1)
        if month := _MONTH.fullmatch(typed):
            return date(int(month[1]), int(month[2]), 1)
        return date.fromisoformat(typed)
    except ValueError:
        raise InputError("A day looks like 2021-07-28; 2021-07 and 2021 are understood, too.") from None


async def setup(bot: PledgeBot) -> None:
    """Load the cog; called by discord.py."""
    bot.add_dynamic_items(views.Pressed)
    await bot.add_cog(Claims(bot))
