"""Parts that act for a whole: "Moscow's forces", "the ministry in Tbilisi", "a statement by the Taliban"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis import names, phrases
from bot.analysis.antecedents import AGENTIVE, joint
from bot.analysis.asides import told_of
from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor
from bot.analysis.naming import ORGANISED
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from bot.analysis.resolving import Resolver
    from bot.analysis.tree import Tok

_MODIFIERS = ("compound", "amod", "nmod")
_OF = frozenset({"of", "for", "from", "in", "at"})
_HOME = frozenset({"state", "city", "region"})


def owner_of(cast: Resolver, noun: Tok) -> Actor | None:
    """The body named in a phrase's modifiers: Taliban fighters, Moscow's forces, ministers of France."""
    for child in noun.children:
        if child.dep in (*_MODIFIERS, "poss") or (child.dep == "appos" and noun.i > child.i):
            found = _named(cast, child)
        elif child.dep == "prep" and child.low in _OF:
            found = _behind(cast, child, noun)
        else:
            continue
        if found is not None:
            return found
    return None


def organ(cast: Resolver, noun: Tok, owner: Actor) -> Actor:
    """A part of a body: it acts for it. A state's government is the state, and so is a president's."""
    governs = noun.lemma in words("nouns", "acts", "government")
    if owner.is_person and (governs or "state" in kinds_of(noun.lemma)):
        side = cast.side(owner)
        if side is not owner:
            return side
    if governs and "state" in owner.kinds:
        return owner
    text = phrases.wording(cast.tree, noun)
    after = phrases.of_phrase(cast.tree, noun)
    if any(c.pos == "PRON" for c in noun.kids("poss")):
        text = f"{owner.name}'s {text}"
    elif after and not any(cast.mention_at(c) for c in noun.kids(*_MODIFIERS, "poss")):
        text += after
    key = names.plain(f"{owner.name}'s {_bare(cast, noun)}")
    somebody = noun.lemma.endswith(tuple(words("nouns", "names", "person_endings")))
    kinds = kinds_of(noun.lemma) - {"pair"} or frozenset({"person" if somebody else "body"})
    own = 1 + owner.own if owner.own > 1 else 1
    return Actor(text, (key, *owner.keys), kinds, plural=noun.tag == "NNS", own=own, noun=noun.lemma)


def owner_in_front(cast: Resolver, own: Tok) -> Actor | None:
    """Who "its" is in "X will strike, its union said"."""
    told = told_of(own.head)
    if told is None or told is own:
        return None
    owner = cast.of(told) or (cast.phrase(told) if kinds_of(told.lemma) else None)
    return owner if owner is not None and not (owner.is_person and own.low == "its") else None


def speaker_behind(cast: Resolver, noun: Tok) -> Actor | None:
    """ "X will run the mill, the company said": whoever the clause in front is about, or its officer."""
    told = told_of(noun)
    who = cast.of(told) if told is not None else None
    if who is None or who.noun or who.is_person:
        return None
    if "state" in who.kinds and noun.lemma in words("nouns", "titles", "office"):
        return organ(cast, noun, who)
    return who if kinds_of(noun.lemma) & ORGANISED and who.kinds & ORGANISED else None


def issuer_of(cast: Resolver, noun: Tok) -> Actor | None:
    """Who speaks in a statement, a notice, a letter."""
    owner = owner_of(cast, noun)
    if owner is not None:
        return owner
    agents = [a for c in noun.kids("acl") for a in c.kids("agent")]
    for prep in (*noun.kids("prep"), *agents):
        if prep.low in ("from", "by", "of") and (obj := prep.kid("pobj")) is not None:
            return cast.of(obj)
    return None


def is_only_home(noun: Tok, owner: Actor) -> bool:
    """Whether a place is only where a company or group is at home: "the British group"."""
    if not kinds_of(noun.lemma) & {"company", "group", "club"} or not owner.kinds & _HOME:
        return False
    owned = noun.kid("poss") is not None or noun.tag == "NNS"
    return not owned and noun.lemma not in words("nouns", "acts", "organ")


def _named(cast: Resolver, child: Tok) -> Actor | None:
    """The owner that a modifier names."""
    m = cast.mention_at(child)
    if m is not None:
        if m.actor.kinds & AGENTIVE and (not m.actor.is_person or "company" in m.actor.kinds):
            return m.actor
        return cast.full(m.actor) if child.dep == "poss" and m.actor.is_person else None
    if child.dep != "poss":
        return None
    if child.pos == "PRON":
        return cast.one(child)
    return (cast.one(child) or cast.phrase(child)) if child.pos == "NOUN" else None


def _behind(cast: Resolver, prep: Tok, noun: Tok) -> Actor | None:
    """The owner that a phrase behind names: "presidents of Brazil and Argentina"."""
    obj = prep.kid("pobj")
    if (
        obj is not None
        and _is_mouth(noun)
        and cast.mention_at(obj) is None
        and kinds_of(obj.lemma) - {"person"}
    ):
        return cast.one(obj) or cast.phrase(obj)  # "a spokesman for the contractor"
    m = cast.mention_at(obj) if obj is not None else None
    if obj is None or m is None or m.actor.is_person or not m.actor.kinds & AGENTIVE:
        return None
    named = [x.actor for t in obj.chain() if (x := cast.mention_at(t)) is not None]
    return joint(named) if len(named) > 1 else cast.full(m.actor)


def _is_mouth(noun: Tok) -> bool:
    return noun.lemma in words("nouns", "acts", "mouthpiece")


def _bare(cast: Resolver, noun: Tok) -> str:
    """The noun with those modifiers that name nobody: what its key is made of."""
    mods = [c for c in noun.kids(*_MODIFIERS) if c.i < noun.i and cast.mention_at(c) is None]
    mods = [c for c in mods if c.low not in words("nouns", "names", "passing")]
    return " ".join(t.text for t in [*mods, noun])
