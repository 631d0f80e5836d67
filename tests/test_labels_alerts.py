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
FILES = {
    "seen": ("pairs.seen", "scenarios.seen", "scenarios.more", "scenarios.also"),
    "unseen": ("pairs.unseen", "scenarios.unseen"),
}
"""Files whose alerts are counted together: of one alone a handful are told, and one more would move its
precision by a tenth and more."""


@pytest.fixture(scope="module")
def pipeline() -> Pipeline:
    """The pipeline with the model that is installed."""
    return load()


def measured(pipeline: Pipeline, part: str) -> dict[str, float]:
    """The figures on the files of a part. Of the unseen ones nothing else is ever printed."""
    alerts, support = Count(), Count()
    for name in FILES[part]:
        rows = map(json.loads, (LABELS / f"{name}.jsonl").read_text("utf-8").splitlines())
        found = (score_pairs if name.startswith("pairs") else score_scenarios)(pipeline, rows)
        alerts += found["contradicts"]
        support += found.get("supports", Count())
    return alerts.figures("alert") | support.figures("support")


def digest(part: str) -> str:
    """What tells one state of the files of a part from another."""
    files = (LABELS / f"{name}.jsonl" for name in FILES[part])
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def test_every_file_counts() -> None:
    """No file of labels is left out."""
    named = {path.stem for kind in ("pairs", "scenarios") for path in LABELS.glob(f"{kind}.*.jsonl")}
    assert named == {name for names in FILES.values() for name in names}


@pytest.mark.parametrize("part", FILES)
def test_floors(pipeline: Pipeline, part: str) -> None:
    """No figure falls below its floor; floors only go up."""
    floors = {key: value for key, value in FLOORS[part].items() if key != "digest"}
    figures = measured(pipeline, part)
    assert figures.keys() == floors.keys()
    assert {key: value for key, value in figures.items() if value < floors[key]} == {}


@pytest.mark.parametrize("part", FILES)
def test_floors_are_of_these_labels(part: str) -> None:
    """A floor counts for the labels on which it was measured: who changes them measures anew."""
    assert FLOORS[part]["digest"] == digest(part)


def test_counts() -> None:
    """Precision is of what is told, recall of what is wanted; of nothing both are 0."""
    assert (Count(4, 2, 1) + Count(0, 2, 1)).figures("a") == {"a_precision": 0.5, "a_recall": 0.5}
    assert Count().figures("a") == {"a_precision": 0.0, "a_recall": 0.0}
