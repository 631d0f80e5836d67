"""Which findings become alerts in a guild: its own threshold, what its reviewers taught, and what joins what.

The rules say how sure they are; whether that is enough depends on the guild. Computed as data, from the
outcome of a reading to the same outcome with other alerts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

from rapidfuzz import fuzz, utils

from bot import learning
from bot.errors import NotFoundError
from bot.models import NewClaim, Relation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from bot.models import Evidence, Finding, Held, Outcome
    from bot.records import Alert, GuildSettings, Judged, StoredArticle

SAME_EVENT = timedelta(days=4)
"""Days between two articles on one event: the second day's papers, and a weekend."""

ALIKE = 55.0
"""Similarity (0 to 100) from which two reports against one claim, of one rule or one verb, tell of one event.
Set above chance: of 3,000 random pairs of sentences of the labelled scenarios, 95 in 100 score below 50. How
often outlets on one event score above it is not measured."""


class Record(Protocol):
    """What is needed of the store."""

    async def settings(self, guild: str) -> GuildSettings:
        """What the guild's managers set."""
        ...

    async def judged(self, guild: str) -> list[Judged]:
        """Evidence that stands decided, the latest verdict first."""
        ...

    async def alerts_for(self, guild: str, claim_id: str) -> list[Alert]:
        """The alerts on a claim."""
        ...

    async def evidence_for(self, guild: str, claim_id: str) -> list[Evidence]:
        """The evidence on a claim."""
        ...

    async def article(self, guild: str, article_id: str) -> StoredArticle:
        """An article."""
        ...


class Alerting:
    """Decides on alerts. May raise StorageError."""

    def __init__(
        self,
        record: Record,
        threshold: Callable[[str], float],
        verb: Callable[[Finding], str] = learning.marked_words,
    ) -> None:
        """`threshold`: the score behind a name; `verb`: what a finding says has happened, in one word."""
        self._record, self._threshold, self._verb = record, threshold, verb

    async def applied(self, outcome: Outcome) -> Outcome:
        """The outcome with the guild's alerts. Call it under the guild's lock."""
        if not any(held.finding.relation is Relation.CONTRADICTS for held in outcome.evidence):
            return outcome
        guild = outcome.guild
        judged = await self._record.judged(guild)
        level = (await self._record.settings(guild)).threshold
        enough = self._threshold(level) + learning.shift(judged)
        silenced = learning.dismissed_patterns(judged, self._verb)
        chosen = [
            index
            for index, held in _ranked(outcome.evidence)
            if held.finding.score >= enough and learning.pattern(held.finding, self._verb) not in silenced
        ]
        wanted = _one_each(outcome.evidence, chosen)
        standing = _Standing(self._record, guild)
        evidence = [
            replace(
                held,
                alert=index in wanted,
                joins=await self._joins(outcome, held, standing) if index in wanted else None,
            )
            for index, held in enumerate(outcome.evidence)
        ]
        return replace(outcome, evidence=tuple(evidence))

    async def _joins(self, outcome: Outcome, held: Held, standing: _Standing) -> str | None:
        """The alert on the same event; None: there is none, or the claim is new."""
        claim_id = held.finding.claim_id
        if claim_id in {NewClaim(index).id for index in range(len(outcome.commitments))}:
            return None
        alerts = await standing.alerts(claim_id)
        if not alerts:
            return None
        day = outcome.article.published
        if held.article_id is not None:
            day = await standing.day(held.article_id)
        for alert, first in alerts:
            if _near(day, await standing.day(first.article_id)) and self._alike(held.finding, first.finding):
                return alert.id
        return None

    def _alike(self, one: Finding, other: Finding) -> bool:
        """Whether two reports against one claim tell of one event."""
        word = self._verb(one)
        if one.rule != other.rule and not (word and word == self._verb(other)):
            return False
        texts = (utils.default_process(f.report.quote) for f in (one, other))
        return fuzz.token_set_ratio(*texts) >= ALIKE


class _Standing:
    """What a guild's record holds while one outcome is decided on, each thing looked up once: the thirtieth
    article on one promise is held against the same alerts and articles again and again."""

    def __init__(self, record: Record, guild: str) -> None:
        self._record, self._guild = record, guild
        self._alerts: dict[str, list[tuple[Alert, Evidence]]] = {}
        self._days: dict[str, date | None] = {}

    async def alerts(self, claim_id: str) -> list[tuple[Alert, Evidence]]:
        """The alerts on a claim that others may join, the latest first, with what raised them."""
        if claim_id not in self._alerts:
            alerts = await self._record.alerts_for(self._guild, claim_id)
            found = await self._record.evidence_for(self._guild, claim_id) if alerts else []
            evidence = {e.id: e for e in found if e.decision != "dismissed"}
            self._alerts[claim_id] = [
                (a, evidence[a.evidence_id]) for a in reversed(alerts) if a.evidence_id in evidence
            ]
        return self._alerts[claim_id]

    async def day(self, article_id: str) -> date | None:
        """When an article was published, as far as that is known."""
        if article_id not in self._days:
            try:
                article = (await self._record.article(self._guild, article_id)).article
            except NotFoundError:
                article = None
            self._days[article_id] = article.published if article else None
        return self._days[article_id]


def _ranked(evidence: Sequence[Held]) -> list[tuple[int, Held]]:
    """What contradicts, the surest first."""
    against = [(i, held) for i, held in enumerate(evidence) if held.finding.relation is Relation.CONTRADICTS]
    return sorted(against, key=lambda row: -row[1].finding.score)


def _one_each(evidence: Sequence[Held], ranked: Sequence[int]) -> set[int]:
    """Of each claim and article the first: at most one alert."""
    seen: set[tuple[str, str | None]] = set()
    wanted = set()
    for index in ranked:
        key = evidence[index].finding.claim_id, evidence[index].article_id
        if key not in seen:
            seen.add(key)
            wanted.add(index)
    return wanted


def _near(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and abs(one - other) <= SAME_EVENT
