"""Which stems stand for the same thing as a stem, by the single words of the thesaurus."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis.lexicon import table
from bot.analysis.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def near_stems() -> Mapping[str, frozenset[str]]:
    """Stem → stems of its synonyms in any of its senses (`lexicon/thesaurus.toml`, `synonyms.toml`)."""
    found: dict[str, set[str]] = {}
    for name in ("thesaurus", "synonyms"):
        for words in table(name)["sets"]:
            stems = {stem(word) for word in words if word.isalnum()}
            for one in stems:
                found.setdefault(one, set()).update(stems - {one})
    return {one: frozenset(others) for one, others in found.items()}
