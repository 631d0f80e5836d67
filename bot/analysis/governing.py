"""What the word above an event says of it, one step up the parse.

A step is one of `go` (nothing changes), `stop` (nothing above counts any more), `unreal`, `future` or
`shared` (it stands under its neighbour's auxiliary), with whether it turns the event into its opposite.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.analysis.frames import phrase_lemma
from bot.analysis.lexicon import words
from bot.analysis.negation import own_negation

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

Step: TypeAlias = tuple[str, bool]
_GO, _FLIP, _STOP, _UNREAL = ("go", False), ("go", True), ("stop", False), ("unreal", False)
_CLAUSES = ("xcomp", "conj", "ccomp", "advcl", "acl", "relcl", "csubj", "pcomp", "ROOT")


def by_modals(verb: Tok) -> str:
    """The mood that a verb's own auxiliaries give: `asserted`, `future` or `unreal`."""
    for aux in verb.kids("aux"):
        if aux.tag == "MD":
            if aux.low in words("modality", "future", "able") and own_negation(verb):
                return "asserted"  # what cannot be done is not done
            future = aux.low in words("modality", "future", "auxiliaries") and not _has_condition(verb)
            return "future" if future else "unreal"
        if aux.low == "to" and verb.dep not in _CLAUSES:
            return "asserted"
    return "asserted"


def _has_condition(verb: Tok) -> bool:
    """ "Would close if rents rose"."""
    marks = (m.low for c in verb.kids("advcl") for m in c.kids("mark"))
    return any(mark in ("if", "unless") for mark in marks)


def shares_auxiliary(node: Tok, head: Tok) -> bool:
    """Whether a conjoined verb stands under its head's auxiliary: "would buy A and give B"."""
    return node.subject is None and node.tag == head.tag and not node.kids("aux")


def step(node: Tok, head: Tok) -> Step:
    """What the step from a word to its governor says of the event below."""
    dep = node.dep
    if dep == "conj":
        shares = shares_auxiliary(node, head)
        return ("shared" if shares else "go"), shares and own_negation(head)
    if dep in ("xcomp", "ccomp") and _is_rule(head):
        return _UNREAL
    if dep in ("xcomp", "dobj", "acomp", "oprd", "attr") or (dep in ("ccomp", "advcl") and _is_bare(node)):
        return _governed(node, head)
    if dep == "pcomp" or (dep in ("prep", "agent") and node.kid("pcomp") is not None):
        return _by_preposition(node, head)
    if dep == "ccomp":
        return _by_speech(head)
    if dep == "advcl":
        return _by_mark(node)
    if dep == "acl":
        return _by_noun(node, head)
    if dep == "relcl":
        return "stop", _is_lifted(head)
    ends = ("parataxis", "ROOT", "nsubj", "nsubjpass", "pobj", "appos", "compound", "poss", "dative")
    return _STOP if dep in ends else _GO


def _is_lifted(rule: Tok) -> bool:
    """Whether the rule that says what is to be is done away with: "scrapped a rule that barred X from …"."""
    whole = rule.head.head if rule.dep == "pobj" else rule  # "a passage in its principles that bars …"
    if whole.dep not in ("dobj", "nsubjpass") or whole.head.lemma not in words(
        "modality", "lifting", "verbs"
    ):
        return False
    return bool({rule.lemma, whole.lemma} & words("modality", "lifting", "nouns"))


def _is_bare(node: Tok) -> bool:
    return _is_infinitive(node) and node.kid("mark") is None


def _is_infinitive(verb: Tok) -> bool:
    return verb.tag == "VB" and any(a.low == "to" for a in verb.kids("aux"))


def _by_noun(node: Tok, head: Tok) -> Step:
    """ "the decision to close", "failure to close", "plans to close"."""
    if _is_infinitive(node) and head.lemma not in words("modality", "carried_out", "nouns"):
        return _UNREAL
    return _FLIP if head.lemma in words("modality", "failing", "nouns") else _STOP


