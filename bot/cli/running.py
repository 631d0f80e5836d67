"""`demo` and `doctor`: see it work, and find out why it does not."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import drawing
from bot.cli.house import FAILED, House, house, run
from bot.cli.reading import Db, ingest_one
from bot.errors import InputError
from bot.texts import number
from bot.tracker_answers import ClaimRecord, Reading

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
"""The sample articles of a checkout, read in the order of their names."""

DEMO = "demo"
"""The guild of the demo."""


def demo(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Option("--from", help="Folder of texts with front matter.")] = EXAMPLES,
    db: Db = None,
) -> None:
    """Read the sample articles in order and show what comes of them. Needs no token and no server."""
    with tempfile.TemporaryDirectory(prefix="pledgewatch-demo-") as scratch:
        run(_demo(house(ctx), folder, db or Path(scratch) / "demo.db"))


def doctor(ctx: typer.Context, db: Db = None) -> None:
    """Say what is right and what to do about the rest."""
    found = run(house(ctx).checkup(db))
    drawing.checks(found)
    if not all(check.ok for check in found):
        raise typer.Exit(FAILED)


def samples(folder: Path) -> list[Path]:
    """The sample articles of a folder by their names. Raises InputError where there are none."""
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise InputError(
            f"There are no sample articles (*.txt) in {folder}: give their folder with --from; "
            "in a checkout of the source it is docs/examples."
        )
    return files


async def _demo(place: House, folder: Path, db: Path) -> None:
    files = samples(folder)
    readings: list[Reading] = []
    records: dict[str, ClaimRecord] = {}
    async with place.tracker(db) as tracker:
        drawing.say(f"Reading {len(files)} articles from {folder}", "bold")
        for file in files:
            _, found = await ingest_one(tracker, str(file), DEMO)
            readings.append(found)
            drawing.say(f"  {file.name}: {_counts(found)}")
        for found in readings:
            for filed in found.stored.tellings:
                if filed.claim_id not in records:
                    records[filed.claim_id] = await tracker.claim(DEMO, filed.claim_id)
    drawing.say()
    drawing.claims("Claims in these articles", list(records.values()))
    _matches(readings)


def _matches(readings: Sequence[Reading]) -> None:
    alerts = [m for found in readings for m in found.matches if m.evidence.alert]
    rest = [m for found in readings for m in found.matches if not m.evidence.alert]
    drawing.say()
    drawing.say(f"Contradictions that raise an alert: {len(alerts)}", "bold")
    for match in alerts:
        drawing.console().print(drawing.match_panel(match))
    supporting = [m for m in rest if m.evidence.finding.relation == "supports"]
    if supporting:
        drawing.say()
        drawing.say(f"Reports that support a claim: {len(supporting)}", "bold")
        for match in supporting:
            drawing.console().print(drawing.match_panel(match))


def _counts(found: Reading) -> str:
    told = len(found.stored.tellings)
    alerts = sum(m.evidence.alert for m in found.matches)
    parts = [number(told, "commitment") if told else "no commitment"]
    parts += [number(alerts, "alert")] if alerts else []
    return ", ".join(parts)
