"""What reviewing needs of the rooms around it, as Protocols."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from bot.models import Analysis, Article, Claim, Commitment, Finding, Status, Verdict
    from bot.records import Alert, Correction, GuildSettings, Judged, Source, StoredArticle
    from bot.tracker_answers import Reading


class Ledger(Protocol):
    """The record that verdicts and corrections are kept in. Ids of another guild raise NotFoundError."""

    async def decide(
        self,
        guild: str,
        evidence_id: str,
        decision: str,
        *,
        by: str,
        reason: str | None = None,
        status: Status | None = None,
    ) -> Verdict:
        """Confirm or dismiss evidence, and rate its claim."""
        ...

    async def set_status(
        self, guild: str, claim_id: str, status: Status, *, by: str, reason: str | None = None
    ) -> Verdict:
        """Rate a claim."""
        ...

    async def correct(
        self, guild: str, claim_id: str, correction: Correction, *, by: str, reason: str | None = None
    ) -> Verdict:
        """Set actor, wording or polarity; what was read is kept beneath."""
        ...

    async def reject(self, guild: str, claim_id: str, *, by: str, reason: str | None = None) -> Verdict:
        """Hide what is no commitment."""
        ...

    async def add_claim(
        self,
        guild: str,
        article_id: str,
        commitment: Commitment,
        *,
        by: str,
        claim_id: str | None = None,
        reason: str | None = None,
    ) -> Verdict:
        """Add a commitment that was missed."""
        ...

    async def attach(
        self,
        guild: str,
        claim_id: str,
        article_id: str,
        finding: Finding,
        *,
        by: str,
        reason: str | None = None,
    ) -> Verdict:
        """Hold a report against a claim."""
        ...

    async def merge(
        self, guild: str, claim_id: str, into: str, *, by: str, reason: str | None = None
    ) -> Verdict:
        """Make a claim part of another."""
        ...

    async def split(
        self, guild: str, claim_id: str, telling_ids: Collection[str], *, by: str, reason: str | None = None
    ) -> Verdict:
        """Make tellings a claim of their own."""
        ...

    async def undo(self, guild: str, verdict_id: str, *, by: str, reason: str | None = None) -> Verdict:
        """Set back what a verdict changed."""
        ...

    async def history(self, guild: str, claim_id: str) -> list[Verdict]:
        """The verdicts on a claim, the latest first."""
        ...

    async def decisions(self, guild: str, *, limit: int = 25, offset: int = 0) -> list[Verdict]:
        """The verdicts of the guild, the latest first."""
        ...

    async def judged(self, guild: str) -> list[Judged]:
        """Evidence that stands decided, the latest verdict first."""
        ...

    async def count_alerts(self, guild: str) -> int:
        """Evidence that was sure enough for an alert."""
        ...

    async def alerts_for(self, guild: str, claim_id: str) -> list[Alert]:
        """The alerts on a claim."""
        ...

    async def alert(self, guild: str, alert_id: str) -> Alert:
        """One alert."""
        ...

    async def claim(self, guild: str, claim_id: str) -> Claim:
        """One claim."""
        ...

    async def posted_by(self, guild: str, message_id: str) -> list[StoredArticle]:
        """The articles that a message posted."""
        ...

    async def settings(self, guild: str) -> GuildSettings:
        """What the guild's managers set."""
        ...

    async def aliases(self, guild: str) -> dict[str, str]:
        """The guild's own names for actors."""
        ...


class Language(Protocol):
    """The analysis of text. May raise AnalysisError."""

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """What stands in a text."""
        ...

    def key(self, name: str) -> str:
        """The key under which an actor of this name is filed."""
        ...


class Reads(Protocol):
    """The tracker, as far as reviewing uses it."""

    async def ingest(self, guild: str, source: Source, *, article: Article | None = None) -> Reading:
        """Read an article now, or answer from the record where it was read."""
        ...

    async def recall(self, guild: str, article_id: str) -> Reading:
        """What came of an article read earlier."""
        ...
