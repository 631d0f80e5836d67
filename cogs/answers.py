"""Answering interactions: whichever answer is due, one way to refuse, and views and modals that know both."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import discord
import structlog
from discord import app_commands

from bot.errors import PledgewatchError
from cogs import access, texts
from cogs.markup import escape

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.client import PledgeBot

log = structlog.get_logger(__name__)

MAX_CONTENT = 2_000
"""Characters of a message."""

UNKNOWN_INTERACTION = 10062
"""Discord's code for an interaction that was not acknowledged within three seconds."""


async def say(
    interaction: discord.Interaction[PledgeBot],
    text: str | None = None,
    *,
    embeds: Sequence[discord.Embed] = (),
    view: discord.ui.View | None = None,
    files: Sequence[discord.File] = (),
    ephemeral: bool = True,
) -> None:
    """Answer: the response itself where it is still due, else a message after it."""
    content = text[:MAX_CONTENT] if text else text
    options: dict[str, Any] = {"content": content, "embeds": list(embeds), "files": list(files)}
    if view is not None:
        options["view"] = view
    if interaction.response.is_done():
        await interaction.followup.send(ephemeral=ephemeral, **options)
    else:
        await interaction.response.send_message(ephemeral=ephemeral, **options)


async def refuse(interaction: discord.Interaction[PledgeBot], error: BaseException) -> None:
    """Say in private why something was not done: an error's own sentence, or a reference to the log."""
    error = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    name = interaction.command.qualified_name if interaction.command else None
    if isinstance(error, PledgewatchError):
        text = escape(str(error), MAX_CONTENT - 100)
    elif isinstance(error, discord.NotFound) and error.code == UNKNOWN_INTERACTION:
        log.warning("interaction came too late", command=name)
        return
    else:
        reference = uuid4().hex[:8]
        log.error("interaction failed", command=name, reference=reference, exc_info=error)
        text = texts.failed(reference)
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        else:
            await say(interaction, text)
    except discord.HTTPException as failure:
        log.warning("refusal could not be said", command=name, error=str(failure))


@asynccontextmanager
async def answering(interaction: discord.Interaction[PledgeBot]) -> AsyncIterator[None]:
    """Check who it is, and turn what is raised into an answer. For what discord.py calls without a net."""
    try:
        await access.require(interaction)
        yield
    except Exception as error:
        await refuse(interaction, error)


class View(discord.ui.View):
    """A view that checks who presses, and answers when something fails."""

    async def interaction_check(self, interaction: discord.Interaction[PledgeBot]) -> bool:  # type: ignore[override]  # the client is ours
        """Whether the table lets this person press."""
        return await checked(interaction)

    async def on_error(  # type: ignore[override]  # the client is ours
        self, interaction: discord.Interaction[PledgeBot], error: Exception, item: discord.ui.Item[Any]
    ) -> None:
        """Answer instead of only logging."""
        await refuse(interaction, error)


class Modal(discord.ui.Modal):
    """A modal that checks who sends it in, and answers when something fails."""

    async def interaction_check(self, interaction: discord.Interaction[PledgeBot]) -> bool:  # type: ignore[override]  # the client is ours
        """Whether the table lets this person send it in: it may have changed since it was opened."""
        return await checked(interaction)

    async def on_error(self, interaction: discord.Interaction[PledgeBot], error: Exception) -> None:  # type: ignore[override]  # the client is ours
        """Answer instead of only logging."""
        await refuse(interaction, error)


async def checked(interaction: discord.Interaction[PledgeBot]) -> bool:
    """Whether the table lets this person go on; where not, they have been told."""
    try:
        await access.require(interaction)
    except PledgewatchError as error:
        await refuse(interaction, error)
        return False
    return True
