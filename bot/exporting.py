"""A guild's whole record, to be handed out: everything as JSON, the claims as a table."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from bot.managing_protocols import Record
    from bot.models import Claim

PAGE = 200
"""Claims that are loaded at once for an export."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula at the beginning of a cell."""


@dataclass(frozen=True, slots=True)
class Export:
    """A guild's record, to be handed out."""

    json: bytes
    """Everything, by table."""
    csv: bytes
    """The claims, a row each, safe to be opened in a spreadsheet. UTF-8 with a mark, which Excel needs."""


async def export(store: Record, guild: str) -> Export:
    """Everything of a guild. The writing of it, seconds for a large record, happens in a thread."""
    tables = await store.export(guild)
    claims: list[Claim] = []
    while page := await store.claims(guild, limit=PAGE, offset=len(claims)):
        claims += page
    return await asyncio.to_thread(_written, tables, claims)


def _written(tables: dict[str, list[dict[str, Any]]], claims: list[Claim]) -> Export:
    whole = json.dumps(tables, ensure_ascii=False, indent=1, default=str)
    return Export(whole.encode("utf-8", "backslashreplace"), _csv([_row(claim) for claim in claims]))


_COLUMNS = (
    "id",
    "actor",
    "content",
    "polarity",
    "status",
    "made",
    "tellings",
    "quote",
    "speaker",
    "addressee",
)


def _row(claim: Claim) -> list[str]:
    told = claim.tellings[0].commitment
    made = claim.made.isoformat() if claim.made else ""
    head = [claim.id, claim.actor, claim.content, str(claim.polarity), str(claim.status), made]
    return [*head, str(len(claim.tellings)), told.quote, told.speaker or "", told.addressee or ""]


def _csv(rows: list[list[str]]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return file.getvalue().encode("utf-8-sig", "replace")


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
