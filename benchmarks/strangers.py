"""False alarms between strangers: promises of one story held against the articles of other ones.

    python -m benchmarks.strangers

They are held as if one actor had made them and acted. No report of another story breaks a promise, so every
alert is false, and nobody has to label anything. It is what a server meets whose record holds hundreds of
promises of a state: each article on it is held against all.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.quality import LABELS, SHARED
from bot.analysis import labelled, pipeline
from bot.analysis.contradiction import ALERT_THRESHOLDS, judge
from bot.models import Claim, Commitment, Relation, Status, Telling

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bot.analysis.pipeline import Pipeline
    from bot.models import Report

SEEN = tuple(LABELS / f"scenarios.{name}.jsonl" for name in ("seen", "more", "also"))
"""Never the unseen ones: false alarms are looked at one by one."""
TRIES = 60
"""Promises that each article is held against."""
LONG_AGO, TODAY = date(2000, 1, 1), date(2025, 1, 1)
SEED = 0


@dataclass(frozen=True, slots=True)
class Strangers:
    """What came of it."""

    tries: int
    alarms: tuple[tuple[str, str, str], ...]
    """Rule, promise, sentence."""

    @property
    def share(self) -> float:
        """False alarms a try, 0 to 1."""
        return len(self.alarms) / self.tries if self.tries else 0.0


@dataclass(frozen=True, slots=True)
class _Text:
    story: str
    reports: tuple[Report, ...]
    actor: str
    """The key of whoever acts most in it."""


def main() -> None:
    """Measure and print."""
    development = SHARED / "data" / "scenarios.dev.jsonl"
    files = [file for file in (development, *SEEN) if file.exists()]
    found = measure(pipeline.load(), files)
    rules = Counter(rule for rule, _, _ in found.alarms)
    for rule, promise, sentence in found.alarms:
        print(f"  {rule:10} {promise[:70]} | {sentence[:120]}")
    print(f"{len(found.alarms)} false alarms in {found.tries} tries ({found.share:.2%}): {dict(rules)}")


def measure(loaded: Pipeline, files: Sequence[Path], *, tries: int = TRIES) -> Strangers:
    """Hold every text against promises of other stories, drawn with a fixed seed."""
    texts, promises = _read(loaded, files)
    draw = random.Random(SEED)  # noqa: S311 - a sample, no secret
    count, alarms = 0, []
    for text in texts:
        for story, promise in draw.sample(promises, min(tries, len(promises))):
            if story != text.story:
                count += 1
                alarms += _alarm(promise, text)
    return Strangers(count, tuple(alarms))


def _read(loaded: Pipeline, files: Sequence[Path]) -> tuple[list[_Text], list[tuple[str, Commitment]]]:
    texts, promises = [], []
    for scenario in labelled.read(files):
        story = str(scenario["id"])
        for part in labelled.PARTS:
            analysis = labelled.analysed(loaded, scenario[part])
            acting = Counter(k for r in analysis.reports for e in r.frame["events"] for k in e["a"])
            promises += [(story, commitment) for commitment in analysis.commitments]
            if acting:
                texts.append(_Text(story, analysis.reports, min(acting, key=lambda k: (-acting[k], k))))
    return texts, promises


def _alarm(promise: Commitment, text: _Text) -> list[tuple[str, str, str]]:
    """The surest alert on the promise as if the text's actor had made it, with no day that could be past."""
    frame = {**promise.frame, "own": 1, "due": None, "begins": None}
    made = replace(promise, actor_keys=(text.actor,), frame=frame)
    telling = Telling("t", "elsewhere", LONG_AGO, made)
    claim = Claim(
        "c",
        "g",
        promise.actor,
        (text.actor,),
        promise.content,
        promise.polarity,
        Status.NOT_RATED,
        (telling,),
    )
    found = judge(text.reports, [claim], published=TODAY, article_id="here")
    alarms = [
        f for f in found if f.relation is Relation.CONTRADICTS and f.score >= ALERT_THRESHOLDS["balanced"]
    ]
    return [(f.rule, promise.content, f.report.quote) for f in alarms[:1]]


if __name__ == "__main__":
    main()
