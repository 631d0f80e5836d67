"""Reading something anywhere, on request: a link, a file, or a message of somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import discord
from discord import app_commands
from discord.ext import commands

from bot.errors import InputError
from bot.records import Posting
from bot.watching import File, Post
from cogs import messages, texts
from cogs.replying import drawn, errors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import PledgeBot
    from bot.watching import Item
    from cogs.links import Links

PATIENCE_SECONDS = 600.0
"""How long an interaction waits for its article: its token lives fifteen minutes."""

MAX_LINK = 2_000
"""Characters of a link that is looked at."""


class Tracking(commands.Cog):
    """`/track`, and "Track claims" on a message."""

    track = app_commands.Group(name="track", description="Read an article, wherever you are")

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot
        self.menu = app_commands.ContextMenu(name="Track claims", callback=self.track_message)

    @property
    def links(self) -> Links:
        """The cog that reads messages."""
        return cast("Links", self.bot.get_cog("Links"))

    async def cog_load(self) -> None:
        """Add the entry to the menu of messages."""
        self.bot.tree.add_command(self.menu)

    @track.command(name="link", description="Read the article at an address")
    @app_commands.describe(url="The address of the article")
    async def link(
        self, interaction: discord.Interaction[PledgeBot], url: app_commands.Range[str, 1, MAX_LINK]
    ) -> None:
        """Read a link."""
        if not self.bot.desk.watching.links(url):
            raise InputError("This is not a link that can be read: it should begin with https://.")
        await interaction.response.defer(thinking=True)
        await self._track(interaction, await _post(interaction, url))

    @track.command(name="file", description="Read a text, HTML or PDF file")
    @app_commands.describe(file="A .txt, .html or .pdf file")
    async def file(self, interaction: discord.Interaction[PledgeBot], file: discord.Attachment) -> None:
        """Read a file."""
        await interaction.response.defer(thinking=True)
        found = await messages.download(file)
        if not isinstance(found, File):
            raise InputError(found.error or texts.NOT_READ)
        await self._track(interaction, await _post(interaction, ""), [found])

    async def track_message(
        self, interaction: discord.Interaction[PledgeBot], message: discord.Message
    ) -> None:
        """Read what a message links to or brings along; else its own text."""
        await interaction.response.defer(thinking=True)
        files, refused = await messages.files_of(message)
        posting = Posting(
            str(message.channel.id), str(message.id), str(message.author.id), message.created_at
        )
        post = Post(posting, str(interaction.guild_id), messages.text_of(message))
        await self._track(interaction, post, files, refused, pasted=True)

    async def _track(
        self,
        interaction: discord.Interaction[PledgeBot],
        post: Post,
        files: Sequence[File] = (),
        refused: Sequence[Item] = (),
        *,
        pasted: bool = False,
    ) -> None:
        taken = await self.bot.desk.watching.take(post, files, pasted=pasted)
        self.bot.wake("articles")
        place = (post.guild, post.posting.channel_id, post.posting.message_id)
        items = await self.links.replies.wait(place, PATIENCE_SECONDS)
        if items is None:
            await self.links.replies.expect(place, (*refused, *taken.refused))
            await interaction.edit_original_response(content=texts.STILL_READING)
            return
        items = (*items, *refused, *taken.refused)
        told = drawn(items)
        if not told:
            raise InputError(next((i.error for i in items if i.error), texts.NOT_READ))
        content = "\n".join(errors(items))[:1_900] or None
        await interaction.edit_original_response(content=content, embeds=told)


async def _post(interaction: discord.Interaction[PledgeBot], text: str) -> Post:
    """The answer to an interaction is the message that posts the article."""
    answer = await interaction.original_response()
    posting = Posting(
        str(interaction.channel_id), str(answer.id), str(interaction.user.id), interaction.created_at
    )
    return Post(posting, str(interaction.guild_id), text)


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Tracking(bot))
