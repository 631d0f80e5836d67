"""A claim as the rules see it, and what a rule proposes with which score."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.models import Relation

Frame: TypeAlias = "Mapping[str, Any]"
"""A JSON-ready row: of a claim (`promises.py`), a report (`propositions.py`) or an event (`events.py`)."""

SURE_ACTOR = 0.9
"""Actor match from which the actor itself is said to act. Below it the sentence must name the promised
thing. A choice, made while looking at the development scenarios; what it wins and costs is not measured."""

BASE = {
    "hindered": 0.78,
    "opposite": 0.86,
    "negation": 0.88,
    "forbidden": 0.88,
    "reversal": 0.86,
    "broken": 0.88,
    "number": 0.9,
    "deadline": 0.84,
    "moved": 0.86,
    "fulfilled": 0.8,
    "kept": 0.85,
}
"""How sure a rule is of its relation when actor and topic agree fully, 0 to 1. Set on the development
scenarios."""
_LEAST_BY_ACTOR, _LEAST_BY_TOPIC = 0.35, 0.62
"""Shares of the base that are left where nothing says that it is the actor, or the topic. Set on the
development scenarios."""
_FULL_TOPIC = 0.8
"""Topic that counts as all of it: no report repeats every word. Set on the development scenarios."""


def score_of(rule: str, actor: float, about: float) -> float:
    """How sure a rule is, 0 to 1, given how surely it is the actor and the topic (0 to 1 each)."""
    by_actor = _LEAST_BY_ACTOR + (1 - _LEAST_BY_ACTOR) * actor
    by_topic = _LEAST_BY_TOPIC + (1 - _LEAST_BY_TOPIC) * min(1.0, about / _FULL_TOPIC)
    return BASE[rule] * by_actor * by_topic


@dataclass(frozen=True, slots=True)
class Context:
    """A claim as the rules see it."""

    claim: Frame
    """The frame of the telling."""
    keys: tuple[str, ...]
    """Keys of its actor: the own ones first (`claim["own"]` of them), then bodies it acts for."""
    published: date | None
    """The day of the report."""
    made: date | None
    """The day of the promise."""
    same_article: bool

    @property
    def due(self) -> date | None:
        """The last day on which the promise is met."""
        return date.fromisoformat(self.claim["due"]) if self.claim.get("due") else None

    @property
    def overdue(self) -> bool:
        """Whether the report is from after the deadline."""
        return self.due is not None and self.published is not None and self.published >= self.due

    @property
    def running(self) -> bool:
        """Whether there is still time to keep the promise."""
        return self.due is not None and self.published is not None and self.published < self.due

    @property
    def out_of_force(self) -> bool:
        """Whether the promise does not hold on the day of the report: an omission not begun yet, or over."""
        if self.published is None:
            return False
        begins = self.claim.get("begins")
        if begins and self.published < date.fromisoformat(begins):
            return True
        return bool(self.claim["refrain"] and self.claim["ends"] and self.due and self.published > self.due)

    @property
    def own(self) -> tuple[str, ...]:
        """Keys of the actor itself."""
        return self.keys[: self.claim["own"]]

    @property
    def bodies(self) -> tuple[str, ...]:
        """Keys of the bodies it acts for, and of the states that its name names."""
        return (*self.keys[self.claim["own"] :], *self.claim.get("lands", ()))


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule proposes."""

    relation: Relation
    rule: str
    """A key of BASE."""
    score: float
    """0 to 1."""
    event: Frame | None = None
    words: tuple[str, ...] = ()
    """The words that both share, heaviest first."""
    figures: tuple[Frame, ...] = ()
    """The reported figures that clash or agree."""
    details: Frame = field(default_factory=dict)
    """`due`: the new deadline, as an ISO date, of the rule `moved`."""
