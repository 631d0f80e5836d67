"""Mends what the small model parses wrong in ways that recur in news, before the rules walk the tree.

Each mend is narrow: it needs the words around it to leave no other reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.asides import mend_aside, put_in_speech
from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok, Tree

_FINITE = ("VBD", "VBZ", "VBP", "MD")


def mend(tree: Tree) -> Tree:
    """Mend a freshly grown tree in place, and give it back."""
    for tok in tree.tokens:
        if tok.low == "to" and tok.dep == "prep":
            _verb_read_as_adjective(tree, tok)
        elif tok.dep == "conj" and tok.tag == "NN" and tok.head.tag == "VB":
            _verb_read_as_noun(tok)
        elif tok.tag == "MD" and tok.low in words("modality", "future", "auxiliaries"):
            _clause_of_speech(tree, tok)
            put_in_speech(tok)
            _subject_of_auxiliary(tok)
        elif tok.low == "not":
            _not_one(tree, tok)
        elif tok.pos == "VERB":
            mend_aside(tok)
    return tree


def mend_subject(verb: Tok, name: Tok) -> bool:
    """Make the name right before a finite verb its subject, where the parse gave it none.

    "After weeks of hesitation Olaf Scholz told …", "At Glasgow Brazil signed …". Says whether it did.
    """
    finite = verb.tag in _FINITE or any(a.tag in _FINITE for a in verb.kids("aux", "auxpass"))
    if (
        not finite
        or verb.dep in ("conj", "relcl", "acl", "xcomp", "amod")
        or name.dep in ("conj", "nsubj", "nsubjpass", "appos")
    ):
        return False
    subject = verb.subject
    opening = verb.sent.tokens[0]
    led = opening.pos in ("ADP", "SCONJ") and opening.head is verb and opening.dep in ("mark", "prep")
    if subject is not None and not (
        led and opening.dep == "mark" and subject.tag in ("NNS", "NN") and name.under(subject)
    ):
        return False
    if subject is not None:
        subject.dep = "pobj"
    name.hang(verb, "nsubj")
    return True


def _verb_read_as_adjective(tree: Tree, to: Tok) -> None:
    """ "undertook to free rebels": to + adjective + noun, where the adjective is a verb too."""
    nxt = tree.tokens[to.i + 1] if to.i + 1 < len(tree.tokens) else None
    adjective = (
        nxt is not None
        and nxt.pos == "ADJ"
        and nxt.low in words("commissives", "parse", "verbs_like_adjectives")
    )
    if nxt is None or not (adjective or (nxt.tag == "VB" and nxt.dep == "amod")):
        return
    host = to.head
    noun = nxt.head
    if not (host.is_verb or host.pos == "NOUN") or noun.head is not to:
        return
    nxt.hang(host, "xcomp" if host.is_verb else "acl")
    nxt.pos, nxt.tag = "VERB", "VB"
    to.hang(nxt, "aux")
    to.tag, to.pos = "TO", "PART"
    noun.hang(nxt, "dobj")


def _verb_read_as_noun(tok: Tok) -> None:
    """ "will return and apologise": British spellings are often read as nouns."""
    if tok.low.endswith(("ise", "yse")) and not tok.kids("det", "amod", "poss"):
        tok.tag, tok.pos = "VB", "VERB"


def _subject_of_auxiliary(aux: Tok) -> None:
    """ "Dockers at Callao will down tools": the subject hung on "will" is the verb's."""
    verb, subject = aux.head, aux.subject
    if (
        subject is not None
        and aux.dep == "aux"
        and verb.is_verb
        and verb.subject is None
        and subject.i < aux.i
    ):
        subject.hang(verb, "nsubj")


def _not_one(tree: Tree, tok: Tok) -> None:
    """ "Not one bell will fall silent", "not a single pesewa": the negation is the noun's."""
    if tok.i + 1 >= len(tree.tokens) or tree.tokens[tok.i + 1].low not in ("one", "a", "any"):
        return
    noun = tree.tokens[tok.i + 1]
    while noun.dep in ("nummod", "det", "amod") and noun.head.i > noun.i:
        noun = noun.head
    if noun.dep in ("nsubj", "nsubjpass") and noun.i > tok.i:
        tok.hang(noun, "neg")


def _clause_of_speech(tree: Tree, aux: Tok) -> None:
    """ "assured the elders it would leave", "tweeted that billionaires will find": the clause is what was
    said."""
    verb = aux.head
    if verb.i <= aux.i or not verb.is_verb:
        return
    if verb.dep == "relcl" and verb.head.dep == "dobj" and verb.subject is not None:
        speech = verb.head.head
        without = verb.subject.low not in ("who", "which", "that") and not any(
            t.low in ("who", "which", "that", "whom", "whose", "where")
            for t in tree.tokens[verb.head.i + 1 : verb.subject.i]
        )
        addressed = speech.lemma in words("commissives", "speech", "addressed") and verb.subject.pos in (
            "PRON",
            "PROPN",
            "NOUN",
        )
        if without and addressed and not _lacks_object(verb):
            verb.hang(speech, "ccomp")
    elif (
        verb.subject is None
        and verb.dep == "conj"
        and verb.head.lemma in words("commissives", "speech", "verbs")
    ):
        speech = verb.head
        that = tree.tokens[speech.i + 1] if speech.i + 1 < len(tree.tokens) else None
        noun = next((t for t in speech.kids("dobj") if t.i < aux.i), None)
        if that is not None and that.low == "that" and noun is not None:
            verb.hang(speech, "ccomp")
            noun.hang(verb, "nsubj")
            that.hang(verb, "mark")


def _lacks_object(verb: Tok) -> bool:
    """Whether a clause could take its antecedent as object: "the land it would buy"."""
    return verb.kid("dobj", "ccomp", "xcomp", "prep", "advmod", "attr", "acomp", "auxpass") is None
