"""Where a text makes a commitment: commissive verbs, nouns and states with what they govern, and "will".

Yields candidates; `commitments.py` decides which bind somebody, whom, and to what.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bot.analysis.lexicon import table, words
from bot.analysis.tree import Tok, Tree

_GAP = 10
"""Tokens between a trigger and its infinitive that a wrong parse may have attached elsewhere."""
_PACTS = frozenset({"agreement", "deal", "accord"})
_PACT_GAP = 3
"""A pact binds to an infinitive that follows it at once ("a deal to end"); one further on is its purpose."""
_CLAUSE_MODALS = frozenset({"will", "would", "shall", "can", "could", "'ll", "’ll", "wo", "ca"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A trigger and what it governs."""

    trigger: Tok
    """The word that commits: verb, noun, adjective, or the auxiliary will."""
    content: Tok
    """Head of what is promised: a verb, or a noun for things promised."""
    kind: str
    """`verb`, `noun`, `state`, `will` or `goal`."""
    frame: str
    strength: str = "strong"
    refrain: bool = False
    """Whether the trigger itself makes it an omission ("rule out", "no plans to")."""
    holder: Tok | None = None
    """Who is said to bind itself, where the trigger names it otherwise than as its subject (a possessor)."""


@cache
def _entries(kind: str) -> Mapping[str, list[Mapping[str, Any]]]:
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in table("commissives")[kind]:
        for lemma in row["lemmas"]:
            found.setdefault(lemma, []).append(row)
    return found


def phrase_lemma(verb: Tok) -> str:
    """The lemma with its particle: "rule out", "sign up"."""
    particle = next((c for c in verb.children if c.dep == "prt" or (c.dep in ("advmod", "prep") and c.i == verb.i + 1 and c.low in ("out", "off", "up", "down"))), None)
    return f"{verb.lemma} {particle.low}" if particle is not None else verb.lemma


def find(tree: Tree) -> Iterator[Candidate]:
    """All candidates of a text, in order of their triggers."""
    for tok in tree.tokens:
        if tok.lemma in words("commissives", "will", "lemmas") and tok.tag == "MD":
            yield from _will(tok)
        elif tok.is_verb:
            yield from _verb(tree, tok)
            yield from _goal(tok)
        elif tok.pos == "NOUN":
            yield from _noun(tree, tok)
        if tok.pos in ("ADJ", "VERB", "ADV"):
            yield from _state(tree, tok)
        if tok.lemma == "be":
            yield from _duty(tok)
        if tok.low == "going":
            yield from _going(tok)


