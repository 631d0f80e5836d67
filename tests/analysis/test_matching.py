"""Which tellings are of one undertaking."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.analysis.matching import SAME, group, likeness
from tests.analysis.judging import filed

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline
    from bot.models import Commitment


def told(pipeline: Pipeline, *texts: str) -> list[Commitment]:
    """The first commitment of each text."""
    return [pipeline.analyse(text).commitments[0] for text in texts]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peru promised to protect the rainforest.", "Peru will protect its rainforest, it said."),
        (
            "The Taliban promised to sever ties with Al-Qaeda.",
            "The Taliban vowed to cut links with Al-Qaeda.",
        ),
        ("Nordbank pledged to close its branches.", "Nordbank is committed to shutting its branches."),
        ("Iran agreed to halt enrichment at Natanz.", "Iran undertook to stop enriching uranium at Natanz."),
        ("Ghana promised to build 40 clinics.", "Ghana said it would build 40 clinics by June."),
        ("Libya vowed to end its ties with rebels.", "Libya vowed not to keep ties with rebels."),
    ],
)
def test_one_undertaking(pipeline: Pipeline, one: str, other: str) -> None:
    """Other words, another trigger, the omission of the opposite: one undertaking, whichever comes first."""
    a, b = told(pipeline, one, other)
    assert likeness(a, b) > SAME
    assert likeness(a, b) == pytest.approx(likeness(b, a))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peru promised to protect the rainforest.", "Brazil promised to protect the rainforest."),
        ("Peru promised to protect the rainforest.", "Peru promised not to protect the rainforest."),
        ("Latvia vowed to open the border.", "Latvia vowed to close the border."),
        ("Ghana promised to build 40 clinics.", "Ghana promised to build 12 clinics."),
        (
            "Portugal pledged to close the Sines plant by the end of 2023.",
            "Portugal pledged to close the Sines plant by the end of 2030.",
        ),
        ("Ghana promised to build clinics in Tamale.", "Ghana promised to reform the police."),
    ],
    ids=["actor", "refusal", "opposite", "figure", "deadline", "matter"],
)
def test_another_undertaking(pipeline: Pipeline, one: str, other: str) -> None:
    """Another actor, the opposite, another figure or day, another matter: a claim of its own."""
    a, b = told(pipeline, one, other)
    assert likeness(a, b) < SAME


def test_a_batch_is_grouped_by_first_telling(pipeline: Pipeline) -> None:
    """Within one article the first telling is the claim; a known claim goes before."""
    texts = (
        "Peru promised to protect the rainforest.",
        "Ghana promised to build clinics in Tamale.",
        "Peru will protect its rainforest, it said.",
    )
    batch = told(pipeline, *texts)
    assert group(batch, []) == [0, 1, 0]
    known = filed(pipeline.analyse(texts[0]))
    assert group(batch, known) == [known[0].id, 1, known[0].id]


def test_nothing_is_grouped_as_nothing() -> None:
    """No commitments, no claims."""
    assert group([], []) == []
