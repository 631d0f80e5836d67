"""Feeds that guilds follow, and when each is to be checked again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from bot.records import Feed
from storage.ids import Kind, missing, parse, render
from storage.part import Part, due, ensure_guild, inserted
from storage.tables import feeds

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Row


class Feeds(Part):
    """Following feeds."""

    async def follow(
        self, guild: str, url: str, now: datetime, *, title: str = "", channel_id: str | None = None
    ) -> Feed:
        """Follow a feed from now on; one that is followed already, or was paused, goes on."""
        values = {"channel_id": channel_id, "next_check": now, "failures": 0, "paused": None}
        if title:
            values["title"] = title
        mine = feeds.c.guild == guild, feeds.c.url == url
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now)
            number = (await cx.execute(select(feeds.c.id).where(*mine))).scalar()
            if number is None:
                start = {"guild": guild, "url": url, "title": title, "today": 0}
                number = inserted(await cx.execute(insert(feeds).values(start | values)))
            else:
                await cx.execute(update(feeds).where(*mine).values(values))
            return _feed((await cx.execute(select(feeds).where(feeds.c.id == number))).one())

    async def unfollow(self, guild: str, feed_id: str) -> None:
        """Stop following; what was read stays. Raises NotFoundError."""
        statement = delete(feeds).where(feeds.c.guild == guild, feeds.c.id == parse(Kind.FEED, feed_id))
        async with self._db.write() as cx:
            if (await cx.execute(statement)).rowcount == 0:
                raise missing(Kind.FEED, feed_id)

    async def feeds(self, guild: str) -> list[Feed]:
        """The feeds that a guild follows, paused ones included."""
        query = select(feeds).where(feeds.c.guild == guild).order_by(feeds.c.id)
        async with self._db.read() as cx:
            return [_feed(row) for row in await cx.execute(query)]

    async def due_feeds(self, now: datetime, limit: int) -> list[Feed]:
        """Feeds of any guild whose check is due, the longest overdue first."""
        query = select(feeds).where(feeds.c.paused.is_(None), due(feeds.c.next_check, now))
        async with self._db.read() as cx:
            found = await cx.execute(query.order_by(feeds.c.next_check, feeds.c.id).limit(limit))
            return [_feed(row) for row in found]

    async def feed_checked(
        self,
        feed: Feed,
        now: datetime,
        next_check: datetime,
        *,
        title: str = "",
        etag: str | None = None,
        last_modified: str | None = None,
        day: date,
        today: int,
    ) -> None:
        """A check succeeded; `today` articles of it were queued on `day` so far."""
        values = {"checked": now, "next_check": next_check, "failures": 0, "day": day, "today": today}
        values |= {"etag": etag, "last_modified": last_modified, "title": title or feed.title}
        await self._update(feed, values)

    async def feed_failed(
        self, feed: Feed, now: datetime, next_check: datetime, *, paused: str | None = None
    ) -> None:
        """A check failed; with a reason to pause, it is checked no more until it is followed again."""
        values = {
            "checked": now,
            "next_check": next_check,
            "failures": feeds.c.failures + 1,
            "paused": paused,
        }
        await self._update(feed, values)

    async def _update(self, feed: Feed, values: dict[str, Any]) -> None:
        mine = feeds.c.guild == feed.guild, feeds.c.id == parse(Kind.FEED, feed.id)
        async with self._db.write() as cx:
            await cx.execute(update(feeds).where(*mine).values(values))


def _feed(row: Row[Any]) -> Feed:
    return Feed(
        id=render(Kind.FEED, row.id),
        guild=row.guild,
        url=row.url,
        title=row.title,
        channel_id=row.channel_id,
        etag=row.etag,
        last_modified=row.last_modified,
        checked=row.checked,
        next_check=row.next_check,
        failures=row.failures,
        paused=row.paused,
        day=row.day,
        today=row.today,
    )
