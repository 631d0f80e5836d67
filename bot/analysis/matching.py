"""Which tellings are of one undertaking. Pure: works on the frames and texts alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz

from bot.analysis.themes import coverage
from bot.models import Claim, Commitment

SAME = 0.62
"""Likeness from which two tellings are of one undertaking; set on the repeated promises of the development scenarios
and the examples in the tests."""


def group(commitments: Sequence[Commitment], claims: Sequence[Claim]) -> list[str | int]:
    """For each commitment: the id of the claim that it tells again, or the index (in `commitments`) of the first of
    this batch that tells it (its own index: a new claim)."""
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
    """How far two tellings are of one undertaking, 0 to 1; 0 where the actor, the direction or a figure differs."""
    if not _same_actor(a, b) or a.polarity is not b.polarity and not _turned(a, b):
        return 0.0
    if _figures_differ(a.frame, b.frame) or _deadlines_differ(a, b) or _opposed(a.frame, b.frame):
        return 0.0
    one, two = a.frame.get("t", {}), b.frame.get("t", {})
    words = (coverage(one, two) + coverage(two, one)) / 2 if one and two else 0.0
    act = _act(a.frame, b.frame)
    text = fuzz.token_set_ratio(a.content, b.content) / 100
    return 0.5 * words + 0.25 * act + 0.25 * text


def _same_actor(a: Commitment, b: Commitment) -> bool:
    return bool(set(a.actor_keys) & set(b.actor_keys))


def _turned(a: Commitment, b: Commitment) -> bool:
    """Whether one is told as an act and the other as an omission of its opposite ("end ties", "not keep ties")."""
    return bool({tuple(s) for s in a.frame.get("s", ())} & {tuple(s) for s in b.frame.get("s", ())})


def _opposed(a: dict[str, Any], b: dict[str, Any]) -> bool:
    one, two = {tuple(s) for s in a.get("v", ())}, {tuple(s) for s in b.get("v", ())}
    return any((v, -x) in two for v, x in one)


def _act(a: dict[str, Any], b: dict[str, Any]) -> float:
    if {tuple(v) for v in a.get("v", ())} & {tuple(v) for v in b.get("v", ())}:
        return 1.0
    one, two = {tuple(s) for s in a.get("s", ())}, {tuple(s) for s in b.get("s", ())}
    if one & two:
        return 0.9
    return 0.0 if any((d, -x) in two for d, x in one) else 0.3


def _figures_differ(a: dict[str, Any], b: dict[str, Any]) -> bool:
    one = {(q["unit"], q["value"]) for q in a.get("n", ()) if q["unit"]}
    two = {(q["unit"], q["value"]) for q in b.get("n", ()) if q["unit"]}
    units = {u for u, _ in one} & {u for u, _ in two}
    return any({v for u, v in one if u == unit}.isdisjoint({v for u, v in two if u == unit}) for unit in units)


def _deadlines_differ(a: Commitment, b: Commitment) -> bool:
    return a.due is not None and b.due is not None and abs((a.due - b.due).days) > 45
