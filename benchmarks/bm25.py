"""BM25 over lower-case words, the baseline of retrieval; nothing is stemmed."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

K1, B = 1.5, 0.75
"""The constants of the usual implementations."""

_WORD = re.compile(r"\w+")


class Bm25:
    """An index of texts."""

    def __init__(self, texts: Mapping[str, str], left_out: frozenset[str]) -> None:
        """Index the texts by their words, except those left out."""
        self._left_out = left_out
        self._counts = {key: Counter(self._words(text)) for key, text in texts.items()}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for key, counts in self._counts.items():
            for word in counts:
                self._holders[word].append(key)
        self._mean = sum(c.total() for c in self._counts.values()) / len(self._counts)

    def best(self, query: str) -> list[str]:
        """The texts that share words with the query, best first."""
        scores: dict[str, float] = defaultdict(float)
        for word, times in Counter(self._words(query)).items():
            holders = self._holders.get(word, [])
            weight = times * math.log(1 + (len(self._counts) - len(holders) + 0.5) / (len(holders) + 0.5))
            for key in holders:
                counts = self._counts[key]
                n = counts[word]
                size = 1 - B + B * counts.total() / self._mean
                scores[key] += weight * n * (K1 + 1) / (n + K1 * size)
        return sorted(scores, key=lambda key: -scores[key])

    def _words(self, text: str) -> list[str]:
        return [word for word in _WORD.findall(text.lower()) if word not in self._left_out]
