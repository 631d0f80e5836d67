"""`calibrate`: a calibration for the neural second opinion."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.house import house, run


def calibrate(
    ctx: typer.Context,
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="Labelled scenarios, one JSON object a line.")
    ],
    out: Annotated[Path, typer.Option(help="Where to write the calibration (JSON).")],
) -> None:
    """Calibrate the NLI model that is set on labelled scenarios; prints cross-validated figures.

    `export-labels` writes what reviewers judged in that format.
    """
    run(house(ctx).calibrate(files, out, typer.echo))