def _governed(node: Tok, head: Tok) -> Step:
    """What the governor of an infinitive, gerund or object says."""
    adjective = head.low in words("modality", "leaves_open", "adjectives")
    if head.pos == "ADJ" or (adjective and not head.kids("dobj")):
        if head.low in words("modality", "not_adjectives", "words"):
            return _FLIP
        return _UNREAL if adjective else _GO
    phrase = phrase_lemma(head)
    if node.dep == "dobj" and node.tag == "VBG" and phrase in words("modality", "leaves_open", "verbs"):
        return _UNREAL
    if node.dep == "dobj" and node.pos != "VERB":
        return "go", head.lemma in words("modality", "ending", "verbs") and node.pos == "NOUN"
    if phrase != head.lemma:
        if phrase in words("modality", "implies_not", "verbs"):
            return _FLIP
        if phrase in words("modality", "leaves_open", "verbs"):
            return _UNREAL
    return _by_auxiliary_phrase(node, head) or _by_verb(node, head.lemma)


def _is_rule(head: Tok) -> bool:
    """Whether a rule lets or bids somebody do something: "the act lets police hold suspects"."""
    if head.lemma not in words("modality", "rules", "verbs") or head.tag == "VBD":
        return False
    subject = head.head if head.dep == "relcl" else head.subject
    return subject is not None and subject.lemma in words("modality", "rules", "nouns")


def _by_auxiliary_phrase(node: Tok, head: Tok) -> Step | None:
    """ "has yet to close", "is yet to close", "is to close", "is going to close"; None for any other
    governor."""
    if (
        head.lemma == "have"
        and _is_infinitive(node)
        and any(c.low in ("yet", "still") for c in head.children)
    ):
        return _FLIP
    if head.lemma == "be" and _is_infinitive(node):
        return _FLIP if any(c.low == "yet" for c in head.children) else ("future", False)
    if head.lemma == "go" and node.tag == "VB" and head.tag == "VBG":
        return "future", False
    return None


def _by_verb(node: Tok, lemma: str) -> Step:
    if lemma in words("modality", "implies_not", "verbs"):
        return _FLIP
    if lemma in words("modality", "leaves_open", "verbs"):
        return _UNREAL
    if lemma in words("modality", "implies", "verbs"):
        return _GO
    if node.dep == "advcl" and node.kids("ccomp") and node.lemma in words("modality", "speech", "asserted"):
        return _STOP  # "appeared on television to say that he had taken control"
    return _UNREAL if _is_infinitive(node) and node.dep in ("xcomp", "advcl", "ccomp") else _GO


def _by_preposition(node: Tok, head: Tok) -> Step:
    """ "without closing", "stopped from closing", "refrained from closing", "warned against closing"."""
    prep = node if node.dep == "prep" else head
    verb = prep.head
    implies_not = words("modality", "implies_not", "verbs")
    if prep.low in words("modality", "marks", "flips"):
        # Turned once, on the way to the preposition; not again on the way from it.
        return "go", node is not prep and (prep.low != "from" or verb.lemma in implies_not)
    if node.dep == "pcomp":
        return _GO
    if verb.lemma in implies_not or phrase_lemma(verb) in implies_not:
        return _FLIP
    adjective = verb.low in words("modality", "leaves_open", "adjectives")
    if adjective or verb.lemma in words("modality", "leaves_open", "verbs"):
        return _UNREAL
    implies = verb.lemma in words("modality", "implies", "verbs")
    return _UNREAL if prep.low in words("modality", "marks", "open") and not implies else _GO


def _by_speech(head: Tok) -> Step:
    """What a verb of speech, or an adjective ("afraid that", "not true that"), says of its clause."""
    lemma = head.lemma
    if {head.low, *(c.low for c in head.kids("acomp"))} & words("modality", "speech", "unreal_adjectives"):
        return _UNREAL
    if head.pos == "ADJ" and own_negation(head.head):
        return _UNREAL
    if lemma in words("modality", "speech", "unreal") and head.is_verb:
        return _UNREAL
    if lemma in words("modality", "leaves_open", "verbs") - words("modality", "speech", "asserted"):
        return _UNREAL
    if own_negation(head) and lemma in words("modality", "speech", "denied_with_not"):
        return _UNREAL
    return _UNREAL if any(a.tag == "MD" for a in head.kids("aux")) else _GO


def _by_mark(node: Tok) -> Step:
    """What the conjunction of an adverbial clause says."""
    marks = {c.low for c in node.kids("mark", "advmod", "aux")}
    inside = node.subtree()
    inverted = bool(inside) and inside[0].low in words("modality", "marks", "inverted")
    unreal = inverted or marks & words("modality", "marks", "conditional") or _is_infinitive(node)
    return _UNREAL if unreal else _STOP
