"""Public sentences labelled by others: does a sentence hold a commitment? Measured in this process."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from bot.analysis import pipeline

if TYPE_CHECKING:
    from pathlib import Path


KINDS = ((True, True), (False, True), (True, False))
"""(wanted, found) of what is right, wrong and missed."""


def commitments(data: Path, *, errors: bool) -> dict[str, float]:
    """Precision, recall and F1 of "some commitment was found", by source on standard output."""
    loaded = pipeline.load()
    tally: Counter[tuple[str, bool, bool]] = Counter()
    for line in data.read_text("utf-8").splitlines():
        row = json.loads(line)
        found, wanted = bool(loaded.analyse(row["text"]).commitments), bool(row["label"])
        tally[row["source"], wanted, found] += 1
        if errors and found != wanted:
            print(f"{'WRONG' if found else 'MISSED'} {row['source']}: {row['text']}")
    for source in sorted({source for source, _, _ in tally}):
        print(f"{source}: {_scores(*(tally[source, *kind] for kind in KINDS))}")
    return _scores(
        *(sum(n for (_, *kind_of), n in tally.items() if tuple(kind_of) == kind) for kind in KINDS)
    )


def _scores(right: int, wrong: int, missed: int) -> dict[str, float]:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * right / (2 * right + wrong + missed) if right else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
