"""Embeds that cannot grow past Discord's limits, and the colours and signs that carry a status."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from bot.models import Status
from cogs.markup import ELLIPSIS, units

if TYPE_CHECKING:
    from datetime import date

TITLE = 256
DESCRIPTION = 4_096
FIELDS = 25
FIELD_NAME = 256
FIELD_VALUE = 1_024
FOOTER = 2_048
TOTAL = 6_000
"""Over all embeds of one message."""

COLOURS = {
    Status.NOT_RATED: 0x80848E,
    Status.IN_THE_WORKS: 0x3B82F6,
    Status.STALLED: 0xEAB308,
    Status.COMPROMISE: 0xA855F7,
    Status.KEPT: 0x22C55E,
    Status.BROKEN: 0xEF4444,
}
SIGNS = {
    Status.NOT_RATED: "⬜",
    Status.IN_THE_WORKS: "🟦",
    Status.STALLED: "🟨",
    Status.COMPROMISE: "🟪",
    Status.KEPT: "🟩",
    Status.BROKEN: "🟥",
}
"""The same colours as squares: where a list has one colour for all its rows, and for whoever reads signs."""

NEUTRAL = 0x5865F2
OPEN_ALERT = 0xF97316
"""Orange: nobody has looked at it yet."""
CONFIRMED = COLOURS[Status.BROKEN]
DISMISSED = COLOURS[Status.NOT_RATED]


class Draft:
    """An embed in the making. What does not fit is left out, never sent to be refused."""

    def __init__(
        self,
        title: str,
        *,
        colour: int,
        description: str = "",
        url: str | None = None,
        footer: str = "",
        budget: int = TOTAL,
    ) -> None:
        """`budget`: units that the whole embed may take. Texts are escaped and short enough already."""
        self.embed = discord.Embed(title=title, colour=colour, description=description or None, url=url)
        if footer:
            self.embed.set_footer(text=footer)
        self._left = budget - units(title) - units(description) - units(footer)

    @property
    def left(self) -> int:
        """Units that are still free."""
        return self._left

    def field(self, name: str, value: str, *, inline: bool = False, keep: int = 0) -> bool:
        """Add a field where it fits and `keep` units stay free after it. False: it did not fit."""
        name, value = name or BLANK, value or BLANK
        size = units(name) + units(value)
        fits = units(name) <= FIELD_NAME and units(value) <= FIELD_VALUE
        if not fits or size > self._left - keep or len(self.embed.fields) >= FIELDS:
            return False
        self._left -= size
        self.embed.add_field(name=name, value=value, inline=inline)
        return True


BLANK = "–"
"""Stands where there is nothing to say: Discord refuses an empty field."""


def day(when: date | None) -> str:
    """A day of an article, e.g. "28 Jul 2021"; articles know no hour and no time zone."""
    return f"{when.day} {when:%b} {when.year}" if when else "undated"


def lines(rows: list[str], limit: int, *, more: str = "and {} more") -> str:
    """As many rows as fit into `limit` units, and how many were left out."""
    whole = "\n".join(rows)
    if units(whole) <= limit:
        return whole
    kept = list(rows)
    while kept:
        kept.pop()
        text = "\n".join([*kept, f"{ELLIPSIS} {more.format(len(rows) - len(kept))}"])
        if units(text) <= limit:
            return text
    return ELLIPSIS
