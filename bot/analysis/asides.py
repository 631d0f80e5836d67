"""Mends speech verbs put in or added on: "X, its chairman said, would sell", "X would sell, Y pledged".

The small model hangs them on whatever stands nearby, or gives them no subject. The words around them leave no
other reading: a verb of speech, its subject right after a comma, and "will" or "would" in what was said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words
from bot.analysis.phrases import kinds_of
from bot.analysis.speaking import is_speech

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

_FINITE = ("VBD", "VBZ", "VBP")
_LONGEST = 12
"""Words of an insertion that names a speaker; longer ones tell more than who speaks."""
_ASTRAY = ("relcl", "acl", "advcl", "dep", "ccomp", "appos", "conj")
"""Labels under which the model hangs a speech verb that is added on."""
_LINKS = frozenset({"who", "which", "that", "whom", "whose", "as", "if", "when", "because", "what"})


def mend_aside(verb: Tok) -> None:
    """Mend what hangs about a finite verb of speech, in place."""
    if verb.tag not in _FINITE or not is_speech(verb):
        return
    if verb.subject is None or verb.dep == "relcl":
        _find_speaker(verb)
    _hang_on_clause(verb)
    _give_back(verb)
    _join_what_was_said(verb)


def put_in_speech(aux: Tok) -> None:
    """ "X, its chairman said, would sell": the parse gives the speech verb both subjects."""
    verb = aux.head
    if verb.subject is not None or not verb.is_verb or verb.i <= aux.i:
        return
    speech = verb.head if verb.dep == "ccomp" else verb.kid("parataxis")
    if speech is None or not is_speech(speech) or speech.i > aux.i:
        return
    subjects = [t for t in speech.kids("nsubj") if t.i < aux.i]
    if len(subjects) == 2 and _before(aux, 1)[0].text == ",":
        subjects[0].hang(verb, "nsubj")


def _find_speaker(verb: Tok) -> None:
    """The subject that the parse lost: "…, its chief executive, Lena Holm, said"."""
    back = _before(verb, 2 * _LONGEST)
    if len(back) < 2 or back[-1].text != ",":
        return
    commas = [t for t in back if t.text == ","][-3:]
    if len(commas) < 2 or not _promised_before(verb, commas[0]):
        return
    inner = _between(commas[-2], commas[-1])
    outer = _between(commas[0], commas[1]) if len(commas) == 3 else []
    head, beside = _top(outer), _top(inner)
    named = head is not None and beside is not None and "PROPN" in (head.pos, beside.pos)
    astray = verb.subject
    if astray is not None:
        if not named or astray.i > commas[0].i or not _is_office(head, beside):
            return
        astray.dep = "dep"  # the subject of what stood before
    if named and head is not None and beside is not None:
        head.hang(verb, "nsubj")
        beside.hang(head, "appos")
    elif beside is not None and beside.pos == "PROPN":
        beside.hang(verb, "nsubj")


def _is_office(*heads: Tok | None) -> bool:
    """Whether one of the insertions is an office: "Ann Low, the transport minister, told parliament"."""
    return any(t is not None and "person" in kinds_of(t.lemma) for t in heads)


def _hang_on_clause(verb: Tok) -> None:
    """ "X would train the workers, its chief pledged": the verb hung on "workers"."""
    subject = verb.subject
    if verb.dep not in _ASTRAY or subject is None or subject.i > verb.i or subject.low in _LINKS:
        return
    first = subject.subtree()[0]
    # A link before a subject that was put right is that of the clause before.
    since = first.i if any(c.dep == "dep" for c in verb.children) else -1
    if verb.kids("cc", "mark", "ccomp", "xcomp") or any(
        c.low in _LINKS and c.i > since for c in verb.children
    ):
        return
    before = _before(first, 1)
    if not before or before[0].text != ",":
        return
    host = _said(verb)
    if host is not None:
        verb.hang(host, "parataxis")


def _give_back(verb: Tok) -> None:
    """ "X will play until May, Y told staff": the time hung on the speech verb that follows."""
    subject = verb.subject
    if verb.dep != "parataxis" or subject is None or subject.i > verb.i:
        return
    for part in verb.kids("prep", "npadvmod", "advmod", "dobj", "dep", "dative"):
        if part.i < subject.i and not part.i < verb.head.i < verb.i:
            part.hang(verb.head, part.dep)


def _said(verb: Tok) -> Tok | None:
    """The clause that a speech verb tells: one with "will" above it, whose "will" comes before or after."""
    for node in verb.ancestors():
        if node.is_verb and _is_to_come(node):
            return node
        if node.is_verb and node.dep == "ROOT":
            return None
    return None


def _join_what_was_said(verb: Tok) -> None:
    """ "X will go on, it said, and will hire": the second clause hung on the speech verb."""
    fronted = next((c for c in verb.kids("ccomp") if c.i < verb.i), None)
    said = verb.head if verb.dep == "parataxis" and verb.head.i < verb.i else fronted
    if said is None or said.subject is None:
        return
    for clause in verb.kids("conj"):
        if clause.subject is None and _is_to_come(clause):
            clause.hang(said, "conj")


def _is_to_come(verb: Tok) -> bool:
    return any(a.low in words("modality", "future", "auxiliaries") for a in verb.kids("aux"))


def _promised_before(verb: Tok, comma: Tok) -> bool:
    """Whether "will" or "would" stands before the insertions."""
    return any(t.low in words("modality", "future", "auxiliaries") for t in verb.sent.tokens if t.i < comma.i)


def _before(tok: Tok, many: int) -> list[Tok]:
    tokens = tok.sent.tokens
    at = tok.i - tokens[0].i
    return tokens[max(0, at - many) : at]


def _between(left: Tok, right: Tok) -> list[Tok]:
    tokens = left.sent.tokens
    return tokens[left.i - tokens[0].i + 1 : right.i - tokens[0].i]


def _top(phrase: list[Tok]) -> Tok | None:
    """The head of a short noun phrase that names somebody; None for anything else."""
    if not phrase or len(phrase) > _LONGEST or any(t.tag in _FINITE or t.tag == "MD" for t in phrase):
        return None
    first = phrase[0]
    if not (first.pos in ("PROPN", "DET", "PRON") or first.text[:1].isupper() or first.tag == "PRP$"):
        return None
    inside = {t.i for t in phrase}
    tops = [t for t in phrase if t.head.i not in inside or t.head is t]
    nouns = [t for t in tops if t.pos in ("NOUN", "PROPN")]
    return nouns[0] if nouns and all(t.pos != "VERB" for t in tops) else None


def told_of(noun: Tok) -> Tok | None:
    """The subject of the clause that a speaker tells in front of itself: "X will go, its union said" -> X."""
    verb = noun.head
    if noun.dep != "nsubj" or not is_speech(verb):
        return None
    fronted = next((c for c in verb.kids("ccomp") if c.i < verb.i), None)
    clause = verb.head if verb.dep == "parataxis" else fronted
    subject = clause.subject if clause is not None else None
    if (
        subject is not None
        and subject.tag in ("NNS", "NNPS")
        and any(c.low == "its" for c in noun.kids("poss"))
    ):
        return None
    return subject if subject is not None and subject.i < noun.i else None
