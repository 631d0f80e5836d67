"""Whether an event is asserted, and by whom: negation, modality, hypothesis, attribution along the parse."""

from __future__ import annotations

from dataclasses import dataclass

from bot.analysis.lexicon import words
from bot.analysis.tree import Tok
from bot.analysis.triggers import phrase_lemma

_FUTURE = frozenset({"will", "would", "shall", "'ll", "’ll", "wo", "'d", "’d"})
_MAX_CLIMB = 9


@dataclass(frozen=True, slots=True)
class Standing:
    """How an event stands: `asserted`, `future`, or `unreal` (feared, possible, conditional, asked, denied)."""

    mood: str
    negated: bool
    still: bool = False
    """Whether it is said to go on ("still", "remains") or to be missing so far ("yet to")."""
    failed: bool = False
    """Whether it is negated by a word of failing or refusing."""
    doubt: bool = False
    """Whether a hedge ("reportedly") goes with it."""


def standing(verb: Tok) -> Standing:
    """The standing of the event that a verb (or a governed noun) tells of."""
    negated, still, doubt = own_negation(verb), _still(verb), _doubtful(verb)
    mood = _by_modals(verb)
    failed = False
    node = verb
    for _ in range(_MAX_CLIMB):
        head = node.head
        if head is node or mood == "unreal":
            break
        step, flip = _step(node, head)
        if flip:
            negated = not negated
            failed = failed or head.lemma in ("fail", "refuse", "neglect", "decline", "omit")
            still = still or _yet(head)
        if step == "stop":
            break
        if step == "unreal":
            mood = "unreal"
            break
        if step == "future" and mood == "asserted":
            mood = "future"
        if node.dep in ("xcomp", "conj", "pcomp", "acomp", "attr", "dobj", "oprd") or step == "shared" or (node.dep == "prep" and node.kid("pcomp")):
            modal = _by_modals(head) if node.dep != "conj" or _shares(node, head) else "asserted"
            mood = modal if mood == "asserted" else mood
            if node.dep in ("xcomp", "pcomp", "acomp", "attr", "dobj") and own_negation(head):
                negated = not negated
            still = still or _still(head)
            doubt = doubt or _doubtful(head)
        node = head
    if verb.sent.tokens[-1].text == "?" or any(t.text == "?" for t in verb.sent.tokens[-2:]):
        mood = "unreal"
    return Standing(mood, negated, still, failed, doubt)


def own_negation(verb: Tok) -> bool:
    """Whether the clause itself denies the event: not, never, no longer, nobody, "not a single", "none of"."""
    flipped = False
    for child in verb.children:
        if child.dep == "neg" or (child.dep in ("advmod", "preconj") and child.low in words("modality", "adverbs", "negative")):
            flipped = not flipped
        elif child.dep == "advmod" and child.low == "longer" and any(c.low == "no" for c in child.children):
            flipped = True
        elif child.dep in ("nsubj", "nsubjpass", "dobj", "attr", "pobj") and _empty(child):
            flipped = not flipped
    return flipped


def _empty(noun: Tok) -> bool:
    """Nobody, no plant, not one ship, none of the bases."""
    if noun.low in ("nobody", "nothing", "none", "neither", "no-one"):
        return True
    for child in noun.children:
        if child.low in ("no", "neither") and child.dep in ("det", "neg", "preconj", "advmod"):
            return True
        if child.low == "not" and child.dep in ("neg", "preconj", "advmod", "predet"):
            return True
        if child.dep in ("nummod", "det", "amod", "advmod") and any(c.low in ("not", "no") for c in child.children):
            return True
    return False


def _still(verb: Tok) -> bool:
    return any(c.low in ("still", "yet") for c in verb.children) or verb.lemma in ("remain", "stay", "persist")


def _yet(head: Tok) -> bool:
    return any(c.low == "yet" for c in head.children)


def _doubtful(verb: Tok) -> bool:
    return any(c.low in words("modality", "adverbs", "doubtful") for c in verb.children)


def _by_modals(verb: Tok) -> str:
    for aux in verb.kids("aux"):
        if aux.tag == "MD":
            return "future" if aux.low in _FUTURE else "unreal"
        if aux.low == "to" and verb.dep not in ("xcomp", "conj", "ccomp", "advcl", "acl", "relcl", "csubj", "pcomp", "ROOT"):
            return "asserted"
    return "asserted"


def _shares(node: Tok, head: Tok) -> bool:
    """Whether a conjoined verb stands under its head's auxiliary: "would buy A and give B"."""
    return node.subject is None and node.tag == head.tag and not node.kids("aux")


