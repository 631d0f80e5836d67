"""`pledgewatch calibrate`: a calibration for one model from labelled scenarios, cross-validated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis import calibration, labelled, nli, pipeline
from bot.analysis.calibration import Calibration
from bot.analysis.second_opinion import opinions_on
from bot.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from bot.analysis.labelled import Labelled
    from bot.analysis.nli import NliModel
    from bot.analysis.nli_files import NliChoice
    from bot.analysis.pipeline import Pipeline

FEWEST = 10
"""Contradictions, and other pairs, below which nothing can be learnt."""

TARGET = 0.7
"""Share of right alerts that the model's own must reach, cross-validated. A choice, not a measurement:
less than the rules reach on the development scenarios (19 of 21), since these are the pairs that they cannot
judge."""

FEWEST_ALERTS = 5
"""Alerts on which that share must stand: three right ones of three are luck."""


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled pair in numbers."""

    features: dict[str, float]
    pair: Labelled


def calibrate(
    files: Sequence[Path],
    out: Path,
    *,
    choice: NliChoice,
    spacy_model: str | None,
    say: Callable[[str], None],
) -> Calibration:
    """Make the calibration and write it to `out`; figures go to `say`. Raises InputError or ModelError."""
    scenarios = labelled.read(files)
    model = nli.load(choice)
    say(f"{len(scenarios)} scenarios; model {model.digest[:12]}")
    found = fitted(rows(pipeline.load(spacy_model), model, scenarios), model.digest)
    calibration.save(found, out)
    for line in figures(found):
        say(line)
    say(f"Written to {out}; set PLEDGEWATCH_NLI_CALIBRATION to it.")
    return found


def rows(loaded: Pipeline, model: NliModel, scenarios: Sequence[labelled.Scenario]) -> list[Row]:
    """Every pair that the model would be asked about, with its answer."""
    pairs = [pair for scenario in scenarios for pair in labelled.pairs(loaded, scenario)]
    opinions = opinions_on(model, [pair.candidate for pair in pairs])
    return [
        Row(calibration.features(pair.candidate, opinion), pair)
        for pair, opinion in zip(pairs, opinions, strict=True)
    ]


def fitted(given: Sequence[Row], digest: str) -> Calibration:
    """The calibration on all rows, with the figures of those left out in turn. Raises InputError."""
    right = [row.pair.contradicts for row in given]
    if min(sum(right), len(right) - sum(right)) < FEWEST:
        raise InputError(
            f"There are {sum(right)} contradictions and {len(right) - sum(right)} other pairs that the rules "
            f"could not settle; a calibration needs {FEWEST} of each."
        )
    left_out = cross_validated(given)
    at, alerts, hits = alert_at(given, left_out)
    weights, intercept = calibration.fit([row.features for row in given], right)
    measured = {
        "pairs": float(len(right)),
        "contradictions": float(sum(right)),
        "auc": round(auc(left_out, right), 3),
        "auc_of_the_model_alone": round(auc([r.features["contradiction"] for r in given], right), 3),
        "alerts": float(alerts),
        "right_alerts": float(hits),
    }
    return Calibration(digest, weights, intercept, at, measured)


def cross_validated(given: Sequence[Row]) -> list[float]:
    """For each row its probability by a fit on the other stories."""
    chances = [0.0] * len(given)
    for story in {row.pair.story for row in given}:
        others = [row for row in given if row.pair.story != story]
        weights, intercept = calibration.fit(
            [r.features for r in others], [r.pair.contradicts for r in others]
        )
        one = Calibration("", weights, intercept, None)
        for at, row in enumerate(given):
            if row.pair.story == story:
                chances[at] = one.probability(row.features)
    return chances


def alert_at(given: Sequence[Row], chances: Sequence[float]) -> tuple[float | None, int, int]:
    """The lowest probability from which enough of the model's own alerts are right, how many these are,
    and how many of them are right. Alerts that the rules raise anyway do not count."""
    best: dict[tuple[str, str, str], tuple[float, bool]] = {}
    for row, chance in zip(given, chances, strict=True):
        if not row.pair.raised:
            one = (chance, row.pair.contradicts)
            best[row.pair.alert] = max(best.get(row.pair.alert, one), one)
    ranked = sorted(best.values(), reverse=True)
    found: tuple[float | None, int, int] = (None, 0, 0)
    hits = 0
    for count, (chance, right) in enumerate(ranked, 1):
        hits += right
        if count >= FEWEST_ALERTS and hits / count >= TARGET:
            found = (chance, count, hits)
    return found


def auc(scores: Sequence[float], right: Sequence[bool]) -> float:
    """How often a contradiction scores above another pair; ties count half."""
    above = [s for s, r in zip(scores, right, strict=True) if r]
    below = [s for s, r in zip(scores, right, strict=True) if not r]
    wins = sum((a > b) + (a == b) / 2 for a in above for b in below)
    return wins / (len(above) * len(below))


def figures(found: Calibration) -> list[str]:
    """The cross-validated figures in words."""
    m = found.measured
    lines = [
        f"{m['pairs']:.0f} pairs that the rules could not settle, {m['contradictions']:.0f} contradictions",
        f"area under the curve, each story left out in turn: {m['auc']:.3f} "
        f"(the model alone {m['auc_of_the_model_alone']:.3f})",
    ]
    if found.alert_at is None:
        return [
            *lines,
            f"No probability gives alerts of which {TARGET:.0%} are right: the model raises none.",
        ]
    share = m["right_alerts"] / m["alerts"]
    said = f"{m['right_alerts']:.0f} of {m['alerts']:.0f} right ({share:.0%})"
    return [*lines, f"alerts beyond those of the rules, from probability {found.alert_at:.2f}: {said}"]
