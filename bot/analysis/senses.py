"""What kind of event a word tells of: its senses on the dimensions of `lexicon/dimensions.toml`.

A dimension has two sides that exclude each other (holding ↔ releasing). A sense is a dimension with a sign: +1 or -1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.analysis import names
from bot.analysis.lexicon import table
from bot.analysis.tree import Tok

_IRREGULAR = {"datum": "data", "medium": "media", "dos": "dose"}
"""Lemmas of the model that news does not use."""
_LONE = frozenset({"in", "on", "off", "up", "out", "over", "down", "through", "away", "back", "still", "at", "under", "for", "against", "with"})
_WINDOW = 7
"""Tokens after a verb in which the rest of its phrase ("cut ... ties with") is looked for."""
_ENT_GROUPS: Mapping[str, frozenset[str]] = {
    "PERSON": frozenset({"people"}),
    "NORP": frozenset({"people"}),
    "GPE": frozenset({"country", "town", "territory", "place"}),
    "LOC": frozenset({"place", "territory", "country"}),
    "ORG": frozenset({"organisation", "company"}),
    "FAC": frozenset({"building", "infrastructure", "place"}),
    "MONEY": frozenset({"funding", "quantity"}),
    "PERCENT": frozenset({"quantity"}),
}


_KIND_GROUPS: Mapping[str, frozenset[str]] = {
    "group": frozenset({"militant"}), "state": frozenset({"country"}), "city": frozenset({"town"}), "region": frozenset({"territory"}),
    "company": frozenset({"company"}), "body": frozenset({"organisation"}), "party": frozenset({"party"}), "person": frozenset({"people"}),
}


@dataclass(frozen=True, slots=True)
class Sense:
    """One dimension and side that a word is on."""

    dimension: str
    sign: int


@dataclass(frozen=True, slots=True)
class _Entry:
    rest: tuple[str, ...]
    sense: Sense
    objects: frozenset[str]
    nonobjects: frozenset[str]


def _split(phrase: str) -> list[str]:
    """A phrase as the tokenizer splits it: hyphens are tokens of their own."""
    return phrase.replace("-", " - ").split()


@cache
def _index(kind: str) -> Mapping[str, list[_Entry]]:
    """First lemma of a phrase -> its entries, longest first."""
    found: dict[str, list[_Entry]] = {}
    for row in table("dimensions").get("dimension", ()):
        # A lone preposition ("in", "off") is no state that the parse could tell from any other use of it.
        for side, sign in (("plus", 1), ("minus", -1)):
            part: Mapping[str, Any] = row.get(side, {})
            objects = frozenset(part.get("objects", row.get("objects", ())))
            nonobjects = frozenset(part.get("nonobjects", row.get("nonobjects", ())))
            for phrase in part.get(kind, ()):
                if kind == "states" and phrase in _LONE:
                    continue
                first, *rest = _split(phrase)
                found.setdefault(first, []).append(_Entry(tuple(rest), Sense(row["name"], sign), objects, nonobjects))
    for entries in found.values():
        entries.sort(key=lambda e: -len(e.rest))
    return found


@cache
def related(dimension: str) -> tuple[tuple[str, int], ...]:
    """Dimensions that touch this one, with +1 where the same sides go together and -1 where opposite ones do."""
    rows = table("related").get("pairs", ())
    return tuple((b, turn) for a, b, turn in rows if a == dimension) + tuple((a, turn) for a, b, turn in rows if b == dimension)


@cache
def nominals() -> Mapping[str, str]:
    """Event nouns -> the verb they stand for."""
    return dict(table("nominals").get("nominals", {}))


@cache
def _groups() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]], frozenset[str]]:
    """Lemma -> its groups; group -> itself and all wider ones; the loose groups."""
    rows = table("objects").get("group", ())
    parents = {r["name"]: tuple(r.get("is", ())) for r in rows}
    members: dict[str, set[str]] = {}
    for r in rows:
        for word in (*r["words"], *(w.replace("-", " - ") for w in r["words"] if "-" in w), r["name"].replace("-", " ")):
            members.setdefault(word, set()).add(r["name"])

    def up(name: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        wider = [up(p, seen | {name}) for p in parents.get(name, ()) if p not in seen]
        return frozenset({name}).union(*wider)

    closure = {name: up(name) for name in parents}
    return {w: frozenset(g) for w, g in members.items()}, closure, frozenset(r["name"] for r in rows if r.get("loose"))


@cache
def groups_of(lemma: str) -> frozenset[str]:
    """The groups that a thing is directly in."""
    found = _groups()[0].get(lemma)
    if found is None and (known := names.seed().get(lemma)) is not None:
        found = _KIND_GROUPS.get(known.kind)
    return found or frozenset()


@cache
def wide_groups_of(lemma: str) -> frozenset[str]:
    """The groups that a thing is in, wider ones included."""
    closure = _groups()[1]
    return frozenset().union(*(closure.get(g, frozenset({g})) for g in groups_of(lemma)))


SYNONYM = 0.8
"""Likeness of two words that news uses for one thing (`lexicon/synonyms.toml`)."""


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


def is_known(lemma: str) -> bool:
    """Whether the lexicon names a thing, by group or by synonym."""
    return bool(groups_of(lemma) or _sets_of(lemma))


@cache
def is_people(lemma: str) -> bool:
    """Whether a noun names people and nothing else ("smuggler", "resident")."""
    closure = _groups()[1]
    groups = groups_of(lemma)
    return bool(groups) and all("people" in closure.get(g, ()) for g in groups)


@cache
def similarity(a: str, b: str) -> float:
    """How far two lemmas may name the same thing, 0 to 1: 1 the same word, 0.7 of one group, 0.6 one a kind of the other."""
    if a == b or normal(a) == normal(b) or stands_for(a, b):
        return 1.0
    if _sets_of(a) & _sets_of(b):
        return SYNONYM
    loose = _groups()[2]
    one, two = groups_of(a) - loose, groups_of(b) - loose
    if one & two:
        return 0.7
    if one & (wide_groups_of(b) - loose) or two & (wide_groups_of(a) - loose):
        return 0.6
    return 0.0


@cache
def stands_for(a: str, b: str) -> bool:
    """Whether one name is a seat or short form that may stand for the other ("oslo", "norway")."""
    return any(names.plain(k.name) == b for k in names.doubtful().get(a, ())) or any(names.plain(k.name) == a for k in names.doubtful().get(b, ()))


@cache
def seat_of(city: str) -> frozenset[str]:
    """The states whose seat of government a city is ("moscow city" -> russia)."""
    rows = [row for row in table("actors").get("actor", ())]
    forms = {names.plain(a) for row in rows if names.plain(row["name"]) == city and row["kind"] == "city" for a in (row["name"], *row.get("aliases", ()), *row.get("ambiguous", ()))}
    return frozenset(names.plain(r["name"]) for r in rows if r["kind"] == "state" and forms & {names.plain(x) for x in r.get("seats", ())})


@cache
def normal(lemma: str) -> str:
    """A lemma in the form in which lemmas are compared: nouns of action as verbs, peoples as places, one spelling."""
    lemma = names.demonyms().get(lemma, lemma).lower() if lemma in names.demonyms() else lemma
    lemma = nominals().get(lemma, _IRREGULAR.get(lemma, lemma))
    if lemma.endswith("ed") and len(lemma) > 5 and (base := next((b for b in (lemma[:-2], lemma[:-1]) if b in _index("verbs")), None)):
        return base
    for british, american in (("isation", "ization"), ("ise", "ize"), ("our", "or"), ("lled", "led"), ("programme", "program"), ("centre", "center"), ("defence", "defense")):
        if lemma.endswith(british) and len(lemma) > len(british) + 2:
            return lemma[: -len(british)] + american
    return lemma


def thing_lemmas(tok: Tok) -> list[str]:
    """A noun's lemma, and with its modifiers ("chemical weapon", "weapon")."""
    head = _IRREGULAR.get(tok.lemma, tok.lemma)
    mods = [c for c in tok.children if c.dep in ("compound", "amod", "nmod") and c.i < tok.i]
    if not mods:
        return [head]
    # A participle keeps its form in a name: "occupied territory".
    forms = [m.low if m.pos == "VERB" else _IRREGULAR.get(m.lemma, m.lemma) for m in mods]
    found = [head, *(f"{form} {head}" for form in forms)]
    if len(forms) > 1:
        found.append(" ".join([*forms, head]))
    return found


