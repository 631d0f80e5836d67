"""How people correct the machine; each correction can be undone, and outlives a re-reading."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from bot.errors import InputError
from bot.models import Status
from storage import rows
from storage.changes import Changes, overlay
from storage.holding import quote_hash
from storage.ids import Kind, missing, parse
from storage.part import Part, utc_now
from storage.reviews import need_claim
from storage.tables import articles, claims, commitments, evidence
from storage.tellings import name_actor

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.models import Commitment, Finding, Verdict
    from bot.records import Correction

REJECTED = "not a commitment"
"""Why a claim and its tellings are hidden that a person rejected."""


class Corrections(Part):
    """Corrections of claims. All raise NotFoundError for what is not there."""

    async def correct(
        self,
        guild: str,
        claim_id: str,
        correction: Correction,
        *,
        by: str,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Set actor, wording or polarity of a claim and of its tellings; what was read is kept beneath."""
        values = {name: value for name, value in asdict(correction).items() if value is not None}
        if not values:
            raise InputError("The correction changes nothing.")
        async with self._db.write() as cx:
            number = await need_claim(cx, guild, claim_id)
            changes = Changes(cx, guild, now or utc_now())
            cells = rows.plain(values)
            own = {name: cell for name, cell in cells.items() if name != "frame"}
            await changes.put(claims, {"id": number}, own | {"corrected": True})
            for row in await tellings_of(cx, guild, number):
                corrected = (row.corrected or {}) | overlay(cells)
                await changes.put(commitments, {"id": row.id}, {"corrected": corrected})
            if correction.actor and correction.actor_keys:
                await name_actor(cx, guild, correction.actor_keys[0], correction.actor)
            return await changes.record(number, "corrected", by=by, reason=reason)

    async def reject(
        self,
        guild: str,
        claim_id: str,
        *,
        by: str,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Hide a claim that is no commitment; reading its articles again does not bring it back."""
        async with self._db.write() as cx:
            number = await need_claim(cx, guild, claim_id)
            changes = Changes(cx, guild, now or utc_now())
            await changes.put(claims, {"id": number}, {"hidden": REJECTED})
            for row in await tellings_of(cx, guild, number):
                await changes.put(commitments, {"id": row.id}, {"hidden": REJECTED})
            return await changes.record(number, "rejected", by=by, reason=reason)

    async def add_claim(
        self,
        guild: str,
        article_id: str,
        commitment: Commitment,
        *,
        by: str,
        claim_id: str | None = None,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Add a commitment that was missed, as a telling of a claim or as a claim of its own.

        The verdict's `claim_id` is the claim.
        """
        async with self._db.write() as cx:
            changes = Changes(cx, guild, now or utc_now())
            article = await _need_article(cx, guild, article_id)
            values = rows.commitment_values(commitment)
            if claim_id is None:
                number = await make_claim(changes, values)
            else:
                number = await need_claim(cx, guild, claim_id)
            owner = {"article_id": article.id, "claim_id": number, "version": article.version, "by": by}
            await changes.add(commitments, values | owner)
            if commitment.actor_keys:
                await name_actor(cx, guild, commitment.actor_keys[0], commitment.actor)
            return await changes.record(number, "added", by=by, reason=reason)

    async def attach(
        self,
        guild: str,
        claim_id: str,
        article_id: str,
        finding: Finding,
        *,
        by: str,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Hold a report against a claim that the rules missed; the verdict's `evidence_id` is the evidence.

        Where it is stored already (found, or attached and taken back), that row is shown as attached by hand.
        """
        async with self._db.write() as cx:
            number = await need_claim(cx, guild, claim_id)
            article = await _need_article(cx, guild, article_id)
            changes = Changes(cx, guild, now or utc_now())
            key = {
                "claim_id": number,
                "article_id": article.id,
                "quote_hash": quote_hash(finding.report.quote),
            }
            mine = (evidence.c[name] == value for name, value in key.items())
            found = (await cx.execute(select(evidence.c.id).where(evidence.c.guild == guild, *mine))).scalar()
            if found is None:
                made = key | rows.evidence_values(finding) | {"alert": False, "found": changes.now, "by": by}
                found = await changes.add(evidence, made)
            else:
                relation = {"relation": finding.relation.value, "by": by, "hidden": None}
                await changes.put(evidence, {"id": found}, relation)
            return await changes.record(number, "attached", by=by, reason=reason, evidence_id=found)


async def _need_article(cx: AsyncConnection, guild: str, article_id: str) -> Row[Any]:
    number = parse(Kind.ARTICLE, article_id)
    query = select(articles).where(articles.c.guild == guild, articles.c.id == number)
    row = (await cx.execute(query)).first()
    if row is None:
        raise missing(Kind.ARTICLE, article_id)
    return row


async def tellings_of(cx: AsyncConnection, guild: str, claim: int, *, hidden: bool = False) -> list[Row[Any]]:
    """The tellings of a claim that are shown, or all of them."""
    query = select(commitments).where(commitments.c.guild == guild, commitments.c.claim_id == claim)
    if not hidden:
        query = query.where(commitments.c.hidden.is_(None))
    return list((await cx.execute(query.order_by(commitments.c.id))).all())


async def make_claim(changes: Changes, first: dict[str, Any]) -> int:
    """Make a claim from the columns of its first commitment; its number."""
    own = {name: first[name] for name in ("actor", "actor_keys", "content", "polarity")}
    state = {"status": Status.NOT_RATED.value, "created": changes.now, "corrected": False}
    return await changes.add(claims, own | state)
