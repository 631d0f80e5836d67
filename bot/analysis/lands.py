"""Which state a text is about: "the trade ministry" and "the minister" of nobody named are that state's."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from bot.analysis.mentions import Mention
    from bot.analysis.tree import Tok

_OFTEN = 2
"""Weight from which a text is about a state: set by hand on the development scenarios."""


def land(mentions: Iterable[tuple[Mention, Tok]], title: Iterable[Actor]) -> Actor | None:
    """The state named most often, by its organs too; None where none is named enough, or two are alike.

    `mentions` come with their heads. A headline counts twice, and so does a state that does or has something.
    """
    worth: Counter[str] = Counter()
    for m, head in mentions:
        twice = _is_state(m.actor.keys[0]) and head.dep in ("poss", "nsubj")
        worth.update(k for k in m.actor.keys for _ in range(1 + twice) if _is_state(k))
    worth.update(k for a in title for k in a.keys for _ in range(2) if _is_state(k))
    most = worth.most_common(2)
    if not most or most[0][1] < _OFTEN or (len(most) > 1 and most[0][1] == most[1][1]):
        return None
    return Actor(names.seed()[most[0][0]].name, (most[0][0],), frozenset({"state"}))


def at_home(m: Mention, named: Container[str], home: Actor | None) -> Mention:
    """A mention of "the Treasury", which one state has made its name, in a text on another state only."""
    actor = m.actor
    states = [k for k in actor.keys if _is_state(k)]
    organ = actor.keys[0] in words("nouns", "sorts", "public")
    if home is None or not organ or not states or any(k in named for k in states):
        return m
    key = f"{home.keys[0]}'s {actor.keys[0]}"
    return replace(m, actor=replace(actor, keys=(key, *home.keys), own=1))


def _is_state(key: str) -> bool:
    known = names.seed().get(key)
    return known is not None and known.kind == "state"
