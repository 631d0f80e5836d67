"""Which tellings are of one undertaking. Pure: works on the frames and texts alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rapidfuzz import fuzz

from bot.analysis.themes import coverage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.models import Claim, Commitment

SAME = 0.62
"""Likeness from which two tellings are of one undertaking; set on the repeated promises of the development
scenarios and the examples in the tests."""
_WORDS, _ACT, _TEXT = 0.5, 0.25, 0.25
"""What the topic, the promised act and the letters of the content weigh in the likeness; they sum to 1. Set
likewise."""
_SAME_KIND, _UNKNOWN_KIND = 0.9, 0.3
"""Likeness of two acts that are on one side of a dimension, and of two of which that is not known. Set
likewise."""
_DAYS = 45
"""Days by which two tellings of one deadline may differ: "by summer" and "by July"."""


def group(commitments: Sequence[Commitment], claims: Sequence[Claim]) -> list[str | int]:
    """For each commitment: the id of the claim that it tells again, or the index (in `commitments`) of the
    first of this batch that tells it (its own index: a new claim)."""
    out: list[str | int] = []
    for at, commitment in enumerate(commitments):
        best: tuple[float, str | int] = (SAME, at)
        for claim in claims:
            score = max((likeness(commitment, t.commitment) for t in claim.tellings), default=0.0)
            if score > best[0]:
                best = (score, claim.id)
        for earlier in range(at):
            score = likeness(commitment, commitments[earlier])
            if score > best[0]:
                best = (score, out[earlier])
        out.append(best[1])
    return out


def likeness(a: Commitment, b: Commitment) -> float:
    """How far two tellings are of one undertaking, 0 to 1; 0 where the actor, the direction or a figure
    differs."""
    if not _same_actor(a, b) or (a.polarity is not b.polarity and not _turned(a, b)):
        return 0.0
    if _figures_differ(a.frame, b.frame) or _deadlines_differ(a, b) or _opposed(a.frame, b.frame):
        return 0.0
    act = _act(a.frame, b.frame)
    if not act:
        return 0.0
    one, two = a.frame.get("t", {}), b.frame.get("t", {})
    words = (coverage(one, two) + coverage(two, one)) / 2 if one and two else 0.0
    text = fuzz.token_set_ratio(a.content, b.content) / 100
    return _WORDS * words + _ACT * act + _TEXT * text


def _signed(frame: Mapping[str, Any], part: str) -> set[tuple[str, int]]:
    """The senses (`s`) or verbs (`v`) of a frame, each with its sign."""
    return {(name, sign) for name, sign in frame.get(part, ())}


def _same_actor(a: Commitment, b: Commitment) -> bool:
    return bool(set(a.actor_keys) & set(b.actor_keys))


def _turned(a: Commitment, b: Commitment) -> bool:
    """Whether one is told as an act and the other as an omission of its opposite ("end ties", "not keep
    ties")."""
    return bool(_signed(a.frame, "s") & _signed(b.frame, "s"))


def _opposed(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    two = _signed(b, "v")
    return any((verb, -sign) in two for verb, sign in _signed(a, "v"))


def _act(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """How far the promised acts are the same, 0 to 1; 0 where they are opposites ("open", "close")."""
    if _signed(a, "v") & _signed(b, "v"):
        return 1.0
    one, two = _signed(a, "s"), _signed(b, "s")
    opposite = sum((dimension, -sign) in two for dimension, sign in one)
    if len(one & two) > opposite:
        return _SAME_KIND
    return 0.0 if opposite else _UNKNOWN_KIND


def _figures_differ(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Whether both name figures in one unit, and no two of these are equal."""
    one, two = _by_unit(a), _by_unit(b)
    return any(one[unit].isdisjoint(two[unit]) for unit in one.keys() & two.keys())


def _by_unit(frame: Mapping[str, Any]) -> dict[str, set[float]]:
    found: dict[str, set[float]] = {}
    for q in frame.get("n", ()):
        if q["unit"]:
            found.setdefault(q["unit"], set()).add(q["value"])
    return found


def _deadlines_differ(a: Commitment, b: Commitment) -> bool:
    return a.due is not None and b.due is not None and abs((a.due - b.due).days) > _DAYS
