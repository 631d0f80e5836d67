"""Making a calibration: which labelled pairs are learnt from, and the whole command with the real model."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from bot import settings
from bot.__main__ import House
from bot.analysis import calibrating, calibration, labelled
from bot.analysis.calibrating import Row
from bot.analysis.candidates import unsettled
from bot.analysis.labelled import Labelled
from bot.cli.app import build
from bot.errors import InputError
from tests import nli

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

SEEN = Path(__file__).parents[1] / "labels" / "scenarios.seen.jsonl"


def scenario(**changes: Any) -> dict[str, Any]:
    """A promise, and a later text with a contradiction that no rule knows and a sentence beside it."""
    report = "Ryanair zorbled its Faro base to an empty shell on Monday."
    given: dict[str, Any] = {
        "id": "s1",
        "earlier": {
            "date": "2024-01-10",
            "title": "",
            "text": "Ryanair promised to keep its Faro base open.",
        },
        "later": {
            "date": "2024-06-10",
            "title": "",
            "text": f"{report} Ryanair shares rose. Ryanair praised its Faro base in spring.",
        },
        "commitments": [{"doc": "earlier", "quote": "promised to keep its Faro base open", "claim": 0}],
        "relations": [{"commitment": 0, "doc": "later", "quote": report, "label": "contradicts"}],
    }
    return given | changes


def test_pairs_are_labelled_by_their_passage(pipeline: Pipeline) -> None:
    """The sentence that is labelled a contradiction is one, the other about the same thing is none."""
    found = {
        p.candidate.report.quote.split()[1]: (p.contradicts, p.raised)
        for p in labelled.pairs(pipeline, scenario())
    }
    assert found == {"zorbled": (True, False), "praised": (False, False)}


def test_what_two_readers_judged_differently_is_left_out(pipeline: Pipeline) -> None:
    """An arguable report is neither a contradiction nor none."""
    row = scenario()
    row["relations"][0]["label"] = "arguable"
    assert [p.candidate.report.quote.split()[1] for p in labelled.pairs(pipeline, row)] == ["praised"]


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("vowed to close the mine", "to close the mine", True),
        ("close it by the end of May", "It said it would close it by the end of May, at noon.", True),
        ("close the mine", "open the border to all", False),
        ("", "", False),
    ],
)
def test_passages_are_the_same_by_their_words(a: str, b: str, same: bool) -> None:
    """Half of the words in common, or one inside the other, make one passage."""
    assert labelled.same_passage(a, b) is same


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"id": "x"}', json.dumps(scenario(relations=[{"commitment": 7}]))], ids=range(4)
)
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    """A line that is no labelled scenario is an InputError with its number."""
    file = tmp_path / "labels.jsonl"
    file.write_text(f"{json.dumps(scenario())}\n\n{line}\n", "utf-8")
    with pytest.raises(InputError, match="line 3 is not a labelled scenario"):
        labelled.read([file])


def row_of(pipeline: Pipeline, number: int, *, right: bool, opinion: float, raised: bool = False) -> Row:
    """A labelled pair of a story of its own."""
    one = scenario()
    analyses = {part: labelled.analysed(pipeline, one[part]) for part in labelled.PARTS}
    claims, _ = labelled.claims_in(one, analyses)
    candidate = unsettled(
        analyses["later"].reports, claims, published=labelled.day_of(one["later"]), article_id="later"
    )[0]
    features = dict.fromkeys(calibration.FEATURES, 0.5) | {"contradiction": opinion}
    story = f"story {number}"
    return Row(features, Labelled(candidate, right, story, (story, "later", "c"), raised))


def test_the_threshold_is_where_alerts_are_right_often_enough(pipeline: Pipeline) -> None:
    """Alerts that the rules raise anyway do not count, and too few are no proof."""
    row = row_of(pipeline, 0, right=True, opinion=1.0)
    given = [
        Row(row.features, replace(row.pair, contradicts=right, alert=(f"s{n}", "later", "c"), raised=raised))
        for n, (right, raised) in enumerate(
            [(True, True), *[(True, False)] * 5, (False, False), (False, False), (False, False)]
        )
    ]
    chances = [0.99, 0.9, 0.85, 0.8, 0.75, 0.7, 0.6, 0.5, 0.4]
    assert calibrating.alert_at(given, chances) == (0.5, 7, 5)
    assert calibrating.alert_at(given[:4], chances[:4]) == (None, 0, 0)


def test_too_little_is_said(pipeline: Pipeline) -> None:
    """Nothing is fitted to a handful of pairs."""
    few = [row_of(pipeline, n, right=n % 2 == 0, opinion=float(n)) for n in range(4)]
    with pytest.raises(InputError, match="2 contradictions and 2 other pairs"):
        calibrating.fitted(few, "d")


def test_the_command_makes_a_calibration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`calibrate` learns from labelled scenarios with the real model; the file is for that model."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PLEDGEWATCH_NLI_MODEL", str(nli.folder()))
    monkeypatch.setenv("PLEDGEWATCH_NLI_LABELS", ",".join(nli.LABELS))
    labels = tmp_path / "labels.jsonl"
    # Twelve of the same: enough to learn from whatever the rules learn to settle by themselves.
    rows = []
    for n in range(12):
        text = json.dumps(scenario(id=f"s{n}"))
        rows.append(text.replace("Faro", ("Porto", "Cork", "Bari", "Malta")[n % 4] + "stadt" * (n // 4)))
    labels.write_text("\n".join(rows) + "\n", "utf-8")
    done = CliRunner().invoke(build(), ["calibrate", str(labels), "--out", "made.json"], obj=House())
    assert done.exit_code == 0, done.output
    assert "each story left out in turn" in done.output
    made = json.loads((tmp_path / "made.json").read_text("utf-8"))
    assert calibration.load(tmp_path / "made.json", made["digest"]).measured["contradictions"] == 12
    assert made["digest"].startswith("e3108a79")


def test_the_command_needs_a_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a model that is set the command says which setting names one."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PLEDGEWATCH_NLI_MODEL", raising=False)
    done = CliRunner().invoke(build(), ["calibrate", str(SEEN), "--out", "made.json"], obj=House())
    assert (done.exit_code, "PLEDGEWATCH_NLI_MODEL" in done.output) == (1, True)
    assert settings.variable("nli_model") == "PLEDGEWATCH_NLI_MODEL"
