"""Whose word binds whom: speakers for a body, onlookers who bind nobody, go-betweens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.attribution import Attribution
    from bot.analysis.mentions import Actor
    from bot.analysis.tree import Tok

_PLACES = frozenset({"event", "facility", "region"})
_BACK = frozenset({"the", "his", "her", "their"})


def is_place(actor: Actor) -> bool:
    """Whether it can only be a place or an event, which bind themselves to nothing."""
    return actor.kinds <= _PLACES and not actor.is_known


def titles(actor: Actor, cast: Cast) -> frozenset[str]:
    """The nouns by which an actor is called: its own, or those that the text gives it."""
    return cast.roles(actor) | ({actor.noun} if actor.noun else frozenset())


def is_observer(actor: Actor, cast: Cast) -> bool:
    """Whether it is somebody who only watches: an analyst, a resident, a critic."""
    called = titles(actor, cast)
    return bool(called & words("nouns", "acts", "observer")) and not called & words(
        "nouns", "acts", "official"
    )


def is_role(actor: Actor, cast: Cast) -> bool:
    """Whether it is a spokesman, a minister, a statement: somebody who speaks for a body."""
    if is_observer(actor, cast):
        return False
    return bool(
        titles(actor, cast) & (words("nouns", "acts", "member") | words("nouns", "acts", "announcer"))
    )


def is_nameless_role(actor: Actor, cast: Cast) -> bool:
    """Whether it is called by its role alone: "a spokesman", not "spokesman John Kirby"."""
    return bool(actor.noun) and is_role(actor, cast)


def speaks_for(speaker: Actor, who: Actor, cast: Cast, subject: Tok | None = None) -> bool:
    """Whether the speaker's word binds the other: itself, its body, or the body it belongs to."""
    if set(speaker.keys) & set(who.keys):
        return True
    if is_observer(speaker, cast) or len(speaker.keys) > speaker.own:
        return False
    if who.kinds == {"person"}:
        return speaker.noun in words("nouns", "acts", "mouthpiece") and not who.noun
    if is_role(speaker, cast):
        return True
    if not speaker.is_person:
        return False
    if subject is None:
        return False
    clause = subject.head
    fronted = clause.dep == "ccomp" and clause.i < clause.head.i
    back = subject.pos == "PRON" or any(d.low in _BACK for d in subject.kids("det", "poss"))
    return fronted or back or not who.is_person


def passes_on(said: Attribution, who: Actor, deed: Tok, cast: Cast) -> bool:
    """Whether an official tells what another body has promised: "Turkey would pause, Mr Pence said"."""
    speaker, verb = said.speaker, said.verb
    if speaker is None or verb is None or said.quoted or is_observer(speaker, cast):
        return False
    if verb.lemma not in words("commissives", "speech", "passing_on") or deed.lemma in words(
        "commissives", "will", "hostile"
    ):
        return False
    called = titles(speaker, cast) | set(speaker.keys[0].split())
    official = called & words("nouns", "acts", "official") or "state" in speaker.kinds
    return bool(official) and not who.is_person and not who.noun
