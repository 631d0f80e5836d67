"""Whether an actor named before may be what "she" or "the ministry" takes up: number, gender, sort of body.

A noun that names one sort of body ("the ministry", "the police", "the state government") takes up only what
is known to be one; a noun that fits any firm or group ("the company") takes up whatever may be one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis.lexicon import table, words
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from bot.analysis.mentions import Actor
    from bot.analysis.tree import Tok

GENDERS = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "hers": "f",
    "herself": "f",
}
_SINGULAR = frozenset({*GENDERS, "it", "its", "itself"})
_FIELDS = ("compound", "amod", "nmod", "poss")
_UNKNOWN_PLACE = frozenset({"state", "city"})


def fits(actor: Actor, tok: Tok, gender: str | None, titles: Collection[str]) -> bool:
    """Whether a phrase may stand for an actor of that gender, which the text calls by those titles."""
    if tok.low in _SINGULAR and actor.plural:
        return False
    if gender is not None and GENDERS.get(tok.low, gender) != gender:
        return False
    if tok.pos == "NOUN" and actor.is_person and actor.plural != (tok.tag == "NNS"):
        return False
    if tok.pos not in ("NOUN", "PROPN"):
        return True
    if actor.noun and actor.noun not in alike(tok.lemma) and kinds_of(tok.lemma) == {"body"}:
        return False  # one kind of body does not take up another: commission, coalition
    return _of_level(actor, tok) and _of_sort(actor, tok, titles)


@cache
def alike(noun: str) -> frozenset[str]:
    """The noun with those that news uses for the same sort of body: diocese, church, parish."""
    return frozenset({noun}).union(*(g for g in table("nouns")["alike"]["sorts"] if noun in g))


def is_counted(tok: Tok) -> bool:
    """Whether a phrase means several: "the three countries" are no single one, as "the rebels" may be."""
    return tok.tag == "NNS" and tok.lemma in words("nouns", "sorts", "counted")


def fields(noun: Tok) -> list[str]:
    """What a phrase says of its body beside the noun: "the food safety authority" -> food, safety."""
    passing = words("nouns", "names", "passing")
    near = [
        c for c in noun.kids(*_FIELDS) if c.i < noun.i and c.pos in ("NOUN", "ADJ") and c.low not in passing
    ]
    near += [o for p in noun.kids("prep") if p.low == "of" for o in p.kids("pobj")]
    return [t.lemma for c in near for t in c.subtree() if t.pos in ("NOUN", "ADJ") and t.low == t.text]


def is_public(noun: Tok) -> bool:
    """Whether a phrase names an organ of some state: "the trade ministry", "the police"."""
    if noun.lemma not in words("nouns", "sorts", "public") or noun.kids("poss"):
        return False
    return not any("state" not in table("nouns")["levels"].get(w, ["state"]) for w in fields(noun))


def _of_level(actor: Actor, tok: Tok) -> bool:
    """ "The state government" is no state's, "the government" no town's."""
    if tok.lemma not in words("nouns", "sorts", "governing"):
        return True
    levels = table("nouns")["levels"]
    for word in fields(tok):
        if word in levels:
            return bool(actor.kinds & set(levels[word]))
    unknown = actor.kinds == _UNKNOWN_PLACE and not actor.is_known
    return not (unknown and tok.lemma in words("nouns", "sorts", "sovereign"))


def _of_sort(actor: Actor, tok: Tok, titles: Collection[str]) -> bool:
    """Whether an actor may be the sort of body that a noun names, in the field that it names."""
    noun, told = tok.lemma, fields(tok)
    strict = noun in words("nouns", "sorts", "institution")
    if not strict and not (told and noun in words("nouns", "sorts", "fielded")):
        return True
    called = {w for k in actor.keys[: actor.own] for w in k.split()} | set(titles) | {actor.noun}
    if called & alike(noun):
        return not told or bool(called & set(told)) or actor.noun == noun
    other = words("nouns", "sorts", "institution") | words("nouns", "sorts", "fielded")
    if called & other or (told and noun in words("nouns", "sorts", "public")):
        return False
    short = " " not in actor.name and actor.name.isupper() and not (strict and told)
    if not told and "city" in actor.kinds & kinds_of(noun):
        return True  # "the council", of a town
    known = actor.is_known and bool(actor.kinds & kinds_of(noun)) and not actor.is_person
    return short or (known and not (strict and told))
