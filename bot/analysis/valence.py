"""Whether an act furthers its object (brings it about, keeps it, lets it be) or hinders it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.frames import phrase_lemma
from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

_SIDES = (("furthers", 1), ("hinders", -1))
_NESTED = 4
"""Verbs under one another that a promise is followed through: "pledged to continue to work to end"."""


def of_event(head: Tok, lemma: str) -> int:
    """+1 where the act furthers its object, -1 where it hinders it, 0 where neither is known.

    `lemma` is the head's, with its particle where it has one.
    """
    part = "verbs" if head.is_verb else "nouns"
    if head.is_verb or head.pos == "NOUN":
        for side, sign in _SIDES:
            if lemma in words("valence", side, part):
                return sign
    if head.is_verb:
        for side, sign in _SIDES:
            if head.lemma in words("valence", side, "verbs"):
                return sign
    missing = words("valence", "missing", "words")
    said_of_it = head.kids("acomp", "attr", "oprd", "advcl")
    return -1 if head.low in missing or any(c.low in missing for c in said_of_it) else 0


def of_promise(head: Tok) -> int:
    """Whether the promised act furthers its object (+1, also where nothing is known) or hinders it (-1)."""
    sign, node = 1, head
    for _ in range(_NESTED):
        found = of_event(node, phrase_lemma(node))
        below = next((c for c in node.kids("xcomp", "pcomp") if c.is_verb), None)
        below = below or next((v for p in node.kids("prep") for v in p.kids("pcomp")), None)
        if below is None:
            return sign * (found or 1)
        sign *= -1 if found < 0 else 1
        node = below
    return sign
