"""Figures in a text: value, unit, and how they bound ("at least", "no more than", "barely half")."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.analysis import measures
from bot.analysis.lexicon import table, words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

_OF = re.compile(r"\s*(?:of|out of)(?: the| its| their| some| all)?\s*")
"""Between a part and its whole: "12 of its 30 plants"."""
_UNITLESS_OF = re.compile(r"\s*(?:of|of the|of its|of their|out of|out of the)\s*")
"""The same where the part has no unit of its own; "some" and "all" then start another phrase."""
_NEAR = 12
"""Characters from a fronted "of" to its figure: "Of some 1,000"."""
_YEARS = (1900, 2100)
"""Figures without a unit between these are years."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure."""

    value: float
    unit: str
    """`percent`, a currency, or the lemma of what is counted; empty where unclear."""
    bound: str
    """`least`, `most` or `exact`."""
    start: int
    """Character offset into the text, as is `end`."""
    end: int
    by: bool = False
    """Whether it is a change ("by 40 %") and not a level."""
    role: str = ""
    """`share` where it is reckoned from a part and its whole, `whole` for the whole of such a part, `rate`
    where it is so much a year, a month, a day."""

    def as_row(self) -> dict[str, Any]:
        """JSON-ready form."""
        return asdict(self)


def find(tokens: list[Tok], text: str) -> list[Quantity]:
    """The figures among the tokens of one clause or sentence; dates, ages and years are left out."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        tok = tokens[i]
        value = measures.value_of(tok)
        if value is None or (tok.ent in ("DATE", "TIME") and not measures.is_count(tokens, i)):
            share = measures.fraction(tokens, i)
            if share is not None:
                bound = measures.bound(tokens, i, text)
                found.append(Quantity(share, "percent", bound, tok.idx, tok.end))
            i += 1
            continue
        factor, after = measures.scale(tokens, i + 1)
        unit, end = measures.unit(tokens, i, after)
        quantity = _quantity(value * factor, unit, tokens, i, end, text)
        if not _is_date(quantity):
            found.append(quantity)
        i = max(end, i + 1)
    return _with_shares(_fronted(tokens, found), text)


def times_over(verb: Tok) -> Quantity | None:
    """The change that a verb names by itself, in percent: to double, to halve."""
    share = table("quantities")["over"].get(verb.lemma)
    return None if share is None else Quantity(share, "percent", "least", verb.idx, verb.end, by=True)


def _quantity(value: float, unit: str, tokens: list[Tok], i: int, end: int, text: str) -> Quantity:
    start = tokens[i].idx
    if i and tokens[i - 1].text in table("quantities")["money"]:
        start = tokens[i - 1].idx
    change = i > 0 and tokens[i - 1].low == "by"
    role = "rate" if measures.is_rate(tokens, end) else ""
    return Quantity(value, unit, measures.bound(tokens, i, text), start, tokens[end - 1].end, change, role)


def _is_date(q: Quantity) -> bool:
    year = q.unit == "" and _YEARS[0] <= q.value <= _YEARS[1] and q.value == int(q.value)
    return year or q.unit in words("quantities", "times")


def _fronted(tokens: list[Tok], found: list[Quantity]) -> list[Quantity]:
    """A whole that stands in front put behind its part: "Of the 1,000 posts, it created 25"."""
    if (
        not tokens
        or tokens[0].low not in ("of", "out")
        or not found
        or found[0].start > tokens[0].idx + _NEAR
    ):
        return found
    whole = found[0]
    for at, part in enumerate(found[1:], 1):
        if part.unit in ("", whole.unit) and 0 < part.value < whole.value and whole.unit != "percent":
            part = replace(part, unit=whole.unit)
            return [_share(part, whole), part, replace(whole, role="whole"), *found[1:at], *found[at + 1 :]]
    return found


def _share(part: Quantity, whole: Quantity) -> Quantity:
    """The part in percent of the whole."""
    share = round(100 * part.value / whole.value, 1)
    start, end = min(part.start, whole.start), max(part.end, whole.end)
    return Quantity(share, "percent", part.bound, start, end, role="share")


def _with_shares(found: list[Quantity], text: str) -> list[Quantity]:
    """Units filled in from a neighbour, and "N of (the) M" as a percentage too."""
    out: list[Quantity] = []
    wholes: set[Quantity] = set()
    for at, q in enumerate(found):
        unit = q.unit
        whole = found[at + 1] if at + 1 < len(found) else None
        if not q.role and whole is not None and not whole.role and _is_part(q, whole, text):
            unit = unit or whole.unit
            if whole.value > q.value > 0 and whole.unit != "percent":
                out.append(_share(q, whole))
                wholes.add(whole)
        elif not unit and at and found[at - 1].unit not in ("", "percent"):
            unit = found[at - 1].unit
        role = "whole" if q in wholes else q.role
        out.append(replace(q, unit=unit, role=role))
    return out


def _is_part(part: Quantity, whole: Quantity, text: str) -> bool:
    between = text[part.end : whole.start].lower()
    return bool(_UNITLESS_OF.fullmatch(between) or (part.unit and _OF.fullmatch(between)))
