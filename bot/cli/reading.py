"""`ingest` and `read`: articles in."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, BinaryIO

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bot.cli import answers, documents, drawing
from bot.cli.house import FAILED, House, complain, errors, fault, house, run
from bot.errors import InputError, PledgewatchError
from bot.models import Article
from bot.records import Source
from bot.texts import count_control
from bot.tracker import Tracker
from bot.tracker_answers import Reading

LOCAL = "local"
"""The guild of what is read on the command line without naming one."""

STANDARD = "-"
"""Standard input, where a file is expected."""

MAX_LINE = 64 * 1024 * 1024
"""Bytes of one line of a batch file that are held in memory: well above the longest text that is read."""

Db = Annotated[Path | None, typer.Option("--db", help="SQLite file, in place of DATABASE_URL.")]


def ingest(
    ctx: typer.Context,
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[URL|FILE|-]…", help="Addresses, files, or - for standard input."),
    ] = None,
    jsonl: Annotated[
        str | None,
        typer.Option(
            metavar="FILE|-", help="Read documents, one JSON object a line; answer with one a line."
        ),
    ] = None,
    db: Db = None,
    guild: Annotated[str, typer.Option(help="The record to file them in; --jsonl names its own.")] = LOCAL,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object a line.")] = False,
) -> None:
    """Read articles, file the commitments in them, and report what contradicts them."""
    if bool(sources) == (jsonl is not None):
        raise typer.BadParameter("give addresses or files to read, or --jsonl with one file, not both.")
    if jsonl is not None:
        failed = run(_batch(house(ctx), jsonl, db))
    else:
        failed = run(_several(house(ctx), sources or [], db, guild, as_json))
    if failed:
        raise typer.Exit(FAILED)


def read(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="URL|FILE|-")],
    url: Annotated[str | None, typer.Option(help="The address that a file was saved from.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON object.")] = False,
) -> None:
    """Show what would be read from a page, without keeping anything."""

    async def work() -> Article:
        async with house(ctx).reader() as reader:
            if is_url(source):
                return (await reader.read_url(source)).article
            return (await reader.read_bytes(_bytes(source), None, url or None)).article

    if not as_json:
        drawing.page(run(work()))
        return
    try:
        typer.echo(answers.line(answers.page(asyncio.run(work()))))
    except PledgewatchError as error:
        typer.echo(answers.line({"error": str(error)}))
        raise typer.Exit(FAILED) from None


def is_url(source: str) -> bool:
    """Whether an argument is an address rather than a file."""
    return source.lower().startswith(("http://", "https://"))


async def _batch(place: House, name: str, db: Path | None) -> int:
    """Answer every line; gives the number of errors."""
    with _opened(name) as file:
        lines = sum(1 for _ in file) if name != STANDARD else None
        if lines is not None:
            file.seek(0)
        async with place.tracker(db, alone=True) as tracker:
            await tracker.start()
            failed = 0
            with progress("Reading", lines) as step:
                for number, raw in _lines(file):
                    if raw.strip():
                        failed += not await _answer_line(tracker, raw, number)
                    step()
            return failed


async def _answer_line(tracker: Tracker, raw: bytes, number: int) -> bool:
    """Read one document and print its answer; False where that is an error."""
    guild = document_id = None
    try:
        document = documents.from_line(raw, number)
        guild, document_id = document.guild, document.id
        found = await tracker.ingest(document.guild, document.source)
    except documents.LineError as error:
        guild, document_id, sentence = error.guild, error.id, str(error)
    except PledgewatchError as error:
        sentence = str(error)
    except Exception as error:
        sentence = fault(error)
    else:
        text = document.source.text
        if text is None:
            text = found.stored.article.text if found.stored.article else ""
        _remark(document_id, text, found)
        _print(answers.reading(document.guild, document.id, text, found))
        return True
    complain(f"{document_id or f'line {number}'}: {sentence}")
    _print({"guild": guild, "id": document_id, "error": sentence})
    return False


async def _several(place: House, sources: list[str], db: Path | None, guild: str, as_json: bool) -> int:
    """Read every source; gives the number of errors."""
    failed = 0
    async with place.tracker(db, alone=True) as tracker:
        await tracker.start()
        with progress("Reading", len(sources)) as step:
            for source in sources:
                try:
                    text, found = await ingest_one(tracker, source, guild)
                except PledgewatchError as error:
                    failed += 1
                    complain(f"{source}: {error}")
                    if as_json:
                        _print({"guild": guild, "id": source, "error": str(error)})
                else:
                    _remark(source, text, found)
                    if as_json:
                        _print(answers.reading(guild, source, text, found))
                    else:
                        drawing.reading(found)
                step()
    return failed


async def ingest_one(tracker: Tracker, source: str, guild: str) -> tuple[str, Reading]:
    """Read an address or a file into a guild's record; also gives the text that was read."""
    if is_url(source):
        found = await tracker.ingest(guild, Source(url=source))
        return found.stored.article.text if found.stored.article else "", found
    body = _bytes(source)
    if Path(source).suffix.lower() in documents.PAGE_SUFFIXES:
        found = await tracker.ingest_bytes(guild, body, source_id=source)
        return found.stored.article.text if found.stored.article else "", found
    document = documents.from_text(body, name=source, guild=guild)
    return document.text, await tracker.ingest(guild, document.source)


def _bytes(source: str) -> bytes:
    return _standard_input().read() if source == STANDARD else documents.read_file(Path(source))


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise InputError("Standard input is closed.")
    return sys.stdin.buffer


@contextmanager
def _opened(name: str) -> Iterator[BinaryIO]:
    if name == STANDARD:
        yield _standard_input()
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; opening alone may fail
    except FileNotFoundError:
        raise InputError(f"There is no file {name}.") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{name} cannot be read: {getattr(error, 'strerror', None) or error}.") from None
    with file:
        yield file


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, from 1, as they come: a pipe is not read to its end first."""
    return enumerate(iter(lambda: file.readline(MAX_LINE), b""), start=1)


def _print(answer: answers.Json) -> None:
    typer.echo(answers.line(answer))


def _remark(name: str, text: str, found: Reading) -> None:
    """Say on standard error what a reader of the answer should know."""
    article = found.stored.article
    if article and article.note:
        complain(f"{name}: {article.note}")
    if control := count_control(text):
        complain(f"{name}: {control} control characters were read as spaces.")


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Callable[[], None]]:
    """A bar on standard error; gives the step to call after each item.

    Only on a terminal, and only where the answers do not scroll by there themselves.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    console = errors()
    hidden = not console.is_terminal or sys.stdout.isatty()
    # Rich would send what we print to the bar's own stream: answers must stay on standard output.
    with Progress(*columns, console=console, transient=True, disable=hidden, redirect_stdout=False) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
