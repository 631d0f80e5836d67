"""Watched channels: every link that is posted is queued, acknowledged with a reaction, and answered once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import structlog
from discord.ext import commands

from bot.errors import StorageError
from bot.models import ArticleState
from cogs import messages, texts
from cogs.replying import Replies, is_answered

if TYPE_CHECKING:
    from collections.abc import Sequence

    import discord

    from bot.client import PledgeBot
    from bot.watching import Item, Taken

log = structlog.get_logger(__name__)

WIDTH = 4
"""Articles in hand at once: one is parsed while others are fetched."""

ROUND_SECONDS = 15.0
"""How often the queue is looked at without being told: for what is to be tried again."""

REMEMBERED = 5_000
"""Messages whose second delivery is known without asking the database."""


class Links(commands.Cog):
    """Listens to messages, and answers when what they posted has been read."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot
        self.replies = Replies(bot)
        self._watched: set[tuple[str, str]] = set()
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._channels: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self.behind: set[int] = set()
        """Watched channels whose history is still to be read: after a start, a lost connection, or a message
        that could not be stored. What is posted meanwhile is read, but does not count as last seen."""

    async def cog_load(self) -> None:
        """Know the watched channels, and work the queue off."""
        await self.reload()
        self.behind = {int(channel) for guild, channel in self._watched if guild.isdecimal()}
        self.bot.drain("articles", self._work, every=ROUND_SECONDS, width=WIDTH)

    async def reload(self) -> None:
        """Ask again which channels are watched."""
        channels = await self.bot.desk.watching.channels()
        self._watched = {(c.guild, c.id) for c in channels if c.watched}

    def is_watched(self, guild_id: int, channel_id: int) -> bool:
        """Whether a channel is watched; of a thread, ask for its parent."""
        return (str(guild_id), str(channel_id)) in self._watched

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A message was posted. Messages of one channel are taken in their order."""
        if message.guild is None or message.id in self._seen:
            return
        if not self.is_watched(message.guild.id, messages.home_of(message.channel)):
            # Where nothing is watched, a mention beside a link is asking for it.
            if messages.is_read(message) and self.bot.user in message.mentions:
                await self.read(message)
            return
        home = messages.home_of(message.channel)
        try:
            await self.take(message, counts=home not in self.behind)
        except StorageError as error:
            # Nothing is lost: the channel's history is read from the last message that was stored.
            self.behind.add(home)
            log.error("message not stored", channel=str(home), message=str(message.id), error=str(error))

    async def take(self, message: discord.Message, *, counts: bool) -> None:
        """Read a message of a watched channel, in its turn. Raises StorageError.

        `counts`: everything before it has been dealt with, so that the channel is known up to it.
        """
        guild, channel = message.guild, message.channel
        assert guild is not None  # noqa: S101 - for the type checker; watched channels are in guilds
        lock = self._channels.setdefault(channel.id, asyncio.Lock())
        async with lock:
            if message.id not in self._seen and messages.is_read(message):
                taken = await self.read(message)
                if not taken.articles and not is_answered(message):
                    # Taken before, by a process that died before it could mark it.
                    await self._owed(message)
            self._seen[message.id] = None
            while len(self._seen) > REMEMBERED:
                self._seen.popitem(last=False)
            if counts:
                await self.bot.desk.watching.saw(str(guild.id), str(channel.id), str(message.id))

    async def read(self, message: discord.Message, *, quiet: bool = False, edited: bool = False) -> Taken:
        """Queue what is new in a message. `quiet`: without reaction and answer. Raises StorageError."""
        files, refused = ([], []) if edited else await messages.files_of(message)
        taken = await self.bot.desk.watching.take(messages.post_of(message), files)
        self.bot.wake("articles")
        if not quiet and (taken.articles or taken.refused or refused):
            await self._acknowledge(message, (*refused, *taken.refused), queued=bool(taken.articles))
        return taken

    async def _acknowledge(self, message: discord.Message, refused: Sequence[Item], *, queued: bool) -> None:
        assert message.guild is not None  # noqa: S101 - for the type checker
        place = str(message.guild.id), str(message.channel.id), str(message.id)
        await self.replies.expect(place, refused)
        if queued and await self._waits(place):
            await self.replies.reacted(place, texts.READING)
            await self.replies.warn_of_queue(place)
        await self.replies.answer(place)

    async def _owed(self, message: discord.Message) -> None:
        assert message.guild is not None  # noqa: S101 - for the type checker
        place = str(message.guild.id), str(message.channel.id), str(message.id)
        if await self.bot.desk.watching.has_posted(place[0], place[2]):
            await self.replies.expect(place)
            await self.replies.answer(place)

    async def _waits(self, place: tuple[str, str, str]) -> bool:
        return await self.bot.desk.watching.answer(place[0], place[2]) is None

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A message was edited: new links in it are read; those that were taken out stay read.

        Discord also says "edited" when it has drawn a preview of a link; then there is nothing new.
        """
        message = payload.message
        if message.guild is None or not messages.is_read(message):
            return
        if self.is_watched(message.guild.id, messages.home_of(message.channel)):
            await self.read(message, edited=True)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A message was deleted: its articles stay, but nothing points to it any more."""
        await self._deleted(payload.guild_id, [payload.message_id])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Many messages were deleted at once."""
        await self._deleted(payload.guild_id, payload.message_ids)

    async def _deleted(self, guild_id: int | None, ids: Sequence[int] | set[int]) -> None:
        for message_id in ids if guild_id is not None else ():
            await self.bot.desk.watching.deleted(str(guild_id), str(message_id))

    async def _work(self) -> bool:
        worked = await self.bot.desk.working.step()
        if worked is None:
            return False
        self.bot.desk.actors.changed(worked.guild)
        if worked.reading is not None:
            self.bot.wake("alerts")
        if worked.retry_at is None and worked.guild.isdecimal():
            stored = worked.reading.stored if worked.reading else None
            if stored is None:
                stored = await self.replies.stored(worked.guild, worked.article_id)
            if stored is not None and stored.state in (ArticleState.DONE, ArticleState.SET_ASIDE):
                for posting in stored.postings:
                    await self.replies.answer((worked.guild, posting.channel_id, posting.message_id))
        return True


async def setup(bot: PledgeBot) -> None:
    """Add the cog."""
    await bot.add_cog(Links(bot))
