"""Alerts and support on the labelled pairs and scenarios do not fall below their floors."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.analysis.pipeline import load
from tests.labels.alert_scoring import Count, score_pairs, score_scenarios

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

LABELS = Path(__file__).parent / "labels"
FLOORS = tomllib.loads((LABELS / "floors.toml").read_text("utf-8"))["alerts"]
FILES = sorted(
    path.name.removesuffix(".jsonl") for kind in ("pairs", "scenarios") for path in LABELS.glob(f"{kind}.*")
)


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline with the model that is installed."""
    return load()


def measured(pipeline: Pipeline, name: str) -> dict[str, float]:
    """The figures on one file. Of the unseen ones nothing else is ever printed."""
    rows = map(json.loads, (LABELS / f"{name}.jsonl").read_text("utf-8").splitlines())
    return (score_pairs if name.startswith("pairs") else score_scenarios)(pipeline, rows)


def digest(name: str) -> str:
    """What tells one state of a file from another."""
    return hashlib.sha256((LABELS / f"{name}.jsonl").read_bytes()).hexdigest()[:12]


@pytest.mark.parametrize("name", FILES)
def test_floors(pipeline: Pipeline, name: str) -> None:
    """No figure falls below its floor; floors only go up."""
    floors = {key: value for key, value in FLOORS[name].items() if key != "digest"}
    figures = measured(pipeline, name)
    assert figures.keys() == floors.keys()
    assert {key: value for key, value in figures.items() if value < floors[key]} == {}


@pytest.mark.parametrize("name", FILES)
def test_floors_are_of_these_labels(name: str) -> None:
    """A floor counts for the labels on which it was measured: who changes them measures anew."""
    assert FLOORS[name]["digest"] == digest(name)


def test_counts() -> None:
    """Precision is of what is told, recall of what is wanted; of nothing both are 0."""
    assert (Count(4, 2, 1) + Count(0, 2, 1)).figures("a") == {"a_precision": 0.5, "a_recall": 0.5}
    assert Count().figures("a") == {"a_precision": 0.0, "a_recall": 0.0}
