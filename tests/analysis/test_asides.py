"""Speech verbs put in or added on: who speaks, what was said, and whom "its union said" points back to."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

SAID = [
    # added on behind what was said, wherever the parse hung it
    (
        "Skerry Ferries, the line, would retrain each of the sailors concerned, chief Jan Berg pledged.",
        "skerry ferries",
        "would retrain each of the sailors concerned",
    ),
    (
        "Volvo will close its plant in Ghent, its chief executive, Lena Holm, said.",
        "volvo",
        "will close its plant in Ghent",
    ),
    ("Canada will mend the pier, Ann Low, the transport minister, said.", "canada", "will mend the pier"),
    (
        "France will keep the boats that lack trackers, Jan Berg, the maritime minister, told the Senate.",
        "france",
        "will keep the boats that lack trackers",
    ),
    # put in between
    ("By 2031, Heineken pledged, it would use half the water.", "heineken", "would use half the water"),
    # a second promise behind it
    (
        "Norsk Hydro will keep the smelter, the company said on Friday, and will hire 90 people.",
        "norsk hydro",
        "will hire 90 people",
    ),
    # whoever speaks is named by what it is of
    ("Most nurses in Malta will walk out on Friday, their union said.", "nurses", "will walk out on Friday"),
    ("The Bahamas will stand by the treaty, its president said.", "bahamas", "will stand by the treaty"),
    # the time belongs to what was said
    (
        "Lazio will play in the stadium until the end of June, Van Dijk told staff.",
        "lazio",
        "will play in the stadium until the end of June",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "quote"), SAID)
def test_said(pipeline: Pipeline, text: str, key: str, quote: str) -> None:
    """The last commitment is whole, without the words of who says it, and filed under whoever is bound."""
    made = pipeline.analyse(text, published=date(2023, 2, 1)).commitments
    assert made
    assert key in " | ".join(made[-1].actor_keys)
    assert made[-1].quote == quote


LEFT = [
    # a relative clause with a subject of its own adds no speaker
    "The firm will mend the engines that customers said were faulty.",
    # families are not owned by "its owner"
    "Families in Crete will have to wait for power, its owner told the exchange.",
]


def test_relative_clause_stays(pipeline: Pipeline) -> None:
    """What customers said of the engines belongs to the promise."""
    made = pipeline.analyse(LEFT[0], published=date(2023, 2, 1)).commitments
    assert [c.quote for c in made] == ["will mend the engines that customers said were faulty"]


def test_having_to_wait_binds_nobody(pipeline: Pipeline) -> None:
    """What people will have to do is nobody's promise."""
    assert pipeline.analyse(LEFT[1], published=date(2023, 2, 1)).commitments == ()
