"""Contradiction on public pairs: rules alone, the NLI model alone, and both; and promises with outcomes.

    python -m benchmarks.pairs [--outcomes]

Thresholds and weights are set on the half of the rows whose hashed id is even, and every figure is of the
other half; what is combined is what the product combines. F1 with its 90 % bootstrap interval. The data lies
beside the project in `../shared`; the model is the one that the tests load.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from benchmarks.bare import best_threshold, claims_of, judged, promises_of, scores_of, tuned_on
from benchmarks.quality import SHARED
from bot.analysis import calibration, nli, pipeline
from bot.analysis.calibrating import auc
from bot.analysis.calibration import Calibration
from bot.analysis.contradiction import ALERT_THRESHOLDS
from bot.models import Relation
from tests import nli as tested

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.analysis.nli import NliModel
    from bot.analysis.pipeline import Pipeline

CONTRADICTION = SHARED / "data" / "public" / "contradiction.dev.jsonl"
OUTCOMES = SHARED / "data" / "public" / "promise_outcome.dev.jsonl"

RESAMPLES = 500

NEGATION = re.compile(
    r"\b(not|no|never|none|nobody|nothing|without|neither|nor|cannot)\b|n['’]t\b", re.IGNORECASE
)
"""Words whose presence in one text only is the baseline "negation mismatch"."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A pair with what everybody says of it."""

    key: str
    right: dict[Relation, bool]
    features: dict[str, float]
    support: float
    mismatch: bool


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--outcomes", action="store_true", help="only the promises with their outcomes")
    args = parser.parse_args()
    loaded, model = pipeline.load(), nli.load(tested.choice())
    if not args.outcomes and (rows := read(CONTRADICTION)):
        print(f"contradiction.dev.jsonl: {len(rows)} pairs")
        report([bare_pair(loaded, model, row) for row in rows], (Relation.CONTRADICTS,))
    if rows := read(OUTCOMES):
        print(f"promise_outcome.dev.jsonl: {len(rows)} promises with a later report")
        pairs = [outcome(loaded, model, row) for row in rows]
        report(pairs, (Relation.CONTRADICTS, Relation.SUPPORTS))


def read(file: Path) -> list[dict[str, Any]]:
    """The rows of a file, none where it is missing."""
    if not file.exists():
        print(f"{file.name}: not measured ({file} is missing)")
        return []
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def bare_pair(loaded: Pipeline, model: NliModel, row: dict[str, Any]) -> Pair:
    """A premise and a hypothesis."""
    scores, topic = judged(loaded, claims_of(loaded, row["hypothesis"]), row["premise"])
    (opinion,) = model.ask([(row["premise"], row["hypothesis"])])
    mismatch = bool(NEGATION.search(row["premise"])) != bool(NEGATION.search(row["hypothesis"]))
    right = {Relation.CONTRADICTS: row["label"] == "contradiction"}
    return Pair(row["id"], right, _features(scores, topic, opinion), scores[Relation.SUPPORTS], mismatch)


def outcome(loaded: Pipeline, model: NliModel, row: dict[str, Any]) -> Pair:
    """A promise and a report of several sentences: the one that speaks most against it counts."""
    scores, topic = judged(loaded, promises_of(loaded, row["commitment"]), row["report"])
    first = row["commitment"].split(". ")[0].rstrip(".")
    hypothesis = f"The government did {first[:1].lower()}{first[1:]}."
    sentences = [s for s in re.split(r"(?<=[.!?])\s+", row["report"]) if s]
    opinion = max(model.ask([(s, hypothesis) for s in sentences]), key=lambda o: o.contradiction)
    mismatch = bool(NEGATION.search(row["report"])) != bool(NEGATION.search(row["commitment"]))
    right = {kind: row["label"] == kind.value for kind in Relation}
    return Pair(row["id"], right, _features(scores, topic, opinion), scores[Relation.SUPPORTS], mismatch)


def _features(scores: dict[Relation, float], topic: float, opinion: nli.Opinion) -> dict[str, float]:
    return {
        "contradiction": calibration.log_odds(opinion.contradiction),
        "entailment": calibration.log_odds(opinion.entailment),
        "neutral": calibration.log_odds(opinion.neutral),
        "rules": scores[Relation.CONTRADICTS],
        "topic": topic,
        "actor": 1.0,
    }


def report(pairs: Sequence[Pair], kinds: Sequence[Relation]) -> None:
    """Print the figures of the half that nothing was tuned on."""
    tuned = [p for p in pairs if tuned_on(p.key)]
    held = [p for p in pairs if not tuned_on(p.key)]
    for kind in kinds:
        right = [p.right[kind] for p in held]
        print(f"  {kind.value}: {sum(right)} of {len(right)} in the half that is scored")
        line("always yes", right, [True] * len(right))
        if kind is Relation.SUPPORTS:
            line("rules alone, any", right, [p.support > 0 for p in held])
            line("rules alone, not contradicted", right, [_supported(p) for p in held])
            continue
        line("negation mismatch", right, [p.mismatch for p in held])
        alerts = [p.features["rules"] >= ALERT_THRESHOLDS["balanced"] for p in held]
        line("rules alone, at the alert threshold", right, alerts)
        given = {
            "rules alone": [p.features["rules"] for p in pairs],
            "rules and topic": _combined(tuned, pairs, ("rules", "topic")),
            "model alone": [p.features["contradiction"] for p in pairs],
            "rules and model": _combined(tuned, pairs, calibration.FEATURES),
        }
        for name, scores in given.items():
            mine = [s for s, p in zip(scores, pairs, strict=True) if tuned_on(p.key)]
            theirs = [s for s, p in zip(scores, pairs, strict=True) if not tuned_on(p.key)]
            at = best_threshold(mine, [p.right[kind] for p in tuned])
            line(f"{name}, best threshold", right, [s >= at for s in theirs], auc(theirs, right))


def line(name: str, right: Sequence[bool], found: Sequence[bool], area: float | None = None) -> None:
    """One line of the table."""
    precision, recall, f1 = scores_of(right, found)
    rng = random.Random(0)  # noqa: S311 - a bootstrap
    rows = list(zip(right, found, strict=True))
    drawn = (rng.choices(rows, k=len(rows)) for _ in range(RESAMPLES))
    resampled = sorted(scores_of((r for r, _ in one), (f for _, f in one))[2] for one in drawn)
    low, high = (resampled[int(RESAMPLES * q)] for q in (0.05, 0.95))
    rest = "" if area is None else f"  AUC {area:.3f}"
    print(f"    {name:36} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f} ({low:.2f} to {high:.2f}){rest}")


def _supported(pair: Pair) -> bool:
    return pair.support > max(pair.features["rules"], 0.0)


def _combined(tuned: Sequence[Pair], pairs: Sequence[Pair], used: Sequence[str]) -> list[float]:
    """Probabilities by a fit on the tuned half, of the features that are used."""
    rows = [{k: v if k in used else 0.0 for k, v in p.features.items()} for p in tuned]
    weights, intercept = calibration.fit(rows, [p.right[Relation.CONTRADICTS] for p in tuned])
    fitted = Calibration("", weights, intercept, None)
    return [fitted.probability(p.features) for p in pairs]


if __name__ == "__main__":
    main()
