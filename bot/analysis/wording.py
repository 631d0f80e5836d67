"""Where a commitment's quote starts, and its content as a plain infinitive phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words
from bot.analysis.phrases import kinds_of
from bot.analysis.polarity import fronted_no, is_empty

if TYPE_CHECKING:
    from bot.analysis.spans import Content
    from bot.analysis.tree import Tok, Tree
    from bot.analysis.triggers import Candidate

_NEAR = 5
"""Tokens between "is" and its adjective within which the quote starts at the verb."""
_LEFT_OUT = frozenset({"never", "longer", "also", "now", "not", "to", "no"})


def opening(head: Tok) -> Tok:
    """The first token of a conjoined promise: its "to", its auxiliary, or its verb."""
    before = [t for t in head.kids("aux", "neg", "auxpass", "prep") if t.i < head.i]
    if head.dep in ("pcomp", "pobj") and head.head.i < head.i:
        before.append(head.head)  # "and to clearing the mines"
    return _first(head, before)


def start(c: Candidate, head: Tok, first: bool) -> Tok:
    """Where the quote starts (ANNOTATION.md, conventions)."""
    if not first:
        return opening(head)
    if c.kind == "will":
        return _will_start(c, head)
    trigger = c.trigger
    if c.kind == "state":
        verb = (
            trigger.head
            if trigger.dep in ("acomp", "oprd", "advmod", "xcomp") and trigger.head.is_verb
            else trigger
        )
        if verb is trigger:
            return _first(trigger, trigger.kids("auxpass", "aux"))
        return _first(verb, verb.kids("aux")) if trigger.i - verb.i < _NEAR else trigger
    if c.kind in ("verb", "goal"):
        return _first(trigger, [a for a in trigger.kids("aux", "auxpass") if a.low != "to"])
    support = trigger.head
    owned = c.holder is not None and c.holder.pos != "PRON"
    if trigger.dep == "dobj" and not owned and support.lemma in words("commissives", "pact", "support"):
        return _first(support, [a for a in support.kids("aux") if a.low != "to"])
    return trigger


def plain(tree: Tree, head: Tok, content: Content, c: Candidate, *, refrain: bool) -> str:
    """The content as a plain infinitive phrase, without condition and deadline.

    What an omission is of loses its "no": "open no new one" -> "open any new one".
    """
    dropped = set(content.deadline) | set(content.condition)
    rest = [t for t in content.tokens if t not in dropped]
    if not head.is_verb:
        return tree.text[rest[0].idx : rest[-1].end] if rest else head.text
    skip = {t for t in head.kids("aux", "auxpass", "neg") if t.i < head.i}
    skip |= {x for t in head.kids("advmod") if t.low in _LEFT_OUT for x in (t, *t.children)}
    before = [t for t in rest if t.i < head.i and t not in skip and t.low not in _LEFT_OUT]
    after = [t for t in rest if t.i > head.i]
    thing = head.kid("nsubjpass") or (head.subject if _is_about_thing(head, c) else None)
    lead = _joined(before, refrain)
    if thing is not None and thing.dep != "expl":
        named = thing.subtree(frozenset({"relcl", "mark"}))
        if len(named) > 1 and named[0].low == "that":
            named = named[1:]  # the conjunction of the clause, taken for an article
        lead, tail = "", [_joined(named, refrain), _joined(after, refrain)]
    else:
        tail = [_joined(after, refrain)]
    return " ".join(part for part in (lead, head.lemma, *tail) if part)


def _will_start(c: Candidate, head: Tok) -> Tok:
    front = fronted_no(c.trigger, head)
    if front is not None:
        return front
    subject = head.subject
    if subject is not None and subject.i < c.trigger.i:
        if subject.low == "there":
            return subject
        if is_empty(subject):
            return min(subject.subtree(), key=lambda t: t.i)
        if subject.end == c.trigger.idx and subject.pos == "PRON":
            return subject  # a contraction: "We'll"
    return _first(c.trigger, c.trigger.kids("aux")) if c.frame == "going" else c.trigger


def _first(tok: Tok, others: list[Tok]) -> Tok:
    return min([tok, *others], key=lambda t: t.i)


def _is_about_thing(head: Tok, c: Candidate) -> bool:
    """Whether the clause's subject is a thing and not who is bound."""
    subject = head.subject
    things = words("commissives", "will", "things")
    return (
        c.frame in ("that", "will")
        and subject is not None
        and subject.pos == "NOUN"
        and head.lemma in things
        and not kinds_of(subject.lemma) - {"person", "pair"}
    )


def _joined(tokens: list[Tok], refrain: bool) -> str:
    """The tokens as they stand in the text, with gaps closed."""
    if refrain:
        tokens = [t for t in tokens if not (t.low == "not" and t.dep == "neg" and t.head.pos == "NOUN")]
    parts: list[str] = []
    for at, tok in enumerate(tokens):
        if at and tok.idx > tokens[at - 1].end:
            parts.append(" ")
        none = refrain and tok.low in ("no", "neither") and tok.dep == "det"
        parts.append("any" if none else tok.low if _only_opens(tok) else tok.text)
    return "".join(parts).strip(" ,")


def _only_opens(tok: Tok) -> bool:
    """Whether a capital is only that of the sentence's first word."""
    opening = next((t for t in tok.sent.tokens if t.text[:1].isalnum()), tok)
    return tok is opening and tok.pos in ("DET", "NOUN", "ADJ", "NUM", "ADP") and not tok.ent
