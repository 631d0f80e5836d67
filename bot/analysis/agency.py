"""Who acts in an event, and how surely: a known actor, people called by what they are, hands, a thing."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.lexicon import words
from bot.analysis.likeness import is_people, normal, wide_groups_of
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.mentions import Actor
    from bot.analysis.tree import Tok


@dataclass(frozen=True, slots=True)
class Agency:
    """Who acts in an event."""

    kind: str = "none"
    """`actor`; `pair` ("both sides"); `role` ("the authorities"); `phrase` (people called by what they are);
    `hands` (soldiers of whoever's land it is); `thing`; `force` (a thing that acts by itself); `none`."""
    own: tuple[str, ...] = ()
    """Keys of the actor itself."""
    bodies: tuple[str, ...] = ()
    """Keys of the bodies that it acts for."""
    skip: frozenset[int] = field(default_factory=frozenset)
    """The tokens that name it."""
    moves: str = ""
    """What people are, who are called by it and do nothing to anything: "two children arrived"."""


def agency(cast: Cast, head: Tok, subject: Tok | None) -> Agency:
    """Who acts in the event that `head` tells of, with `subject` as its grammatical subject."""
    agent = _agent_of(head, subject)
    if agent is None or (cast.mention_at(agent) is None and _only_receives(head, agent)):
        return Agency()
    who = _agency(cast, head, agent)
    alone = who.kind == "phrase" and agent is subject and head.kid("dobj") is None
    return replace(who, moves=normal(agent.lemma)) if alone else who


def _agency(cast: Cast, head: Tok, agent: Tok) -> Agency:
    named = next((c for c in agent.kids("appos") if cast.mention_at(c) is not None), None)
    who = cast.of(agent) or (cast.of(agent.first_conjunct()) if agent.dep == "conj" else None)
    if named is not None and (who is None or not who.is_known):
        who = cast.of(named) or who  # "the sister party, the PYD"
    if who is not None:
        return _of_actor(cast, head, agent, who)
    if _is_pair(agent):
        return Agency("pair")
    if agent.lemma in words("modality", "agents", "hands"):
        return Agency("hands", (), _lands_named(cast, head))
    kind = _kind_of_thing(head, agent) if agent.pos in ("NOUN", "PROPN", "PRON") else "none"
    if kind == "force" and _is_owned(cast, agent):
        return Agency("thing")  # "Exxon's wells leak gas"
    if kind == "force" and (owners := _states_of(agent)):
        return Agency("actor", (), owners)  # "Turkish patrol boats"
    if kind == "thing" and agent.pos == "PROPN":
        return Agency("actor", (names.plain(agent.text),))
    return Agency(kind)


def _of_actor(cast: Cast, head: Tok, agent: Tok, who: Actor) -> Agency:
    own, bodies = who.keys[: who.own], who.keys[who.own :]
    kind = "pair" if _is_pair(agent) else "actor"
    skip = frozenset(t.i for t in agent.subtree(frozenset({"relcl", "prep"})))
    is_tool = agent.lemma in words("modality", "tools", "nouns")
    described = who.name.islower() or agent.pos == "NOUN"
    if len(who.keys) == who.own == 1 and described and cast.mention_at(agent) is None:
        kind = "role" if _is_role(agent) else "phrase"
        if is_tool:
            kind, own = "thing", ()
        if agent.lemma in words("modality", "agents", "hands"):
            kind, bodies = "hands", _lands_named(cast, head)
    if is_tool and not set(who.keys) & set(names.seed()):
        kind, own, bodies = "thing", (), ()
    if kind == "thing" and agent.pos == "PROPN":
        kind, own = "actor", (names.plain(agent.text),)
    return Agency(kind, own, bodies, skip)


def _agent_of(head: Tok, subject: Tok | None) -> Tok | None:
    """Who acts: the subject, or in the passive whoever "by" names."""
    reduced = head.tag == "VBN" and head.dep in ("acl", "relcl") and head.subject is None
    if head.kid("nsubjpass") is None and not reduced:
        return subject
    by = head.kid("agent")
    return by.kid("pobj") if by is not None else None


def _only_receives(head: Tok, agent: Tok) -> bool:
    """Whether people are who something is done to: "the passengers have received no refunds"."""
    receives = head.is_verb and head.lemma in words("modality", "receiving", "verbs")
    return receives and agent.pos == "NOUN" and "people" in wide_groups_of(agent.lemma)


def _kind_of_thing(head: Tok, subject: Tok) -> str:
    """What an unresolved subject is: people (`phrase`), a thing that acts on others by itself (`force`: "the
    rains cut off the roads"), or a thing that something happens to or that its owner acts with (`thing`)."""
    if subject.pos == "NOUN" and (is_people(subject.lemma) or kinds_of(subject.lemma)):
        return "phrase"
    tools = words("modality", "tools", "nouns") | words("modality", "tools", "instruments")
    obj = head.kid("dobj") if head.is_verb else None
    itself = obj is not None and any(c.low in ("its", "their") for c in obj.kids("poss"))
    # "The library closed its doors": what happens to its parts happens to it.
    idle = head.lemma in words("modality", "tools", "idle")
    acts = obj is not None and not itself and not idle and head.kid("nsubjpass") is None
    if not acts or subject.pos != "NOUN" or subject.lemma in tools | words("nouns", "acts", "announcer"):
        return "thing"
    return "force"


def _is_owned(cast: Cast, agent: Tok) -> bool:
    """Whether a thing is said to be somebody's: "Exxon's wells", "the trucks of the city"."""
    owners = [*agent.kids("poss"), *(o for p in agent.kids("prep") if p.low == "of" for o in p.kids("pobj"))]
    deeper = [p for o in owners for p in o.kids("poss")]
    return any(cast.mention_at(o) is not None for o in (*owners, *deeper))


def _states_of(agent: Tok) -> tuple[str, ...]:
    """The states that an adjective of nationality before a noun names."""
    peoples = names.demonyms()
    found = (peoples[c.low] for c in agent.kids("amod", "compound", "nmod") if c.low in peoples)
    return tuple(names.plain(land) for land in found)


def _is_role(tok: Tok) -> bool:
    """ "The hosts", "the authorities": somebody known who acts for a body not named beside."""
    definite = any(c.low in ("the", "its", "their") for c in tok.kids("det", "poss"))
    known = tok.lemma in words("nouns", "acts", "member") or bool(kinds_of(tok.lemma) - {"person", "pair"})
    return definite and known


def _is_pair(tok: Tok) -> bool:
    """Both sides, neither party, the two camps."""
    if tok.lemma not in words("modality", "pairs", "nouns"):
        return False
    return tok.low in ("neither", "both") or any(
        c.low in words("modality", "pairs", "both") for c in tok.children
    )


def _lands_named(cast: Cast, head: Tok) -> tuple[str, ...]:
    """The states and places that the sentence names: whose hands unnamed soldiers are."""
    places = (a for a in cast.named_in(head.sent.tokens) if a.kinds & {"state", "region", "city"})
    return tuple(key for actor in places for key in actor.keys)