def thing_groups(tok: Tok) -> frozenset[str]:
    """The groups, wider ones included, of the thing a noun phrase names."""
    found = frozenset().union(*(wide_groups_of(lemma) for lemma in thing_lemmas(tok)))
    found = found.union(*(wide_groups_of(c.lemma) for c in tok.kids("compound", "nmod")))
    if tok.ent in _ENT_GROUPS:
        found |= _ENT_GROUPS[tok.ent]
    of = next((p.kid("pobj") for p in tok.kids("prep") if p.low == "of"), None)
    if of is not None and (tok.lemma in _PARTITIVE or tok.pos == "NUM"):
        found |= frozenset().union(*(wide_groups_of(lemma) for lemma in thing_lemmas(of)))
    return found


_PARTITIVE = frozenset({"number", "all", "most", "some", "part", "half", "rest", "dozen", "hundred", "thousand", "million", "use", "kind", "type", "lot", "majority", "series", "level", "amount", "share", "production", "development", "any", "none", "one", "many", "percent", "%", "load", "tonne", "ton", "barrel", "dose", "share", "piece", "billion", "handful", "scores", "stock", "stockpile", "flow", "supply", "delivery"})


def objects_of(verb: Tok) -> list[Tok]:
    """The things a verb happens to: objects, passive subjects, objects of its prepositions and of a preposition on
    its object ("lifted a ban on a newspaper"), who is let do something; without any, its subject ("rates rose")."""
    found: list[Tok] = []
    for child in verb.children:
        if child.dep in ("dobj", "nsubjpass", "attr", "dative", "oprd"):
            found.extend(child.chain())
        elif child.dep in ("prep", "prt", "advmod", "acomp"):
            found.extend(_under_preposition(child))
        elif child.dep == "ccomp" and child.subject is not None and child.tag in ("VB", "VBG"):
            found.append(child.subject)
    for noun in verb.kids("dobj", "nsubjpass"):
        found.extend(o for p in noun.kids("prep") for o in p.kids("pobj"))
    if verb.dep == "acl" and verb.tag == "VBN" and verb.head.pos in ("NOUN", "PROPN") or verb.dep == "relcl":
        found.append(verb.head)
    if not found and verb.subject is not None:
        found.append(verb.subject)
    return found


