"""From a model's opinion and the rules' scores to one score: logistic regression, fitted to one model.

The score is on the scale of the rules', so that the same thresholds make alerts of both: the probability from
which the calibration found its alerts right often enough (`alert_at`) becomes the balanced threshold.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from bot.analysis.contradiction import ALERT_THRESHOLDS
from bot.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bot.analysis.candidates import Candidate
    from bot.analysis.nli import Opinion

FEATURES = ("contradiction", "entailment", "neutral", "rules", "topic", "actor")
"""What the probability depends on; the first three are log-odds of the model's shares."""

CERTAIN = 0.002
"""Share below which a model's certainty is not believed: log-odds stay between -6.2 and 6.2."""

PENALTY = 5.0
"""L2 penalty on the weights of standardised features. Swept from 1 to 60 on the labelled sets with some 60
contradictions: below 20 the area under the curve hardly moves, above it falls."""

STEPS = 40
"""Newton steps; it converges in about eight."""

TOP = 0.95
"""Highest score that is given: a model's opinion is never as good as a rule that is sure."""

VERSION = 1


@dataclass(frozen=True, slots=True)
class Calibration:
    """The fitted combination for one model."""

    digest: str
    """SHA-256 of the model file that it belongs to."""
    weights: dict[str, float]
    intercept: float
    alert_at: float | None
    """Probability from which a contradiction is an alert at the balanced threshold; None: none was sure
    enough when it was fitted, and no alert comes of the model."""
    measured: dict[str, float] = field(default_factory=dict)
    """The cross-validated figures, for people."""

    def probability(self, features: Mapping[str, float]) -> float:
        """How likely the report contradicts the claim."""
        total = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(min(total, 30.0), -30.0)))

    def score(self, features: Mapping[str, float]) -> float:
        """The same on the scale of the rules: `alert_at` is the balanced threshold, between it is linear."""
        chance, threshold = self.probability(features), ALERT_THRESHOLDS["balanced"]
        if self.alert_at is None:
            # Below every threshold, whatever the guild has set.
            return chance * min(ALERT_THRESHOLDS.values()) * 0.99
        if chance < self.alert_at:
            return threshold * chance / self.alert_at
        return threshold + (TOP - threshold) * (chance - self.alert_at) / max(1 - self.alert_at, 1e-9)


def features(candidate: Candidate, opinion: Opinion) -> dict[str, float]:
    """What is known of a pair."""
    return {
        "contradiction": log_odds(opinion.contradiction),
        "entailment": log_odds(opinion.entailment),
        "neutral": log_odds(opinion.neutral),
        "rules": candidate.rules,
        "topic": candidate.topic,
        "actor": candidate.actor,
    }


def fit(rows: Sequence[Mapping[str, float]], right: Sequence[bool]) -> tuple[dict[str, float], float]:
    """Weights and intercept of the regression; features that never vary are left out."""
    import numpy as np

    table = np.array([[row[name] for name in FEATURES] for row in rows], dtype=float)
    middle, spread = table.mean(axis=0), table.std(axis=0)
    used = spread > 1e-9
    scaled = np.hstack([(table[:, used] - middle[used]) / spread[used], np.ones((len(rows), 1))])
    wanted = np.array(right, dtype=float)
    # The intercept is not held back: it says how many contradictions there are.
    penalty = np.diag([PENALTY] * int(used.sum()) + [1e-6])
    found = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(scaled @ found, -30, 30)))
        slope = scaled.T @ (chance - wanted) + penalty @ found
        curve = scaled.T @ (scaled * (chance * (1 - chance))[:, None]) + penalty
        step = np.linalg.solve(curve, slope)
        found -= step
        if np.abs(step).max() < 1e-8:
            break
    weights = found[:-1] / spread[used]
    names = [name for name, varies in zip(FEATURES, used, strict=True) if varies]
    intercept = float(found[-1] - weights @ middle[used])
    return dict(zip(names, map(float, weights), strict=True)), intercept


def save(calibration: Calibration, file: Path) -> None:
    """Write it as JSON. Raises ModelError."""
    text = json.dumps({"version": VERSION, **asdict(calibration)}, indent=2, sort_keys=True) + "\n"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    except OSError as error:
        raise ModelError(f"The calibration cannot be written: {error}") from error


def load(file: Path, digest: str) -> Calibration:
    """Read the calibration of the model with this digest. Raises ModelError, also where it is another's."""
    try:
        found = json.loads(file.read_text("utf-8"))
        calibration = _checked(found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(f"The calibration {file} cannot be used: {error}") from error
    if calibration.digest != digest:
        raise ModelError(
            f"The calibration {file} belongs to model {calibration.digest[:12]}, not to {digest[:12]}: "
            "make one for this model with `pledgewatch calibrate`."
        )
    return calibration


def _checked(found: dict[str, Any]) -> Calibration:
    if found["version"] != VERSION:
        raise ValueError(f"it is of version {found['version']}, not {VERSION}")
    weights = {str(name): float(weight) for name, weight in found["weights"].items()}
    if unknown := set(weights) - set(FEATURES):
        raise ValueError(f"it weighs what is not known here: {', '.join(sorted(unknown))}")
    at = found["alert_at"]
    numbers = [*weights.values(), float(found["intercept"]), 0.5 if at is None else float(at)]
    if not all(map(math.isfinite, numbers)) or not 0 < numbers[-1] < 1:
        raise ValueError("its numbers are out of range")
    at = None if at is None else float(at)
    return Calibration(str(found["digest"]), weights, float(found["intercept"]), at, dict(found["measured"]))


def log_odds(share: float) -> float:
    """The log-odds of a share, within what is believed."""
    kept = min(max(share, CERTAIN), 1 - CERTAIN)
    return math.log(kept / (1 - kept))
