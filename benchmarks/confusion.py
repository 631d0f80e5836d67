"""Where the judgement fails, and why: every miss and false alert on data that may be looked at, by cause.

    python -m benchmarks.confusion [--out FILE]

`make quality` writes it to build/, which is not part of the project: it quotes data that is not ours. A cause
is told by the stage at which the right answer was lost, so a miss has one; what the stages cannot tell (world
knowledge) shows as the last of them.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality import LABELS, ROOT, SHARED
from bot.analysis import labelled, names, pipeline, rules
from bot.analysis.contradiction import ALERT_THRESHOLDS, contexts, judge
from bot.analysis.labelled import PARTS, same_passage
from bot.models import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.analysis.labelled import Scenario
    from bot.analysis.pipeline import Pipeline
    from bot.models import Analysis, Claim, Finding, Report

OUT = ROOT / "build" / "confusion.md"

DATA = (
    SHARED / "data" / "scenarios.dev.jsonl",
    LABELS / "scenarios.seen.jsonl",
    LABELS / "scenarios.more.jsonl",
)
"""Never the unseen set: nobody looks at its single errors."""

SURE_ACTOR = 0.6
"""How surely a report must be of the claim's actor, or it was lost there."""

NEAR = 0.3
"""Topic that a report must have, or it was lost there: the least that any rule asks."""

