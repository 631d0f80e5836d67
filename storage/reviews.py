"""What people decide: verdicts on evidence, a claim's status, the history, and undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.errors import InputError
from storage.changes import Changes, verdict
from storage.claims import resolve_claim
from storage.ids import Kind, missing, parse
from storage.part import Part, utc_now
from storage.tables import claims, evidence, verdicts

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.models import Status, Verdict

DECISIONS = frozenset({"confirmed", "dismissed"})
"""What can be decided on evidence."""


class Reviews(Part):
    """Verdicts."""

    async def decide(
        self,
        guild: str,
        evidence_id: str,
        decision: str,
        *,
        by: str,
        reason: str | None = None,
        status: Status | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Confirm or dismiss evidence. Raises NotFoundError, and InputError on another decision.

        `status` rates the claim in the same verdict, so that one undo takes both back.
        """
        if decision not in DECISIONS:
            raise InputError(f"Evidence is confirmed or dismissed, not {decision!r}.")
        number = parse(Kind.EVIDENCE, evidence_id)
        mine = evidence.c.guild == guild, evidence.c.id == number
        async with self._db.write() as cx:
            claim = (await cx.execute(select(evidence.c.claim_id).where(*mine))).scalar()
            if claim is None:
                raise missing(Kind.EVIDENCE, evidence_id)
            changes = Changes(cx, guild, now or utc_now())
            await changes.put(evidence, {"id": number}, {"decision": decision})
            if status is not None:
                await changes.put(claims, {"id": claim}, {"status": status.value})
            return await changes.record(claim, decision, by=by, reason=reason, evidence_id=number)

    async def set_status(
        self,
        guild: str,
        claim_id: str,
        status: Status,
        *,
        by: str,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Rate a claim. Raises NotFoundError."""
        async with self._db.write() as cx:
            number = await need_claim(cx, guild, claim_id)
            changes = Changes(cx, guild, now or utc_now())
            await changes.put(claims, {"id": number}, {"status": status.value})
            return await changes.record(number, "status", by=by, reason=reason)

    async def history(self, guild: str, claim_id: str) -> list[Verdict]:
        """Who decided what and when on a claim and those merged into it, the latest first."""
        async with self._db.read() as cx:
            number = await resolve_claim(cx, guild, parse(Kind.CLAIM, claim_id))
            if number is None:
                raise missing(Kind.CLAIM, claim_id)
            numbers = await merged_into(cx, guild, number)
            query = select(verdicts).where(verdicts.c.guild == guild, verdicts.c.claim_id.in_(numbers))
            return [verdict(row) for row in await cx.execute(query.order_by(verdicts.c.id.desc()))]

    async def undo(
        self, guild: str, verdict_id: str, *, by: str, reason: str | None = None, now: datetime | None = None
    ) -> Verdict:
        """Set back everything that a verdict changed; undoing an undo does it again.

        Raises NotFoundError; InputError where it is undone already, or was changed again since.
        """
        number = parse(Kind.VERDICT, verdict_id)
        query = select(verdicts).where(verdicts.c.guild == guild, verdicts.c.id == number)
        async with self._db.write() as cx:
            row = (await cx.execute(query)).first()
            if row is None:
                raise missing(Kind.VERDICT, verdict_id)
            if row.undone is not None:
                raise InputError("That was undone already.")
            changes = Changes(cx, guild, now or utc_now())
            await changes.take_back(row.changes)
            await changes.put(verdicts, {"id": number}, {"undone": number})
            return await changes.record(
                row.claim_id, "undo", by=by, reason=reason, evidence_id=row.evidence_id
            )


async def need_claim(cx: AsyncConnection, guild: str, claim_id: str) -> int:
    """The number of a claim that is shown, after merges. Raises NotFoundError."""
    number = await resolve_claim(cx, guild, parse(Kind.CLAIM, claim_id))
    shown = select(claims.c.id).where(claims.c.id == number, claims.c.hidden.is_(None))
    if number is None or (await cx.execute(shown)).first() is None:
        raise missing(Kind.CLAIM, claim_id)
    return number


async def merged_into(cx: AsyncConnection, guild: str, number: int) -> list[int]:
    """The claim, and every claim that was merged into it."""
    found = [number]
    for claim in found:  # grows while it is walked: merges of merges
        query = select(claims.c.id).where(claims.c.guild == guild, claims.c.merged_into == claim)
        found += (await cx.execute(query)).scalars()
    return found
