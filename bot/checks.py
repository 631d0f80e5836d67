"""What `doctor` looks at: each check says what is there and, where it is wrong, what to do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot import settings
from bot.errors import ModelError, PledgewatchError, SettingsError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

OLDEST_PYTHON = (3, 11)


@dataclass(frozen=True, slots=True)
class Check:
    """One line of `doctor`."""

    name: str
    ok: bool
    found: str
    """What is there, in one sentence."""
    remedy: str | None = None
    """What to do about it; None where nothing is to be done."""


def python() -> Check:
    """Whether this Python is new enough."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        wanted = ".".join(map(str, OLDEST_PYTHON))
        return Check("Python", False, f"Python {version} is too old.", f"Install Python {wanted} or newer.")
    return Check("Python", True, f"Python {version} in {sys.prefix}.")


def configuration(load: Callable[[], settings.Settings], env_file: Path) -> Check:
    """Whether the settings can be used and none is misspelt."""
    try:
        load()
    except SettingsError as error:
        return Check("Settings", False, str(error), "Mend it in .env or the environment; see .env.example.")
    if unknown := settings.unknown_variables():
        return Check(
            "Settings",
            False,
            f"These set nothing: {', '.join(unknown)}.",
            "Look for a misspelling; .env.example has every name.",
        )
    where = f"from {env_file.absolute()} and the environment" if env_file.exists() else "from the environment"
    return Check("Settings", True, f"Read {where}.")


def token(found: settings.Settings) -> Check:
    """Whether the bot could log in. Nothing but `run` needs it, so its absence is no fault."""
    if found.discord_token is None:
        return Check("Discord", True, "DISCORD_TOKEN is not set; only `run` needs it.")
    return Check("Discord", True, "DISCORD_TOKEN is set (it is not tried here).")


async def model(start: Callable[[], Awaitable[None]], name: str | None) -> Check:
    """Whether the analysis process starts and loads its model."""
    wanted = f"the spaCy model {name}" if name else "a spaCy model"
    try:
        await start()
    except ModelError as error:
        return Check("Model", False, str(error), "Run `make demo` once, or set SPACY_MODEL to one you have.")
    except PledgewatchError as error:
        return Check("Model", False, str(error), "See whether there is memory: it takes about 200 MB.")
    return Check("Model", True, f"The analysis process started with {wanted}.")


async def database(try_it: Callable[[], Awaitable[int]], where: str) -> Check:
    """Whether the database opens; `try_it` opens it and tells how many guilds have a record there."""
    try:
        guilds = await try_it()
    except PledgewatchError as error:
        return Check("Database", False, str(error), "Let DATABASE_URL or --db name a place to write to.")
    return Check("Database", True, f"{where} opens; {guilds} guild{'' if guilds == 1 else 's'} on record.")