def _under_preposition(child: Tok) -> list[Tok]:
    found = [t for obj in child.kids("pobj") for t in obj.chain()]
    for inner in child.kids("prep"):
        found.extend(t for obj in inner.kids("pobj") for t in obj.chain())
    return found


def of_verb(verb: Tok) -> frozenset[Sense]:
    """The senses of a verb with what it governs. Where several phrases fit, the longest decides."""
    entries = _index("verbs").get(verb.lemma, ())
    if not entries:
        return frozenset()
    things = objects_of(verb)
    groups = frozenset().union(*(thing_groups(t) for t in things)) if things else frozenset()
    best, longest = set(), 0
    if things and not any(_fits(e, groups) for e in entries):
        loose = {e.sense for e in entries if not e.rest and not groups & e.nonobjects}
        return frozenset(loose) if len({s.dimension for s in loose}) <= MAX_LOOSE else frozenset()
    near = _window(verb)
    for entry in entries:
        if len(entry.rest) < longest:
            break
        if not near.issuperset(entry.rest) or not _fits(entry, groups):
            continue
        if entry.rest and not _follows(verb, entry.rest):
            continue
        best.add(entry.sense)
        longest = max(longest, len(entry.rest))
    return frozenset(best)


MAX_LOOSE = 2
"""Dimensions that a verb may have for its sense to be taken though its object is of no known group."""