PRONOUNS = frozenset({"he", "she", "it", "they", "we", "its", "their", "his", "her", "who", "which"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One miss or one wrong answer."""

    kind: str
    cause: str
    scenario: str
    words: str


@dataclass(frozen=True, slots=True)
class Case:
    """A scenario with what was found in it."""

    row: Scenario
    analyses: dict[str, Analysis]
    claims: list[Claim]
    gold: dict[str, int]
    alerts: dict[str, list[Finding]]
    """By part, one a claim."""


def main() -> None:
    """Write the report and print its counts."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=OUT)
    write(parser.parse_args().out)


def write(out: Path = OUT) -> None:
    """Analyse every data set that is there; write the report, print its counts."""
    loaded = pipeline.load()
    lines = ["# Misses and wrong answers, by cause", ""]
    for file in DATA:
        if not file.exists():
            print(f"confusion, {file.name}: not measured ({file} is missing)")
            continue
        found = [fault for row in labelled.read([file]) for fault in faults(case(loaded, row))]
        counts = Counter((fault.kind, fault.cause) for fault in found)
        print(f"confusion, {file.name}: {len(found)} faults")
        for (kind, cause), number in counts.most_common():
            print(f"  {number:3} {kind}: {cause}")
        lines += section(file.name, found, counts)
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text("\n".join(lines) + "\n", "utf-8")
    print(f"confusion: each of them in {out}")


def section(name: str, found: Sequence[Fault], counts: Counter[tuple[str, str]]) -> list[str]:
    """One data set, the commonest cause first."""
    lines = [f"## {name}", ""]
    by_cause: dict[tuple[str, str], list[Fault]] = defaultdict(list)
    for fault in found:
        by_cause[fault.kind, fault.cause].append(fault)
    for (kind, cause), number in counts.most_common():
        lines += [f"### {kind}: {cause} ({number})", ""]
        lines += [f"- {fault.scenario}: {fault.words}" for fault in by_cause[kind, cause]] + [""]
    return lines


def case(loaded: Pipeline, row: Scenario) -> Case:
    """Read both texts as the product does, and take the best alert of each claim and text."""
    analyses = {part: labelled.analysed(loaded, row[part]) for part in PARTS}
    claims, gold = labelled.claims_in(row, analyses)
    alerts: dict[str, list[Finding]] = {}
    for part in PARTS:
        best: dict[str, Finding] = {}
        day = labelled.day_of(row[part])
        for finding in judge(analyses[part].reports, claims, published=day, article_id=part):
            if finding.relation is Relation.CONTRADICTS and finding.score >= ALERT_THRESHOLDS["balanced"]:
                best.setdefault(finding.claim_id, finding)
        alerts[part] = list(best.values())
    return Case(row, analyses, claims, gold, alerts)


def faults(one: Case) -> Iterator[Fault]:
    """Everything that went wrong in a scenario."""
    yield from _extraction(one)
    yield from _missed_alerts(one)
    yield from _false_alerts(one)


def _extraction(one: Case) -> Iterator[Fault]:
    for part in PARTS:
        gold = [c for c in one.row["commitments"] if c["doc"] == part]
        found = one.analyses[part].commitments
        for label in gold:
            mine = [c for c in found if same_passage(c.quote, label["quote"])]
            words = f"{label['actor']}: “{label['quote']}”"
            if not mine and not label.get("arguable"):
                yield Fault("commitment", "not extracted", one.row["id"], words)
            elif mine and not _named(mine[0].actor, label):
                yield Fault("commitment", "wrong actor", one.row["id"], f"{mine[0].actor!r} for {words}")
            elif mine and mine[0].polarity != label["polarity"]:
                yield Fault("commitment", "wrong polarity", one.row["id"], words)
        for c in found:
            if not any(same_passage(c.quote, label["quote"]) for label in gold):
                yield Fault("commitment", "is none", one.row["id"], f"{c.actor}: “{c.quote}”")


def _missed_alerts(one: Case) -> Iterator[Fault]:
    for (claim, part), rows in _wanted(one.row).items():
        quotes = [row["quote"] for row in rows]
        raised = [f for f in one.alerts[part] if one.gold.get(f.claim_id) == claim]
        if any(same_passage(f.report.quote, quote) for f in raised for quote in quotes):
            continue
        label = one.row["commitments"][claim]
        words = f"{label['actor']} {label['polarity']} “{label['content']}” ↔ “{quotes[0]}”"
        yield Fault("missed alert", _why_missed(one, claim, part, quotes), one.row["id"], words)


def _wanted(row: Scenario) -> dict[tuple[int, str], list[dict[str, Any]]]:
    found: dict[tuple[int, str], list[dict[str, Any]]] = defaultdict(list)
    for relation in row["relations"]:
        if relation["label"] == "contradicts":
            found[row["commitments"][relation["commitment"]]["claim"], relation["doc"]].append(relation)
    return found


def _why_missed(one: Case, gold: int, part: str, quotes: Sequence[str]) -> str:
    """The stage at which the alert was lost; of several sentences that of the one that got furthest."""
    claims = [c for c in one.claims if one.gold.get(c.id) == gold]
    if not claims:
        return "claim not extracted"
    if not any(_named(c.actor, one.row["commitments"][gold]) for c in claims):
        return "claim has the wrong actor"
    reports = [r for r in one.analyses[part].reports if any(same_passage(r.quote, q) for q in quotes)]
    if not reports:
        return "report not read as an event"
    stages = [_stage(report, claim, one, part) for report in reports for claim in claims]
    return max(stages, key=STAGES.index)


STAGES = (
    "time or place in the article",
    "coreference: a pronoun or nobody is named",
    "alias: the actor is named otherwise",
    "topic not matched",
    "modality: not read as asserted",
    "verb pair unknown, or world knowledge",
    "relation wrong: read as support",
    "score under the threshold",
    "another sentence was taken",
)
"""Where a pair is lost, from the first gate to the last."""


def _stage(report: Report, claim: Claim, one: Case, part: str) -> str:
    day = labelled.day_of(one.row[part])
    held = list(contexts(report, claim, day, part))
    if not held:
        return STAGES[0]
    events = [(event, context) for _, context in held for event in report.frame["events"]]
    sure = [(e, c) for e, c in events if rules.actor_match(e, report.frame, c) >= SURE_ACTOR]
    if not sure:
        tokens = set(names.plain(report.quote).split())
        return STAGES[1] if tokens & PRONOUNS or not report.frame["keys"] else STAGES[2]
    near = [(e, c) for e, c in sure if rules.topic(e, report.frame, c) >= NEAR]
    if not near:
        return STAGES[3]
    proposed = [p for _, context in held for p in rules.proposals(report.frame, context)]
    against = max((p.score for p in proposed if p.relation is Relation.CONTRADICTS), default=0.0)
    if against >= ALERT_THRESHOLDS["balanced"]:
        return STAGES[8]
    if against:
        return STAGES[7]
    if any(p.relation is Relation.SUPPORTS for p in proposed):
        return STAGES[6]
    return STAGES[5] if any(e["mood"] == "asserted" for e, _ in near) else STAGES[4]


def _false_alerts(one: Case) -> Iterator[Fault]:
    wanted = _wanted(one.row)
    claim_of = {c.id: c for c in one.claims}
    for part in PARTS:
        for finding in one.alerts[part]:
            gold, quote = one.gold.get(finding.claim_id), finding.report.quote
            said = [r for r in one.row["relations"] if r["doc"] == part and same_passage(quote, r["quote"])]
            mine = [r for r in said if one.row["commitments"][r["commitment"]]["claim"] == gold]
            if any(r["label"] in ("contradicts", "arguable") for r in mine):
                continue
            claim = claim_of[finding.claim_id]
            words = f"{claim.actor} {claim.polarity} “{claim.content}” ↔ “{quote}” ({finding.rule})"
            if gold is None:
                cause = "the claim is no commitment"
            elif mine:
                cause = f"the report is {mine[0]['label']} ({mine[0].get('type') or 'no type'})"
            elif any(r["label"] == "contradicts" for r in said):
                cause = "wrong claim: it contradicts another"
            elif (gold, part) in wanted:
                cause = "wrong sentence of a text that contradicts it"
            else:
                cause = "the sentence bears on no claim"
            yield Fault("false alert", cause, one.row["id"], words)


def _named(found: str, label: dict[str, Any]) -> bool:
    """Whether an actor is one under whose names the commitment is rightly filed."""
    mine = set(names.plain(found).split())
    wanted = [set(names.plain(name).split()) for name in label.get("actor_names") or [label["actor"]]]
    return any(mine and (mine <= other or other <= mine) for other in wanted if other)


if __name__ == "__main__":
    main()
