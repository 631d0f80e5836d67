"""`make quality`: what is measured is read rightly, and floors only go up."""

from __future__ import annotations

import json
import tomllib
from typing import TYPE_CHECKING

import pytest

from benchmarks import quality

if TYPE_CHECKING:
    from pathlib import Path

FLOOR: dict[str, float | str] = {"digest": "d1", "recall": 0.8, "precision": 0.9}


@pytest.fixture(autouse=True)
def _not_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quality, "IN_CI", False)


def test_a_figure_below_its_floor_is_named() -> None:
    """Falling below is a failure; a difference that rounding makes is not."""
    figures = {"recall": 0.79, "precision": 0.8996, "new": 0.1}
    assert quality.below("x", figures, FLOOR, "d1") == ["x: recall is 0.790, its floor 0.800"]


def test_changed_data_has_no_floor() -> None:
    """A floor counts for the data on which it was measured."""
    (failure,) = quality.below("x", {"recall": 1.0, "precision": 1.0}, FLOOR, "d2")
    assert "the data changed" in failure


def test_no_floor_is_a_failure_under_ci_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where floors are checked for good, everything has one."""
    assert quality.below("x", {"recall": 1.0}, {}, "d1") == []
    monkeypatch.setattr(quality, "IN_CI", True)
    assert len(quality.below("x", {"recall": 1.0}, {}, "d1")) == 1


def test_floors_only_go_up() -> None:
    """Raising takes the better of floor and figure, and starts anew on changed data."""
    figures = {"recall": 0.7, "precision": 0.95}
    assert quality.raised(FLOOR, figures, "d1") == {"digest": "d1", "recall": 0.8, "precision": 0.95}
    assert quality.raised(FLOOR, figures, "d2") == {"digest": "d2"} | figures


def test_floors_are_written_as_they_are_read() -> None:
    """What is written is TOML that says the same."""
    floors = {"own-data": FLOOR}
    assert tomllib.loads(quality.as_toml(floors)) == floors


def test_figures_of_the_two_tools() -> None:
    """The last lines of the tools are understood."""
    line = "pages: token F1 0.956 over 13, snippets 45/48, without title 1, failed 0"
    assert quality.page_figures(line) == {
        "token_f1": 0.956,
        "snippets": 0.938,
        "all_titled": 0.0,
        "none_failed": 1.0,
    }
    half = {"p": 0.5, "r": 0.25, "predicted": 10}
    found = {"extraction": half, "alerts": half, "actor_accuracy": 1, "polarity_accuracy": 1, "faults": 2}
    assert quality.scenario_figures(json.dumps(found))["without_fault"] == 0.0
    assert quality.scenario_figures(json.dumps(found))["alert_precision"] == 0.5
    few = found | {"alerts": half | {"predicted": 3}}
    assert "alert_precision" not in quality.scenario_figures(json.dumps(few))
    with pytest.raises(SystemExit):
        quality.page_figures("nothing")


def test_digest_covers_names_and_bytes(tmp_path: Path) -> None:
    """A changed byte or name is other data."""
    (tmp_path / "a").write_text("1")
    measure = quality.Measure("x", tmp_path, None)
    first = quality.digest_of(measure)
    (tmp_path / "a").rename(tmp_path / "b")
    second = quality.digest_of(measure)
    (tmp_path / "b").write_text("2")
    assert len({first, second, quality.digest_of(measure)}) == 3
