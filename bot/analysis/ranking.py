"""Which texts that full text found are nearest to a query: stems, synonyms and parts of words. Pure.

The constants were set on the half of the public queries that `benchmarks.bare.tuned_on` picks, with the
figures of the other half in sight; near them MRR moves by less than 0.01 on either (`benchmarks.retrieval`).

What was tried beside and left out, as it gained nothing or only on one half: pairs of words, near words and
whole phrases; names or numbers weighing more, verbs less; groups of things, nouns of action, names of states;
words of the best texts as further query; the share of a text that is met; what other reports often say;
rapidfuzz's ratios.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from bot.analysis.asked import asked, words
from bot.analysis.near_stems import near_stems
from bot.analysis.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["asked", "rank"]

SATURATION, LENGTH = 1.6, 0.75
"""BM25's constants (k1, b) for stems: 1.2 to 2 and 0.6 to 0.9 do as well."""

SYNONYM = 0.3
"""Share of a word's weight that a synonym has where the word itself is missing: from 0.2 to 0.4 MRR is 0.005
higher than without on both halves, at 0.7 lower."""

PARTS = 0.3
"""Weight of the parts of words beside the stems: misspellings, compounds ("cornflakes") and other forms are
met. 0 to 0.5 make no difference to MRR; without them a misspelt word finds nothing."""

GRAM = 4
"""Letters of the parts of words that are compared; 3 and 5 do as well."""


def rank(
    query: str, found: Sequence[tuple[str, float]], rows: Mapping[str, int] | None = None, total: int = 0
) -> list[int]:
    """The positions of the texts in `found`, nearest to the query first.

    Each text comes with its score from full text, which decides between equals. `rows` says for the words of
    the query how many of all the `total` texts hold them; without, rarity is judged among what was found.
    """
    wanted = words(asked(query))
    texts = [words(text) for text, _ in found]
    spread = {stem(word): number for word, number in (rows or {}).items()}
    by_stem = _Scorer([[stem(word) for word in text] for text in texts], spread, total)
    by_part = _Scorer([_parts(text) for text in texts], {}, total)
    stems = _scaled(by_stem.scores([stem(word) for word in wanted], near_stems()))
    parts = _scaled(by_part.scores(_parts(wanted), {}))
    near = [(s + PARTS * p, score) for s, p, (_, score) in zip(stems, parts, found, strict=True)]
    return sorted(range(len(found)), key=lambda at: (-near[at][0], -near[at][1]))


class _Scorer:
    """BM25 over the terms of some texts."""

    def __init__(self, texts: Sequence[Sequence[str]], rows: Mapping[str, int], total: int) -> None:
        self._counts = [Counter(terms) for terms in texts]
        self._held = Counter(term for one in self._counts for term in one)
        self._rows, self._total = rows, max(total, len(texts))
        mean = sum(len(terms) for terms in texts) / len(texts) if texts else 0
        self._sizes = [1 - LENGTH + LENGTH * len(terms) / (mean or 1) for terms in texts]

    def scores(self, query: Sequence[str], near: Mapping[str, frozenset[str]]) -> list[float]:
        """The score of each text; `near` names what counts in place of a term that a text lacks."""
        scores = [0.0] * len(self._counts)
        for term, times in Counter(query).items():
            # What is said twice matters more, but not twice as much.
            weight = self._weight(term) * 2 * times / (times + 1)
            others = {o: min(self._weight(o), weight) for o in near.get(term, ()) if o in self._held}
            for at, (count, size) in enumerate(zip(self._counts, self._sizes, strict=True)):
                if n := count[term]:
                    scores[at] += weight * n * (SATURATION + 1) / (n + SATURATION * size)
                elif others and (met := [value for other, value in others.items() if other in count]):
                    scores[at] += SYNONYM * max(met) / math.sqrt(size)
        return scores

    def _weight(self, term: str) -> float:
        held = max(self._rows.get(term, 0), self._held[term])
        # Another spelling may be counted in rows and not in the total of a moment earlier.
        missing = max(self._total - held, 0)
        return math.log(1 + (missing + 0.5) / (held + 0.5))


def _parts(words_: Sequence[str]) -> list[str]:
    """Every word's runs of GRAM characters, its ends marked; a short word is one run."""
    framed = (f" {word} " for word in words_)
    return [word[at : at + GRAM] for word in framed for at in range(max(1, len(word) - GRAM + 1))]


def _scaled(scores: Sequence[float]) -> list[float]:
    """Scores as shares of the best."""
    best = max(scores, default=0.0) or 1.0
    return [score / best for score in scores]
