"""The linguistic knowledge, kept as data in `lexicon/*.toml`, read once per process."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from bot.errors import AnalysisError

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table `lexicon/<name>.toml`. Raises AnalysisError when it is missing or not TOML."""
    try:
        return tomllib.loads((files("bot.analysis") / "lexicon" / f"{name}.toml").read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise AnalysisError(f"the lexicon {name}.toml cannot be read: {error}") from error


@cache
def words(name: str, *path: str) -> frozenset[str]:
    """A list of words from a table, as a set: `words("commissives", "speech", "verbs")`."""
    node: Any = table(name)
    for step in path:
        node = node[step]
    return frozenset(node)
