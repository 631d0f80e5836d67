"""Actors that a headline names. It is not parsed: headlines have no grammar that the model knows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.mentions import Actor
from bot.analysis.naming import ORGANISED

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST = 6
_ALL_CAPITAL = 0.6
"""Share of capitalised words from which a headline is set in title case, where a capital tells nothing."""
_BREAKS = (",", ":", ";", ".", "?", "!")
_WHERE = frozenset({"in", "at", "on", "near", "over", "across", "outside", "around"})
"""Words after which a headline tells where something happens."""
_PLACE = frozenset({"city"})
_DAYS = frozenset(
    {
        *(
            "monday",
            "tuesday",
            "wednesday",
            "thursday",
            "friday",
            "saturday",
            "sunday",
            "january",
            "february",
        ),
        *("march", "april", "june", "july", "august", "september", "october", "november", "december"),
        *("christmas", "easter", "ramadan", "passover", "diwali"),
    }
)
_UNKNOWN = ORGANISED | {"person", "city"}


def actors_in(title: str, known: Mapping[str, Actor]) -> list[Actor]:
    """The actors of a headline, in order; `known` are those that the text names (first key -> actor)."""
    tokens = title.split()
    capital = [t[:1].isupper() for t in tokens]
    telling = sum(capital) <= _ALL_CAPITAL * len(tokens)
    found: list[Actor] = []
    i = 0
    while i < len(tokens):
        j, actor = _longest(tokens, i, known)
        if actor is None and telling and i and capital[i]:
            j = i + 1
            while j < len(tokens) and capital[j] and tokens[j - 1][-1:] not in _BREAKS:
                j += 1
            name = " ".join(tokens[i:j]).strip(",.:;?!'’\"“”").removesuffix("’s").removesuffix("'s")
            dated = names.plain(tokens[i]) in _DAYS
            actor = Actor(name, (names.plain(name),), _UNKNOWN) if names.plain(name) and not dated else None
        if actor is not None and i and tokens[i - 1].lower() in _WHERE and not actor.is_known:
            actor = replace(actor, kinds=_PLACE)
        if actor is not None and all(a.keys[0] != actor.keys[0] for a in found):
            found.append(actor)
        i = max(j, i + 1)
    return found


def _longest(tokens: list[str], i: int, known: Mapping[str, Actor]) -> tuple[int, Actor | None]:
    """The longest name of the text or of the seed table that starts at a word, and where it ends."""
    for j in range(min(len(tokens), i + _LONGEST), i, -1):
        short = names.plain(" ".join(tokens[i:j]))
        hit = known.get(names.key(short))
        if hit is None:
            hit = next(
                (
                    a
                    for a in known.values()
                    if " " in a.keys[0] and a.is_person and a.keys[0].split()[-1] == short
                ),
                None,
            )
        if hit is None and tokens[i][:1].isupper() and (seed := names.seed().get(short)):
            hit = Actor(seed.name, (names.plain(seed.name), *seed.of), frozenset({seed.kind}))
        if hit is not None:
            return j, hit
    return i + 1, None
