"""How far two words may name the same thing: groups of things, synonyms, seats of government, spellings."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.dimensions import entries, nominals
from bot.analysis.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Mapping

SYNONYM = 0.8
"""Likeness of two words that news uses for one thing (`lexicon/synonyms.toml`, `thesaurus.toml`): more than
one group, less than one word."""
ONE_GROUP = 0.7
"""Likeness of two things that are directly in one group of `lexicon/objects.toml`."""
KIND_OF = 0.6
"""Likeness of two things of which one is a kind of the other."""
_SHORTEST_STEM = 5
"""Characters from which a lemma in "-ed" is taken for a participle."""


@cache
def groups_of(lemma: str) -> frozenset[str]:
    """The groups that a thing is directly in."""
    found = _members().get(lemma)
    if found is None and (known := names.seed().get(lemma)) is not None:
        return frozenset(table("things")["kinds"].get(known.kind, ()))
    return found or frozenset()


@cache
def wide_groups_of(lemma: str) -> frozenset[str]:
    """The groups that a thing is in, wider ones included."""
    return frozenset().union(*(_wider().get(g, frozenset({g})) for g in groups_of(lemma)))


def is_known(lemma: str) -> bool:
    """Whether the lexicon names a thing, by group or by synonym."""
    return bool(groups_of(lemma) or _sets_of(lemma))


@cache
def is_people(lemma: str) -> bool:
    """Whether a noun names people and nothing else ("smuggler", "resident")."""
    groups = groups_of(lemma)
    return bool(groups) and all("people" in _wider().get(g, ()) for g in groups)


@cache
def similarity(a: str, b: str) -> float:
    """How far two lemmas may name the same thing, 0 to 1: 1 the same word, less a synonym, a group, a
    kind."""
    if a == b or normal(a) == normal(b) or stands_for(a, b):
        return 1.0
    if _sets_of(a) & _sets_of(b):
        return SYNONYM
    loose = _loose()
    one, two = groups_of(a) - loose, groups_of(b) - loose
    if one & two:
        return ONE_GROUP
    if one & (wide_groups_of(b) - loose) or two & (wide_groups_of(a) - loose):
        return KIND_OF
    return 0.0


def may_be_one(a: str, b: str) -> bool:
    """Whether two lemmas may name one thing: a word, a synonym, a kind; not two things of one group: a tank
    is no howitzer."""
    return similarity(a, b) not in (0.0, ONE_GROUP)


@cache
def stands_for(a: str, b: str) -> bool:
    """Whether one name is a seat or short form that may stand for the other ("oslo", "norway")."""
    pairs = ((a, b), (b, a))
    return any(names.plain(k.name) == full for short, full in pairs for k in names.doubtful().get(short, ()))


@cache
def seat_of(city: str) -> frozenset[str]:
    """The states whose seat of government a city is ("moscow city" → russia)."""
    rows = table("actors").get("actor", ())
    forms = {
        names.plain(form)
        for row in rows
        if row["kind"] == "city" and names.plain(row["name"]) == city
        for form in (row["name"], *row.get("aliases", ()), *row.get("ambiguous", ()))
    }
    states = (row for row in rows if row["kind"] == "state")
    return frozenset(
        names.plain(row["name"]) for row in states if forms & {names.plain(x) for x in row.get("seats", ())}
    )


@cache
def normal(lemma: str) -> str:
    """A lemma in the form in which lemmas are compared: nouns of action as verbs, peoples as places, one
    spelling."""
    peoples = names.demonyms()
    lemma = peoples[lemma].lower() if lemma in peoples else lemma
    lemma = nominals().get(lemma, usual(lemma))
    if lemma.endswith("ed") and len(lemma) > _SHORTEST_STEM:
        base = next((b for b in (lemma[:-2], lemma[:-1]) if b in entries("verbs")), None)
        if base:
            return base
    for british, american in table("things")["spellings"]:
        if lemma.endswith(british) and len(lemma) > len(british) + 2:
            return str(lemma[: -len(british)] + american)
    return lemma


def usual(lemma: str) -> str:
    """The form of a lemma that news uses: "data" for "datum"."""
    form: str = table("things")["irregular"].get(lemma, lemma)
    return form


@cache
def _members() -> Mapping[str, frozenset[str]]:
    """Lemma → the groups it is directly in."""
    members: dict[str, set[str]] = {}
    for row in table("objects").get("group", ()):
        split = (word.replace("-", " - ") for word in row["words"] if "-" in word)
        for word in (*row["words"], *split, row["name"].replace("-", " ")):
            members.setdefault(word, set()).add(row["name"])
    return {word: frozenset(groups) for word, groups in members.items()}


@cache
def _wider() -> Mapping[str, frozenset[str]]:
    """Group → itself and all wider ones."""
    parents = {row["name"]: tuple(row.get("is", ())) for row in table("objects").get("group", ())}

    def up(name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        wider = [up(p, seen | {name}) for p in parents.get(name, ()) if p not in seen]
        return frozenset({name}).union(*wider)

    return {name: up(name) for name in parents}


@cache
def _loose() -> frozenset[str]:
    """The groups whose members are not alike: they serve the verbs' objects alone."""
    return frozenset(row["name"] for row in table("objects").get("group", ()) if row.get("loose"))


@cache
def _synonyms() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate((*table("synonyms")["sets"], *table("thesaurus")["sets"])):
        for word in row:
            found.setdefault(word, set()).add(number)
            found.setdefault(normal(word), set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


@cache
def _sets_of(lemma: str) -> frozenset[int]:
    return _synonyms().get(lemma, frozenset())
