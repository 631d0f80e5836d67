"""Messages as sources of articles: what is read of one, what was taken already, and what to answer.

Which of its articles a message posted is on record (the postings); so a message that is delivered twice,
edited, or found again in a channel's history gives only what is new in it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from weakref import WeakValueDictionary

import structlog

from bot.errors import InputError, PledgewatchError, StorageError
from bot.models import ArticleState
from bot.records import Posting, Source

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from bot.models import Article, Claim
    from bot.records import Channel, Owed, QueueStats, StoredArticle, Submitted
    from bot.tracker_answers import Reading

log = structlog.get_logger(__name__)

SHORTEST_TEXT = 80
"""Characters from which a message without a link counts as a pasted text: less is talk, not an article."""

SECONDS_EACH = 2.0
"""What one queued article is taken to need, for "about N minutes", until a pace is known: fetching and
reading run side by side, parsing 900 words takes 0.2 s; a polite second between two pages of one site is most
of it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A message, as far as it matters here."""

    posting: Posting
    guild: str
    text: str


@dataclass(frozen=True, slots=True)
class File:
    """A file that came with a message."""

    name: str
    content_type: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Item:
    """One link or file of a message, with what came of it: a reading or an error."""

    label: str
    """The link, the file's name or the article's title."""
    reading: Reading | None = None
    """`known` where it had been read before this message posted it."""
    error: str | None = None
    known_claims: frozenset[str] = frozenset()
    """Ids of those of its claims that another article tells as well."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was new in a message."""

    articles: tuple[str, ...] = ()
    refused: tuple[Item, ...] = ()
    """What was not even queued, with why."""


class Record(Protocol):
    """What of the store is needed here."""

    async def posted_by(self, guild: str, message_id: str) -> list[StoredArticle]:
        """The articles that a message posted."""
        ...

    async def forget_posting(self, guild: str, message_id: str) -> int:
        """Forget what a deleted message posted."""
        ...

    async def owe(self, guild: str, channel_id: str, message_id: str, now: datetime) -> None:
        """A message is to be answered."""
        ...

    async def owed(self, guild: str | None = None, message_id: str | None = None) -> list[Owed]:
        """Messages that wait for an answer."""
        ...

    async def replied(self, guild: str, message_id: str) -> None:
        """The reply was sent."""
        ...

    async def settled(self, guild: str, message_id: str) -> None:
        """Nothing is owed any more."""
        ...

    async def claims_by_id(self, guild: str, ids: Sequence[str]) -> list[Claim]:
        """These claims."""
        ...

    async def queue(self, now: datetime) -> QueueStats:
        """How the queue stands."""
        ...

    async def channels(self, guild: str | None = None, *, watched: bool | None = None) -> list[Channel]:
        """The channels known."""
        ...

    async def saw(self, guild: str, channel_id: str, message_id: str) -> None:
        """Remember the last message of a channel that was dealt with."""
        ...

    async def forget_channel(self, guild: str, channel_id: str) -> None:
        """Drop a channel that was deleted."""
        ...


class Takes(Protocol):
    """What of the tracker is needed here."""

    async def submit(self, guild: str, source: Source, posting: Posting | None = None) -> Submitted:
        """Queue an article."""
        ...

    async def recall(self, guild: str, article_id: str) -> Reading:
        """What came of an article."""
        ...


