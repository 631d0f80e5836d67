"""What somebody can promise to do, and what only befalls: the verbs of will-phrases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.attribution import Attribution
    from bot.analysis.tree import Tok


def is_involuntary(verb: Tok) -> bool:
    """Whether a verb tells what befalls its subject: to rise, to suffer, to need."""
    if verb.lemma == "be" and any(_not_in_hand(a) for a in verb.kids("acomp")):
        return True
    if verb.lemma == "have" and verb.kid("xcomp") is not None:
        return True  # "will have to close": no choice
    if _is_misfortune(verb):
        return True
    if verb.lemma in ("go", "keep", "carry") and any(
        p.low == "on" for p in verb.kids("prt", "prep", "advmod")
    ):
        return False
    if any(
        o.lemma in words("commissives", "will", "custody") for p in verb.kids("prep") for o in p.kids("pobj")
    ):
        return verb.kid("agent") is None and verb.lemma not in ("put", "keep", "hold", "send", "leave")
    if verb.lemma == "see" and verb.kid("dobj", "prt", "prep") is None:
        return True  # "we will see what spring brings"
    if verb.kid("dobj") is not None and verb.lemma in words("commissives", "will", "transitive"):
        return False
    phrase = {f"{verb.lemma} {c.low}" for c in verb.kids("prt", "dobj")} | {verb.lemma}
    return bool(phrase & words("commissives", "will", "involuntary"))


def is_willed(verb: Tok) -> bool:
    """Whether a verb of happening is an act in the mouth of its subject: "we will remain"."""
    if verb.lemma in ("be", "have") and (
        any(map(_not_in_hand, verb.kids("acomp"))) or verb.kid("xcomp") is not None
    ):
        return False
    if verb.lemma == "be" and verb.subject is not None and verb.subject.low == "it":
        return False  # "it would be a long night"
    return verb.lemma in words("commissives", "will", "willed") and not _is_misfortune(verb)


def thing_is_given(verb: Tok, said: Attribution, nobody: bool) -> bool:
    """Whether what is said of a thing is in its owner's hand: "the site will close"."""
    if nobody:
        return True
    if verb.lemma == "have" and verb.kid("xcomp") is not None:
        return False  # "passengers will have to wait"
    if verb.kid("auxpass") is not None:
        return verb.lemma not in words("commissives", "will", "suffered")
    served = verb.subject is not None and verb.subject.lemma in words("nouns", "acts", "served")
    state = verb.kid("acomp") if verb.lemma == "be" else None
    if state is not None:
        return state.low in words("commissives", "will", "given_states") or (served and state.low == "able")
    if served and verb.kid("neg") is not None:
        return True  # "taxpayers will not bear the loss"
    if verb.lemma in words("commissives", "will", "things"):
        return True
    if verb.lemma not in words("commissives", "will", "given"):
        return False
    return served or (
        said.verb is not None and said.verb.lemma in words("commissives", "speech", "giving_word")
    )


def _is_misfortune(verb: Tok) -> bool:
    """ "would take a charge of $2 billion", "will have no effect": what is suffered, or only comes about."""
    objects = {o.lemma for o in verb.kids("dobj")}
    undergone = verb.lemma in words("commissives", "will", "undergoing")
    return undergone and bool(objects & words("commissives", "will", "misfortunes"))


def _not_in_hand(state: Tok) -> bool:
    """Whether being so is nobody's to promise: able, sure, poorer."""
    return state.tag == "JJR" or state.low in words("commissives", "will", "states")
