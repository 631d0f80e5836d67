"""A guild's whole record as plain rows, and how much is stored in all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from bot.records import Totals
from storage.part import Part, gently
from storage.tables import alerts, articles, claims, evidence, guilds, metadata

INTERNAL = frozenset({"owner", "expires", "pending_hash", "content_hash", "quote_hash", "nonce"})
"""Columns that mean nothing outside the program."""


class Exporting(Part):
    """Giving out what is stored."""

    async def export(self, guild: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of a guild by table, JSON-ready: days and times as ISO 8601, numbers as stored."""
        answer: dict[str, list[dict[str, Any]]] = {}
        async with self._db.read() as cx:
            for table in metadata.sorted_tables:
                mine = table.c.id if table is guilds else table.c.guild
                query = select(table).where(mine == guild).order_by(*table.primary_key.columns)
                answer[table.name] = [
                    {name: _plain(v) for name, v in row._mapping.items() if name not in INTERNAL}
                    async for row in gently(await cx.execute(query))
                ]
        return answer

    async def totals(self, guild: str | None = None) -> Totals:
        """How much is stored, of one guild or of all."""
        counts = []
        async with self._db.read() as cx:
            for table in (guilds, articles, claims, evidence, alerts):
                query = select(func.count()).select_from(table)
                if guild is not None:
                    query = query.where((table.c.id if table is guilds else table.c.guild) == guild)
                counts.append(int((await cx.execute(query)).scalar_one()))
        return Totals(*counts)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    return value.isoformat() if isinstance(value, date) else value
