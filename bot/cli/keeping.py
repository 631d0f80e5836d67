"""`backup`, `restore`, `check` and `reanalyse`: keeping the data whole, and reading it by better rules."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from bot.cli import drawing, wording
from bot.cli.house import FAILED, House, house, run
from bot.cli.reading import Db, progress
from bot.health import amount
from bot.models import Relation
from bot.reanalysing import Change
from bot.texts import number

Guild = Annotated[str | None, typer.Option(help="Only this guild's record; without it, every guild's.")]


def backup(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")], db: Db = None) -> None:
    """Write a verified copy of the database, whether or not the bot is running."""
    run(house(ctx).keeper(db).backup(file))
    drawing.say(f"Backup written and verified: {file}")


def restore(ctx: typer.Context, file: Annotated[Path, typer.Argument(metavar="FILE")], db: Db = None) -> None:
    """Put a backup in place of the database. The bot must be stopped; the old database is kept."""
    kept = run(house(ctx).keeper(db).restore(file))
    drawing.say(f"Restored from {file}." + (f" What was there is kept as {kept}." if kept else ""))


def check(
    ctx: typer.Context,
    mend_index: Annotated[
        bool, typer.Option("--mend-index", help="Make the search index anew first.")
    ] = False,
    db: Db = None,
) -> None:
    """See whether the database is whole: the file, references, quotes, alerts and the search index."""
    found = run(house(ctx).keeper(db).check(mend_index=mend_index))
    for sentence in found.wrong:
        drawing.say(sentence, "red")
    if found.wrong:
        raise typer.Exit(FAILED)
    drawing.say(f"Everything is whole: {amount(found.totals, 'guild')}.", "green")


def reanalyse(
    ctx: typer.Context,
    guild: Guild = None,
    apply: Annotated[bool, typer.Option("--apply", help="Keep it; without this it is only shown.")] = False,
    quietly: Annotated[
        bool, typer.Option("--no-alerts", help="Raise no alerts for what is found besides.")
    ] = False,
    db: Db = None,
) -> None:
    """Read the stored articles anew with the present rules, and show what differs.

    What people corrected or decided stays, and no alert is raised twice.
    """
    changes = run(_reanalyse(house(ctx), guild, db, apply=apply, raise_alerts=not quietly))
    differing = [change for change in changes if change.differs]
    for change in differing:
        _show(change)
    drawing.say(_summary(changes, differing, applied=apply), "bold")


async def _reanalyse(
    place: House, guild: str | None, db: Path | None, *, apply: bool, raise_alerts: bool
) -> list[Change]:
    """Go over the articles: of the database itself, or of a copy that is thrown away."""
    changes: list[Change] = []
    with tempfile.TemporaryDirectory(prefix="pledgewatch-reanalyse-") as directory:
        scratch = None if apply else Path(directory) / "copy.db"
        if apply:
            # Before anything is touched: a database that is not there is not made.
            await place.keeper(db).check()
        async with place.reanalysing(db, scratch=scratch, raise_alerts=raise_alerts) as rules:
            guilds = [guild] if guild else await rules.guilds()
            total = sum([await rules.count(one) for one in guilds])
            with progress("Reading anew", total) as step:
                for one in guilds:
                    async for change in rules.run(one):
                        changes.append(change)
                        step()
    return changes


def _show(change: Change) -> None:
    stored = change.article
    title = stored.article.title if stored.article else ""
    drawing.say(
        f"{stored.id}  {title or stored.source_id or ''}  {wording.where(stored, title=False)}", "bold"
    )
    if change.error:
        drawing.say(f"  could not be analysed, and stays as it was: {change.error}", "yellow")
    for sign, style, tellings, findings in (
        ("-", "red", change.untold, change.lost),
        ("+", "green", change.told, change.found),
    ):
        for filed in tellings:
            told = filed.telling.commitment
            line = Text(f"  {sign} claim {filed.claim_id} {told.actor}: {told.content}  ", style=style)
            drawing.console().print(line.append_text(wording.quote(told.quote)))
        for evidence in findings:
            against = evidence.finding.relation is Relation.CONTRADICTS
            what = "contradicts" if against else "supports"
            line = Text(f"  {sign} {what} claim {evidence.claim_id}  ", style=style)
            drawing.console().print(line.append_text(wording.quote(evidence.finding.report.quote)))
    if change.alerts:
        drawing.say(f"  ! {number(change.alerts, 'new alert')}", "yellow")


def _summary(changes: Sequence[Change], differing: Sequence[Change], *, applied: bool) -> str:
    alerts = sum(change.alerts for change in differing)
    text = f"{number(len(changes), 'article')} read anew, {len(differing)} with a difference"
    text += f", {number(alerts, 'new alert')}." if alerts else "."
    if differing and not applied:
        text += " Nothing was changed: --apply keeps it."
    return text
