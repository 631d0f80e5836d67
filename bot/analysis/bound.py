"""The answer to "who is bound", and the actor of a subject."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.attribution import Speech
    from bot.analysis.mentions import Actor
    from bot.analysis.tree import Tok

_EMPTY = frozenset({"there", "it", "this", "that"})
_THIRD = frozenset({"it", "they", "he", "she"})
_PRONOUNS = frozenset({"it", "they", "we", "he", "she", "i", "who", "which"})


@dataclass(frozen=True, slots=True)
class Bound:
    """Who binds itself, by whose word, towards whom."""

    actor: Actor
    speaker: Actor | None = None
    addressee: Actor | None = None


def actor_at(subject: Tok, cast: Cast, speech: Speech) -> Actor | None:
    """The actor of a subject; any noun phrase that commits itself is one."""
    speaker = speech.of(subject).speaker
    found = cast.of(subject, speaker)
    if found is not None:
        return found
    if speaker is not None and subject.low in _THIRD and speech.quote_at(subject) is None:
        return speaker  # "Philips said it planned to": nobody else is there
    if subject.low in ("who", "which", "that") and subject.head.dep == "relcl":
        return actor_at(subject.head.head, cast, speech)
    if subject.low not in _EMPTY and (phrase := cast.phrase(subject)) is not None:
        return phrase
    if subject.pos == "PRON" and subject.low in _PRONOUNS:
        person = subject.low in ("he", "she", "i")
        return next((a for a in cast.title if (a.kinds == {"person"}) == person), None)
    return None
