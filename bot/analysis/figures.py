"""Promised and reported figures, compared: shortfalls, ceilings broken, targets met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from bot.analysis.lexicon import words
from bot.analysis.likeness import is_people, may_be_one

if TYPE_CHECKING:
    from collections.abc import Mapping

Row: TypeAlias = dict[str, Any]
"""A figure as `quantities.Quantity.as_row` makes it."""

TOLERANCE = 0.03
"""Relative difference below which two figures are the same: news rounds "1,987" to "2,000"."""
ALL_BUT = 97.0
"""Percent from which a share counts as all, by the same tolerance."""
_WHOLE: Row = {"value": 100.0, "unit": "percent", "bound": "least", "start": 0, "end": 0, "by": False}
"""What "all", "every" and "only" promise, as a figure."""


@dataclass(frozen=True, slots=True)
class Clash:
    """The outcome of comparing two figures of one kind."""

    broken: bool
    met: bool
    rows: tuple[Row, ...]
    """The reported figure."""


def clash(
    promised: list[Row], reported: list[Row], claim: Mapping[str, Any], *, progress: bool
) -> Clash | None:
    """Compare the figures of a promise with those of a report; None where no two are of a kind.

    `progress`: whether there is still time, so that falling short so far breaks nothing.
    """
    wanted = promised or ([_WHOLE] if claim.get("all") and not claim["refrain"] else [])
    told = [q for q in reported if q.get("role") != "whole"]
    progress = progress and not any(_is_due_at_once(want, claim) for want in wanted)
    for want in wanted:
        for got in sorted(told, key=lambda q: bool(q["unit"] != want["unit"])):
            if _is_share_short(want, got, claim):
                return None if progress else Clash(broken=True, met=False, rows=(got,))
            if _of_a_kind(want, got):
                return _outcome(want, got, claim, progress)
    return None


def part_done(reported: list[Row]) -> Row | None:
    """The share of a whole that the report says was dealt with, where that is not all of it: "12 of 48"."""
    shares = (q for q in reported if q.get("role") == "share")
    return next((q for q in shares if q["value"] < ALL_BUT and q["bound"] != "least"), None)


def _outcome(want: Row, got: Row, claim: Mapping[str, Any], progress: bool) -> Clash | None:
    low, high = _bounds(want, claim)
    value = got["value"]
    if high is not None and (value > high * (1 + TOLERANCE) or (got["bound"] == "least" and value >= high)):
        return Clash(broken=True, met=False, rows=(got,))
    if low is not None and (value < low * (1 - TOLERANCE) or (got["bound"] == "most" and value <= low)):
        return None if progress else Clash(broken=True, met=False, rows=(got,))
    return Clash(broken=False, met=True, rows=(got,))


def _is_due_at_once(want: Row, claim: Mapping[str, Any]) -> bool:
    """Whether a figure is to be kept to from the start, not reached in the end: so much a year, a share of
    income."""
    level = want["unit"] == "percent" and not want["by"] and claim["p"] in words("quantities", "levels")
    return want.get("role") == "rate" or level


def _is_share_short(want: Row, got: Row, claim: Mapping[str, Any]) -> bool:
    """Whether the report tells a share of what was promised by number: "a third of them"."""
    share = got["unit"] == "percent" and not got["by"] and got["value"] < ALL_BUT
    counted = want["unit"] not in ("percent", "") and want["unit"] not in words("quantities", "sums")
    return share and counted and not claim["refrain"]


def _of_a_kind(a: Row, b: Row) -> bool:
    if a["unit"] == b["unit"] and a["unit"]:
        return True
    if not a["unit"] or not b["unit"] or "percent" in (a["unit"], b["unit"]):
        return False
    if {a["unit"], b["unit"]} & words("quantities", "heads"):
        return is_people(a["unit"]) or is_people(b["unit"])
    return may_be_one(a["unit"], b["unit"])


def _bounds(want: Row, claim: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """(lowest, highest) value that keeps the promise."""
    value = want["value"]
    level = want["bound"] == "exact" and not want["by"] and not claim["refrain"]
    if level and claim["p"] in words("quantities", "holding"):
        return value, value
    if claim["refrain"] or want["bound"] == "most":
        return None, value
    if want["bound"] == "exact" and claim["p"] in words("quantities", "lowering") and claim["to_level"]:
        return None, value
    return value, None
