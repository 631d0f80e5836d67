"""How the source of a report is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tests.analysis.judging import judged

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

PROMISE = "Nokia promised to keep the Oulu plant open."


@pytest.mark.parametrize(
    ("later", "named"),
    [
        ("Nokia has closed the Oulu plant, according to a report.", "according to the report,"),
        ("Nokia has closed the Oulu plant, residents said.", "according to residents,"),
        ("Nokia has closed the Oulu plant, Finland said.", "according to Finland,"),
    ],
)
def test_source(pipeline: Pipeline, later: str, named: str) -> None:
    """A source that is no name gets its article back, several of a kind and names get none."""
    assert named in judged(pipeline, PROMISE, later)[0].explanation


def test_plain_telling_has_no_source(pipeline: Pipeline) -> None:
    """What a text tells in its own words is nobody's word, and "we" is its author's."""
    told = pipeline.analyse("The bridge will be closed in May.", published=date(2023, 2, 1))
    assert {r.attributed_to for r in told.reports} == {None}
    ours = pipeline.analyse("We will close the bridge in May.", published=date(2023, 2, 1))
    assert [c.actor for c in ours.commitments] == ["the author"]
