"""Following feeds: each is looked at in turn, and its new articles are queued up to a number a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import structlog

from bot.errors import (
    FetchError,
    GoneError,
    InputError,
    NotFoundError,
    PageError,
    PledgewatchError,
    RefusedError,
    StorageError,
)
from bot.records import Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.following_protocols import Feeds, Read, Record, Submits
    from bot.records import Feed

log = structlog.get_logger(__name__)

MAX_FEEDS = 25
"""Feeds of one guild: with 40 articles a day each, a thousand a day, which one process reads in an hour."""

PAST = timedelta(days=2)
"""How far back the entries of a feed reach that is followed from now on: what is news, not its archive."""


class Following:
    """The use cases of feeds."""

    def __init__(
        self,
        store: Record,
        tracker: Submits,
        feeds: Feeds,
        *,
        canonical: Callable[[str], str] = str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`canonical` raises InputError for what is no web address; `clock` gives aware UTC times."""
        self._store, self._tracker, self._feeds = store, tracker, feeds
        self._canonical, self._clock = canonical, clock
        self._paused: list[tuple[Feed, str]] = []

    async def follow(self, guild: str, url: str, *, channel_id: str | None = None) -> Feed:
        """Follow the feed at this address, if there is one. Raises FetchError, PageError or InputError."""
        self._canonical(url)
        known = await self._store.feeds(guild)
        if len(known) >= MAX_FEEDS and all(feed.url != url for feed in known):
            raise InputError(f"At most {MAX_FEEDS} feeds can be followed; stop following one first.")
        read = await self._feeds.read(url, etag=None, last_modified=None)
        title = read.title if read else ""
        return await self._store.follow(guild, url, self._clock(), title=title, channel_id=channel_id)

    async def unfollow(self, guild: str, feed: str) -> Feed:
        """Stop following a feed, given by id or address. Raises NotFoundError."""
        for known in await self._store.feeds(guild):
            if feed in (known.id, known.url):
                await self._store.unfollow(guild, known.id)
                return known
        raise NotFoundError("This feed is not followed.")

    async def feeds(self, guild: str) -> list[Feed]:
        """The feeds that a guild follows."""
        return await self._store.feeds(guild)

    def take_paused(self) -> list[tuple[Feed, str]]:
        """The feeds that were paused since this was asked last, with why: whoever asks tells the guild."""
        paused, self._paused = self._paused, []
        return paused

    async def step(self) -> bool:
        """Look at the feed that is longest overdue; False where none is due. Raises StorageError."""
        now = self._clock()
        due = await self._store.due_feeds(now, 1)
        if not due:
            return False
        feed = due[0]
        try:
            read = await self._feeds.read(feed.url, etag=feed.etag, last_modified=feed.last_modified)
        except StorageError:
            raise
        except PledgewatchError as error:
            final = isinstance(error, GoneError | RefusedError | PageError)
            log.info("feed failed", guild=feed.guild, feed=feed.id, error=str(error))
            decided = self._feeds.decide(failures=feed.failures, now=now, error=str(error), final=final)
            await self._store.feed_failed(feed, now, decided.next_check, paused=decided.paused)
            if decided.paused:
                log.warning("feed paused", guild=feed.guild, feed=feed.id, reason=decided.paused)
                self._paused.append((feed, decided.paused))
        else:
            await self._queue(feed, read, now)
        return True

    async def _queue(self, feed: Feed, read: Read | None, now: datetime) -> None:
        day, today = feed.day or now.astimezone(UTC).date(), feed.today
        if read is not None:
            known = [u for u in read.urls if await self._store.known(feed.guild, url=u) is not None]
            since = (feed.checked or now) - PAST
            choice = read.choose(known, now=now, day=feed.day, today=today, since=since)
            for entry in choice.entries:
                try:
                    await self._tracker.submit(feed.guild, Source(url=entry.url, title=entry.title))
                except (FetchError, InputError) as error:
                    log.info("feed entry refused", guild=feed.guild, feed=feed.id, error=str(error))
            day, today = choice.day, choice.today
        decided = self._feeds.decide(failures=feed.failures, now=now, error=None, final=False)
        await self._store.feed_checked(
            feed,
            now,
            decided.next_check,
            title=read.title if read else "",
            etag=read.etag if read else feed.etag,
            last_modified=read.last_modified if read else feed.last_modified,
            day=day,
            today=today,
        )
