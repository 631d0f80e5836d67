"""Messages of Discord as posts of ours: which are read at all, their text, their files, where they stand."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import TYPE_CHECKING

import discord

from bot.records import Posting
from bot.watching import File, Item, Post

if TYPE_CHECKING:
    from bot.client import PledgeBot

READ_TYPES = frozenset({discord.MessageType.default, discord.MessageType.reply})
"""Kinds of message that people write; others are Discord's own ("… pinned a message")."""

FILE_TYPES = {
    ".txt": "text/plain",
    ".text": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
}
"""Files that are read, by the end of their names: what Discord says of the type is the sender's own word."""

MAX_FILE = 10 * 1024 * 1024
"""Bytes of a file that is read: what a page may have."""

MAX_FILES = 5
"""Files of one message that are read."""

DOWNLOAD_SECONDS = 20.0


def is_read(message: discord.Message) -> bool:
    """Whether a message is of a kind that is read: written by a person, in a guild."""
    written = not message.author.bot and message.webhook_id is None
    return written and message.guild is not None and message.type in READ_TYPES


def text_of(message: discord.Message) -> str:
    """The text, and that of a message that was forwarded with it."""
    return "\n".join([message.content, *(snapshot.content for snapshot in message.message_snapshots)])


def home_of(channel: discord.abc.MessageableChannel) -> int:
    """The channel that has to be watched: of a thread or forum post, the one that it belongs to."""
    return channel.parent_id if isinstance(channel, discord.Thread) else channel.id


def post_of(message: discord.Message) -> Post:
    """What the use cases need of a message. It must stand in a guild."""
    assert message.guild is not None  # noqa: S101 - for the type checker; see is_read
    posting = Posting(str(message.channel.id), str(message.id), str(message.author.id), message.created_at)
    return Post(posting, str(message.guild.id), text_of(message))


def file_type(attachment: discord.Attachment) -> str | None:
    """The type that a file is read as; None: it is not read."""
    return FILE_TYPES.get(PurePath(attachment.filename).suffix.lower())


async def files_of(message: discord.Message) -> tuple[list[File], list[Item]]:
    """The files of a message that can be read, and those that cannot although they look like it."""
    files: list[File] = []
    refused: list[Item] = []
    attached = [a for a in message.attachments if file_type(a) is not None]
    for attachment in attached[:MAX_FILES]:
        found = await download(attachment)
        if isinstance(found, File):
            files.append(found)
        else:
            refused.append(found)
    return files, refused


async def download(attachment: discord.Attachment) -> File | Item:
    """An attached file, or why it is not to be had."""
    kind = file_type(attachment)
    if kind is None:
        return Item(attachment.filename, error="Only text, HTML and PDF files are read.")
    if attachment.size > MAX_FILE:
        return Item(attachment.filename, error=f"The file is larger than {MAX_FILE >> 20} MB.")
    try:
        async with asyncio.timeout(DOWNLOAD_SECONDS):
            return File(attachment.filename, kind, await attachment.read())
    except (discord.HTTPException, TimeoutError, OSError):
        return Item(attachment.filename, error="Discord did not hand out the file.")


def partial(bot: PledgeBot, guild: str, channel: str, message: str) -> discord.PartialMessage:
    """A message by its ids, whether or not anything of it is in the cache."""
    place = bot.get_partial_messageable(int(channel), guild_id=int(guild))
    return place.get_partial_message(int(message))
