"""The answer to a posted message: a reaction, and one compact reply where the guild wants one."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from typing import TYPE_CHECKING, TypeVar
from weakref import WeakValueDictionary

import aiohttp
import discord
import structlog

from bot.errors import NotFoundError
from cogs import embeds, messages, texts
from cogs.markup import escape
from cogs.patience import patiently

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.client import PledgeBot
    from bot.records import StoredArticle
    from bot.watching import Item

log = structlog.get_logger(__name__)

T = TypeVar("T")

Place = tuple[str, str, str]
"""Guild, channel and message, as ids."""

REMEMBERED = 5_000
"""Messages waiting for an answer of which it is known what of them was refused."""

LOOKED_THROUGH = 100
"""Messages after a message among which its reply is looked for: one request."""

MAX_EMBEDS, MAX_EMBED_CHARS = 10, 6_000
"""What Discord takes in one message, over all its embeds."""

LONG_QUEUE_MINUTES = 2
"""Waiting time from which the bot says how long it will be, instead of falling silent."""

QUEUE_WARNING_SECONDS = 600.0
"""How often it says so in one channel."""

INVALID_FORM_BODY = 50035
"""Discord's code for, among others, a reply to a message that is gone."""


class Replies:
    """Reacts and replies; each message is answered once, whatever happens in between."""

    def __init__(self, bot: PledgeBot) -> None:
        self._bot = bot
        self._expected: OrderedDict[Place, tuple[Item, ...]] = OrderedDict()
        self._answering: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._waiting: dict[Place, asyncio.Future[tuple[Item, ...]]] = {}
        self._warned: dict[str, float] = {}

    async def expect(self, place: Place, refused: Sequence[Item] = ()) -> None:
        """A message is to be answered; `refused`: what of it was not even queued. Committed on return."""
        self._expected[place] = tuple(refused)
        while len(self._expected) > REMEMBERED:
            self._expected.popitem(last=False)
        guild, channel, message = place
        await self._bot.desk.watching.owe(guild, channel, message, self._bot.desk.clock())

    async def stored(self, guild: str, article_id: str) -> StoredArticle | None:
        """An article as it stands now; None where it was forgotten."""
        try:
            return (await self._bot.desk.tracker.recall(guild, article_id)).stored
        except NotFoundError:
            return None

    async def wait(self, place: Place, seconds: float) -> tuple[Item, ...] | None:
        """What came of a message's articles, for who answers it in another way; None: not in time."""
        waiting = self._waiting.setdefault(place, asyncio.get_running_loop().create_future())
        try:
            await self.answer(place)
            async with asyncio.timeout(seconds):
                return await asyncio.shield(waiting)
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(place, None)

    async def answer(self, place: Place) -> None:
        """Answer a message if everything that it posted has been read, and if it is owed an answer."""
        lock = self._answering.setdefault(place, asyncio.Lock())
        async with lock:
            items = await self._bot.desk.watching.answer(place[0], place[2])
            if items is None:
                return
            waiting = self._waiting.get(place)
            if waiting is not None and not waiting.done():
                waiting.set_result(items)
            owed = await self._bot.desk.watching.owed(place[0], place[2])
            if owed:
                await self._settle(place, (*items, *self._expected.get(place, ())), replied=owed[0].replied)

    async def settle(self, guild: str) -> None:
        """Answer what can be answered now: what a stop came in between, and what could not be delivered."""
        for owed in await self._bot.desk.watching.owed(guild):
            await self.answer((owed.guild, owed.channel_id, owed.message_id))

    async def _settle(self, place: Place, items: Sequence[Item], *, replied: bool) -> None:
        watching = self._bot.desk.watching
        if items and not replied:
            # Taken over from another life: it may have sent the reply and not have got to saying so.
            if (place in self._expected or not await self._has_replied(place)) and not await self._reply(
                place, items
            ):
                return
            await watching.replied(place[0], place[2])
        if items:
            problem = any(item.error for item in items)
            await self.reacted(place, texts.PROBLEM if problem else texts.DONE)
            await self._unreacted(place)
        self._expected.pop(place, None)
        await watching.settled(place[0], place[2])

    async def _has_replied(self, place: Place) -> bool:
        """Whether a reply of ours to a message stands in its channel."""

        async def look() -> bool:
            channel = self._bot.get_partial_messageable(int(place[1]), guild_id=int(place[0]))
            after = discord.Object(int(place[2]))
            async for message in channel.history(limit=LOOKED_THROUGH, after=after, oldest_first=True):
                answered = message.reference.message_id if message.reference else None
                if message.author == self._bot.user and answered == int(place[2]):
                    return True
            return False

        return await self._tried(place, "read the message history", look)

    async def warn_of_queue(self, place: Place) -> None:
        """Say how long it will be where the queue is long; not to everybody who posts meanwhile."""
        minutes = await self._bot.desk.watching.minutes(self._bot.desk.clock())
        now = time.monotonic()
        if minutes >= LONG_QUEUE_MINUTES and now - self._warned.get(place[1], -1e9) > QUEUE_WARNING_SECONDS:
            self._warned[place[1]] = now
            message = messages.partial(self._bot, *place)
            await self._tried(place, "reply", lambda: message.reply(texts.waiting(minutes)))

    async def reacted(self, place: Place, emoji: str) -> None:
        """Add a reaction of ours."""
        message = messages.partial(self._bot, *place)
        await self._tried(place, "add a reaction", lambda: message.add_reaction(emoji))

    async def _unreacted(self, place: Place) -> None:
        user = self._bot.user
        if user is not None:
            message = messages.partial(self._bot, *place)
            await self._tried(
                place,
                "add a reaction",
                lambda: message.remove_reaction(texts.READING, user),
                gone_is_fine=True,
            )

    async def _reply(self, place: Place, items: Sequence[Item]) -> bool:
        """Reply if the guild wants it. False: it should have been, and was not delivered."""
        style = (await self._bot.desk.managing.settings(place[0])).replies
        found = [i for i in items if i.reading and (i.reading.stored.tellings or i.reading.matches)]
        if style == "never" or (style == "findings" and not found):
            return True
        told = drawn(items if style == "always" else found)
        content = "\n".join(errors(items))[:1_900] or None
        message = messages.partial(self._bot, *place)
        # The nonce lets Discord drop a second copy where the answer to the first one was lost.
        sent = await self._tried(
            place, "reply", lambda: message.reply(content, embeds=told, mention_author=False, nonce=place[2])
        )
        return sent is not False

    async def _tried(
        self, place: Place, what: str, do: Callable[[], Awaitable[T]], *, gone_is_fine: bool = False
    ) -> T | bool:
        """Do something on Discord. True: there is no sense in trying again; False: there is, later."""
        guild, channel = int(place[0]), int(place[1])
        if self._bot.troubles.stopped(guild, channel):
            return True
        try:
            return await patiently(do)
        except discord.Forbidden:
            await self._bot.troubles.note(guild, channel, what)
        except discord.NotFound:
            if not gone_is_fine:
                await self._bot.desk.watching.deleted(place[0], place[2])
        except discord.HTTPException as error:
            if error.code != INVALID_FORM_BODY:
                log.warning("answer not delivered", guild=place[0], message=place[2], error=str(error))
                return False
            log.warning("answer refused", guild=place[0], message=place[2], error=str(error))
        except (aiohttp.ClientError, OSError) as error:
            log.warning("answer not delivered", guild=place[0], message=place[2], error=str(error))
            return False
        return True


def is_answered(message: discord.Message) -> bool:
    """Whether a message bears our mark of an answer."""
    ours = {str(reaction.emoji) for reaction in message.reactions if reaction.me}
    return bool(ours & {texts.DONE, texts.PROBLEM})


def drawn(items: Sequence[Item]) -> list[discord.Embed]:
    """An embed for each reading, as many as Discord takes in one message."""
    made: list[discord.Embed] = []
    length = 0
    for item in items:
        if item.reading is None:
            continue
        embed = embeds.reply(item.reading, told_before=item.known_claims)
        length += len(embed)
        if len(made) == MAX_EMBEDS or length > MAX_EMBED_CHARS:
            break
        made.append(embed)
    return made


def errors(items: Sequence[Item]) -> list[str]:
    """A line for each item that could not be read."""
    return [
        texts.problem(escape(item.label, 120), escape(item.error, 300))
        for item in items
        if item.error is not None
    ]
