"""How surely an event is the doing of a claim's actor."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.lexicon import words
from bot.analysis.likeness import is_people, seat_of, stands_for
from bot.analysis.phrases import kinds_of
from bot.analysis.themes import is_generic

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.analysis.context import Context, Frame

_INITIALS = (2, 7)
"""Letters of an abbreviation."""
_LONG_NAME = 4
"""Letters from which the first word of a name may stand for all of it ("kraft", not "bank")."""
_FULL_NAME = 2
"""Words of a name of which the last may stand for all of it ("putin")."""


def actor_match(event: Frame, report: Frame, ctx: Context) -> float:
    """How surely the event is the claim's actor's doing, 0 to 1. The steps were set on the development
    scenarios."""
    own, bodies, by = ctx.own, ctx.bodies, event["by"]
    around = (*report["keys"], *report["doc"])
    if by == "pair":
        return 0.9 if len(own) > 1 or meet(own, around) else 0.5
    if meet(own, event["a"]):
        return 1.0
    if meet(own, event["ab"]):
        return 0.95
    if meet(bodies, event["a"]):
        return 0.9
    if by in ("actor", "hands") and meet(bodies, event["ab"]):
        return 0.8 if by == "hands" else 0.7
    nameless = by in ("actor", "hands", "role") and _is_nameless(own)
    if nameless and meet(ctx.claim["dctx"], (*event["a"], *event["ab"])):
        return 0.8
    if by == "actor":
        same_land = meet(ctx.claim.get("lands", ()), report.get("lands", ()))
        return 0.7 if same_land and not meet(own, report["keys"]) else 0.0
    if by == "force":
        return 0.8 if event["n"] and meet(ctx.keys, around) else 0.0
    if by == "role":
        return 0.9 if meet(own, around) else 0.45
    # People whom the promise is about do not act against it: "two of the children have arrived".
    promised_to = event.get("moves") in ctx.claim["obj"]
    if by == "phrase" and not event.get("state") and not promised_to:
        return 0.45 if meet(own, report["keys"]) else 0.0
    return _by_surroundings(report, ctx, loose=promised_to or by in ("none", "thing", "hands"))


def _by_surroundings(report: Frame, ctx: Context, *, loose: bool) -> float:
    """The match where nobody who could be the actor is said to act; `loose` where nobody is said to act at
    all."""
    own = ctx.own
    if meet(own, report["keys"]):
        return 0.88 if loose else 0.6
    if meet(ctx.bodies, report["keys"]):
        return 0.8 if loose else 0.5
    known = names.seed()
    if _is_nameless(own) and loose and any(k in known and k in ctx.claim["dctx"] for k in report["doc"]):
        return 0.75
    if ctx.same_article or meet(ctx.keys, report["doc"]):
        # In a sentence that names somebody else who acts, what nobody is said to do is rather theirs.
        others = any(k in known for k in report["keys"])
        return (0.62 if others else 0.75) if loose else 0.5
    return 0.45 if loose else 0.0


def meet(one: Iterable[str], two: Iterable[str]) -> bool:
    """Whether a key of `one`, the claim's, and a key of `two` are of one actor."""
    return any(same_key(a, b) for a in one for b in two)


@lru_cache(maxsize=65536)
def same_key(a: str, b: str) -> bool:
    """Whether the key `b` in a report is the claim's actor `a`: equal, a seat of its government, its
    initials, or the one a short form of the other ("kraft", "kraft foods")."""
    if a == b or stands_for(a, b) or a in seat_of(b):
        return True
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) == 1 and _INITIALS[0] <= len(short[0]) <= _INITIALS[1] and len(long) > 1:
        initials = "".join(w[0] for w in long if w not in words("things", "not_in_initials"))
        if short[0] == initials:
            return True
    if len(short) == len(long) or len(short) > 2 or " ".join(short) in names.seed():
        return False
    telling = len(short[0]) >= _LONG_NAME and not is_generic(short[0])
    first = long[: len(short)] == short
    return (first or _is_surname(short[0], long)) and telling and "'s" not in "".join(long)


def _is_surname(word: str, name: list[str]) -> bool:
    """Whether a word may stand for a person's full name: its last one, and no noun for some actor
    ("workers")."""
    noun = word.removesuffix("s")
    return len(name) == _FULL_NAME and name[-1] == word and not kinds_of(noun) and not is_people(noun)


def _is_nameless(own: Iterable[str]) -> bool:
    """Whether a promise is of parties that its article names elsewhere only: "the two sides", "armed
    groups"."""
    if any(k in names.seed() for k in own):
        return False
    return all(kinds_of(k.split()[-1].removesuffix("s")) for k in own if k)
