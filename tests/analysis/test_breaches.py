"""What breaks a promise and what stands beside it: each kind of sight with a sentence for and one against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.analysis.breaches import CASES
from tests.analysis.judging import alerts, judged

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

LEFT = [
    pytest.param(case[0], left, id=f"{name}-{left[:40]}") for name, case in CASES.items() for left in case[2]
]


@pytest.mark.parametrize("name", CASES)
def test_it_breaks_the_promise(pipeline: Pipeline, name: str) -> None:
    """The sentence raises an alert."""
    earlier, later, _ = CASES[name]
    assert alerts(judged(pipeline, earlier, later))


@pytest.mark.parametrize(("earlier", "later"), LEFT)
def test_its_neighbour_does_not(pipeline: Pipeline, earlier: str, later: str) -> None:
    """The sentence beside it, of the same words or actor, raises none."""
    assert alerts(judged(pipeline, earlier, later)) == []
