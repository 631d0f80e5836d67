"""Deadlines as text → the last day on which they are met."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import lru_cache

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SPAN = re.compile(r"\bwithin\s+(?:the\s+next\s+)?(\w+)\s+(day|week|month|year)s?\b")
_END_OF = re.compile(r"\bend of (?:the )?(year|month|decade|week)\b")
_LEAD = re.compile(
    r"^(?:by|before|until|till|no later than|not later than|on|in|at|from|after|beginning|starting|the)\s+",
    re.I,
)
_MONTHS = "january february march april may june july august september october november december".split()
_NUMBERS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split()
    )
} | {"a": 1, "an": 1, "eighteen": 18, "twenty": 20, "thirty": 30}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@lru_cache(maxsize=512)
def due(text: str, published: date | None) -> date | None:
    """The last day on which a deadline is met, None where the text names none.

    A year alone ends with the year ("by 2030" -> 31 December 2030; "before 2030" -> 31 December 2029), "within ten
    months" counts 30 days a month from the article's date, other dates are read by dateparser against that date.
    """
    low = text.lower().strip()
    if low.startswith(("from", "after", "for", "beginning", "starting", "since")):
        return None
    before = low.startswith("before")
    if span := _SPAN.search(low):
        count = int(span[1]) if span[1].isdigit() else _NUMBERS.get(span[1])
        return published + timedelta(days=count * _DAYS[span[2]]) if count and published else None
    if (end := _END_OF.search(low)) and published and not _YEAR.search(low):
        return _end_of(end[1], published)
    year = _YEAR.search(low)
    if (
        year
        and not any(m[:3] in low for m in _MONTHS)
        and not re.search(r"\d{1,2}\b(?!\d)", _YEAR.sub("", low))
    ):
        return date(int(year[1]) - before, 12, 31)
    return _parsed(low, published, before)


def _end_of(unit: str, published: date) -> date:
    if unit == "year":
        return date(published.year, 12, 31)
    if unit == "decade":
        # "by the end of the decade" is said of 2030 as often as of 2029; the later one accuses nobody too early.
        return date(published.year - published.year % 10 + 10, 12, 31)
    if unit == "week":
        return published + timedelta(days=6 - published.weekday())
    return published.replace(day=monthrange(published.year, published.month)[1])


def _parsed(low: str, published: date | None, before: bool) -> date | None:
    import dateparser  # noqa: PLC0415 - half a second to import, needed only where a deadline is named

    base = datetime(published.year, published.month, published.day) if published else None  # noqa: DTZ001
    settings = {"PREFER_DATES_FROM": "future", "PREFER_DAY_OF_MONTH": "last"} | (
        {"RELATIVE_BASE": base} if base else {}
    )
    if base is None and not _YEAR.search(low):
        return None
    found = dateparser.parse(_LEAD.sub("", low), languages=["en"], settings=settings)
    if found is None:
        return None
    return found.date() - timedelta(days=1) if before else found.date()
