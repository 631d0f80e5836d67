"""What reviewers decided over a whole guild: for its figures, and for what the alerts learn from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import and_, func, select

from bot.records import Judged
from storage import rows
from storage.changes import verdict
from storage.part import Part, gently
from storage.tables import evidence, verdicts

if TYPE_CHECKING:
    from bot.models import Verdict

MADE_AN_ALERT = and_(evidence.c.alert, evidence.c.by.is_(None))
"""Evidence that the rules found, and that was sure enough for an alert."""


class Judging(Part):
    """Verdicts over all claims."""

    async def judged(self, guild: str) -> list[Judged]:
        """Evidence that stands decided, with the reason, the latest verdict first; hidden claims included."""
        latest = (
            select(func.max(verdicts.c.id).label("number"))
            .where(
                verdicts.c.guild == guild,
                verdicts.c.decision.in_(("confirmed", "dismissed")),
                verdicts.c.undone.is_(None),
            )
            .group_by(verdicts.c.evidence_id)
            .subquery()
        )
        query = (
            select(evidence, verdicts.c.reason)
            .join(
                verdicts, and_(verdicts.c.guild == evidence.c.guild, verdicts.c.evidence_id == evidence.c.id)
            )
            .join(latest, latest.c.number == verdicts.c.id)
            .where(evidence.c.guild == guild, evidence.c.decision.is_not(None))
            .order_by(verdicts.c.id.desc())
        )
        async with self._db.read() as cx:
            found = gently(await cx.execute(query))
            return [Judged(rows.evidence(row), row.reason) async for row in found]

    async def count_alerts(self, guild: str) -> int:
        """How much evidence of the guild was sure enough for an alert."""
        query = select(func.count()).select_from(evidence).where(evidence.c.guild == guild, MADE_AN_ALERT)
        async with self._db.read() as cx:
            return int((await cx.execute(query)).scalar_one())

    async def decisions(self, guild: str, *, limit: int = 25, offset: int = 0) -> list[Verdict]:
        """Who decided what and when in the whole guild, the latest first."""
        query = select(verdicts).where(verdicts.c.guild == guild).order_by(verdicts.c.id.desc())
        async with self._db.read() as cx:
            return [verdict(row) for row in await cx.execute(query.limit(limit).offset(offset))]
