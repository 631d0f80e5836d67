"""Promised and reported figures, compared: shortfalls, ceilings broken, targets met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.analysis import senses

TOLERANCE = 0.03
"""Relative difference below which two figures are the same: news rounds "1,987" to "2,000"."""


_WHOLE = {"value": 100.0, "unit": "percent", "bound": "least", "start": 0, "end": 0, "by": False}
"""What "all", "every" and "only" promise, as a figure."""


@dataclass(frozen=True, slots=True)
class Clash:
    """The outcome of comparing two figures of one kind."""

    broken: bool
    met: bool
    rows: tuple[dict[str, Any], ...]
    """The reported figure."""


def clash(promised: list[dict[str, Any]], reported: list[dict[str, Any]], claim: dict[str, Any], *, progress: bool) -> Clash | None:
    """Compare the figures of a promise with those of a report; None where no two are of a kind.

    `progress`: whether there is still time, so that falling short so far breaks nothing.
    """
    wanted = promised or ([_WHOLE] if claim.get("all") and not claim["refrain"] else [])
    for want in wanted:
        for got in sorted(reported, key=lambda q: q["unit"] != want["unit"]):
            if got["unit"] == "percent" and want["unit"] not in ("percent", "") and not got["by"] and got["value"] < 97 and not claim["refrain"]:
                return None if progress else Clash(True, False, (got,))
            if not _of_a_kind(want, got):
                continue
            low, high = _bounds(want, claim)
            value = got["value"]
            if high is not None and (value > high * (1 + TOLERANCE) or (got["bound"] == "least" and value >= high)):
                return Clash(True, False, (got,))
            if low is not None and (value < low * (1 - TOLERANCE) or (got["bound"] == "most" and value <= low)):
                return None if progress else Clash(True, False, (got,))
            return Clash(False, True, (got,))
    return None


def _of_a_kind(a: dict[str, Any], b: dict[str, Any]) -> bool:
    if a["unit"] == b["unit"] and a["unit"]:
        return True
    if not a["unit"] or not b["unit"] or "percent" in (a["unit"], b["unit"]):
        return False
    if a["unit"] in _HEADS or b["unit"] in _HEADS:
        return senses.is_people(a["unit"]) or senses.is_people(b["unit"])
    return senses.similarity(a["unit"], b["unit"]) >= 0.6


_HEADS = frozenset({"member", "people", "person", "man", "woman", "head"})
"""Units in which any people are counted."""


def _bounds(want: dict[str, Any], claim: dict[str, Any]) -> tuple[float | None, float | None]:
    """(lowest, highest) value that keeps the promise."""
    value = want["value"]
    if claim["refrain"]:
        return None, value
    if want["bound"] == "most":
        return None, value
    if want["bound"] == "least":
        return value, None
    lowering = claim["p"] in ("cut", "reduce", "lower", "limit", "cap", "shrink", "decrease", "bring", "keep", "hold", "restrict", "slash", "trim")
    if lowering and claim["to_level"]:
        return None, value
    return value, None
