"""Bare pairs of sentences, without actors and dates, as the rules see them: every actor is the same.

The public sets hold pairs of which the rules could judge none as they stand: no actor binds itself. So what
a hypothesis says is held for a promise that it be so, and what a premise says for its report.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from bot.analysis import rules
from bot.models import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.analysis.pipeline import Pipeline
    from bot.models import Report

EVERYBODY = "everybody"
"""The one actor of all sentences."""

TEMPLATE = "Siemens promised to close its plant."
"""A promise whose frame has every field that rules look at; what it says is replaced."""

Frame = dict[str, Any]
Scores = dict[Relation, float]


def tuned_on(key: str) -> bool:
    """Whether a row belongs to the half that thresholds and weights are set on; by the hash of its id."""
    return hashlib.sha256(key.encode()).digest()[0] % 2 == 0


def claims_of(loaded: Pipeline, sentence: str) -> list[Frame]:
    """Each event of a sentence as the frame of a promise that it be so."""
    return [_claim(_template(loaded), event, r) for r in _reports(loaded, sentence) for event in r["events"]]


def promises_of(loaded: Pipeline, infinitive: str) -> list[Frame]:
    """The promises in "X promised to …"; of a text of several sentences the first."""
    first = infinitive.strip().split(". ")[0].rstrip(".")
    text = f"Siemens promised to {first[:1].lower()}{first[1:]}."
    return [{**c.frame, "own": 1, "lands": []} for c in loaded.analyse(text).commitments]


def judged(loaded: Pipeline, claims: Sequence[Frame], text: str) -> tuple[Scores, float]:
    """The rules' best score for each relation of a text to any of the claims, and the best topic."""
    scores: Scores = dict.fromkeys(Relation, 0.0)
    topic = 0.0
    for report in _reports(loaded, text):
        for claim in claims:
            context = rules.Context(claim, (EVERYBODY,), None, None, same_article=False)
            for found in rules.proposals(report, context):
                scores[found.relation] = max(scores[found.relation], found.score)
            about = (rules.topic(event, report, context) for event in report["events"])
            topic = max(topic, *about, 0.0)
    return scores, topic


def _reports(loaded: Pipeline, text: str) -> list[Frame]:
    return [_everybodys(report) for report in loaded.analyse(text).reports]


def _everybodys(report: Report) -> Frame:
    events = [event | {"a": [EVERYBODY], "by": "actor"} for event in report.frame["events"]]
    return {**report.frame, "events": events, "keys": [EVERYBODY], "doc": [EVERYBODY], "commits": []}


def _template(loaded: Pipeline) -> Frame:
    (found,) = loaded.analyse(TEMPLATE).commitments
    return {**found.frame, "own": 1, "lands": [], "obj": [], "dctx": [], "ctx": []}


def _claim(template: Frame, event: Frame, report: Frame) -> Frame:
    sign = -1 if event["neg"] else 1
    return template | {
        "p": event["p"],
        "s": event["s"],
        "v": [[event["v"], sign]],
        "t": event["t"] or report["t"],
        "np": event["np"],
        "val": event["val"],
        "n": event["n"],
        "refrain": event["neg"],
        "exists": event["p"] in ("be", "have"),
    }


def scores_of(right: Iterable[bool], found: Iterable[bool]) -> tuple[float, float, float]:
    """Precision, recall and F1."""
    pairs = list(zip(right, found, strict=True))
    hits, wanted = sum(r and f for r, f in pairs), sum(r for r, _ in pairs)
    given = sum(f for _, f in pairs)
    precision, recall = hits / given if given else 0.0, hits / wanted if wanted else 0.0
    return precision, recall, 2 * hits / (given + wanted) if given + wanted else 0.0


def best_threshold(scores: Sequence[float], right: Sequence[bool]) -> float:
    """The threshold with the best F1."""
    return max(
        sorted(set(scores)),
        key=lambda at: scores_of(right, [score >= at for score in scores])[2],
        default=1.0,
    )
