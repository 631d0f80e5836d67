"""What a promise is to bring about: the senses and verbs of the promised act, and what it is done to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.analysis import senses
from bot.analysis.lexicon import words
from bot.analysis.likeness import normal
from bot.analysis.negation import own_negation
from bot.analysis.themes import compounds, is_generic, theme
from bot.analysis.things import noun_objects

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.dimensions import Sense
    from bot.analysis.tree import Tok, Tree

_NESTED = 3
"""Verbs under one another in which the object of a promise is looked for: "promised to help to build"."""
_BACK = 45
"""Tokens before "it" or "them" in which the thing is looked for: about two sentences of news."""

Verb: TypeAlias = tuple[str, int]
"""A normalised verb, and +1 or -1 for whether it is promised or its being left."""


def act(head: Tok) -> tuple[frozenset[Sense], frozenset[Verb]]:
    """Senses and verbs of what is promised, nested verbs included ("keep the site open", "go on working")."""
    if not head.is_verb and head.lemma in words("modality", "light", "nouns"):
        event = next((o for o in noun_objects(head) if senses.of_noun(o)), None)
        if event is not None:
            return senses.of_noun(event), frozenset({(normal(event.lemma), 1)})
    found: set[Sense] = set()
    verbs: set[Verb] = set()
    seen: set[int] = set()
    sign, node = 1, head
    while node.i not in seen:
        seen.add(node.i)
        of_node, of_verbs = _one_level(node)
        # A verb of refraining is told by the polarity of the commitment already.
        refrain = node.lemma in words("commissives", "refrain", "verbs")
        below = _below(node)
        if below is None and refrain:
            event = next((o for o in node.kids("dobj") if o.pos == "NOUN" and senses.of_noun(o)), None)
            if event is not None:
                of_node |= senses.of_noun(event)
                of_verbs.add((normal(event.lemma), 1))
        found |= {s.times(sign) for s in of_node}
        verbs |= {(v, x * sign) for v, x in of_verbs}
        if below is None:
            break
        flips = node.lemma in words("modality", "implies_not", "verbs") and not refrain
        sign = -sign if flips or own_negation(below) else sign
        node = below
    return frozenset(found), frozenset(verbs)


def _one_level(node: Tok) -> tuple[set[Sense], set[Verb]]:
    """The senses and verbs of one verb (or noun) of a promise, with the states that it brings about."""
    found: set[Sense] = set()
    verbs: set[Verb] = set()
    for part in _shared_object(node):
        of_part = senses.of_verb(part) | senses.composed(part) if part.is_verb else senses.of_noun(part)
        found |= of_part
        verbs.add((normal(part.lemma), 1))
    if not node.is_verb:
        # "Free meals", "safe passage": the thing is promised to be so.
        found |= {s for a in node.kids("amod") for s in senses.of_state(a, node)}
    bearer = node.kid("dobj") or node.subject
    for state in node.kids("acomp", "oprd", "attr", "advmod", "ccomp", "prep"):
        found |= senses.of_state(state, bearer)
    return found, verbs


def _below(node: Tok) -> Tok | None:
    """The next verb of a promise: "keep [working]", "refrain from [testing]"."""
    found = next((c for c in node.kids("xcomp", "ccomp", "pcomp") if c.is_verb), None)
    return found or next((v for p in node.kids("prep") for v in p.kids("pcomp")), None)


def _shared_object(node: Tok) -> list[Tok]:
    """A verb with those that share its object ("declare and destroy its stock")."""
    own_object = node.kid("dobj") is not None
    return [
        t
        for t in node.chain()
        if t is node or (t.is_verb == node.is_verb and not (own_object and t.kid("dobj")))
    ]


def object_words(head: Tok) -> list[str]:
    """What the promised act is done to: the heads of its objects, and their compounds; normalised."""
    things = _objects(head) if head.is_verb else [head, *noun_objects(head)]
    nouns = (t for t in things if t.pos in ("NOUN", "PROPN"))
    found = [normal(t.lemma) for t in nouns if not is_generic(t.lemma)]
    if any(t.pos == "PRON" and t.low in words("things", "anybody") for t in things):
        found.append("people")
    return list(dict.fromkeys([*found, *compounds([t for t in things if t.pos == "NOUN"])]))


def _objects(head: Tok) -> list[Tok]:
    node = head
    things: list[Tok] = []
    for _ in range(_NESTED):
        things = [t for c in node.kids("dobj", "nsubjpass", "attr", "oprd") for t in c.chain()]
        below = next((c for c in node.kids("xcomp", "pcomp", "ccomp") if c.is_verb), None)
        if things or below is None:
            break
        node = below
    if not things:
        things = [o for p in node.kids("prep", "prt") for o in p.kids("pobj")]
    if not things and head.subject:
        things = [head.subject]
    return things + [o for t in things for p in t.kids("prep") if p.low == "of" for o in p.kids("pobj")]


def alternatives(cast: Cast, content: list[Tok]) -> list[list[str]]:
    """The enumerations in a promise, each as its words: "the ports of A, B and C"."""
    found = []
    for tok in content:
        if tok.pos in ("NOUN", "PROPN") and tok.dep != "conj":
            chain = [t for t in tok.chain() if t in content]
            if len(chain) > 1:
                found.append([w for t in chain for w in theme([t], cast)])
    return [alt for alt in found if len(alt) > 1]


def referent(tree: Tree, cast: Cast, tok: Tok, own: set[str]) -> dict[str, float]:
    """What "it" or "them" in a promise most likely is: the theme of the last thing named before it that is no
    actor."""
    plural = tok.low in ("them", "these", "those")
    for noun in reversed(tree.tokens[max(0, tok.i - _BACK) : tok.i]):
        if noun.dep not in ("dobj", "pobj", "nsubj", "nsubjpass", "attr") or noun.pos not in (
            "NOUN",
            "PROPN",
        ):
            continue
        who = cast.of(noun)
        is_actor = who is not None and (noun.pos == "PROPN" or bool(set(who.keys) & own))
        is_other = noun.ent in ("DATE", "TIME", "PERSON", "MONEY") or (noun.tag in ("NNS", "NNPS")) != plural
        if not is_actor and not is_other:
            words_ = theme(noun.subtree(frozenset({"relcl", "acl"})), cast)
            return {w: x for w, x in words_.items() if w not in own}
    return {}