def _verb(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    if tok.dep == "amod":
        return
    if any(c.dep == "auxpass" for c in tok.children) and tok.lemma != "agree":
        yield from _passive(tok)
        return
    for row in _entries("verb").get(phrase_lemma(tok), ()) or _entries("verb").get(tok.lemma, ()):
        if not _reflexive(tok, row.get("self")):
            continue
        made = _governed(tree, tok, row)
        if made is not None:
            content, frame = made
            yield Candidate(tok, content, "verb", frame, row.get("strength", "strong"), row.get("polarity") == "refrain")
            return


def _passive(tok: Tok) -> Iterator[Candidate]:
    """"$2 billion have been pledged by X", "editors were assured by X that ..."."""
    agent = tok.kid("agent")
    by = agent.kid("pobj") if agent is not None else None
    if by is None or not {"np", "that"} & {f for row in _entries("verb").get(tok.lemma, ()) for f in row["frames"]}:
        return
    clause = _clause(tok)
    if clause is not None:
        yield Candidate(tok, clause, "verb", "that", holder=by)
    elif tok.lemma in ("promise", "pledge", "guarantee") and (thing := tok.kid("nsubjpass")) is not None:
        yield Candidate(tok, thing, "verb", "np", holder=by)


def _reflexive(tok: Tok, rule: object) -> bool:
    """Whether the object is what the frame asks for: nobody, or the actor itself ("committed itself to")."""
    obj = tok.kid("dobj")
    itself = obj is not None and obj.low.endswith(("self", "selves"))
    if rule == "required":
        return itself
    return itself or obj is None if rule else True


def _governed(tree: Tree, tok: Tok, row: Mapping[str, Any]) -> tuple[Tok, str] | None:
    """What a trigger governs, by the frames it allows."""
    frames = row["frames"]
    if "that" in frames and (clause := _clause(tok)) is not None:
        return clause, "that"
    if "to" in frames and (verb := _infinitive(tree, tok)) is not None:
        return verb, "to"
    if "ing" in frames or "to_np" in frames or "to_ing" in frames:
        found = _after_preposition(tok, frames)
        if found is not None:
            return found
    if "ing" in frames and (gerund := next((c for c in tok.kids("xcomp", "ccomp", "pcomp", "dobj") if c.tag == "VBG"), None)):
        return gerund, "ing"
    if "np" in frames or "np_event" in frames:
        obj = tok.kid("dobj")
        if obj is None and " " in phrase_lemma(tok):
            obj = next((o for p in tok.kids("prep") if p.i == tok.i + 1 for o in p.kids("pobj")), None)
        if obj is not None and obj.pos in ("NOUN", "PROPN", "NUM", "SYM") and obj.i > tok.i and obj.ent not in ("DATE", "PERSON"):
            if "np" in frames or any(c.low in ("a", "an") for c in obj.kids("det")):
                return obj, "np"
    return None


def _infinitive(tree: Tree, tok: Tok) -> Tok | None:
    """The infinitive a trigger governs, by the parse or, where that went astray, by the word order."""
    hosts = [tok, *tok.kids("dobj", "dative")]
    for host in hosts:
        for child in host.kids("xcomp", "acl", "advcl", "ccomp", "relcl"):
            if child.i > tok.i and is_infinitive(child) and not child.subject:
                return child
    inserted = False
    for nxt in tree.tokens[tok.i + 1 : tok.i + 1 + _GAP]:
        if nxt.sent is not tok.sent or nxt.pos in ("VERB", "AUX") and nxt.tag not in ("VB", "VBN"):
            return None
        if nxt.low == "," and inserted:
            inserted = not inserted
            continue
        if nxt.low == "," and (after := _insertion(tree, nxt)) is not None:
            inserted = True
            continue
        if inserted and nxt.low != "to":
            continue
        if nxt.low in (",", ";", "that", "which", "who", "and", "but"):
            return None
        if nxt.low == "to" and nxt.dep == "aux" and nxt.head.tag == "VB":
            return nxt.head
    return None


def _insertion(tree: Tree, comma: Tok) -> Tok | None:
    """The comma that closes an insertion right before an infinitive: "is ready, if asked, to reopen"."""
    for tok in tree.tokens[comma.i + 1 : comma.i + _GAP - 1]:
        if tok.text == "," and tok.i + 1 < len(tree.tokens) and tree.tokens[tok.i + 1].low == "to":
            return tok
    return None


def is_infinitive(verb: Tok) -> bool:
    """Whether a verb is an infinitive with "to"."""
    return verb.tag == "VB" and any(c.low == "to" and c.dep in ("aux", "mark") for c in verb.children)


def _clause(tok: Tok) -> Tok | None:
    """The clause a trigger governs, if it says what will be."""
    for host in (tok, *tok.kids("dobj", "dative")):
        for child in host.kids("ccomp", "acl", "relcl", "xcomp", "advcl"):
            if child.i > tok.i and child.is_verb and any(c.low in _CLAUSE_MODALS for c in child.kids("aux")):
                if child.dep != "advcl" or child.kid("mark") is None or child.kids("mark")[0].low == "that":
                    return child
    return None


def _after_preposition(tok: Tok, frames: list[str]) -> tuple[Tok, str] | None:
    for prep in tok.kids("prep"):
        if prep.low not in ("to", "on", "of", "against", "from") or prep.i < tok.i:
            continue
        gerund = prep.kid("pcomp")
        if gerund is not None and gerund.tag == "VBG" and ("ing" in frames or "to_ing" in frames):
            return gerund, "ing"
        obj = prep.kid("pobj")
        if obj is not None and obj.tag == "VBG" and ("ing" in frames or "to_ing" in frames):
            return obj, "ing"
        if obj is not None and prep.low == "of" and "to_np" in frames and tok.pos == "NOUN" and tok.kid("poss") and obj.pos == "NOUN":
            return obj, "to_np"
        if obj is not None and prep.low == "on" and tok.lemma == "agree" and obj.lemma in words("commissives", "pact", "nouns"):
            return obj, "to_np"
        if obj is not None and prep.low == "to" and "to_np" in frames and obj.pos in ("NOUN", "PROPN") and obj.ent not in ("PERSON", "GPE", "ORG", "DATE"):
            return obj, "to_np"
    return None


def _noun(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    for row in _entries("noun").get(tok.lemma, ()):
        made = _governed(tree, tok, row)
        near = _PACT_GAP if tok.lemma in _PACTS else _GAP
        if made is None or (made[1] in ("to", "that") and made[0].i - tok.i > near):
            continue
        content, frame = made
        holder = tok.kid("poss")
        no = any(c.low in ("no", "neither") for c in tok.kids("det", "neg", "amod"))
        yield Candidate(tok, content, "noun", frame, row.get("strength", "strong"), no, holder)
        return


def _state(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    for row in _entries("state").get(tok.low, ()):
        made = _governed(tree, tok, row)
        if made is None:
            continue
        content, frame = made
        yield Candidate(tok, content, "state", frame, row.get("strength", "strong"))
        return


def _goal(tok: Tok) -> Iterator[Candidate]:
    if tok.lemma not in words("commissives", "goal", "verbs"):
        return
    obj = tok.kid("dobj")
    if obj is not None and obj.lemma in words("commissives", "goal", "nouns"):
        reflexive = any(c.low.endswith(("self", "selves")) for c in tok.kids("dative", "dobj", "iobj"))
        if reflexive or tok.lemma != "announce":
            yield Candidate(tok, obj, "goal", "np")


def _will(aux: Tok) -> Iterator[Candidate]:
    verb = aux.head
    if aux.dep == "aux" and verb.is_verb and verb.i >= aux.i:
        yield Candidate(aux, verb, "will", "will")
    elif aux.dep in ("ROOT", "ccomp", "conj", "parataxis", "advcl", "relcl"):
        verb_below = next((c for c in aux.children if c.tag == "VB"), None)
        if verb_below is not None:
            yield Candidate(aux, verb_below, "will", "will")


def _duty(tok: Tok) -> Iterator[Candidate]:
    """"Under the accord X is to release Y": what a pact binds its party to."""
    verb = tok.kid("xcomp")
    if verb is None or not is_infinitive(verb) or tok.kid("attr", "acomp") is not None or verb.i - tok.i > 4:
        return
    for prep in tok.kids("prep"):
        inside = prep.subtree()
        if prep.low in ("under", "as", "in") and any(t.lemma in words("commissives", "pact", "duties") for t in inside):
            yield Candidate(tok, verb, "verb", "to")
            return


def _going(tok: Tok) -> Iterator[Candidate]:
    verb = tok.kid("xcomp")
    if verb is not None and is_infinitive(verb) and any(c.lemma == "be" or c.low in ("'re", "'m", "’re", "’m") for c in tok.kids("aux")):
        yield Candidate(tok, verb, "will", "going")
