"""What an event happens to: the noun phrases that a verb or an event noun governs, and their groups."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis.lexicon import table, words
from bot.analysis.likeness import usual, wide_groups_of

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

_NAMING = ("compound", "amod", "nmod")


def thing_lemmas(tok: Tok) -> list[str]:
    """A noun's lemma, and with its modifiers ("chemical weapon", "weapon")."""
    head = usual(tok.lemma)
    mods = [c for c in tok.children if c.dep in _NAMING and c.i < tok.i]
    # A participle keeps its form in a name: "occupied territory".
    forms = [m.low if m.pos == "VERB" else usual(m.lemma) for m in mods]
    whole = [" ".join([*forms, head])] if len(forms) > 1 else []
    return [head, *(f"{form} {head}" for form in forms), *whole]


def thing_groups(tok: Tok) -> frozenset[str]:
    """The groups, wider ones included, of the thing a noun phrase names."""
    if tok.pos == "PRON" and tok.low in words("things", "anybody"):
        return _kinds_of_people()
    found = _groups(tok)
    found = found.union(*(wide_groups_of(c.lemma) for c in tok.kids("compound", "nmod")))
    found |= frozenset(table("things")["entities"].get(tok.ent, ()))
    of = next((p.kid("pobj") for p in tok.kids("prep") if p.low == "of"), None)
    if of is not None and (tok.lemma in words("things", "partitive") or tok.pos == "NUM"):
        found |= _groups(of)
    return found


@cache
def _kinds_of_people() -> frozenset[str]:
    """The groups of people of any kind: "anybody" may be one of each."""
    rows = table("objects").get("group", ())
    return frozenset(r["name"] for r in rows if "people" in {r["name"], *wide_groups_of(r["words"][0])})


def _groups(tok: Tok) -> frozenset[str]:
    return frozenset().union(*(wide_groups_of(lemma) for lemma in thing_lemmas(tok)))


def groups_of_all(things: list[Tok]) -> frozenset[str]:
    """The groups of several things together."""
    return frozenset().union(*(thing_groups(t) for t in things))


def objects_of(verb: Tok) -> list[Tok]:
    """The things a verb happens to: objects, passive subjects, objects of its prepositions and of a
    preposition on its object ("lifted a ban on a newspaper"), who is let do something; without any, its
    subject ("rates rose")."""
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
    modifies = verb.dep == "acl" and verb.tag == "VBN" and verb.head.pos in ("NOUN", "PROPN")
    if modifies or verb.dep == "relcl":
        found.append(verb.head)
    if not found and verb.subject is not None:
        found.append(verb.subject)
    return found


def _under_preposition(child: Tok) -> list[Tok]:
    found = [t for obj in child.kids("pobj") for t in obj.chain()]
    for inner in child.kids("prep"):
        found.extend(t for obj in inner.kids("pobj") for t in obj.chain())
    return found


def noun_objects(noun: Tok) -> list[Tok]:
    """What an event noun happens to: "closure of the plant", "uranium enrichment"."""
    found = [c for c in noun.kids("compound", "poss", "nmod") if c.pos in ("NOUN", "PROPN")]
    for prep in noun.kids("prep"):
        if prep.low in words("things", "of_event_nouns"):
            for obj in prep.kids("pobj"):
                found.extend(obj.chain())
    return found
