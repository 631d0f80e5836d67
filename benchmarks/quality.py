"""`make quality`: extraction, alerts and page reading against the floors, through the command line.

    python -m benchmarks.quality [--raise] [--errors]

The data in `../shared` is for measuring only and is not part of the project; where it is missing, "not
measured" is said, and under CI that is a failure. A floor belongs to one data set by its digest: `--raise`
sets it, and only ever raises it while the data stays the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from benchmarks import public

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"
LABELS = ROOT / "tests" / "labels"
ENOUGH = 10
"""Alerts from which their precision on one data set is held to a floor."""
FLOORS = ROOT / "benchmarks" / "floors.toml"

IN_CI = os.environ.get("CI") == "true"

SLACK = 0.0005
"""Figures are printed with three digits: a floor is not missed by rounding."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One data set and how it is measured."""

    name: str
    data: Path
    tool: Path | None
    """The script that measures it from outside; None: `benchmarks.public` does, in this process."""
    unseen: bool = False
    """Whether nobody may look at single errors: only figures are reported."""


MEASURES = (
    Measure("scenarios-dev", SHARED / "data" / "scenarios.dev.jsonl", SHARED / "evaluate.py"),
    Measure("scenarios-seen", LABELS / "scenarios.seen.jsonl", SHARED / "evaluate.py"),
    Measure("scenarios-unseen", LABELS / "scenarios.unseen.jsonl", SHARED / "evaluate.py", unseen=True),
    Measure("commitments-public", SHARED / "data" / "public" / "commitment.dev.jsonl", None),
    Measure("pages", SHARED / "data" / "pages", SHARED / "score_pages.py"),
)


def main() -> int:
    """Measure everything; 0 where no floor was missed and, under CI, everything was measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--raise", dest="lift", action="store_true", help="raise the floors to what was measured"
    )
    parser.add_argument("--errors", action="store_true", help="print each miss and each false alarm")
    args = parser.parse_args()
    floors = tomllib.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    failures: list[str] = []
    for measure in MEASURES:
        missing = [p for p in (measure.data, measure.tool) if p and not p.exists()]
        if missing:
            print(f"{measure.name}: not measured ({missing[0]} is missing)")
            failures += [f"{measure.name} was not measured"] if IN_CI else []
            continue
        figures = measured(measure, errors=args.errors)
        digest = digest_of(measure)
        missed = below(measure.name, figures, floors.get(measure.name, {}), digest)
        show(measure.name, figures, floors.get(measure.name, {}), digest)
        failures += missed
        if args.lift and not missed:
            floors[measure.name] = raised(floors.get(measure.name, {}), figures, digest)
    # Imported here: it takes its paths from this module.
    from benchmarks import confusion

    confusion.write()
    if args.lift:
        FLOORS.write_text(as_toml(floors), "utf-8")
    for failure in failures:
        print(f"FAILED {failure}")
    return 1 if failures else 0


def measured(measure: Measure, *, errors: bool) -> dict[str, float]:
    """The figures of one data set; higher is better for each."""
    if measure.tool is None:
        return public.commitments(measure.data, errors=errors)
    scenarios = measure.tool.name == "evaluate.py"
    command = [sys.executable, str(measure.tool), str(measure.data)]
    if errors and scenarios and not measure.unseen:
        command.append("--errors")
    done = subprocess.run(  # noqa: S603 - our own interpreter on a script beside the project
        command, cwd=ROOT, text=True, capture_output=True, stdin=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SystemExit(f"{measure.name}: {measure.tool.name} failed: {done.stderr.strip()[-500:]}")
    lines = done.stdout.strip().splitlines()
    print("\n".join(lines[:-1] if scenarios else lines))
    return scenario_figures(lines[-1]) if scenarios else page_figures(lines[-1])


def scenario_figures(line: str) -> dict[str, float]:
    """From evaluate.py's last line."""
    found = json.loads(line)
    # Of a handful of alerts one more moves precision by a tenth and more: then it is shown, and held by the
    # tests over all labels together.
    held = found["alerts"]["predicted"] >= ENOUGH
    return {
        "extraction_precision": found["extraction"]["p"],
        "extraction_recall": found["extraction"]["r"],
        "actor_accuracy": found["actor_accuracy"],
        "polarity_accuracy": found["polarity_accuracy"],
        **({"alert_precision": found["alerts"]["p"]} if held else {}),
        "alert_recall": found["alerts"]["r"],
        "without_fault": 0.0 if found["faults"] else 1.0,
    }


def page_figures(line: str) -> dict[str, float]:
    """From score_pages.py's last line; snippets, titles and failures as shares that are right."""
    pattern = r"token F1 ([\d.]+) over (\d+), snippets (\d+)/(\d+), without title (\d+), failed (\d+)"
    found = re.search(pattern, line)
    if found is None:
        raise SystemExit(f"score_pages.py printed no figures: {line}")
    f1, _, right, wanted, untitled, failed = (float(x) for x in found.groups())
    snippets = right / wanted if wanted else 1.0
    return {
        "token_f1": f1,
        "snippets": round(snippets, 3),
        "all_titled": float(not untitled),
        "none_failed": float(not failed),
    }


def digest_of(measure: Measure) -> str:
    """SHA-256 over the names and bytes of the data, shortened."""
    files = [measure.data] if measure.data.is_file() else sorted(measure.data.iterdir())
    total = hashlib.sha256()
    for file in files:
        total.update(file.name.encode() + b"\0" + file.read_bytes())
    return total.hexdigest()[:16]


def below(name: str, figures: dict[str, float], floor: dict[str, float | str], digest: str) -> list[str]:
    """What fell below its floor."""
    if not floor:
        return [f"{name}: there is no floor yet; set it with --raise"] if IN_CI else []
    if floor["digest"] != digest:
        return [
            f"{name}: the data changed ({floor['digest']} is now {digest}); measure and set its floors anew"
        ]
    return [
        f"{name}: {key} is {figures.get(key, 0.0):.3f}, its floor {least:.3f}"
        for key, least in floor.items()
        if isinstance(least, float) and figures.get(key, 0.0) < least - SLACK
    ]


def raised(floor: dict[str, float | str], figures: dict[str, float], digest: str) -> dict[str, float | str]:
    """Floors that are never lower than they were on the same data."""
    kept = floor if floor.get("digest") == digest else {}
    best: dict[str, float | str] = {"digest": digest}
    for key, figure in figures.items():
        before = kept.get(key, 0.0)
        best[key] = max(figure, before) if isinstance(before, float) else figure
    return best


def show(name: str, figures: dict[str, float], floor: dict[str, float | str], digest: str) -> None:
    """Figures beside their floors."""
    print(f"{name} (data {digest})")
    for key, figure in figures.items():
        least = floor.get(key)
        print(f"  {key:22} {figure:.3f}   floor {f'{least:.3f}' if isinstance(least, float) else 'none'}")


def as_toml(floors: dict[str, dict[str, float | str]]) -> str:
    """The floors file."""
    lines = ["# Floors of `make quality`, by data set and digest of its data. only `--raise` changes them."]
    for name, floor in floors.items():
        lines += ["", f"[{name}]"]
        lines += [f"{k} = {v:.3f}" if isinstance(v, float) else f'{k} = "{v}"' for k, v in floor.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
