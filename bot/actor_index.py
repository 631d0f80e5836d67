"""The actors of each guild in memory, suggested while somebody types: aliases and slips included."""

from __future__ import annotations

import asyncio
import hashlib
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from rapidfuzz import fuzz, process, utils

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.lookup import KnownAs
    from bot.records import ActorEntry

FRESH = 30.0
"""Seconds after which a guild's actors are loaded again, should nobody have said that they changed."""

CHOICES = 25
"""As many as Discord shows."""

NEAR = 65.0
"""Similarity (0 to 100) from which a name is suggested. One wrong letter of eight gives 87, "talbian" for
"taliban" 86; names of five letters with three in common score 60."""

LONGEST = 100
"""Characters of what was typed that are looked at: Discord's own limit of a choice."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """The actors of one guild, ready to be searched."""

    loaded: float
    busiest: tuple[str, ...]
    """Names for somebody who has not typed anything."""
    names: tuple[str, ...]
    """Every name and alias, plain."""
    shown: tuple[str, ...]
    """For each of them, the actor's name."""
    actors: tuple[ActorEntry, ...]


class ActorIndex:
    """Suggests actors from memory; what it knows of a guild is loaded once, and again when it has changed."""

    def __init__(
        self,
        load: Callable[[str], Awaitable[list[ActorEntry]]],
        *,
        known_as: KnownAs = lambda _key: (),
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`load` gives a guild's actors; `known_as` the names that the lexicon has for an actor's key."""
        self._load, self._known_as, self._clock = load, known_as, clock
        self._kept: dict[str, _Kept] = {}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def changed(self, guild: str) -> None:
        """The guild's actors or their names may have changed: load them again when they are next needed."""
        self._kept.pop(guild, None)

    async def suggest(self, guild: str, typed: str) -> list[str]:
        """Names for what somebody has typed so far, the likeliest first; for nothing, the busiest actors."""
        kept = await self._of(guild)
        wanted = _plain(typed[:LONGEST])
        if not wanted:
            return list(kept.busiest)
        starting = [
            (len(name), shown)
            for name, shown in zip(kept.names, kept.shown, strict=True)
            if name.startswith(wanted) or f" {wanted}" in name
        ]
        found = dict.fromkeys(shown for _, shown in sorted(starting))
        if len(found) < CHOICES:
            found |= dict.fromkeys(kept.shown[index] for index in _like(wanted, kept.names))
        return list(found)[:CHOICES]

    async def behind(self, guild: str, wanted: str) -> tuple[tuple[str, ...], str] | None:
        """Keys and name of the actor, or of the actors with one name in common, that `digest` stands for."""
        kept = await self._of(guild)
        by_name: dict[str, list[ActorEntry]] = {}
        for entry in kept.actors:
            if digest((entry.key,)) == wanted:
                return (entry.key,), entry.name
            for name in dict.fromkeys(_plain(n) for n in (entry.name, *entry.aliases)):
                by_name.setdefault(name, []).append(entry)
        for same in by_name.values():
            keys = tuple(entry.key for entry in same)
            if len(same) > 1 and digest(keys) == wanted:
                return keys, same[0].name
        return None

    async def _of(self, guild: str) -> _Kept:
        kept = self._kept.get(guild)
        if kept is None or self._clock() - kept.loaded > FRESH:
            lock = self._locks.setdefault(guild, asyncio.Lock())
            async with lock:
                kept = self._kept.get(guild)
                if kept is None or self._clock() - kept.loaded > FRESH:
                    kept = self._kept[guild] = self._ready(await self._load(guild))
        return kept

    def _ready(self, actors: Sequence[ActorEntry]) -> _Kept:
        named = [
            (plain, entry.name)
            for entry in actors
            for plain in dict.fromkeys(
                _plain(name) for name in (entry.name, entry.key, *entry.aliases, *self._known_as(entry.key))
            )
            if plain
        ]
        busiest = sorted(actors, key=lambda a: (-a.claims, a.name))[:CHOICES]
        return _Kept(
            loaded=self._clock(),
            busiest=tuple(a.name for a in busiest),
            names=tuple(plain for plain, _ in named),
            shown=tuple(name for _, name in named),
            actors=tuple(actors),
        )


def digest(keys: Sequence[str]) -> str:
    """Stands for an actor where there is no room for its keys: 12 letters."""
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:12]


def _like(wanted: str, names: Sequence[str]) -> list[int]:
    """Which names are spelt like it, the nearest first, whatever the order of the words."""
    found = process.extract(wanted, names, scorer=fuzz.token_sort_ratio, limit=CHOICES, score_cutoff=NEAR)
    return [index for _, _, index in found]


def _plain(text: str) -> str:
    return " ".join(utils.default_process(text).split())
