"""What browsing and reviewing answer: frozen values with all that a reader needs, for the cogs to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from bot.models import Claim, Status, Telling, Verdict
    from bot.records import Alert, StoredArticle
    from bot.tracker_answers import Match


@dataclass(frozen=True, slots=True)
class Query:
    """Which claims are listed."""

    actor_keys: tuple[str, ...] = ()
    """Empty: of every actor."""
    name: str = ""
    """The actor as filed; empty: of every actor."""
    status: Status | None = None
    since: date | None = None
    text: str = ""
    """Words that a claim must hold."""
    taken_for: str = ""
    """What was typed, where it was taken for a misspelling of `name`."""


@dataclass(frozen=True, slots=True)
class Row:
    """One claim in a list."""

    claim: Claim
    contradicted: int
    """Articles that are reported to contradict it and were not dismissed."""
    supported: int
    """Articles that are reported to support it and were not dismissed."""
    confirmed: bool
    """Whether a reviewer confirmed a contradiction."""


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list of claims."""

    query: Query
    rows: tuple[Row, ...]
    total: int
    """Claims on all pages."""
    page: int
    """From 0."""
    pages: int
    """At least 1."""
    nearest: bool = False
    """Whether no claim holds all the words, and these share some of them; nearest first."""


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert with both sides of it."""

    alert: Alert
    match: Match
    """The evidence that raised it."""
    telling: Telling
    """The promise that it is held against."""
    source: StoredArticle | None
    """The article that told the promise; None where it was forgotten."""
    outlets: tuple[StoredArticle, ...]
    """The articles that report the event, the first first."""
    verdict: Verdict | None = None
    """The decision on the evidence that stands."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How often a guild's reviewers found the alerts right."""

    confirmed: int
    dismissed: int
    open: int
    """Alerts nobody has decided on."""
    reasons: tuple[tuple[str, int], ...] = ()
    """Why they were dismissed, the most frequent first."""
    shift: float = 0.0
    """By how much the verdicts have moved the guild's threshold; above 0: stricter."""

    @property
    def share(self) -> float | None:
        """Confirmed of all decided, 0 to 1; None where nothing was decided."""
        decided = self.confirmed + self.dismissed
        return self.confirmed / decided if decided else None