class Watching:
    """The use cases of messages."""

    def __init__(
        self,
        store: Record,
        tracker: Takes,
        *,
        links: Callable[[str], list[str]],
        read_file: Callable[[File], Awaitable[Article]],
        pace: Callable[[], float | None] = lambda: None,
    ) -> None:
        """`links` finds the links of a message's text; `read_file` reads an attached file as a page.

        `pace`: seconds that an article took of late, None where that is not known.
        """
        self._store, self._tracker = store, tracker
        self._links, self._read_file, self._pace = links, read_file, pace
        self._messages: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def links(self, text: str) -> list[str]:
        """The links that are read of a message."""
        return self._links(text)

    async def take(self, post: Post, files: Sequence[File] = (), *, pasted: bool = False) -> Taken:
        """Queue what is new in a message; committed when it returns. Raises StorageError.

        `pasted`: where there is neither link nor file, the message's own text is the article.
        """
        lock = self._messages.setdefault(post.posting.message_id, asyncio.Lock())
        async with lock:
            # Delivered twice, or edited: what the message posted before is not new.
            before = {a.id for a in await self._store.posted_by(post.guild, post.posting.message_id)}
            new: dict[str, None] = {}
            refused: list[Item] = []
            links = self._links(post.text)
            for link in links:
                await self._submit(post, link, Source(url=link), new, refused)
            for file in files:
                try:
                    source = await self._from_file(post, file)
                except StorageError:
                    raise
                except PledgewatchError as error:
                    refused.append(Item(file.name, error=str(error)))
                else:
                    await self._submit(post, file.name, source, new, refused)
            if pasted and not links and not files:
                text = post.text.strip()
                if len(text) < SHORTEST_TEXT:
                    raise InputError("There is neither a link nor a text long enough to be read in it.")
                source = Source(text=text, published=post.posting.at.date())
                await self._submit(post, "the text", source, new, refused)
        return Taken(tuple(a for a in new if a not in before), tuple(refused))

    async def _submit(
        self, post: Post, label: str, source: Source, new: dict[str, None], refused: list[Item]
    ) -> None:
        try:
            submitted = await self._tracker.submit(post.guild, source, post.posting)
        except StorageError:
            raise
        except PledgewatchError as error:
            refused.append(Item(label, error=str(error)))
        else:
            new[submitted.article_id] = None
            log.info(
                "article posted",
                guild=post.guild,
                message=post.posting.message_id,
                article=submitted.article_id,
                known=not submitted.is_new,
            )

    async def _from_file(self, post: Post, file: File) -> Source:
        article = await self._read_file(file)
        if not article.text.strip():
            raise InputError(article.note or "There is no text in this file.")
        # A file mostly bears no date; then the day on which it was posted has to do.
        published = article.published or post.posting.at.date()
        return Source(url=article.url, text=article.text, title=article.title, published=published)

    async def owe(self, guild: str, channel_id: str, message_id: str, now: datetime) -> None:
        """A message is to be answered when all of it has been read; kept until it is."""
        await self._store.owe(guild, channel_id, message_id, now)

    async def owed(self, guild: str | None = None, message_id: str | None = None) -> list[Owed]:
        """Messages that wait for an answer, the oldest first: all, a guild's, or that one."""
        return await self._store.owed(guild, message_id)

    async def replied(self, guild: str, message_id: str) -> None:
        """The reply to a message stands in its channel."""
        await self._store.replied(guild, message_id)

    async def settled(self, guild: str, message_id: str) -> None:
        """A message needs no answer any more."""
        await self._store.settled(guild, message_id)

    async def has_posted(self, guild: str, message_id: str) -> bool:
        """Whether a message is on record as having posted something."""
        return bool(await self._store.posted_by(guild, message_id))

    async def answer(self, guild: str, message_id: str) -> tuple[Item, ...] | None:
        """What to answer to a message, in the order of its articles; None while some are still to be read."""
        articles = await self._store.posted_by(guild, message_id)
        if any(a.state in (ArticleState.QUEUED, ArticleState.LEASED) for a in articles):
            return None
        return tuple([await self._item(article, message_id) for article in articles])

    async def _item(self, stored: StoredArticle, message_id: str) -> Item:
        label = stored.url or stored.id
        if stored.article:
            label = stored.article.url or stored.article.title or label
        if stored.state is ArticleState.SET_ASIDE:
            return Item(label, error=stored.error or "It could not be read.")
        reading = await self._tracker.recall(stored.guild, stored.id)
        ids = list(dict.fromkeys(filed.claim_id for filed in stored.tellings))
        claims = await self._store.claims_by_id(stored.guild, ids) if ids else []
        elsewhere = {c.id for c in claims if any(t.article_id != stored.id for t in c.tellings)}
        first = next(iter(stored.postings), None)
        known = first is not None and first.message_id != message_id
        return Item(label, replace(reading, known=known), known_claims=frozenset(elsewhere))

    async def deleted(self, guild: str, message_id: str) -> int:
        """A message was deleted: its articles stay, but it no longer counts as having posted them."""
        await self._store.settled(guild, message_id)
        return await self._store.forget_posting(guild, message_id)

    async def minutes(self, now: datetime) -> int:
        """How long an article posted now will wait, in whole minutes."""
        stats = await self._store.queue(now)
        return int((stats.waiting + stats.leased) * (self._pace() or SECONDS_EACH) // 60)

    async def channels(self) -> list[Channel]:
        """Every channel known, of every guild."""
        return await self._store.channels()

    async def saw(self, guild: str, channel_id: str, message_id: str) -> None:
        """A message was dealt with: after a stop, the channel is read from the one after it."""
        await self._store.saw(guild, channel_id, message_id)

    async def channel_deleted(self, guild: str, channel_id: str) -> None:
        """A channel is no more."""
        await self._store.forget_channel(guild, channel_id)