def _step(node: Tok, head: Tok) -> tuple[str, bool]:
    """What one step up the parse says: (`go`, `stop`, `unreal`, `future` or `shared`; whether it flips)."""
    dep = node.dep
    if dep == "conj":
        return ("shared" if _shares(node, head) else "go"), _shares(node, head) and own_negation(head)
    if dep in ("xcomp", "dobj", "acomp", "oprd", "attr") or (dep in ("ccomp", "advcl") and _bare(node)):
        return _governed(node, head)
    if dep == "pcomp" or (dep in ("prep", "agent") and node.kid("pcomp") is not None):
        return _by_preposition(node, head)
    if dep == "ccomp":
        return _by_speech(head)
    if dep == "advcl":
        return _by_mark(node)
    if dep == "acl":
        return ("unreal", False) if _infinitive(node) and head.lemma not in ("decision", "failure", "refusal", "ability", "order") else (("go", True) if head.lemma in ("failure", "refusal") else ("stop", False))
    if dep in ("relcl", "parataxis", "ROOT"):
        return "stop", False
    if dep in ("nsubj", "nsubjpass", "pobj", "appos", "compound", "poss", "dative"):
        return "stop", False
    return "go", False


def _bare(node: Tok) -> bool:
    return node.tag in ("VB", "VBG") and node.kid("mark") is None and (node.tag == "VB" and _infinitive(node))


def _infinitive(verb: Tok) -> bool:
    return verb.tag == "VB" and any(a.low == "to" for a in verb.kids("aux"))


def _governed(node: Tok, head: Tok) -> tuple[str, bool]:
    if head.pos == "ADJ" or (head.low in words("modality", "leaves_open", "adjectives") and not head.kids("dobj")):
        if head.low in words("modality", "not_adjectives", "words"):
            return "go", True
        return ("unreal", False) if head.low in words("modality", "leaves_open", "adjectives") else ("go", False)
    if node.dep == "dobj" and node.tag == "VBG" and phrase_lemma(head) in words("modality", "leaves_open", "verbs"):
        return "unreal", False
    if node.dep == "dobj" and node.pos != "VERB":
        return "go", head.lemma in ("end", "stop", "halt", "suspend", "cease", "avoid", "prevent", "block", "cancel", "deny") and node.pos == "NOUN"
    lemma = head.lemma
    phrase = phrase_lemma(head)
    if phrase != lemma and phrase in words("modality", "implies_not", "verbs") | words("modality", "leaves_open", "verbs"):
        return ("go", True) if phrase in words("modality", "implies_not", "verbs") else ("unreal", False)
    if lemma == "have" and any(c.low in ("yet", "still") for c in head.children) and _infinitive(node):
        return "go", True
    if lemma == "be" and _infinitive(node):
        yet = any(c.low == "yet" for c in head.children)
        return ("go", True) if yet else ("future", False)
    if lemma == "go" and node.tag == "VB" and head.tag == "VBG":
        return "future", False
    if lemma in words("modality", "implies_not", "verbs"):
        return "go", True
    if lemma in words("modality", "leaves_open", "verbs"):
        return "unreal", False
    if lemma in words("modality", "implies", "verbs"):
        return "go", False
    return ("unreal", False) if _infinitive(node) and node.dep in ("xcomp", "advcl", "ccomp") else ("go", False)


def _by_preposition(node: Tok, head: Tok) -> tuple[str, bool]:
    prep = node if node.dep == "prep" else head
    verb = prep.head
    if prep.low in words("modality", "marks", "flips"):
        return ("go", prep.low != "from" or verb.lemma in words("modality", "implies_not", "verbs"))
    if node.dep == "pcomp":
        return "go", False
    if verb.lemma in words("modality", "implies_not", "verbs") or phrase_lemma(verb) in words("modality", "implies_not", "verbs"):
        return "go", True
    if verb.lemma in words("modality", "leaves_open", "verbs") or verb.low in words("modality", "leaves_open", "adjectives"):
        return "unreal", False
    if prep.low in words("modality", "marks", "open") and prep.low in ("before", "about", "against", "for", "to", "of") and verb.lemma not in words("modality", "implies", "verbs"):
        return "unreal", False
    return "go", False


def _by_speech(head: Tok) -> tuple[str, bool]:
    lemma = head.lemma
    if lemma in words("modality", "speech", "unreal") and head.is_verb:
        return "unreal", False
    if lemma in words("modality", "leaves_open", "verbs") and lemma not in words("modality", "speech", "asserted"):
        return "unreal", False
    if own_negation(head) and lemma in ("say", "mean", "find", "show", "know", "see", "confirm"):
        return "unreal", False
    if any(a.tag == "MD" for a in head.kids("aux")):
        return "unreal", False
    return "go", False


def _by_mark(node: Tok) -> tuple[str, bool]:
    inside = node.subtree()
    marks = {c.low for c in node.kids("mark", "advmod", "aux")}
    if marks & words("modality", "marks", "conditional") or (inside and inside[0].low in ("should", "were", "had", "if", "unless")):
        return "unreal", False
    if _infinitive(node):
        return "unreal", False
    return "stop", False
