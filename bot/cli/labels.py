"""`export-labels`: what reviewers judged, as scenarios to measure the rules with."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.house import complain, house, run
from bot.cli.reading import Db

Guild = Annotated[str | None, typer.Option(help="Only this guild's judgements; without it, every guild's.")]


def export_labels(
    ctx: typer.Context,
    out: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where to write; without it, standard output.")
    ] = None,
    guild: Guild = None,
    db: Db = None,
) -> None:
    """Write reviewers' judgements as labelled scenarios, one JSON object a line.

    The articles' texts are in it; the ids of people and servers are not.
    """

    async def work() -> list[dict[str, Any]]:
        async with house(ctx).desk(db, loaded=False) as desk:
            guilds = [guild] if guild else await desk.managing.guilds()
            return [scenario for one in guilds for scenario in await desk.labelling.scenarios(one)]

    found = [scenario | {"id": f"labelled-{n:03}"} for n, scenario in enumerate(run(work()), 1)]
    text = "".join(json.dumps(scenario, ensure_ascii=False) + "\n" for scenario in found)
    if out is None:
        typer.echo(text, nl=False)
    else:
        out.write_text(text, "utf-8")
    complain(f"{len(found)} scenarios.")
