"""Noun phrases as they stand: what kinds of actor a noun can mean, its modifiers, its wording."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis.lexicon import table, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.analysis.tree import Tok, Tree

DEFINITE = frozenset(
    {
        "the",
        "its",
        "their",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "both",
        "our",
        "neither",
        "either",
        "two",
    }
)
_NO_ACTOR = ("DATE", "TIME", "MONEY", "PERCENT")
_BEFORE = ("compound", "amod", "nmod", "poss", "nummod")


@cache
def _kinds() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, nouns in table("nouns")["stands"].items():
        for noun in nouns:
            found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


def kinds_of(noun: str) -> frozenset[str]:
    """The kinds of actor that a common noun can stand for ("rebel" -> group); empty for others."""
    return _kinds().get(noun, frozenset())


def is_definite(noun: Tok) -> bool:
    """Whether a phrase points back: "the group", "both sides", "its bank"."""
    return any(c.low in DEFINITE for c in noun.kids("det", "poss", "predet", "nummod"))


def is_pair(noun: Tok) -> bool:
    """Whether a phrase means two actors named before: "both sides", "the two parties", "the camps"."""
    two = any(c.low in ("both", "two", "neither") for c in noun.kids("det", "nummod", "predet", "amod"))
    return two or (noun.tag == "NNS" and noun.lemma in ("side", "party", "camp"))


def can_act(noun: Tok) -> bool:
    """Whether a noun may name an actor at all: no amount or time, nothing abstract."""
    if noun.pos not in ("NOUN", "PROPN", "NUM", "ADJ") or noun.ent in _NO_ACTOR or not noun.low[:1].isalpha():
        return False
    abstract = noun.lemma.endswith(tuple(table("nouns")["abstract"]["endings"]))
    return not abstract or bool(kinds_of(noun.lemma)) or noun.lemma in words("nouns", "acts", "part")


def wording(tree: Tree, noun: Tok) -> str:
    """A phrase in its own words, without its article: "Colombian rebels", "biggest high street lender".

    A possessive pronoun is left out with the article; an "of" or "for" that follows at once stays.
    """
    mods = [
        c
        for c in noun.children
        if c.dep in _BEFORE and c.i < noun.i and c.low not in words("nouns", "names", "passing")
    ]
    mods = [c for c in mods if c.pos != "PRON" and not (c.dep == "nummod" and c.low in DEFINITE)]
    first = min(
        (t.i for c in mods for t in c.subtree(frozenset({"det", "relcl"})) if t.pos != "DET"), default=noun.i
    )
    begin = tree.tokens[first] if all(t.text not in '"“”,;' for t in tree.tokens[first : noun.i]) else noun
    return tree.text[begin.idx : noun.end]


def of_phrase(tree: Tree, noun: Tok) -> str:
    """The "of X", "in X" that follows a noun at once, with a space before it; empty for none."""
    prep = next(
        (c for c in noun.kids("prep") if c.low in ("of", "for", "in", "at", "from") and c.i == noun.i + 1),
        None,
    )
    obj = prep.kid("pobj") if prep is not None else None
    if prep is None or obj is None:
        return ""
    inside = [
        t
        for t in obj.subtree(frozenset({"relcl", "acl", "prep", "punct", "conj", "cc", "appos"}))
        if t.i > prep.i
    ]
    return f" {prep.text} {tree.text[inside[0].idx : inside[-1].end]}" if inside else ""
