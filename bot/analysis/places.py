"""Where something is: the states and cities that a clause places its things in; and whether two differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.lexicon import words
from bot.analysis.likeness import stands_for

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.analysis.actors import Cast
    from bot.analysis.tree import Tok

KINDS = ("state", "city")
"""Kinds of place of which two exclude each other: what is in one is not in the other."""
_CLAUSES = frozenset({"relcl", "acl"})


def named(tokens: Iterable[Tok], cast: Cast) -> dict[str, list[str]]:
    """Kind → keys of the places that things of a clause are in: "in Mali", "German plants"; "" for others."""
    found: dict[str, set[str]] = {}
    peoples = names.demonyms()
    for tok in tokens:
        if tok.dep == "pobj" and tok.head.low in words("things", "inside"):
            inside = (cast.mention_at(t) for t in tok.subtree(_CLAUSES))
            for key in {m.actor.keys[0] for m in inside if m is not None}:
                seed = names.seed().get(key)
                # Of a place that the seed table does not know nothing says in which other one it is.
                known = seed is not None and seed.kind in KINDS
                kind, place = (seed.kind, names.plain(seed.name)) if seed and known else ("", key)
                found.setdefault(kind, set()).add(place)
        elif tok.low in peoples and tok.dep == "amod":
            found.setdefault("state", set()).add(names.plain(peoples[tok.low]))
    return {kind: sorted(keys) for kind, keys in found.items()}


def differ(
    claim: Mapping[str, Sequence[str]], event: Mapping[str, Sequence[str]], said: Iterable[str]
) -> bool:
    """Whether a report is of another place than the promise, and does not name that one at all."""
    told = set(said)
    for kind in KINDS:
        mine, theirs = claim.get(kind, ()), event.get(kind, ())
        if mine and theirs and not told & set(mine):
            return not any(a == b or stands_for(a, b) for a in mine for b in theirs)
    return False
