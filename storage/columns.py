"""Column types that mean the same in every database, and that STRICT tables accept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import REAL, Double, Integer, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Dialect

Score: TypeEngine[float] = Double().with_variant(REAL(), "sqlite")
"""A number with a fraction."""


class Stamp(TypeDecorator[datetime]):
    """An aware time, kept as ISO 8601 in UTC with microseconds: its text sorts as it does."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Write."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        """Read."""
        return None if value is None else datetime.fromisoformat(value)


class Day(TypeDecorator[date]):
    """A date, kept as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        """Write."""
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Read."""
        return None if value is None else date.fromisoformat(value)


class Json(TypeDecorator[Any]):
    """A JSON value, kept as text; None is NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        """Write."""
        return None if value is None else _written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        """Read."""
        return None if value is None else json.loads(value)


class UnreadObject(Mapping[str, Any]):
    """A JSON object kept as its text until somebody looks into it.

    What the rules compare is looked into in the analysis process alone: it gets there as text, and is read
    there, off the event loop and out of the garbage collector's sight.
    """

    def __init__(self, text: str) -> None:
        self.text = text

    def __getitem__(self, key: str) -> Any:
        return self._read[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    def __repr__(self) -> str:
        return self.text

    def __reduce__(self) -> tuple[Callable[[str], Any], tuple[str]]:
        return json.loads, (self.text,)

    @cached_property
    def _read(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.text)
        return read


class Unread(TypeDecorator[Mapping[str, Any]]):
    """A JSON object, kept as text and given as `UnreadObject`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """Write."""
        return None if value is None else _written(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Any] | None:
        """Read."""
        return None if value is None else UnreadObject(value)


class WithFrame(TypeDecorator[Mapping[str, Any]]):
    """A JSON object that is read at once, but for the frame at its end, which stays text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Mapping[str, Any] | None, dialect: Dialect) -> str | None:
        """Write."""
        if value is None:
            return None
        head = {name: part for name, part in value.items() if name != "frame"}
        return f"{_written(head)[:-1]}{_FRAME}{_written(value.get('frame', {}))}}}"

    def process_result_value(self, value: str | None, dialect: Dialect) -> Mapping[str, Any] | None:
        """Read."""
        if value is None:
            return None
        # Inside a text the quotation marks would have a backslash before them, so this is the key.
        head, found, frame = value.partition(_FRAME)
        if not found:
            whole: dict[str, Any] = json.loads(value)
            return whole
        return {**json.loads(f"{head}}}"), "frame": UnreadObject(frame[:-1])}


_FRAME = ',"frame":'


def _written(value: Any) -> str:
    if isinstance(value, UnreadObject):
        return value.text
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)


def _plain(value: object) -> dict[str, Any]:
    if isinstance(value, UnreadObject):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no JSON")


class Flag(TypeDecorator[bool]):
    """Yes or no, kept as 1 or 0."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        """Write."""
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        """Read."""
        return None if value is None else bool(value)
