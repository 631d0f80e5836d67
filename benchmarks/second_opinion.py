"""Both modes side by side, through the command line: without the NLI model, and with it.

    python -m benchmarks.second_opinion [NAME …]

For each data set the model is calibrated on the other sets that may be looked at, never on the set itself.
The model is the one that the tests load; the figures are those of evaluate.py, beside the project.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.quality import LABELS, ROOT, SHARED
from bot.analysis import calibrating, calibration, labelled, nli, pipeline
from tests import nli as tested

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.analysis.calibrating import Row

EVALUATE = SHARED / "evaluate.py"

SCENARIOS = {
    "dev": SHARED / "data" / "scenarios.dev.jsonl",
    "more": LABELS / "scenarios.more.jsonl",
    "seen": LABELS / "scenarios.seen.jsonl",
    "unseen": LABELS / "scenarios.unseen.jsonl",
}
"""What is scored."""

PAIRS = LABELS / "pairs.seen.jsonl"
"""Learnt from, besides."""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", default=list(SCENARIOS), help=", ".join(SCENARIOS))
    args = parser.parse_args()
    missing = [p for p in (EVALUATE, SCENARIOS["dev"]) if not p.exists()]
    if missing:
        print(f"second opinion: not measured ({missing[0]} is missing)")
        return
    rows, digest = learnt_from()
    with tempfile.TemporaryDirectory() as folder:
        for name in args.names:
            fitted = calibrating.fitted([r for key, own in rows.items() if key != name for r in own], digest)
            file = Path(folder) / f"{name}.json"
            calibration.save(fitted, file)
            print(f"{name}: calibrated on {', '.join(key for key in rows if key != name)}")
            for words in calibrating.figures(fitted):
                print(f"  {words}")
            show("without", evaluated(SCENARIOS[name], {}))
            show("with", evaluated(SCENARIOS[name], _environment(file)))


def learnt_from() -> tuple[dict[str, list[Row]], str]:
    """Labelled pairs in numbers by data set, and the model's digest. The unseen set is never among them."""
    loaded, model = pipeline.load(), nli.load(tested.choice())
    files = {name: labelled.read([file]) for name, file in SCENARIOS.items() if name != "unseen"}
    files["pairs"] = list(as_scenarios(PAIRS))
    return {name: calibrating.rows(loaded, model, rows) for name, rows in files.items()}, model.digest


def as_scenarios(file: Path) -> Iterable[labelled.Scenario]:
    """Labelled pairs of a promise and a report in the form of scenarios."""
    for line in file.read_text("utf-8").splitlines():
        row = json.loads(line)
        yield {
            "earlier": {"date": row["made"], "title": "", "text": row["earlier"]},
            "later": {"date": row["reported"], "title": row["report_title"], "text": row["report"]},
            "commitments": [{"doc": "earlier", "quote": row["quote"], "claim": 0}],
            "relations": [
                {"commitment": 0, "doc": "later", "quote": row["report_quote"], "label": row["label"]}
            ],
        }


def evaluated(file: Path, environment: dict[str, str]) -> dict[str, Any]:
    """What evaluate.py says on its last line."""
    done = subprocess.run(  # noqa: S603 - our own interpreter on a script beside the project
        [sys.executable, str(EVALUATE), str(file)],
        cwd=ROOT,
        env=os.environ | environment,
        text=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def _environment(fitted: Path) -> dict[str, str]:
    choice = tested.choice()
    return {
        "PLEDGEWATCH_NLI_MODEL": choice.model,
        "PLEDGEWATCH_NLI_LABELS": ",".join(choice.labels),
        "PLEDGEWATCH_NLI_CALIBRATION": str(fitted),
    }


def show(mode: str, found: dict[str, Any]) -> None:
    """Alerts with their 90 % intervals, and the time."""
    alerts = found["alerts"]
    print(
        f"  {mode:8} alerts P {alerts['p']:.3f} {alerts['p_90']}  R {alerts['r']:.3f} {alerts['r_90']}"
        f"  F1 {alerts['f1']:.3f}  ({alerts['tp']} of {alerts['predicted']} right, {alerts['gold']} due)"
        f"  {found['seconds']} s, {found['faults']} faults"
    )


if __name__ == "__main__":
    main()
