"""Messages that wait for an answer, so that a crash neither forgets nor repeats one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, insert, select, update

from bot.records import Owed
from storage.part import Part, ensure_guild
from storage.tables import owed

if TYPE_CHECKING:
    from datetime import datetime


class Owing(Part):
    """Answers owed."""

    async def owe(self, guild: str, channel_id: str, message_id: str, now: datetime) -> None:
        """A message is to be answered; nothing where that is known."""
        async with self._db.write() as cx:
            await ensure_guild(cx, guild, now)
            known = select(owed.c.at).where(owed.c.guild == guild, owed.c.message_id == message_id)
            if (await cx.execute(known)).first() is None:
                values = {"guild": guild, "message_id": message_id, "channel_id": channel_id}
                await cx.execute(insert(owed).values(values | {"at": now, "replied": False}))

    async def owed(self, guild: str | None = None, message_id: str | None = None) -> list[Owed]:
        """Messages that wait for an answer, the oldest first: all, a guild's, or that one."""
        query = select(owed).order_by(owed.c.at, owed.c.message_id)
        if guild is not None:
            query = query.where(owed.c.guild == guild)
        if message_id is not None:
            query = query.where(owed.c.message_id == message_id)
        async with self._db.read() as cx:
            return [
                Owed(row.guild, row.channel_id, row.message_id, row.at, row.replied)
                for row in await cx.execute(query)
            ]

    async def replied(self, guild: str, message_id: str) -> None:
        """The reply stands in the channel; what is left is to mark the message."""
        mine = owed.c.guild == guild, owed.c.message_id == message_id
        async with self._db.write() as cx:
            await cx.execute(update(owed).where(*mine).values(replied=True))

    async def settled(self, guild: str, message_id: str) -> None:
        """Nothing is owed any more."""
        mine = owed.c.guild == guild, owed.c.message_id == message_id
        async with self._db.write() as cx:
            await cx.execute(delete(owed).where(*mine))
