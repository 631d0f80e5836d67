"""Ids: whole numbers in the database, short text outside, unique in the database whatever they name."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.errors import NotFoundError


class Kind(StrEnum):
    """What an id names; the value is the letter before the number."""

    CLAIM = ""
    ARTICLE = "a"
    TELLING = "t"
    EVIDENCE = "e"
    ALERT = "n"
    VERDICT = "v"
    FEED = "f"


_ID = re.compile(r"\s*#?([a-z]?)([0-9]{1,18})\s*", re.ASCII)
"""18 digits at most: more do not fit into the database's integers."""


def render(kind: Kind, number: int) -> str:
    """The id as people and the tracker see it, e.g. `42` or `a7`."""
    return f"{kind.value}{number}"


def parse(kind: Kind, text: str) -> int:
    """The number in an id, with or without its letter. Raises NotFoundError: what is no id is not there."""
    match = _ID.fullmatch(text)
    if match is None or match[1] not in ("", kind.value):
        raise NotFoundError(f"There is no {kind.name.lower()} {text.strip()[:40]!r} here.")
    return int(match[2])


def missing(kind: Kind, text: str) -> NotFoundError:
    """The error for an id that names nothing in its guild."""
    return NotFoundError(f"There is no {kind.name.lower()} {text.strip()[:40]} here.")
