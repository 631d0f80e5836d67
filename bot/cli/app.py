"""The Typer application: commands by theme, hung onto one tree."""

from __future__ import annotations

import typer

from bot.cli import calibrating, claims, keeping, labels, reading, running, serving, tending


def build() -> typer.Typer:
    """The command line. Call it with `obj=` the House that opens what commands need."""
    app = typer.Typer(
        name="pledgewatch",
        help="Keeps people to their word: commitments out of news, and alerts when a report contradicts one.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    for command in (reading.ingest, reading.read, claims.claims, claims.claim, running.demo, running.doctor):
        app.command()(command)
    app.command()(calibrating.calibrate)
    app.command("export-labels")(labels.export_labels)
    app.command("run")(serving.run_bot)
    app.command()(serving.preview)
    for keeper in (keeping.backup, keeping.restore, keeping.check, keeping.reanalyse):
        app.command()(keeper)
    for tender in (tending.follow, tending.unfollow, tending.feeds, tending.health):
        app.command()(tender)
    app.command("send-again")(tending.send_again)
    app.command("read-again")(tending.read_again)
    return app
