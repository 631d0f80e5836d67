"""`follow`, `unfollow`, `feeds`, `health`, `send-again` and `read-again`: what an operator looks after."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.box import ROUNDED
from rich.table import Table
from rich.text import Text

from bot import health as healths
from bot.cli import drawing, wording
from bot.cli.house import FAILED, House, complain, house, run
from bot.cli.reading import LOCAL, Db
from bot.desk import Desk
from bot.errors import InputError, NotFoundError, PledgewatchError
from bot.records import Alert, Feed, StoredArticle
from bot.texts import number

Guild = Annotated[str, typer.Option(help="The record that its articles go into.")]
AnyGuild = Annotated[str | None, typer.Option(help="Only this guild; without it, every guild.")]


def follow(
    ctx: typer.Context,
    url: Annotated[str, typer.Argument(help="Address of an RSS or Atom feed.")],
    guild: Guild = LOCAL,
    db: Db = None,
) -> None:
    """Follow a feed: its new articles are read while the bot runs, or by `feeds --read`."""

    async def work() -> Feed:
        async with house(ctx).desk(db, loaded=False) as desk:
            return await desk.following.follow(guild, url)

    feed = run(work())
    drawing.say(f"Following {wording.flat(feed.title) or feed.url} ({feed.id}): its articles from now on.")


def unfollow(
    ctx: typer.Context,
    feed: Annotated[str, typer.Argument(help="Its address, or its number as `feeds` shows it.")],
    guild: Guild = LOCAL,
    db: Db = None,
) -> None:
    """Stop following a feed. What was read of it stays."""

    async def work() -> Feed:
        async with house(ctx).desk(db, loaded=False) as desk:
            return await desk.following.unfollow(guild, feed)

    gone = run(work())
    drawing.say(f"No longer following {wording.flat(gone.title) or gone.url}.")


def feeds(
    ctx: typer.Context,
    guild: AnyGuild = None,
    read: Annotated[
        bool, typer.Option("--read", help="Look at the feeds that are due now, and read what is new.")
    ] = False,
    db: Db = None,
) -> None:
    """List the feeds that are followed: when each was looked at, and why one is paused."""

    async def work() -> tuple[list[Feed], int, int]:
        queued = failed = 0
        async with house(ctx).desk(db, alone=read, loaded=read) as desk:
            if read:
                while await desk.following.step():
                    pass
                queued, failed = await _drain(desk)
            guilds = [guild] if guild else await desk.managing.guilds()
            return [feed for one in guilds for feed in await desk.following.feeds(one)], queued, failed

    found, queued, failed = run(work())
    if read:
        drawing.say(f"{number(queued, 'article')} read" + (f", {failed} could not be." if failed else "."))
    if not found:
        drawing.say("No feeds are followed.")
        return
    table = Table(box=ROUNDED, expand=True)
    for column in ("Feed", "Guild", "Title and address", "State"):
        table.add_column(column)
    for feed in found:
        title = Text(wording.flat(feed.title), style="bold")
        table.add_row(feed.id, feed.guild, title.append(f"\n{feed.url}", style="dim"), _state(feed))
    drawing.console().print(table)


def health(ctx: typer.Context, db: Db = None) -> None:
    """How queue, alerts and record stand; what was set aside or given up, and why."""

    async def work() -> tuple[list[healths.Row], list[StoredArticle], list[Alert]]:
        async with house(ctx).desk(db, loaded=False) as desk:
            now = desk.clock()
            rows = healths.rows(await desk.managing.health(), now)
            return rows, await desk.managing.aside(), await desk.sending.given_up()

    rows, aside, given_up = run(work())
    for row in rows:
        drawing.console().print(Text.assemble((f"{row.name}: ", "bold"), row.words))
    for article in aside:
        name = f"{article.id} ({article.url})" if article.url else article.id
        drawing.say(f"{article.guild} {name} set aside: {article.error}", "yellow")
    for alert in given_up:
        drawing.say(f"{alert.guild} alert {alert.id} given up: {alert.error}", "yellow")


def send_again(
    ctx: typer.Context,
    alert: Annotated[
        str | None, typer.Argument(metavar="[ALERT]", help="One alert; without it, all.")
    ] = None,
    guild: AnyGuild = None,
    db: Db = None,
) -> None:
    """Put alerts that were given up back into the outbox; the running bot sends them."""

    async def work() -> int:
        async with house(ctx).desk(db, loaded=False) as desk:
            waiting = [a for a in await desk.sending.given_up(guild) if alert in (None, a.id, a.id[1:])]
            if alert is not None and not waiting:
                raise NotFoundError(f"There is no alert {alert} that was given up.")
            for one in waiting:
                await desk.sending.send_again(one)
            return len(waiting)

    count = run(work())
    drawing.say(f"{number(count, 'alert')} will be sent again." if count else "None was given up.")


def read_again(
    ctx: typer.Context,
    article: Annotated[
        str | None,
        typer.Argument(metavar="[ARTICLE]", help="One article; without it, all that were set aside."),
    ] = None,
    guild: Guild = LOCAL,
    db: Db = None,
) -> None:
    """Read an article again: one that was set aside, or a page that may have changed."""
    if run(_read_again(house(ctx), article, guild, db)):
        raise typer.Exit(FAILED)


async def _read_again(place: House, article: str | None, guild: str, db: Path | None) -> int:
    failed = 0
    async with place.desk(db, alone=True) as desk:
        ids = [article] if article else [stored.id for stored in await desk.managing.aside(guild)]
        if not ids:
            raise InputError(f"Nothing was set aside in {guild}.")
        for one in ids:
            try:
                found = await desk.tracker.read_again(guild, one)
            except PledgewatchError as error:
                failed += 1
                complain(f"{one}: {error}")
            else:
                drawing.reading(found)
    return failed


async def _drain(desk: Desk) -> tuple[int, int]:
    """Work the queue off: how many were read, and how many could not be."""
    read = failed = 0
    while (worked := await desk.working.step()) is not None:
        if worked.reading is not None:
            read += 1
        else:
            failed += 1
            complain(f"{worked.article_id}: {worked.error}")
    return read, failed


def _state(feed: Feed) -> Text:
    if feed.paused:
        return Text(f"paused: {feed.paused}", style="yellow")
    if feed.checked is None:
        return Text("not looked at yet", style="dim")
    text = f"looked at {_minute(feed.checked)}, {number(feed.today, 'article')} that day"
    if feed.failures:
        text += f"; failed {feed.failures}× in a row, next try {_minute(feed.next_check)}"
    return Text(text)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
