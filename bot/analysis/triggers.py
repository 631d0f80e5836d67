"""Where a text makes a commitment: commissive verbs, nouns and states with what they govern, and "will".

Yields candidates; `commitments.py` decides which bind somebody, whom, and to what.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis.frames import clause_under, entries, governed, is_infinitive, phrase_lemma
from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.analysis.tree import Tok, Tree

_PACT_GAP = 3
"""A pact binds to an infinitive that follows it at once ("a deal to end"); one further on is its purpose."""
_DUTY_GAP = 4
"""Tokens between "is" and the verb in "X is to release"."""


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
    """`to`, `that`, `ing`, `np`, `to_np`, `will`, `going`; `given` for "$2 billion was pledged by X"."""
    strength: str = "strong"
    refrain: bool = False
    """Whether the trigger itself makes it an omission ("rule out", "no plans to")."""
    holder: Tok | None = None
    """Who is said to bind itself, where the trigger names it otherwise than as its subject (a possessor)."""


def find(tree: Tree) -> Iterator[Candidate]:
    """All candidates of a text, in order of their triggers."""
    for sent in tree.sents:
        bare = sent.root.tag == "VB" and sent.root.subject is None and sent.root.kid("aux") is None
        if bare and sent.root.kid("dobj", "prep") is not None:
            yield Candidate(sent.root, sent.root, "will", "bullet")
    for tok in tree.tokens:
        if tok.tag == "MD":
            if tok.lemma in words("commissives", "will", "lemmas"):
                yield from _will(tok)
            continue
        if tok.is_verb:
            yield from _verb(tree, tok)
            yield from _goal(tok)
            yield from _binding_pact(tree, tok)
        elif tok.pos == "NOUN":
            yield from _noun(tree, tok)
        if tok.pos in ("ADJ", "VERB", "ADV"):
            yield from _state(tree, tok)
        if tok.lemma == "be":
            yield from _duty(tok)
        if tok.low == "going":
            yield from _going(tok)
        elif tok.low == "known":
            yield from _let_known(tok)


def _verb(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    if tok.dep == "amod":
        return
    if tok.lemma != "agree" and tok.kid("auxpass") is not None:
        yield from _passive(tok)
        return
    for row in entries("verb").get(phrase_lemma(tok), ()) or entries("verb").get(tok.lemma, ()):
        if not _reflexive(tok, row.get("self")):
            continue
        made = governed(tree, tok, row)
        if made is not None and not (made[1] == "np" and tok.tag == "VBN" and tok.dep in ("acl", "advcl")):
            yield Candidate(
                tok, made[0], "verb", made[1], row.get("strength", "strong"), row.get("polarity") == "refrain"
            )
            return


def _passive(tok: Tok) -> Iterator[Candidate]:
    """ "$2 billion have been pledged by X", "editors were assured by X that ..."."""
    behind = [*tok.kids("agent"), *(p for o in tok.kids("dobj") for p in o.kids("prep") if p.low == "by")]
    by = behind[0].kid("pobj") if behind else None
    if by is None or not {"np", "that"} & {
        f for row in entries("verb").get(tok.lemma, ()) for f in row["frames"]
    }:
        return
    clause = clause_under(tok) or clause_under(by)
    if clause is not None:
        yield Candidate(tok, clause, "verb", "that", holder=by)
    elif (thing := tok.kid("dobj")) is not None and thing.i > tok.i:
        yield Candidate(tok, thing, "verb", "np", holder=by)
    elif tok.lemma in ("promise", "pledge", "guarantee") and tok.kid("nsubjpass") is not None:
        yield Candidate(tok, tok, "verb", "given", holder=by)


def _reflexive(tok: Tok, rule: object) -> bool:
    """Whether the object is what the frame asks for: nobody, or the actor itself ("committed itself to")."""
    obj = tok.kid("dobj")
    itself = obj is not None and obj.low.endswith(("self", "selves"))
    if rule == "required":
        return itself
    return itself or obj is None if rule else True


def _noun(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    pact = tok.lemma in words("commissives", "pact", "binding")
    for row in entries("noun").get(tok.lemma, ()):
        made = governed(tree, tok, row)
        if made is None or (pact and (made[0].i - tok.i > _PACT_GAP or not _entered(tok))):
            continue
        no = any(c.low in ("no", "neither") for c in tok.kids("det", "neg", "amod"))
        yield Candidate(tok, made[0], "noun", made[1], row.get("strength", "strong"), no, _possessor(tok))
        return


def _entered(pact: Tok) -> bool:
    """Whether somebody is said to have entered a pact: "signed a charter to", "reached a deal to"."""
    if pact.lemma in ("agreement", "deal", "accord") and not (
        pact.dep in ("nsubj", "nsubjpass") and pact.kid("poss") is None
    ):
        return True
    return pact.dep == "dobj" and pact.head.lemma in words("commissives", "pact", "entering")


def _possessor(tok: Tok) -> Tok | None:
    """ "its pledge", "the word of X"."""
    own = tok.kid("poss")
    if own is None and tok.lemma == "word":
        of = next((p for p in tok.kids("prep") if p.low == "of"), None)
        own = of.kid("pobj") if of is not None else None
    return own


def _binding_pact(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    """What its own pact lays on a party: "signed an accord that binds it to …"."""
    if tok.lemma not in words("commissives", "pact", "obliging") or tok.tag not in ("VBZ", "VBD", "VBP"):
        return
    party, subject = tok.kid("dobj"), tok.subject
    if party is None or subject is None or party.low.endswith(("self", "selves")):
        return
    pact = tok.head if subject.low in ("that", "which") and tok.dep == "relcl" else subject
    if pact.lemma not in words("commissives", "pact", "duties") and pact.low not in ("it", "this"):
        return
    made = governed(tree, tok, {"frames": ["to", "ing", "to_np"]})
    own = pact.low in ("it", "this") and tok.lemma in ("bind", "commit")
    if made is not None and (own or tok.lemma in ("bind", "commit") or tok.dep == "relcl"):
        signed = (
            tok.dep == "relcl"
            and pact.dep == "dobj"
            and pact.head.lemma in words("commissives", "pact", "entering")
        )
        yield Candidate(pact.head if signed else tok, made[0], "verb", made[1], holder=party)


def _state(tree: Tree, tok: Tok) -> Iterator[Candidate]:
    if (
        tok.tag == "VBN"
        and tok.dep in ("ROOT", "ccomp", "conj")
        and tok.kid("aux") is not None
        and tok.kid("auxpass") is None
    ):
        return  # "has pledged" is the verb, not the state
    for row in entries("state").get(tok.low, ()):
        made = governed(tree, tok, row)
        if made is not None:
            yield Candidate(tok, made[0], "state", made[1], row.get("strength", "strong"))
            return


def _goal(tok: Tok) -> Iterator[Candidate]:
    """ "set itself a target of …"."""
    for prep in tok.kids("prep"):
        aim = (
            prep.kid("pobj") if f"{tok.lemma} {prep.low}" in words("commissives", "goal", "holding") else None
        )
        if aim is not None and aim.lemma in words("commissives", "goal", "restated") and aim.kid("poss"):
            yield Candidate(tok, tok, "goal", "given")
            return
    nouns = "nouns" if tok.lemma in words("commissives", "goal", "verbs") else "restated"
    if nouns == "restated" and tok.lemma not in words("commissives", "goal", "restating"):
        return
    objects = tok.kids("dobj", "dative", "iobj")
    goal = next((o for o in objects if o.lemma in words("commissives", "goal", nouns)), None)
    others = [o for o in objects if o is not goal]
    itself = any(o.low.endswith(("self", "selves")) for o in others)
    if goal is None or (others and not itself) or (tok.lemma == "announce" and not itself):
        return
    if any(d.low in ("no", "neither") for d in goal.kids("det")):
        return
    if nouns == "restated" and goal.kid("prep", "acl") is None:
        yield Candidate(tok, tok, "goal", "given")  # "moved its target up to 2040"
        return
    far = next((g for p in tok.kids("prep") if p.low == "of" and p.i > goal.i for g in p.kids("pcomp")), None)
    yield Candidate(tok, far, "goal", "ing") if far is not None else Candidate(tok, goal, "goal", "np")


def _will(aux: Tok) -> Iterator[Candidate]:
    verb = aux.head
    if aux.dep == "aux" and verb.is_verb and verb.i >= aux.i:
        yield Candidate(aux, verb, "will", "will")
    elif aux.dep in ("ROOT", "ccomp", "conj", "parataxis", "advcl", "relcl"):
        below = next((c for c in aux.children if c.tag == "VB"), None)
        if below is not None:
            yield Candidate(aux, below, "will", "will")


def _duty(tok: Tok) -> Iterator[Candidate]:
    """ "Under the accord X is to release Y": what a pact binds its party to."""
    verb = tok.kid("xcomp")
    if (
        verb is None
        or not is_infinitive(verb)
        or tok.kid("attr", "acomp") is not None
        or verb.i - tok.i > _DUTY_GAP
    ):
        return
    for prep in (*tok.kids("prep"), *verb.kids("prep")):
        noun = prep.kid("pobj")
        under = (
            prep.low == "under"
            and noun is not None
            and noun.lemma not in words("commissives", "pact", "not_under")
        )
        if under or (
            prep.low in ("as", "in")
            and any(t.lemma in words("commissives", "pact", "duties") for t in prep.subtree())
        ):
            yield Candidate(tok, verb, "verb", "to")
            return


def _going(tok: Tok) -> Iterator[Candidate]:
    verb = tok.kid("xcomp")
    be = any(c.lemma == "be" or c.low in ("'re", "'m", "’re", "’m") for c in tok.kids("aux"))
    if verb is not None and is_infinitive(verb) and be:
        yield Candidate(tok, verb, "will", "going")


def _let_known(tok: Tok) -> Iterator[Candidate]:
    """ "let it be known that the subsidy would stay"."""
    clause = clause_under(tok)
    if tok.head.lemma == "let" and clause is not None:
        yield Candidate(tok.head, clause, "verb", "that")
