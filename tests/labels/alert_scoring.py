"""Scores alerts against labels: whether what is reported to contradict does, and how much of it is found.

An alert is a claim and a text: of all findings against a claim in a text the surest contradiction, from the
balanced threshold on. It is right where the claim tells a labelled commitment, the text is labelled as
contradicting that commitment, and the report is the passage that does. In the scenarios an alert on an
arguable passage counts neither way. Support is scored on the pairs alone.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.analysis.contradiction import judge
from bot.models import Relation
from tests.analysis.judging import alerts, filed
from tests.labels.scoring import matched, same_passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.analysis.pipeline import Pipeline
    from bot.models import Claim, Finding

Row = dict[str, Any]
"""A line of a file of labels."""

PARTS = ("earlier", "later")
"""The texts of a scenario, in order of publishing."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many were wanted, how many were told, how many of these were right."""

    wanted: int = 0
    told: int = 0
    right: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.wanted + other.wanted, self.told + other.told, self.right + other.right)

    def figures(self, name: str) -> dict[str, float]:
        """Precision and recall, 0 to 1, under names that begin with `name`."""
        return {
            f"{name}_precision": self.right / self.told if self.told else 0.0,
            f"{name}_recall": self.right / self.wanted if self.wanted else 0.0,
        }


def score_pairs(pipeline: Pipeline, rows: Iterable[Row]) -> dict[str, Count]:
    """Alerts (`contradicts`) and support (`supports`) on a file of pairs."""
    totals = {"contradicts": Count(), "supports": Count()}
    for row in rows:
        found = _against(pipeline, row)
        told = {
            "contradicts": bool(alerts(found)),
            "supports": any(f.relation is Relation.SUPPORTS for f in found) and not alerts(found),
        }
        for label, is_told in told.items():
            wanted = row["label"] == label
            totals[label] += Count(wanted, is_told, wanted and is_told)
    return totals


def _against(pipeline: Pipeline, row: Row) -> list[Finding]:
    """What the later passage of a pair says of the labelled promise."""
    made, reported = date.fromisoformat(row["made"]), date.fromisoformat(row["reported"])
    claims = filed(pipeline.analyse(row["earlier"], published=made), made=made)
    meant = [c for c in claims if any(same_passage(row["quote"], t.commitment.quote) for t in c.tellings)]
    later = pipeline.analyse(row["report"], title=row["report_title"], published=reported)
    return judge(later.reports, meant, published=reported, article_id="later")


def score_scenarios(pipeline: Pipeline, rows: Iterable[Row]) -> dict[str, Count]:
    """Alerts (`contradicts`) on a file of scenarios."""
    return {"contradicts": sum((_of_scenario(pipeline, row) for row in rows), Count())}


def _of_scenario(pipeline: Pipeline, row: Row) -> Count:
    labels = row["commitments"]
    wanted, arguable = (_passages(row, label) for label in ("contradicts", "arguable"))
    claims: list[Claim] = []
    meant: dict[str, set[int]] = defaultdict(set)
    hit: set[tuple[int, str]] = set()
    told = 0
    for part in PARTS:
        day = date.fromisoformat(row[part]["date"])
        analysis = pipeline.analyse(row[part]["text"], title=row[part]["title"], published=day)
        claims = filed(analysis, claims, article=part, made=day)
        for claim_id, numbers in _told_by(claims, [c for c in labels if c["doc"] == part], part).items():
            meant[claim_id] |= numbers
        for quote, claim_id in _raised(judge(analysis.reports, claims, published=day, article_id=part)):
            # A claim that mixes several undertakings speaks for its first; one that tells none for nothing.
            key = (min(meant[claim_id], default=-1), part)
            if key in wanted and any(same_passage(quote, other) for other in wanted[key]):
                told += key not in hit  # the same undertaking under two claims is told once
                hit.add(key)
            elif key not in arguable or not any(same_passage(quote, other) for other in arguable[key]):
                told += 1
    return Count(len(wanted), told, len(hit))


def _passages(row: Row, label: str) -> dict[tuple[int, str], list[str]]:
    """Claim and text → the passages of the text that are labelled so."""
    found: dict[tuple[int, str], list[str]] = {}
    for relation in row["relations"]:
        if relation["label"] == label:
            claim = row["commitments"][relation["commitment"]]["claim"]
            found.setdefault((claim, relation["doc"]), []).append(relation["quote"])
    return found


def _told_by(claims: Sequence[Claim], labels: Sequence[Mapping[str, Any]], part: str) -> dict[str, set[int]]:
    """Claim → the labelled claims that its tellings in a text tell."""
    tellings = [(c.id, t.commitment.quote) for c in claims for t in c.tellings if t.article_id == part]
    found: dict[str, set[int]] = defaultdict(set)
    for label, telling in matched([row["quote"] for row in labels], [quote for _, quote in tellings]):
        found[tellings[telling][0]].add(labels[label]["claim"])
    return found


def _raised(found: Sequence[Finding]) -> list[tuple[str, str]]:
    """The alerts of a text, the surest of each claim: (quote of the report, claim), the surest first."""
    first: dict[str, Finding] = {}
    for finding in alerts(found):
        first.setdefault(finding.claim_id, finding)
    return [(finding.report.quote, claim_id) for claim_id, finding in first.items()]
