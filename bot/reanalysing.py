"""Improved rules on the articles that are stored: what differs is shown, and applied when that is wanted.

What people decided stays: corrections, verdicts, claims that were merged or taken off the record. Alerts that
were raised are not raised again, nor taken back; what the new rules find besides may raise alerts of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

import structlog

from bot import processing, sending, texts
from bot.errors import AnalysisError, ModelError
from bot.tracker_protocols import Store as TrackerStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.alerting import Alerting
    from bot.models import Evidence
    from bot.records import Filed, StoredArticle
    from bot.tracker_protocols import Engine

log = structlog.get_logger(__name__)


class Record(TrackerStore, Protocol):
    """What of the store is needed here."""

    async def done(self, guild: str) -> list[str]:
        """Ids of the articles that were read, in the order of publishing."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """What other rules make of one article."""

    article: StoredArticle
    """As it is afterwards."""
    error: str | None = None
    """Why it could not be analysed; it stays as it was."""
    told: tuple[Filed, ...] = ()
    """Commitments that are new, or read in another way."""
    untold: tuple[Filed, ...] = ()
    """Commitments that are no longer found, or were read in another way."""
    found: tuple[Evidence, ...] = ()
    lost: tuple[Evidence, ...] = ()
    alerts: int = 0
    """Alerts that are raised by it."""

    @property
    def differs(self) -> bool:
        """Whether there is anything to say of it."""
        return bool(self.error or self.told or self.untold or self.found or self.lost or self.alerts)


class Reanalysing:
    """Goes over the stored articles. Nobody else may work on the database meanwhile."""

    def __init__(
        self,
        store: Record,
        engine: Engine,
        *,
        level: str,
        max_text_chars: int,
        alerting: Alerting | None = None,
        raise_alerts: bool = True,
    ) -> None:
        """`level`, `max_text_chars`: as the tracker has them. `raise_alerts`: whether new ones are raised."""
        self._store, self._engine, self._alerting = store, engine, alerting
        self._level, self._limit, self._raise = level, max_text_chars, raise_alerts

    async def guilds(self) -> list[str]:
        """Every guild with a record."""
        return await self._store.guilds()

    async def count(self, guild: str) -> int:
        """How many articles there are to go over."""
        return len(await self._store.done(guild))

    async def run(self, guild: str) -> AsyncIterator[Change]:
        """Analyse every article of a guild anew, in the order of publishing, and store what comes of it.

        Raises ModelError, StorageError; an article that cannot be analysed stays as it was.
        """
        for article_id in await self._store.done(guild):
            stored = await self._store.article(guild, article_id)
            if stored.article is None:
                continue
            try:
                yield await self._one(stored)
            except ModelError:
                raise
            except AnalysisError as error:
                log.warning("article not analysed", guild=guild, article=article_id, error=str(error))
                yield Change(stored, error=str(error))

    async def _one(self, before: StoredArticle) -> Change:
        article, guild = before.article, before.guild
        assert article is not None  # noqa: S101 - for the type checker; the caller looked
        if texts.unread(article, limit=self._limit) is not None:
            return Change(before)
        analysis = await self._engine.analyse(
            article.text,
            title=article.title,
            published=article.published,
            aliases=await self._store.aliases(guild),
        )
        outcome = await processing.decide(
            self._store,
            self._engine,
            guild=guild,
            article_id=before.id,
            article=replace(article, note=analysis.note or article.note),
            analysis=analysis,
            level=self._level,
        )
        if self._alerting is not None:
            outcome = await self._alerting.applied(outcome)
        if not self._raise:
            outcome = replace(outcome, evidence=tuple(replace(h, alert=False) for h in outcome.evidence))
        outcome = replace(outcome, reanalysis=True, sends=sending.reaches(guild))
        applied = await self._store.apply(outcome)
        return difference(before, applied.stored, alerts=len(applied.alerts))


def difference(before: StoredArticle, after: StoredArticle, *, alerts: int = 0) -> Change:
    """What differs between two readings of one article."""
    told = {_telling(filed): filed for filed in after.tellings}
    untold = {_telling(filed): filed for filed in before.tellings}
    found = {_finding(held): held for held in after.evidence}
    lost = {_finding(held): held for held in before.evidence}
    return Change(
        after,
        told=tuple(told[key] for key in told if key not in untold),
        untold=tuple(untold[key] for key in untold if key not in told),
        found=tuple(found[key] for key in found if key not in lost),
        lost=tuple(lost[key] for key in lost if key not in found),
        alerts=alerts,
    )


def _telling(filed: Filed) -> tuple[object, ...]:
    told = filed.telling.commitment
    terms = told.strength, told.speaker, told.addressee, told.condition, told.deadline
    return filed.claim_id, told.actor, told.content, told.polarity, told.quote, *terms


def _finding(held: Evidence) -> tuple[object, ...]:
    return held.claim_id, held.finding.relation, held.finding.report.quote
