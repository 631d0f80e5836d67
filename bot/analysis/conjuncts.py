"""Promises joined in one: "to cut A and to avoid B" are two commitments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.frames import is_infinitive

if TYPE_CHECKING:
    from bot.analysis.tree import Tok
    from bot.analysis.triggers import Candidate

_BASE = frozenset({"VB", "VBP"})


def heads_of(c: Candidate) -> list[Tok]:
    """The promised acts, in order: one, or several where each has its own object."""
    heads = [c.content]
    if c.frame in ("np", "to_np", "np_event", "given"):
        return heads
    for verb in sorted(set(_joined_to(c)), key=lambda t: t.i):
        if _is_act(verb, c.content) and (len(heads) > 1 or _has_own_words(c.content, verb)):
            heads.append(verb)
    return heads


def _joined_to(c: Candidate) -> list[Tok]:
    content = c.content
    pool = content.chain()[1:]
    if c.frame == "to":
        pool += [
            t for t in content.sent.tokens if t.i > content.i and t.dep == "conj" and _taken_up(t, content)
        ]
    if content.dep in ("pcomp", "pobj"):
        preps = content.kids("conj") + content.head.kids("conj")
        pool += [v for p in preps if p.low == content.head.low for v in p.kids("pcomp", "pobj") if v.is_verb]
    return pool


def _taken_up(verb: Tok, content: Tok) -> bool:
    """Whether an infinitive further on takes up the first one: "plans to start ... and to extend ..."."""
    if content.tag != "VB" or not is_infinitive(verb):
        return False
    # "X undertakes to destroy …, and to let …": the second one hung on the undertaking itself.
    trigger = content.head if content.dep == "xcomp" and content.head.tag != "VB" else None
    return verb.head.under(content) or (trigger is not None and verb.head is trigger and verb.subject is None)


def _is_act(verb: Tok, content: Tok) -> bool:
    """Whether a conjoined verb is another promised act, and no comparison or new clause."""
    if not verb.is_verb or (verb.subject is not None and verb.subject.i > content.i):
        return False
    if any(a.lemma == "do" for a in verb.kids("aux")):
        return False  # "will fight it but does not intend to leave"
    if verb.dep == "conj" and any(x.low in ("than", "as") for x in verb.head.kids("cc")):
        return False
    return content.tag == verb.tag or {content.tag, verb.tag} <= _BASE


def _has_own_words(content: Tok, verb: Tok) -> bool:
    """Whether the first act has words of its own: "to cut costs and raise prices"."""
    inside = content.subtree(frozenset({"conj", "cc", "punct"}))
    bare = {t.i for t in inside if t.dep == "prep" and not t.children}
    return any(
        content.i < t.i < verb.i and t.dep not in ("advmod", "punct", "cc") and t.i not in bare
        for t in inside
    )
