"""People correct the machine: the panel on a claim's card, /review, and the context menu on a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import InputError
from bot.models import Polarity, Relation, Status
from cogs import review_modals, texts, views
from cogs.claims import guild_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import PledgeBot
    from bot.models import Verdict
    from cogs.alerts import Alerts

    Interaction = discord.Interaction[PledgeBot]

Number = app_commands.Range[str, 1, 20]

ATTACH = "Attach to a claim"
"""Name of the context menu."""


class Reviews(commands.GroupCog, group_name="review", group_description="Correct and rate claims"):
    """What reviewers can do with claims."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot
        self._menu = app_commands.ContextMenu(name=ATTACH, callback=self.attach_message)

    async def cog_load(self) -> None:
        """Add the context menu."""
        self.bot.tree.add_command(self._menu)

    async def cog_unload(self) -> None:
        """Take the context menu away."""
        self.bot.tree.remove_command(self._menu.name, type=self._menu.type)

    @app_commands.command(name="rate", description="Rate a claim")
    @app_commands.describe(number="The claim's number", status="Its rating", reason="Why, for the history")
    @app_commands.choices(
        status=[app_commands.Choice(name=s.value.capitalize(), value=s.value) for s in Status]
    )
    async def rate_command(
        self,
        interaction: Interaction,
        number: Number,
        status: str,
        reason: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Rate a claim."""
        await self.rate(interaction, number, Status(status), reason=reason)

    @app_commands.command(name="correct", description="Correct who promised what")
    @app_commands.describe(number="The claim's number")
    async def correct_command(self, interaction: Interaction, number: Number) -> None:
        """Open the window for corrections."""
        claim = (await self.bot.desk.browser.card(guild_of(interaction), number)).claim
        await interaction.response.send_modal(review_modals.EditWindow(self, claim))

    @app_commands.command(name="reject", description="It is not a commitment: take it off the record")
    @app_commands.describe(number="The claim's number", reason="Why, for the history")
    async def reject_command(
        self,
        interaction: Interaction,
        number: Number,
        reason: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Take a claim off."""
        await self.reject(interaction, number, reason=reason)

    @app_commands.command(name="merge", description="Two claims are one")
    @app_commands.describe(number="The claim that goes", into="The claim that stays")
    async def merge_command(self, interaction: Interaction, number: Number, into: Number) -> None:
        """Merge two claims."""
        await self.merge(interaction, number, into)

    @app_commands.command(name="split", description="One claim is two")
    @app_commands.describe(number="The claim's number")
    async def split_command(self, interaction: Interaction, number: Number) -> None:
        """Ask which tellings go."""
        await self._ask_parts(interaction, number)

    @app_commands.command(name="attach", description="You missed this: hold a report against a claim")
    @app_commands.describe(number="The claim's number", article="The article's address, or its number")
    async def attach_command(
        self, interaction: Interaction, number: Number, article: app_commands.Range[str, 1, 500] = ""
    ) -> None:
        """Open the window for attaching."""
        await interaction.response.send_modal(review_modals.AttachWindow(self, number.lstrip("#"), article))

    @app_commands.command(name="add", description="Add a claim that was missed in an article")
    @app_commands.describe(article="The article's address, or its number")
    async def add_command(
        self, interaction: Interaction, article: app_commands.Range[str, 1, 500] = ""
    ) -> None:
        """Open the window for adding."""
        await interaction.response.send_modal(review_modals.AddWindow(self, article))

    @app_commands.command(name="undo", description="Take back a decision")
    @app_commands.describe(decision="Its number, as in v5; without it, your own last one")
    async def undo_command(self, interaction: Interaction, decision: Number | None = None) -> None:
        """Take a decision back."""
        await self.undo(interaction, decision)

    async def attach_message(self, interaction: Interaction, message: discord.Message) -> None:
        """Attach what a message links to, to a claim that is asked for."""
        links = self.bot.desk.watching.links(message.content)
        known = await self.bot.desk.reviewing.posted_by(guild_of(interaction), str(message.id))
        address = links[0] if links else known
        await interaction.response.send_modal(review_modals.AttachWindow(self, address=address or ""))

    async def pressed(self, interaction: Interaction, what: str, rest: str, values: Sequence[str]) -> None:
        """The panel of a claim, and what it leads to."""
        guild = guild_of(interaction)
        if what == "rate":
            await self.rate(interaction, rest, Status(values[0]))
        elif what == "reject":
            await self.reject(interaction, rest)
        elif what == "undo":
            await self.undo(interaction, rest if rest.startswith("v") else None)
        elif what == "split":
            await self._ask_parts(interaction, rest)
        elif what == "part":
            await self._split(interaction, rest, values)
        elif what == "panel":
            claim = (await self.bot.desk.browser.card(guild, rest)).claim
            text = texts.panel(claim.id)
            await interaction.response.send_message(text, view=views.panel_view(claim), ephemeral=True)
        elif what == "edit":
            claim = (await self.bot.desk.browser.card(guild, rest)).claim
            await interaction.response.send_modal(review_modals.EditWindow(self, claim))
        elif what == "attach":
            await interaction.response.send_modal(review_modals.AttachWindow(self, rest))
        elif what == "merge":
            await interaction.response.send_modal(review_modals.MergeWindow(self, rest))
        else:
            raise InputError(texts.NOTHING_TO_DO)

    async def rate(
        self, interaction: Interaction, claim_id: str, status: Status, *, reason: str | None = None
    ) -> None:
        """Set a claim's status."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.rate(guild, claim_id, status, by=by, reason=reason)
        await self._end(interaction, verdict, texts.rated(verdict.claim_id, status.value))

    async def reject(self, interaction: Interaction, claim_id: str, *, reason: str | None = None) -> None:
        """Take a claim off the record."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.reject(guild, claim_id, by=by, reason=reason)
        await self._end(interaction, verdict, texts.done(verdict.claim_id, texts.REJECTED, verdict.id))

    async def correct(
        self, interaction: Interaction, claim_id: str, *, actor: str, content: str, polarity: Polarity | None
    ) -> None:
        """Correct actor, wording or polarity."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.correct(
            guild, claim_id, by=by, actor=actor, content=content, polarity=polarity
        )
        await self._end(interaction, verdict, texts.done(verdict.claim_id, texts.CORRECTED, verdict.id))

    async def attach(
        self, interaction: Interaction, claim_id: str, article: str, *, quote: str | None, relation: Relation
    ) -> None:
        """Hold a report against a claim."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.attach(
            guild, claim_id, article, by=by, quote=quote, relation=relation
        )
        await self._end(interaction, verdict, texts.done(verdict.claim_id, texts.ATTACHED, verdict.id))

    async def add(self, interaction: Interaction, article: str, **given: Any) -> None:
        """Add a claim by hand; `given` as `Reviewing.add` takes it."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.add(guild, article, by=by, **given)
        await self._end(interaction, verdict, texts.done(verdict.claim_id, texts.ADDED, verdict.id))

    async def merge(self, interaction: Interaction, claim_id: str, into: str) -> None:
        """Make a claim part of another."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.merge(guild, claim_id, into, by=by)
        await self._end(
            interaction, verdict, texts.done(verdict.claim_id, texts.merged(claim_id), verdict.id)
        )

    async def undo(self, interaction: Interaction, decision: str | None) -> None:
        """Take a decision back."""
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.undo(guild, by=by, verdict_id=decision)
        await self._end(interaction, verdict, texts.undone(verdict.claim_id))

    async def _split(self, interaction: Interaction, claim_id: str, tellings: Sequence[str]) -> None:
        guild, by = await self._begin(interaction)
        verdict = await self.bot.desk.reviewing.split(guild, claim_id, tellings, by=by)
        await self._end(interaction, verdict, texts.done(verdict.claim_id, texts.split(claim_id), verdict.id))

    async def _ask_parts(self, interaction: Interaction, claim_id: str) -> None:
        claim = (await self.bot.desk.browser.card(guild_of(interaction), claim_id)).claim
        if len(claim.tellings) < 2:
            raise InputError("It was told only once, so there is nothing to split.")
        await interaction.response.send_message(
            texts.WHICH_PARTS, view=views.tellings_view(claim), ephemeral=True
        )

    async def _begin(self, interaction: Interaction) -> tuple[str, str]:
        """Acknowledge in time: reading an article may take longer than Discord waits."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        return guild_of(interaction), str(interaction.user.id)

    async def _end(self, interaction: Interaction, verdict: Verdict, text: str) -> None:
        """Say it, and show it where the claim's alerts stand."""
        guild = guild_of(interaction)
        self.bot.desk.actors.changed(guild)
        await interaction.followup.send(text, ephemeral=True)
        alerts: Alerts | None = self.bot.get_cog("Alerts")  # type: ignore[assignment]  # the cog of that name
        if alerts is not None:
            await alerts.redraw(guild, verdict.claim_id)


async def setup(bot: PledgeBot) -> None:
    """Load the cog; called by discord.py."""
    await bot.add_cog(Reviews(bot))
