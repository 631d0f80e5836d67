"""Whether a clause itself denies its event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok


def own_negation(verb: Tok) -> bool:
    """Whether the clause itself denies the event: not, never, no longer, nobody, "not a single", "none
    of"."""
    flipped = False
    for child in verb.children:
        adverb = child.dep in ("advmod", "preconj") and child.low in words("modality", "adverbs", "negative")
        if child.dep == "neg" or adverb:
            flipped = not flipped
        elif child.dep == "advmod" and child.low == "longer" and any(c.low == "no" for c in child.children):
            flipped = True
        elif child.dep in ("nsubj", "nsubjpass", "dobj", "attr", "pobj") and _is_empty(child):
            flipped = not flipped
    return flipped


def _is_empty(noun: Tok) -> bool:
    """Nobody, no plant, not one ship, none of the bases."""
    if noun.low in words("modality", "nobody", "words"):
        return True
    for child in noun.children:
        if child.low in ("no", "neither") and child.dep in ("det", "neg", "preconj", "advmod"):
            return True
        if child.low == "not" and child.dep in ("neg", "preconj", "advmod", "predet"):
            return True
        inside = any(c.low in ("not", "no") for c in child.children)
        if inside and child.dep in ("nummod", "det", "amod", "advmod"):
            return True
    return False