def _fits(entry: _Entry, groups: frozenset[str]) -> bool:
    return (not entry.objects or bool(groups & entry.objects)) and not groups & entry.nonobjects


def _window(first: Tok) -> frozenset[str]:
    """The words in which the rest of a phrase can stand: a quick test before the exact one."""
    tokens = first.sent.tokens
    at = first.i - tokens[0].i + 1
    return frozenset(w for t in tokens[at : at + _WINDOW] for w in (t.lemma, t.low))


def _follows(first: Tok, rest: Iterable[str]) -> bool:
    """Whether the rest of a phrase stands after its first word, in order, with other words between allowed; a
    particle must be the verb's own or stand right behind what was matched."""
    tokens = first.sent.tokens
    at = first.i - tokens[0].i + 1
    end = min(len(tokens), at + _WINDOW)
    for word in rest:
        before = at
        while at < end and tokens[at].lemma != word and tokens[at].low != word:
            at += 1
        if at >= end:
            return False
        if at > before and tokens[at].pos in ("ADP", "PART", "ADV") and tokens[at].head not in (first, *first.kids("dobj", "prt", "advmod", "prep")):
            return False
        at += 1
    return True


def of_noun(noun: Tok) -> frozenset[Sense]:
    """The senses of an event noun: its own entries, else those of the verb it stands for."""
    found = set()
    things = noun_objects(noun)
    groups = frozenset().union(*(thing_groups(t) for t in things)) if things else frozenset()
    for entry in _index("nouns").get(noun.lemma, ()):
        if (not entry.rest or _adjacent(noun, entry.rest)) and (not things or _fits(entry, groups)):
            found.add(entry.sense)
    compound = " ".join([*(c.lemma for c in noun.kids("compound")), noun.lemma])
    for entry in _index("nouns").get(compound.split()[0], ()) if " " in compound else ():
        if " ".join(entry.rest) == compound.partition(" ")[2]:
            found.add(entry.sense)
    if found:
        return frozenset(found)
    verb = nominals().get(noun.lemma)
    if verb is None:
        return frozenset()
    first, *rest = _split(verb)
    for entry in _index("verbs").get(first, ()):
        if entry.rest == tuple(rest) and (not entry.objects or groups & entry.objects) and not groups & entry.nonobjects:
            found.add(entry.sense)
    return frozenset(found)


def noun_objects(noun: Tok) -> list[Tok]:
    """What an event noun happens to: "closure of the plant", "uranium enrichment"."""
    found = [c for c in noun.kids("compound", "poss", "nmod") if c.pos in ("NOUN", "PROPN")]
    for prep in noun.kids("prep"):
        if prep.low in ("of", "on", "against", "to", "in", "with", "for", "from", "between"):
            for obj in prep.kids("pobj"):
                found.extend(obj.chain())
    return found


def is_state(tok: Tok) -> bool:
    """Whether a state may start with this token."""
    return tok.lemma in _index("states") or tok.low in _index("states")


def of_state(tok: Tok, bearer: Tok | None = None) -> frozenset[Sense]:
    """The senses of an adjective, participle or phrase ("behind bars") that starts with this token and is said of `bearer`."""
    found = set()
    longest = 0
    groups = thing_groups(bearer) if bearer is not None else frozenset()
    for entry in (*_index("states").get(tok.lemma, ()), *_index("states").get(tok.low, ())):
        if entry.objects and not groups & entry.objects:
            continue
        if len(entry.rest) >= longest and _adjacent(tok, entry.rest):
            found.add(entry.sense)
            longest = len(entry.rest)
    return frozenset(found)


def _adjacent(first: Tok, rest: tuple[str, ...]) -> bool:
    tokens = first.sent.tokens
    at = first.i - tokens[0].i + 1
    for word in rest:
        if at < len(tokens) and tokens[at].pos == "DET" and tokens[at].low != word:
            at += 1
        if at >= len(tokens) or word not in (tokens[at].lemma, tokens[at].low):
            return False
        at += 1
    return True
