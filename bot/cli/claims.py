"""`claims` and `claim`: what an actor has committed to, and what has become of it."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, TypeVar

import typer

from bot.cli import answers, documents, drawing
from bot.cli.house import complain, house, run
from bot.cli.reading import Db
from bot.errors import InputError, NotFoundError
from bot.models import Status
from bot.tracker_answers import ClaimPage, ClaimRecord

T = TypeVar("T")

Guild = Annotated[str | None, typer.Option(help="Only this guild's record; without it, every guild's.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer with JSON.")]


def claims(
    ctx: typer.Context,
    actor: Annotated[str, typer.Argument(help="A name, an alias, or nearly one.")],
    status: Annotated[str | None, typer.Option(help="Only claims of this status, as in-the-works.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="Only claims made since, as 2021-07-28.")
    ] = None,
    guild: Guild = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")] = 100,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """List what an actor has committed to, newest first."""

    async def work() -> list[ClaimPage]:
        day = documents.parse_day(since, "--since") if since else None
        wanted = _status(status) if status else None
        async with house(ctx).tracker(db) as tracker:
            guilds = [guild] if guild else await tracker.guilds()
            found = await _where_found(
                guilds, lambda g: tracker.claims(g, actor, status=wanted, since=day, limit=limit)
            )
        # A name that one guild knows is not a misspelling in another.
        return [page for page in found if page.exact] or found

    pages = run(work())
    for name in dict.fromkeys(page.name for page in pages if not page.exact):
        complain(f"Taken “{actor}” for {name}.")
    records = [record for page in pages for record in page.claims]
    if as_json:
        typer.echo(answers.line([answers.claim(record) for record in records]))
    else:
        drawing.claims(f"Claims of {pages[0].name}", records, several=len(pages) > 1)


def claim(
    ctx: typer.Context,
    claim_id: Annotated[str, typer.Argument(metavar="ID", help="The claim's number.")],
    guild: Guild = None,
    db: Db = None,
    as_json: AsJson = False,
) -> None:
    """Show one claim with every telling and all evidence."""

    async def work() -> ClaimRecord:
        async with house(ctx).tracker(db) as tracker:
            guilds = [guild] if guild else await tracker.guilds()
            return (await _where_found(guilds, lambda g: tracker.claim(g, claim_id)))[0]

    record = run(work())
    if as_json:
        typer.echo(answers.line(answers.claim(record)))
    else:
        drawing.claim(record)


def _status(name: str) -> Status:
    try:
        return Status(name.strip().lower().replace("-", " "))
    except ValueError:
        known = ", ".join(s.value.replace(" ", "-") for s in Status)
        raise InputError(f"There is no status {name!r}; it is one of {known}.") from None


async def _where_found(guilds: Sequence[str], ask: Callable[[str], Awaitable[T]]) -> list[T]:
    """The answers of those guilds that have one. NotFoundError where none has."""
    found: list[T] = []
    missing = NotFoundError("Nothing has been read yet, so there are no claims.")
    for guild in guilds:
        try:
            found.append(await ask(guild))
        except NotFoundError as error:
            missing = error
    if not found:
        raise missing
    return found
