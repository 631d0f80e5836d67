"""What a commissive word governs: an infinitive, a clause, a gerund, a thing."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from bot.analysis.lexicon import table, words
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.analysis.tree import Tok, Tree

_GAP = 10
"""Tokens between a trigger and its infinitive that a wrong parse may have attached elsewhere."""
_CLAUSES = ("ccomp", "acl", "relcl", "xcomp", "advcl")
_PREPOSITIONS = frozenset({"to", "on", "upon", "of", "against", "from"})
_NO_FURTHER = frozenset(
    {";", "that", "which", "who", "and", "but", "how", "whether", "what", "when", "where"}
)
"""Words past which an infinitive is not the trigger's: "agreed on how to run it"."""
_NO_THING = ("PERSON", "GPE", "ORG", "DATE")


@cache
def entries(kind: str) -> Mapping[str, list[Mapping[str, Any]]]:
    """The rows of `lexicon/commissives.toml` of one kind (`verb`, `noun`, `state`), by lemma."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in table("commissives")[kind]:
        for lemma in row["lemmas"]:
            found.setdefault(lemma, []).append(row)
    return found


def phrase_lemma(verb: Tok) -> str:
    """The lemma with its particle: "rule out", "sign up"."""
    for c in verb.children:
        beside = c.dep in ("advmod", "prep") and c.i == verb.i + 1 and c.low in ("out", "off", "up", "down")
        if c.dep == "prt" or beside:
            return f"{verb.lemma} {c.low}"
    return verb.lemma


def is_infinitive(verb: Tok) -> bool:
    """Whether a verb is an infinitive with "to": "to leave", "to be gone"."""
    if not any(c.low == "to" and c.dep in ("aux", "mark") for c in verb.children):
        return False
    return verb.tag == "VB" or verb.kid("auxpass") is not None


def governed(tree: Tree, tok: Tok, row: Mapping[str, Any]) -> tuple[Tok, str] | None:
    """The head of what a trigger governs, with the frame it stands in; None where its row allows none."""
    frames = row["frames"]
    if "that" in frames and (clause := clause_under(tok)) is not None:
        return clause, "that"
    if "to" in frames and (verb := infinitive(tree, tok)) is not None:
        return verb, "to"
    if {"ing", "to_np", "to_ing"} & set(frames) and (found := _after_preposition(tok, frames)) is not None:
        return found
    if "ing" in frames:
        gerund = next(
            (c for c in tok.kids("xcomp", "ccomp", "pcomp", "dobj") if c.tag == "VBG" and c.i > tok.i), None
        )
        if gerund is not None:
            return gerund, "ing"
    if {"np", "np_event", "np_money"} & set(frames) and (thing := _thing(tok, frames)) is not None:
        return thing, "np"
    return None


def _thing(tok: Tok, frames: list[str]) -> Tok | None:
    """The object that is promised; `np_event` wants an indefinite one ("plans a launch")."""
    obj = next((o for o in tok.kids("dobj")), None)
    if obj is None and " " in phrase_lemma(tok):
        obj = next((o for p in tok.kids("prep") if p.i == tok.i + 1 for o in p.kids("pobj")), None)
    if (
        obj is None
        or obj.i < tok.i
        or obj.pos not in ("NOUN", "PROPN", "NUM", "SYM")
        or (obj.ent in ("DATE", "PERSON") and obj.kid("prep") is None)
    ):
        return None
    if "np_money" in frames:
        return obj if _is_sum(obj) else None
    indefinite = any(c.low in ("a", "an") for c in obj.kids("det"))
    return obj if "np" in frames or indefinite else None


def _is_sum(obj: Tok) -> bool:
    """Whether an object is an amount of money."""
    parts = (obj, *obj.kids("nummod", "compound", "quantmod"))
    counted = any(t.pos in ("NUM", "SYM") for t in parts)
    return any(t.ent == "MONEY" for t in parts) or (
        counted and obj.lemma in words("commissives", "money", "units")
    )


def infinitive(tree: Tree, tok: Tok) -> Tok | None:
    """The infinitive a trigger governs, by the parse or, where that went astray, by the word order."""
    for host in (tok, *tok.kids("dobj", "dative")):
        for child in host.kids("xcomp", "acl", "advcl", "ccomp", "relcl"):
            if child.i > tok.i and is_infinitive(child) and not child.subject:
                return child
    be = tok.head
    if tok.pos == "NOUN" and tok.dep == "nsubj" and be.lemma == "be":
        # "His promise was to scrap the law."
        return next((c for c in be.kids("xcomp") if is_infinitive(c)), None)
    return _further_on(tree, tok)


def _further_on(tree: Tree, tok: Tok) -> Tok | None:
    inserted = False
    for nxt in tree.tokens[tok.i + 1 : tok.i + 1 + _GAP]:
        if nxt.sent is not tok.sent or (nxt.is_verb and nxt.tag not in ("VB", "VBN")):
            return None
        if nxt.low == ",":
            if not inserted and not _insertion(tree, nxt):
                return None
            inserted = not inserted
        elif inserted and nxt.low != "to":
            continue
        elif nxt.low in _NO_FURTHER:
            return None
        elif nxt.low == "to" and nxt.dep == "aux" and nxt.head.is_verb:
            return nxt.head
    return None


def _insertion(tree: Tree, comma: Tok) -> bool:
    """Whether an insertion starts that ends right before an infinitive: "is ready, if asked, to reopen"."""
    near = tree.tokens[comma.i + 1 : comma.i + _GAP]
    return any(a.text == "," and b.low == "to" for a, b in pairwise(near))


def clause_under(tok: Tok) -> Tok | None:
    """The clause a trigger governs, if it says what will be."""
    made = [c for c in tok.kids("acl") if c.lemma == "make"]
    lent = tok.dep == "dobj" and tok.head.lemma in words("commissives", "pact", "support")
    under = [c for host in (tok, *tok.kids("dobj", "dative"), *made) for c in host.kids(*_CLAUSES)]
    if lent:
        under += tok.head.kids("ccomp")
    for child in under:
        if (
            child.i < tok.i
            or not child.is_verb
            or not any(c.low in words("modality", "future", "promising") for c in child.kids("aux"))
        ):
            continue
        marks = [m.low for m in child.kids("mark")]
        if child.dep == "advcl" and marks and "that" not in marks:
            continue
        if child.dep == "relcl" and child.subject is not None and child.subject.low in ("who", "which"):
            continue
        return child
    return None


def _after_preposition(tok: Tok, frames: list[str]) -> tuple[Tok, str] | None:
    gerunds = "ing" in frames or "to_ing" in frames
    for prep in tok.kids("prep"):
        if prep.low not in _PREPOSITIONS or prep.i < tok.i:
            continue
        gerund = next((c for c in prep.kids("pcomp", "pobj") if c.tag == "VBG" and not c.kids("det")), None)
        if gerund is not None and gerunds:
            return gerund, "ing"
        obj = prep.kid("pobj")
        if obj is not None and "to_np" in frames and _is_promised(tok, prep, obj):
            return obj, "to_np"
    return None


def _is_promised(tok: Tok, prep: Tok, obj: Tok) -> bool:
    """Whether a noun after a preposition is what is promised: "committed to net zero", "promise of a
    vote"."""
    if prep.low == "of":
        return tok.pos == "NOUN" and tok.kid("poss") is not None and obj.pos == "NOUN"
    if prep.low in ("on", "upon"):
        return tok.lemma == "agree" and obj.lemma in words("commissives", "pact", "nouns")
    if prep.low != "to" or obj.pos not in ("NOUN", "PROPN") or obj.ent in _NO_THING:
        return False
    # A promise to somebody is not a promise of him.
    return tok.pos != "NOUN" or (tok.lemma == "commitment" and not kinds_of(obj.lemma))
