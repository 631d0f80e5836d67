"""Contents as plain infinitive phrases, and the deadlines told beside them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Nokia promised to open no new site.", "open any new site"),
        ("Nokia promised that no post would be cut.", "cut any post"),
        ("Nokia promised that fees would rise by no more than 2%.", "rise by no more than 2%"),
        ("Peru's president said her country would stay in the pact.", "stay in the pact"),
        ("Ghana guaranteed that arrears of 3 million would be paid.", "pay arrears of 3 million"),
        ("Nokia said the plant would stay open.", "stay the plant open"),
        ("“Prisoners will be freed,” Peru promised.", "free prisoners"),
    ],
)
def test_content(pipeline: Pipeline, text: str, content: str) -> None:
    """An omission loses its "no"; a thing goes with its verb, an actor does not; an opening, its capital."""
    assert pipeline.analyse(text, published=date(2023, 2, 1)).commitments[0].content == content


@pytest.mark.parametrize(
    ("text", "deadline", "due"),
    [
        ("Nokia will build 400 masts a year.", None, None),
        ("Nokia will mend masts every Friday.", None, None),
        ("Nokia will build 400 masts by 2030.", "by 2030", date(2030, 12, 31)),
        ("By 2030, Nokia will build 400 masts.", "By 2030", date(2030, 12, 31)),
        ("By 2030, Nokia pledged, it would build 400 masts.", "By 2030", date(2030, 12, 31)),
        ("In 2019, Nokia promised to build 400 masts.", None, None),
    ],
)
def test_deadline(pipeline: Pipeline, text: str, deadline: str | None, due: date | None) -> None:
    """A rate is no deadline, nor is the day on which it was said; one in front is."""
    made = pipeline.analyse(text, published=date(2023, 2, 1)).commitments[0]
    assert (made.deadline, made.due) == (deadline, due)
