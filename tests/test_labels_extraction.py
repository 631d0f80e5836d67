"""Extraction on the labelled sentences does not fall below its floors."""

from __future__ import annotations

import hashlib
import json
import tomllib
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.analysis.pipeline import load
from tests.labels.scoring import Score, same_actor, same_passage, score

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

LABELS = Path(__file__).parent / "labels"
FLOORS = tomllib.loads((LABELS / "floors.toml").read_text("utf-8"))["extraction"]


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline with the model that is installed."""
    return load()


def measured(pipeline: Pipeline, part: str) -> Score:
    """The score on one file of labelled sentences, each analysed once."""
    total = Score()
    for line in (LABELS / f"sentences.{part}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found = pipeline.analyse(row["text"], published=date.fromisoformat(row["date"])).commitments
        total += score(row["commitments"], found)
    return total


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_floors(pipeline: Pipeline, part: str) -> None:
    """Precision, recall, actors and polarities stay at or above the floors, which only go up."""
    figures = measured(pipeline, part).figures()
    assert {k: v for k, v in figures.items() if v < FLOORS[part][k]} == {}


@pytest.mark.parametrize("part", ["seen", "unseen"])
def test_floors_are_of_these_labels(part: str) -> None:
    """A floor counts for the labels on which it was measured: who changes them measures anew."""
    data = (LABELS / f"sentences.{part}.jsonl").read_bytes()
    assert FLOORS[part]["digest"] == hashlib.sha256(data).hexdigest()[:12]


def test_passages() -> None:
    """Half of the words, or a long enough piece, make two quotes the same passage."""
    assert same_passage("promised to close the plant", "had promised to close the plant by 2030")
    assert same_passage(
        "will close the old plant", "said on Monday that it will close the old plant if nobody buys it"
    )
    assert not same_passage("promised to close the plant", "promised to open a mine")


def test_names() -> None:
    """A longer or shorter form of a name is the same actor, a name that shares only a common word is not."""
    assert same_actor("Emmanuel Macron", ["Macron", "France"])
    assert same_actor("the bank", ["Bank"])
    assert not same_actor("Bank of Ghana", ["Bank"])
    assert not same_actor("Barclays", ["HSBC"])
