"""Scores extracted commitments against labels: which passages were found, and what was right about them.

Two quotes tell the same passage when their words overlap by half, or when the shorter lies inside the
longer and is
not too short to mean anything. Each label is matched with at most one finding, the closest pairs first.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bot.models import Commitment

_WORD = re.compile(r"[\w$%’']+")
_ARTICLES = frozenset({"the", "a", "an", "its", "their", "his", "her", "our"})
_COMMON = frozenset(
    {
        *(
            "president",
            "minister",
            "ministry",
            "prime",
            "foreign",
            "government",
            "governor",
            "state",
            "states",
        ),
        *(
            "company",
            "group",
            "party",
            "council",
            "union",
            "bank",
            "city",
            "mayor",
            "chief",
            "executive",
            "north",
        ),
        *(
            "south",
            "east",
            "west",
            "new",
            "central",
            "national",
            "republic",
            "people",
            "authorities",
            "officials",
        ),
        *("of", "and", "for"),
    }
)
"""Words that many names share: sharing nothing else, two names are not the same."""
_OVERLAP = 0.5
"""Share of common words (F1) from which two quotes are the same passage; as in the project's evaluator."""
_INSIDE, _TIMES = 5, 4
"""Words from which a quote inside another counts, and how many times longer the other may be; likewise."""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of one run over a labelled file."""

    labelled: int = 0
    found: int = 0
    matched: int = 0
    actor: int = 0
    polarity: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(
            self.labelled + other.labelled,
            self.found + other.found,
            self.matched + other.matched,
            self.actor + other.actor,
            self.polarity + other.polarity,
        )

    def figures(self) -> dict[str, float]:
        """Precision and recall of passages, and the shares of right actors and polarities among those
        matched."""
        return {
            "precision": _share(self.matched, self.found),
            "recall": _share(self.matched, self.labelled),
            "actor": _share(self.actor, self.matched),
            "polarity": _share(self.polarity, self.matched),
        }


def score(labels: Sequence[Mapping[str, Any]], found: Sequence[Commitment]) -> Score:
    """Compare the commitments found in one text with those labelled in it."""
    pairs = matched([row["quote"] for row in labels], [c.quote for c in found])
    actors = sum(same_actor(found[f].actor, _names(labels[g])) for g, f in pairs)
    polarities = sum(labels[g]["polarity"] == found[f].polarity for g, f in pairs)
    return Score(len(labels), len(found), len(pairs), actors, polarities)


def matched(labels: Sequence[str], found: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs (index of label, index of finding) of quotes that tell the same passage, one to one."""
    near = [
        (overlap(label, quote), g, f)
        for g, label in enumerate(labels)
        for f, quote in enumerate(found)
        if same_passage(label, quote)
    ]
    pairs: list[tuple[int, int]] = []
    for _, g, f in sorted(near, key=lambda row: (-row[0], row[1], row[2])):
        if all(g != a and f != b for a, b in pairs):
            pairs.append((g, f))
    return pairs


def same_passage(one: str, other: str) -> bool:
    """Whether two quotes tell the same passage."""
    if overlap(one, other) >= _OVERLAP:
        return True
    short, long = sorted((_words(one), _words(other)), key=len)
    if not len(short) >= _INSIDE or len(long) > _TIMES * len(short):
        return False
    return any(long[at : at + len(short)] == short for at in range(len(long) - len(short) + 1))


def overlap(one: str, other: str) -> float:
    """F1 of the words that two quotes share, 0 to 1."""
    mine, yours = Counter(_words(one)), Counter(_words(other))
    common = (mine & yours).total()
    return 2 * common / (mine.total() + yours.total()) if common else 0.0


def same_actor(name: str, accepted: Iterable[str]) -> bool:
    """Whether a name is one of the accepted ones, longer or shorter, sharing a word that tells them apart."""
    mine = set(_words(name)) - _ARTICLES
    for other in accepted:
        yours = set(_words(other)) - _ARTICLES
        telling = mine == yours or mine & yours - _COMMON
        if mine and yours and telling and (mine <= yours or yours <= mine):
            return True
    return False


def _names(label: Mapping[str, Any]) -> list[str]:
    return label.get("actor_names") or [label["actor"]]


def _words(text: str) -> list[str]:
    parts = text.replace("’s ", " ").replace("'s ", " ")
    return [word.strip("’'").lower() for word in _WORD.findall(parts)]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
