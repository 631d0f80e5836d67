"""Whether what is promised is to be done or left undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.frames import phrase_lemma
from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok
    from bot.analysis.triggers import Candidate

_FRONT = 6
"""Words before "will" among which a fronted negation is looked for ("Under no circumstances will …")."""


def refrains(c: Candidate, head: Tok, first: bool) -> bool:
    """Whether the promised act `head` is an omission; `first` is False for acts joined to the first one."""
    turns = [
        c.refrain,
        c.kind == "verb" and c.strength == "weak" and bool(c.trigger.kids("neg")),
        c.kind == "verb" and c.strength != "weak" and c.frame == "to" and bool(c.trigger.kids("neg")),
        c.frame == "going" and first and bool(c.trigger.kids("neg")),
        _negated(c, head, first),
        c.kind == "will" and fronted_no(c.trigger, head) is not None,
        _leaves_undone(head),
    ]
    return sum(turns) % 2 == 1


def is_empty(subject: Tok) -> bool:
    """Whether a subject carries the negation, or is "there": it then belongs to the quote."""
    if subject.low in words("commissives", "refrain", "subjects") or subject.dep == "expl":
        return True
    return any(d.low in ("no", "not", "neither") for d in subject.kids("det", "neg", "predet"))


def fronted_no(aux: Tok, head: Tok) -> Tok | None:
    """The negation in front of an inverted clause, with its preposition: "At no time will X"."""
    subject = head.subject
    if subject is None or subject.i < aux.i:
        return None
    front = [t for t in aux.sent.tokens if t.i < aux.i][-_FRONT:]
    for at, tok in enumerate(front):
        if tok.low in words("commissives", "refrain", "fronted"):
            return front[at - 1] if at and front[at - 1].pos in ("ADP", "SCONJ") else tok
    return None


def _negated(c: Candidate, head: Tok, first: bool) -> bool:
    if head.kids("neg") or any(
        a.low in ("never", "neither", "nor") for a in head.kids("advmod", "preconj", "cc")
    ):
        return True
    if any(a.low == "longer" and _after_no(a) for a in head.kids("advmod")):
        return True
    if (
        not first
        and head.dep == "conj"
        and c.content.kids("neg")
        and any(x.low == "or" for x in head.head.kids("cc"))
    ):
        return True
    if head.subject is not None and head.subject.dep != "expl" and is_empty(head.subject):
        return True
    return any(_is_none(o) for o in _objects(head))


def _after_no(longer: Tok) -> bool:
    """ "no longer", however the parse hung the "no"."""
    tokens = longer.sent.tokens
    at = longer.i - tokens[0].i
    return at > 0 and tokens[at - 1].low == "no"


def _objects(head: Tok) -> list[Tok]:
    """The arguments whose "no" turns the act itself: "allow no ships", "there will be no layoffs"."""
    if head.lemma == "be":
        return head.kids("attr", "nsubj")
    return head.kids("dobj")


def _is_none(obj: Tok) -> bool:
    if obj.low in ("none", "nothing", "nobody", "no-one"):
        return True
    # "no more attacks" is none; "no more than 30" is a number.
    negated = any(d.low in ("no", "neither") for d in obj.kids("det", "neg"))
    return negated or any(m.low == "more" and _after_no(m) for m in obj.kids("amod") if not m.kids("prep"))


def _leaves_undone(head: Tok) -> bool:
    lemma = phrase_lemma(head)
    if head.lemma in ("refuse", "decline") and head.kid("dobj") is not None:
        return False  # to refuse a demand is an act
    return bool({lemma, head.lemma} & words("commissives", "refrain", "verbs"))
