"""Deadlines as dates."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.deadlines import due

MADE = date(2021, 7, 28)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("by 2030", date(2030, 12, 31)),
        ("before 2030", date(2029, 12, 31)),
        ("by the end of 2024", date(2024, 12, 31)),
        ("by the end of the year", date(2021, 12, 31)),
        ("by the end of the month", date(2021, 7, 31)),
        ("by the end of the week", date(2021, 8, 1)),
        ("by the end of the decade", date(2030, 12, 31)),
        ("within ten months", date(2022, 5, 24)),
        ("within 30 days", date(2021, 8, 27)),
        ("within a week", date(2021, 8, 4)),
        ("by 1 September", date(2021, 9, 1)),
        ("before September 1", date(2021, 8, 31)),
        ("on May 1, 2022", date(2022, 5, 1)),
        ("tomorrow", date(2021, 7, 29)),
    ],
)
def test_last_day(text: str, day: date) -> None:
    """A deadline is the last day on which the promise is met."""
    assert due(text, MADE) == day


@pytest.mark.parametrize(
    "text", ["from May", "for four years", "after the election", "soon enough", "within reach"]
)
def test_no_deadline(text: str) -> None:
    """What tells when something starts, or how long it lasts, is no deadline."""
    assert due(text, MADE) is None


@pytest.mark.parametrize(
    ("text", "day"), [("within ten months", None), ("by May", None), ("by 2030", date(2030, 12, 31))]
)
def test_article_without_date(text: str, day: date | None) -> None:
    """Without the article's date only a full year is known."""
    assert due(text, None) == day


@given(st.text(max_size=30), st.dates())
def test_any_text(text: str, made: date) -> None:
    """No phrase makes it fail."""
    assert due(text, made) is None or isinstance(due(text, made), date)
