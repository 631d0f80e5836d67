"""Names of actors: their normal form, the seed table of known actors, and what a name may be short for."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from bot.analysis.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ARTICLES = re.compile(r"^(?:the|a|an|its|their|his|her|our|my|this|that|these|those|both)\s+")
_POSSESSIVE = re.compile(r"['’]s?$")
_SPACES = re.compile(r"\s+")
_DASHES = str.maketrans({"‐": "-", "‑": "-", "–": "-", "’": "'", "‘": "'"})
_FAMILY_FIRST = frozenset(
    {"kim", "xi", "li", "wang", "moon", "lee", "yoon", "park", "hu", "wen", "zhao", "tsai", "roh", "ri"}
)
"""Family names that stand before the given name in Korean and Chinese names."""
_OPEN = 9999
_MARKS = re.compile(r"[“”\"`.,;:()\[\]{}]+")


@dataclass(frozen=True, slots=True)
class Known:
    """An actor of the seed table."""

    name: str
    kind: str
    """`state`, `region`, `city`, `group`, `body`, `company`, `party` or `person`."""
    of: tuple[str, ...] = ()
    """Keys of the bodies that a person or an organ speaks for, at some time."""
    terms: tuple[tuple[int, int], ...] = ()
    """For each of `of`, the first and last year in which a person spoke for it."""

    def speaks_for(self, year: int | None) -> tuple[str, ...]:
        """Keys of the bodies it speaks for in a year (all of them where the year is not known)."""
        if year is None or not self.terms:
            return self.of
        return tuple(k for k, (first, last) in zip(self.of, self.terms, strict=True) if first <= year <= last)


@lru_cache(maxsize=8192)
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


TABLES = ("actors", "groups", "bodies", "companies", "parties")
"""The files of the seed table: places and states, armed groups, international bodies, companies, parties."""


def _rows() -> list[Mapping[str, Any]]:
    return [row for name in TABLES for row in table(name).get("actor", ())]


def _forms(row: Mapping[str, Any]) -> Iterator[tuple[str, Known]]:
    """Every form of a row with the actor it stands for: the row's own, an organ of it, or a leader."""
    # An organ, an army, a central bank speaks for its state; a party only for itself.
    of = tuple(plain(o) for o in row.get("of", ())) if row["kind"] in ("group", "body") else ()
    own = Known(row["name"], row["kind"], of)
    for name in (row["name"], *row.get("aliases", ()), *row.get("seats", ()), *row.get("demonyms", ())):
        yield plain(name), own
    body = (plain(row["name"]),)
    for organ in (*row.get("forces", ()), *row.get("ministries", ())):
        yield plain(organ), Known(organ, "body", body)


@cache
def seed() -> Mapping[str, Known]:
    """What each unambiguous name, alias, seat, demonym, organ and leader stands for, by plain form."""
    found: dict[str, Known] = {}
    organs: dict[str, Known] = {}
    for row in _rows():
        doubtful = {plain(a) for a in row.get("ambiguous", ())}
        for form, known in _forms(row):
            if form not in doubtful or form == plain(row["name"]):
                (found if known.name == row["name"] else organs).setdefault(form, known)
    found = organs | found  # an organ with a row of its own is known by that
    for form, leader in _leaders().items():
        found.setdefault(form, leader)
    return found


@cache
def _leaders() -> Mapping[str, Known]:
    found: dict[str, Known] = {}
    for row in _rows():
        body = plain(row["name"])
        for leader in row.get("leaders", ()):
            term = int(leader["from"] or 0), int(leader["to"] or _OPEN)
            before = found.setdefault(plain(leader["name"]), Known(leader["name"], "person"))
            found[plain(leader["name"])] = Known(
                before.name, "person", (*before.of, body), (*before.terms, term)
            )
    return found


@cache
def surnames() -> Mapping[str, tuple[Known, ...]]:
    """Last words of the leaders' names ("merkel"), first ones where these are the family name, -> leaders."""
    found: dict[str, tuple[Known, ...]] = {}
    for form, leader in _leaders().items():
        parts = form.split()
        for word in {parts[-1], parts[0] if parts[0] in _FAMILY_FIRST else parts[-1]}:
            found[word] = (*found.get(word, ()), leader)
    return found


@cache
def doubtful() -> Mapping[str, tuple[Known, ...]]:
    """Forms that may mean something else ("Madrid" the city), with the actors they may stand for."""
    found: dict[str, tuple[Known, ...]] = {}
    for row in _rows():
        open_forms = {plain(a) for a in row.get("ambiguous", ())}
        own = Known(row["name"], row["kind"])
        forms = [(f, k) for f, k in _forms(row) if f in open_forms and f != plain(row["name"])]
        forms += [(plain(s), own) for s in row.get("short", ())]
        forms += [(plain(t), own) for t in row.get("towns", ())]
        for form, known in forms:
            found[form] = (*found.get(form, ()), known)
    return found


@cache
def demonyms() -> Mapping[str, str]:
    """Adjectives and peoples -> name of the state, city or region ("chinese" -> "China")."""
    found: dict[str, str] = {}
    for row in _rows():
        for word in row.get("demonyms", ()):
            found.setdefault(plain(word), row["name"])
    return found


@cache
def seats() -> frozenset[str]:
    """Capitals and seats of government that stand for the actor."""
    return frozenset(plain(s) for row in _rows() for s in row.get("seats", ()))


@cache
def lengths() -> Mapping[str, int]:
    """First word of the known names -> words in the longest of them: how far a look-up needs to look."""
    found: dict[str, int] = {}
    for form in (*seed(), *doubtful()):
        parts = form.split()
        if parts:
            first = parts[0].partition("-")[0]
            found[first] = max(found.get(first, 0), len(parts) + form.count("-") * 2 + 1)
    return found
