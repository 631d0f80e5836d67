"""Names of actors: their normal form, the seed table of known actors, and what a name may be short for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from bot.analysis.lexicon import table

_ARTICLES = re.compile(r"^(?:the|a|an|its|their|his|her|our|my|this|that|these|those|both)\s+")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "’": "'", "‘": "'"})
_MARKS = re.compile(r"[“”\"`.,;:()\[\]{}]+")


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the seed table."""

    name: str
    kind: str
    """`state`, `region`, `city`, `group`, `body`, `company`, `party` or `person`."""
    of: tuple[str, ...] = ()
    """Keys of the bodies that a person or an organ speaks for."""


def plain(name: str) -> str:
    """A name without case, accents, leading article, possessive ending and stray punctuation."""
    text = unicodedata.normalize("NFKD", name.translate(_DASHES)).casefold()
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = _SPACES.sub(" ", _MARKS.sub("", text)).strip()
    return _POSSESSIVE.sub("", _ARTICLES.sub("", text)).strip()


def key(name: str, aliases: Mapping[str, str] | None = None) -> str:
    """The key under which an actor is filed: equal keys, one actor.

    Known aliases lead to one key ("the Afghan Taliban" and "Islamic Emirate" -> "taliban"); `aliases` are a
    guild's own (alias -> name) and go before the seed table.
    """
    short = plain(name)
    if aliases:
        own = {plain(a): n for a, n in aliases.items()}
        if short in own:
            short = plain(own[short])
    known = seed().get(short)
    return plain(known.name) if known else short


@cache
def seed() -> Mapping[str, Known]:
    """All known names: plain form of each name, alias, seat, demonym, force, ministry and leader -> actor."""
    found: dict[str, Known] = {}
    for row in table("actors").get("actor", ()):
        own = Known(row["name"], row["kind"])
        ambiguous = {plain(a) for a in row.get("ambiguous", ())}
        for alias in (row["name"], *row.get("aliases", ()), *row.get("seats", ()), *row.get("demonyms", ())):
            if plain(alias) not in ambiguous or alias == row["name"]:
                found.setdefault(plain(alias), own)
    for row in table("actors").get("actor", ()):
        body = (plain(row["name"]),)
        for organ in (*row.get("forces", ()), *row.get("ministries", ())):
            found.setdefault(plain(organ), Known(organ, "body", body))
        for leader in row.get("leaders", ()):
            known = found.get(plain(leader["name"]))
            if known is None:
                found[plain(leader["name"])] = Known(leader["name"], "person", body)
            elif known.kind == "person" and body[0] not in known.of:
                found[plain(leader["name"])] = Known(known.name, "person", (*known.of, *body))
    return found


@cache
def demonyms() -> Mapping[str, str]:
    """Adjectives and peoples -> name of the state, city or region ("chinese" -> "China")."""
    found: dict[str, str] = {}
    for row in table("actors").get("actor", ()):
        for word in row.get("demonyms", ()):
            found.setdefault(plain(word), row["name"])
    return found


@cache
def seats() -> frozenset[str]:
    """Capitals and seats of government that stand for the actor."""
    return frozenset(plain(s) for row in table("actors").get("actor", ()) for s in row.get("seats", ()))


@cache
def longest_alias() -> int:
    """Words in the longest known name: how far a look-up needs to look."""
    return max((len(name.split()) for name in seed()), default=1)
