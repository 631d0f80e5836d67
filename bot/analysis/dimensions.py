"""The dimensions of `lexicon/dimensions.toml`, by word: what kinds of event there are, and their two sides.

A dimension has two sides that exclude each other (holding ↔ releasing). A sense is a dimension with a sign:
+1 or -1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bot.analysis.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Mapping


MOST_NAMED = 8
"""Dimensions up to which a noun names one: "attack" is of eight, "halt" of fifteen, "end" of thirty."""


@dataclass(frozen=True, slots=True)
class Sense:
    """One dimension and side that a word is on."""

    dimension: str
    sign: int
    """+1 or -1."""

    def times(self, sign: int) -> Sense:
        """The same sense, or for -1 the opposite one."""
        return Sense(self.dimension, self.sign * sign)


@dataclass(frozen=True, slots=True)
class Entry:
    """One phrase of the lexicon that puts an event on a side of a dimension."""

    rest: tuple[str, ...]
    """The lemmas after the first."""
    sense: Sense
    objects: frozenset[str]
    """Groups of things that it must happen to; empty for any."""
    nonobjects: frozenset[str]
    """Groups of things that it must not happen to."""

    def fits(self, groups: frozenset[str]) -> bool:
        """Whether it can be said of things of these groups."""
        return (not self.objects or bool(groups & self.objects)) and not groups & self.nonobjects


def split(phrase: str) -> list[str]:
    """A phrase as the tokenizer splits it: hyphens are tokens of their own."""
    return phrase.replace("-", " - ").split()


@cache
def entries(kind: str) -> Mapping[str, list[Entry]]:
    """First lemma of a phrase → its entries, longest first; `kind` is `verbs`, `nouns` or `states`."""
    found: dict[str, list[Entry]] = {}
    for row in table("dimensions").get("dimension", ()):
        for side, sign in (("plus", 1), ("minus", -1)):
            part: Mapping[str, Any] = row.get(side, {})
            objects = frozenset(part.get("objects", row.get("objects", ())))
            nonobjects = frozenset(part.get("nonobjects", row.get("nonobjects", ())))
            for phrase in part.get(kind, ()):
                # A lone preposition ("in", "off") is no state that the parse could tell from its other uses.
                if kind == "states" and phrase in words("things", "lone"):
                    continue
                first, *rest = split(phrase)
                entry = Entry(tuple(rest), Sense(row["name"], sign), objects, nonobjects)
                found.setdefault(first, []).append(entry)
    for rows in found.values():
        rows.sort(key=lambda e: -len(e.rest))
    return found


@cache
def kinds_named(word: str) -> frozenset[str]:
    """The dimensions whose events a noun names by itself ("attack"), told by the noun or by its verb."""
    nouns = (word, *_nouns_of().get(word, ()))
    rows = (e for noun in nouns for e in entries("nouns").get(noun, ()) if not e.rest)
    found = frozenset(e.sense.dimension for e in rows)
    return found if len(found) <= MOST_NAMED else frozenset()


@cache
def _nouns_of() -> Mapping[str, list[str]]:
    """Verb → the event nouns that stand for it."""
    found: dict[str, list[str]] = {}
    for noun, verb in nominals().items():
        found.setdefault(verb, []).append(noun)
    return found


@cache
def related(dimension: str) -> tuple[tuple[str, int], ...]:
    """Dimensions that touch this one: +1 where the same sides go together, -1 where opposite ones do."""
    rows = table("related").get("pairs", ())
    forth = tuple((b, turn) for a, b, turn in rows if a == dimension)
    return forth + tuple((a, turn) for a, b, turn in rows if b == dimension)


@cache
def nominals() -> Mapping[str, str]:
    """Event nouns → the verb they stand for."""
    return dict(table("nominals").get("nominals", {}))
