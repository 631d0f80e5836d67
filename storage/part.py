"""What the themes of the store share."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, or_, select

from bot.errors import StorageError
from storage.tables import guilds

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sqlalchemy import Column, ColumnElement, CursorResult, Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from storage.database import Database


FAR = timedelta(days=2)
"""Nothing is ever put off for longer than a day (feeds that fail). What seems to be was put off by a clock
that has been set back since."""

ROWS_AT_ONCE = 40
"""Rows that are decoded before other work gets its turn. A row of evidence or of a report, with its frame,
takes up to 0.2 ms; the event loop is to be held for 50 ms at most, also where the machine is busy."""


class Part:
    """One theme of the store, on the database that all themes share."""

    def __init__(self, database: Database) -> None:
        self._db = database


def utc_now() -> datetime:
    """The time, aware."""
    return datetime.now(UTC)


def due(retry_at: Column[Any], now: datetime) -> ColumnElement[bool]:
    """What is to be tried now, judged by the time until which it was put off."""
    far = now + FAR if now < datetime.max.replace(tzinfo=UTC) - FAR else now
    return or_(retry_at.is_(None), retry_at <= now, retry_at > far)


def content_hash(text: str) -> str:
    """What two copies of one text have in common, however their white space differs.

    Raises UnicodeEncodeError on a lone surrogate, like the database itself.
    """
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


async def ensure_guild(cx: AsyncConnection, guild: str, now: datetime) -> None:
    """Make the guild's row where there is none."""
    if (await cx.execute(select(guilds.c.id).where(guilds.c.id == guild))).first() is None:
        await cx.execute(insert(guilds).values(id=guild, created=now, settings={}))


async def gently(result: CursorResult[Any]) -> AsyncIterator[Row[Any]]:
    """The rows of a result, decoded as they are asked for: between some of them others get their turn."""
    for number, row in enumerate(result, 1):
        yield row
        if number % ROWS_AT_ONCE == 0:
            await asyncio.sleep(0)


def inserted(result: CursorResult[Any]) -> int:
    """The number that a row just inserted was given."""
    key = result.inserted_primary_key
    if key is None:
        raise StorageError("An insert of many rows gives no single number.")
    return int(key[0])
