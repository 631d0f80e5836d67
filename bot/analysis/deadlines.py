"""Deadlines as text → the last day on which they are met."""

from __future__ import annotations

import importlib
import re
from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import lru_cache

_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_SPAN = re.compile(r"\bwithin\s+(?:the\s+next\s+|another\s+)?(\w+)\s+(day|week|month|year)s?\b")
_END_OF = re.compile(r"\bend of (?:the |this )?(year|month|decade|week)\b")
_LEAD = re.compile(
    r"^(?:by|before|until|till|no later than|not later than|on|in|at|from|after|beginning|starting|the)\s+"
)
_DAY = re.compile(r"\b\d{1,2}\b")
_OPEN = ("from", "after", "for", "beginning", "starting", "since")
"""A phrase that begins so tells when something starts or how long it lasts, not by when it is due."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WORDS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip
_NUMBERS = {word: n for n, word in enumerate(_WORDS)} | {
    "a": 1,
    "an": 1,
    "thirty": 30,
    "sixty": 60,
    "ninety": 90,
}
_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}


@lru_cache(maxsize=512)
def due(text: str, published: date | None) -> date | None:
    """The last day on which a deadline is met, None where the text names none.

    A year alone ends with the year ("by 2030" -> 31 December 2030; "before 2030" -> 31 December 2029),
    "within ten
    months" counts 30 days a month from the article's date, other dates are read by dateparser against that
    date.
    """
    low = text.lower().strip()
    if low.startswith(_OPEN):
        return None
    if span := _SPAN.search(low):
        return _counted(span[1], span[2], published)
    year = _YEAR.search(low)
    if (end := _END_OF.search(low)) and published and not year:
        return _end_of(end[1], published)
    before = low.startswith("before")
    if year and not any(m in low for m in _MONTHS) and not _DAY.search(_YEAR.sub("", low)):
        return date(int(year[1]) - before, 12, 31)
    return _parsed(low, published, before) if published or year else None


def _counted(number: str, unit: str, published: date | None) -> date | None:
    """ "within ten months" from the day of the article."""
    count = int(number) if number.isdecimal() else _NUMBERS.get(number)
    if not count or published is None:
        return None
    try:
        return published + timedelta(days=count * _DAYS[unit])
    except OverflowError:
        return None


def _end_of(unit: str, published: date) -> date:
    if unit == "year":
        return date(published.year, 12, 31)
    if unit == "decade":
        # Said of 2030 as often as of 2029; the later one accuses nobody too early.
        return date(published.year - published.year % 10 + 10, 12, 31)
    if unit == "week":
        return published + timedelta(days=6 - published.weekday())
    return published.replace(day=monthrange(published.year, published.month)[1])


def _parsed(low: str, published: date | None, before: bool) -> date | None:
    """Any other date, by dateparser: half a second to import, so loaded only here."""
    settings: dict[str, object] = {"PREFER_DATES_FROM": "future", "PREFER_DAY_OF_MONTH": "last"}
    if published is not None:
        settings["RELATIVE_BASE"] = datetime.combine(published, time.min)
    parse = importlib.import_module("dateparser").parse
    found = parse(_LEAD.sub("", low), languages=["en"], settings=settings)
    if not isinstance(found, datetime):
        return None
    return found.date() - timedelta(days=1) if before else found.date()
