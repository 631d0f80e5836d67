"""What people give us to read: lines of a batch file, and text files with or without front matter."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from bot.errors import InputError
from bot.records import Source

if TYPE_CHECKING:
    from pathlib import Path

FENCE = "---"
"""First line, and last line, of a text file's front matter."""

PAGE_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".pdf"})
"""Files that the page reader reads; others are plain text."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text with the names under which it was given."""

    guild: str
    id: str
    source: Source

    @property
    def text(self) -> str:
        """The text, empty where only an address is given."""
        return self.source.text or ""


class LineError(InputError):
    """A line of a batch file that cannot be used; bears what of it could be understood."""

    def __init__(self, sentence: str, row: object = None) -> None:
        super().__init__(sentence)
        fields = row if isinstance(row, dict) else {}
        self.guild = fields.get("guild") if isinstance(fields.get("guild"), str) else None
        self.id = fields.get("id") if isinstance(fields.get("id"), str) else None


def from_line(line: bytes, number: int) -> Document:
    """The document on line `number` (from 1) of a batch file. Raises LineError."""
    try:
        row = json.loads(line.decode("utf-8-sig" if number == 1 else "utf-8"))
    except UnicodeDecodeError as error:
        raise LineError(f"Line {number} is not UTF-8: {error.reason} at byte {error.start}.") from None
    except json.JSONDecodeError as error:
        raise LineError(f"Line {number} is not JSON: {error.msg} at column {error.colno}.") from None
    except (ValueError, RecursionError) as error:
        raise LineError(f"Line {number} is not usable JSON: {error}.") from None
    if not isinstance(row, dict):
        raise LineError(f"Line {number} is not a JSON object.")
    missing = [name for name in ("guild", "id") if not _filled(row.get(name))]
    if missing:
        raise LineError(f"Line {number} needs {' and '.join(missing)} as text that is not empty.", row)
    text, url, title = (_text(row, name, number) for name in ("text", "url", "title"))
    if text is None and not url:
        raise LineError(f"Line {number} has neither a text nor a url to read.", row)
    source = Source(
        url=url or None, text=text, title=title or "", published=_day(row, number), source_id=row["id"]
    )
    return Document(row["guild"], row["id"], source)


def from_text(body: bytes, *, name: str, guild: str) -> Document:
    """A plain text, with or without front matter (title, date, url between two lines of `---`)."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{name} is not a text in UTF-8.") from None
    fields, text = _front_matter(text, name)
    source = Source(
        url=fields.get("url") or None,
        text=text,
        title=fields.get("title", ""),
        published=parse_day(fields["date"], f"The date of {name}") if fields.get("date") else None,
        source_id=name,
    )
    return Document(guild, name, source)


def read_file(path: Path) -> bytes:
    """A file's bytes; raises InputError in one sentence."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise InputError(f"{path} is a folder, not a file.") from None
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise InputError(f"{path} cannot be read: {reason}.") from None


def parse_day(value: str, what: str) -> date:
    """A day as ISO 8601 writes it, with or without a time. `what` begins the sentence of the InputError."""
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        raise InputError(f"{what} is not a day like 2021-07-28: {value[:40]!r}.") from None


def _front_matter(text: str, name: str) -> tuple[dict[str, str], str]:
    first, _, rest = text.partition("\n")
    if first.strip() != FENCE:
        return {}, text
    head, fence, body = rest.partition(f"\n{FENCE}\n")
    if not fence:
        raise InputError(f"The front matter of {name} has no end: a line of {FENCE} is missing.")
    pairs = (line.partition(":") for line in head.splitlines() if line.strip())
    return {key.strip().lower(): value.strip() for key, _, value in pairs}, body.strip("\n")


def _filled(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _text(row: dict[str, Any], name: str, number: int) -> str | None:
    value = row.get(name)
    if value is None or isinstance(value, str):
        return value
    raise LineError(f"Line {number}: {name} must be text or null.", row)


def _day(row: dict[str, Any], number: int) -> date | None:
    value = _text(row, "date", number)
    if not value:
        return None
    try:
        return parse_day(value, f"Line {number}: date")
    except InputError as error:
        raise LineError(str(error), row) from None
