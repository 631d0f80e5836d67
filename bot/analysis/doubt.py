"""Whether the sentence takes a commitment back: denied, asked, possible, conditional, dropped, a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from bot.analysis.tree import Tok
    from bot.analysis.triggers import Candidate

_CONDITIONS = frozenset({"if", "unless", "whether"})
_GOVERNED = ("xcomp", "ccomp", "pcomp", "advcl", "acl", "prep", "dobj", "acomp", "conj", "relcl")
_LOOSE = ("xcomp", "ccomp", "acl", "advcl", "pcomp")
_CAN_BIND = frozenset({"guarantee", "promise", "assure", "rule"})
"""With these, "can" binds: "I can guarantee that …"."""


def cancelled(c: Candidate) -> bool:
    """Whether a candidate is no commitment because of what stands around its trigger."""
    tok = c.trigger if c.kind != "will" else c.content
    if "?" in (t.text for t in tok.sent.tokens[-2:]):
        return True
    if c.kind == "will":
        return _is_question(tok) or _under_doubt(tok, c)
    if (c.kind == "noun" and _noun_taken_back(c)) or (c.kind == "verb" and _verb_taken_back(c)):
        return True
    return _negated(c) or _only_possible(c) or _under_doubt(tok, c)


def _is_question(verb: Tok) -> bool:
    """ "nobody knows what the junta will do"."""
    return verb.dep in ("ccomp", "pcomp") and any(
        t.low in ("what", "who", "how", "when", "where", "why", "which") and t.i < verb.i
        for c in verb.children
        for t in (c, *c.children)
        if c.dep != "nsubj" or t.low in ("what", "who", "which")
    )


def _noun_taken_back(c: Candidate) -> bool:
    """ "no promise to", "a deal to … could", "scrapped plans to", "may bring a promise"."""
    noun, verb = c.trigger, c.trigger.head
    if c.refrain and c.strength == "strong":
        return True
    indefinite = any(d.low in ("a", "an") for d in noun.kids("det"))
    if noun.dep == "nsubj" and indefinite and any(x.tag == "MD" for x in verb.kids("aux")):
        return True
    if noun.dep not in ("dobj", "pobj") or not verb.is_verb:
        return False
    if c.holder is None and {x.lemma for x in verb.kids("aux")} & words("commissives", "cancel", "modals"):
        return True
    owned = c.holder is not None or verb.lemma in words("commissives", "cancel", "announcing")
    return c.strength == "weak" and (not owned or verb.lemma in words("commissives", "cancel", "dropping"))


def _verb_taken_back(c: Candidate) -> bool:
    """ "to promise", "has yet to commit", "had planned to", "tanks meant to", "what it means to do"."""
    verb = c.trigger
    if verb.lemma == "mean" and not _means(verb):
        return True
    if any(o.low in ("what", "which") and o.i < verb.i for o in c.content.kids("dobj", "pobj")):
        return True
    if verb.tag == "VB" and not [a for a in verb.kids("aux") if a.low != "to"]:
        yet = any(a.low == "yet" for a in verb.head.kids("advmod"))
        if yet or (verb.dep in _LOOSE and (not verb.kids("aux") or not _willing(verb))):
            return True
    had = any(a.low in ("had", "'d", "’d") for a in verb.kids("aux"))
    once = any(a.low in ("once", "originally", "initially", "earlier") for a in verb.kids("advmod"))
    lapsed = c.strength == "weak" or verb.lemma in words("commissives", "cancel", "settled")
    return (had or (once and verb.tag == "VBD")) and lapsed and not verb.kids("neg")


def _means(verb: Tok) -> bool:
    """Whether somebody means to do something: no "pipes meant to carry rain"."""
    who = verb.subject
    if verb.tag not in ("VBD", "VBZ", "VBP") or verb.dep == "acl" or who is None:
        return False
    return verb.tag != "VBD" or who.pos in ("PROPN", "PRON") or bool(kinds_of(who.lemma))


def _willing(verb: Tok) -> bool:
    """Whether an infinitive stands under a word that lets it be done: "went on to promise"."""
    return verb.head.lemma in words("commissives", "cancel", "letting")


def _negated(c: Candidate) -> bool:
    tok = c.trigger
    weak = c.kind in ("noun", "verb") and c.strength == "weak"
    if any(n.low != "never" or tok.lemma not in ("promise", "vow") for n in tok.kids("neg")):
        return not weak
    subject = tok.subject
    if subject is None or weak:
        return False
    nobody = subject.low in words("commissives", "refrain", "subjects")
    return nobody or any(d.low in ("no", "neither") for d in subject.kids("det"))


_DUTIES = frozenset({"must", "should", "ought"})


def _only_possible(c: Candidate) -> bool:
    """ "may promise", "would guarantee"."""
    modals = {x.lemma for x in c.trigger.kids("aux")} & words("commissives", "cancel", "modals")
    if c.trigger.lemma in _CAN_BIND:
        modals -= {"can"}
    if c.kind == "state" and c.trigger.head.is_verb:
        return any(a.lemma in _DUTIES for a in c.trigger.head.kids("aux"))  # "must be ready to mediate"
    return bool(modals) and c.kind != "state" and c.trigger.tag == "VB"


def _under_doubt(tok: Tok, c: Candidate) -> bool:
    """Whether a word above asks, doubts, fears or refuses, or a clause above is a condition."""
    below = tok
    for node in (tok, *tok.ancestors()):
        marks = {m.low for m in node.kids("mark")}
        if "whether" in marks or (
            marks & _CONDITIONS and (node is tok if c.kind == "will" else node.dep == "advcl")
        ):
            return True
        if node is not c.content and node.dep == "advcl" and marks & _CONDITIONS:
            return True
        if node is not tok and below.dep in _GOVERNED:
            if _doubts(node, below, c):
                return True
            if below.dep in ("relcl", "advcl") and node.is_verb:
                return False
        below = node
    return False


def _doubts(node: Tok, below: Tok, c: Candidate) -> bool:
    """Whether the word above is one of asking, doubting, refusing."""
    if node.is_verb and node.lemma in words("commissives", "cancel", "verbs"):
        if below.dep == "dobj":
            return c.kind != "noun" or node.lemma in words("commissives", "cancel", "of_nouns")
        if below.dep in ("xcomp", "ccomp", "pcomp", "prep"):
            return not (below.dep == "ccomp" and node.lemma in ("tell", "warn"))
    if node.low in words("commissives", "cancel", "adjectives") and below.dep in ("xcomp", "ccomp"):
        return True
    return (
        node.pos == "NOUN"
        and below.dep in ("acl", "ccomp")
        and node.lemma in words("commissives", "cancel", "nouns")
    )
