"""What speakers call themselves and their own: "our country", "he" under "X said", "the Social Democrat"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.naming import ORGANISED
from bot.analysis.organs import owner_of
from bot.analysis.phrases import kinds_of
from bot.analysis.speaking import is_speech

if TYPE_CHECKING:
    from bot.analysis.mentions import Actor, Mention
    from bot.analysis.resolving import Resolver
    from bot.analysis.tree import Tok

_OWNED = frozenset({"state", "company", "body", "party", "club", "city", "region"})


def own_words(cast: Resolver, tok: Tok, speaker: Actor) -> Actor | None:
    """What a speaker calls its own: "our country", "the government" in the mouth of its minister."""
    kinds = kinds_of(tok.lemma) & _OWNED
    if (
        not kinds
        or cast.mention_at(tok) is not None
        or (owner_of(cast, tok) is not None and not tok.kid("poss"))
    ):
        return None
    side = cast.side(speaker)
    if any(c.low in ("our", "my", "this") for c in tok.kids("poss", "det")):
        return side
    able = side.kinds & kinds or side.kinds >= ORGANISED
    if side is not speaker and able and not side.noun and any(c.low == "the" for c in tok.kids("det")):
        return side
    return None


def own_speaker(cast: Resolver, pronoun: Tok) -> Actor | None:
    """ "Koirala told envoys that he would": a surname alone, which the model may take for anything."""
    speech = pronoun.head.head
    told = pronoun.dep == "nsubj" and pronoun.head.dep == "ccomp" and pronoun.i > speech.i
    if not told or speech.subject is None or not is_speech(speech):
        return None
    m = cast.mention_at(speech.subject)
    if m is None or m.adjective or m.actor.is_known or m.actor.noun:
        return None
    alone = " " not in m.actor.name and not m.actor.name.isupper()
    return cast.full(m.actor) if alone else None


def calls_member(tok: Tok, m: Mention) -> bool:
    """Whether a party's name is that of one of its members: "the Social Democrat said"."""
    one = tok.tag in ("NN", "NNP", "JJ") and any(d.low == "the" for d in tok.kids("det"))
    party = "party" in m.actor.kinds and not m.actor.is_person and tok.ent == "NORP"
    return one and party and tok.dep == "nsubj"
