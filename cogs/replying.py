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
"""Messages that wait for an answer and need not be looked at again to know that."""

MAX_EMBEDS, MAX_EMBED_CHARS = 10, 6_000
"""What Discord takes in one message, over all its embeds."""

LONG_QUEUE_MINUTES = 2
"""Waiting time from which the bot says how long it will be, instead of falling silent."""

QUEUE_WARNING_SECONDS = 600.0
"""How often it says so in one channel."""

INVALID_FORM_BODY = 50035
"""Discord's code for, among others, a reply to a message that is gone."""


class Replies:
    """Reacts and replies; each message is answered once."""

    def __init__(self, bot: PledgeBot) -> None:
        self._bot = bot
        self._expected: OrderedDict[Place, tuple[Item, ...]] = OrderedDict()
        self._answering: WeakValueDictionary[Place, asyncio.Lock] = WeakValueDictionary()
        self._waiting: dict[Place, asyncio.Future[tuple[Item, ...]]] = {}
        self._warned: dict[str, float] = {}
        self.late: set[Place] = set()
        """Messages whose answer could not be delivered; they are tried again by and by."""

    def expect(self, place: Place, refused: Sequence[Item] = ()) -> None:
        """A message is to be answered; `refused`: what of it was not even queued."""
        self._expected[place] = tuple(refused)
        while len(self._expected) > REMEMBERED:
            self._expected.popitem(last=False)

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
        """Answer a message if everything that it posted has been read, and if it was not answered before."""
        lock = self._answering.setdefault(place, asyncio.Lock())
        async with lock:
            items = await self._bot.desk.watching.answer(place[0], place[2])
            waiting = self._waiting.get(place)
            if items is not None and waiting is not None:
                if not waiting.done():
                    waiting.set_result(items)
                return
            if items is None or not await self._is_owed(place):
                return
            items = (*items, *self._expected.get(place, ()))
            if not items:
                return
            if await self._reply(place, items):
                problem = any(item.error for item in items)
                await self.reacted(place, texts.PROBLEM if problem else texts.DONE)
                await self._unreacted(place)
                self._expected.pop(place, None)
                self.late.discard(place)
            else:
                self.late.add(place)

    async def retry(self) -> None:
        """Try again to deliver what could not be delivered."""
        for place in list(self.late):
            await self.answer(place)

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

    async def _is_owed(self, place: Place) -> bool:
        """Whether a message waits for an answer. After a start only our reaction on it can tell."""
        if place in self._expected or place in self.late:
            return True
        if self._bot.troubles.stopped(int(place[0]), int(place[1])):
            return False
        message = await self._tried(
            place, "read the message history", lambda: messages.partial(self._bot, *place).fetch()
        )
        if not isinstance(message, discord.Message):
            return False
        return is_unanswered(message)

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


def is_marked(message: discord.Message) -> bool:
    """Whether a message bears the mark of reading, whoever set it: worth a closer look."""
    return any(str(reaction.emoji) == texts.READING for reaction in message.reactions)


def is_unanswered(message: discord.Message) -> bool:
    """Whether a message bears our mark of reading and not yet one of an answer."""
    ours = {str(reaction.emoji) for reaction in message.reactions if reaction.me}
    return texts.READING in ours and not ours & {texts.DONE, texts.PROBLEM}


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
