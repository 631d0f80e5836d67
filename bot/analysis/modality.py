"""Whether an event is asserted, and by whom: negation, modality, hypothesis, attribution along the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis.governing import by_modals, shares_auxiliary, step
from bot.analysis.lexicon import words
from bot.analysis.negation import own_negation

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

_MAX_CLIMB = 9
"""Words above an event that are asked; deeper parses are wrong parses."""
_UNDER = ("xcomp", "pcomp", "acomp", "attr", "dobj")
"""Where a word stands whose governor's negation is its own."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands."""

    mood: str
    """`asserted`, `future`, or `unreal`: feared, possible, conditional, asked, denied."""
    negated: bool
    still: bool = False
    """Whether it is said to go on ("still", "remains") or to be missing so far ("yet to")."""
    failed: bool = False
    """Whether it is negated by a word of failing or refusing."""
    doubt: bool = False
    """Whether a hedge ("reportedly") goes with it."""


ASSERTED = Standing("asserted", negated=False)
"""How a noun's event stands that no verb governs."""


def standing(verb: Tok) -> Standing:
    """The standing of the event that a verb (or a governed noun) tells of."""
    negated, still, doubt = own_negation(verb), _still(verb), _doubtful(verb)
    mood = by_modals(verb)
    failed = False
    node = verb
    for _ in range(_MAX_CLIMB):
        head = node.head
        if head is node or mood == "unreal":
            break
        kind, flip = step(node, head)
        if flip:
            negated = not negated
            failed = failed or head.lemma in words("modality", "failing", "verbs")
            still = still or any(c.low == "yet" for c in head.children)
        if kind in ("stop", "unreal"):
            mood = "unreal" if kind == "unreal" else mood
            break
        if kind == "future" and mood == "asserted":
            mood = "future"
        if kind == "shared" or _is_carried(node):
            if mood == "asserted" and (node.dep != "conj" or shares_auxiliary(node, head)):
                mood = by_modals(head)
            if node.dep in _UNDER and own_negation(head):
                negated = not negated
            still, doubt = still or _still(head), doubt or _doubtful(head)
        node = head
    if any(t.text == "?" for t in verb.sent.tokens[-2:]):
        mood = "unreal"
    return Standing(mood, negated, still, failed, doubt)


def _is_carried(node: Tok) -> bool:
    """Whether a word stands as its governor stands: its modals, negation and hedges are its own."""
    if node.dep == "ccomp" and node.tag in ("VBN", "VBG", "VB") and not node.kids("aux", "auxpass", "mark"):
        return True  # "could have rocks drilled"
    return node.dep in (*_UNDER, "conj", "oprd") or (node.dep == "prep" and node.kid("pcomp") is not None)


def _still(verb: Tok) -> bool:
    lasting = verb.lemma in words("modality", "lasting", "verbs")
    return lasting or any(c.low in ("still", "yet") for c in verb.children)


def _doubtful(verb: Tok) -> bool:
    return any(c.low in words("modality", "adverbs", "doubtful") for c in verb.children)
