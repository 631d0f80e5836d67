"""Stems of English words by Porter's algorithm, which SQLite's full text has too.

The two differ in about one word of seven hundred ("assembly", "us"); ranking compares these with one another.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import snowballstemmer

if TYPE_CHECKING:
    from typing import Any

CACHED = 1 << 16
"""Words whose stems are kept: more than the words of a large server's claims, a few MB."""


@lru_cache(maxsize=CACHED)
def stem(word: str) -> str:
    """The stem of a word in lower case: "resumed" and "resumes" have one."""
    stemmed: str = _porter().stemWord(word)
    return stemmed


@cache
def _porter() -> Any:
    return snowballstemmer.stemmer("porter")
