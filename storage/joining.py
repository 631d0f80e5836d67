"""Merging claims that are one, and splitting one that is two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from bot.errors import InputError
from storage import rows
from storage.changes import Changes
from storage.corrections import make_claim, tellings_of
from storage.ids import Kind, parse
from storage.part import Part, utc_now
from storage.reviews import need_claim
from storage.tables import alert_articles, alerts, claims, commitments, evidence

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from bot.models import Verdict

MERGED = "merged"
"""Why a claim is hidden that became part of another."""


class Joining(Part):
    """What is one claim, and what is two. All raise NotFoundError for what is not there."""

    async def merge(
        self,
        guild: str,
        claim_id: str,
        into: str,
        *,
        by: str,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Make a claim part of another, with all that belongs to it; its id leads there from now on."""
        async with self._db.write() as cx:
            number, target = await need_claim(cx, guild, claim_id), await need_claim(cx, guild, into)
            if number == target:
                raise InputError("That is the same claim.")
            changes = Changes(cx, guild, now or utc_now())
            for row in await tellings_of(cx, guild, number, hidden=True):
                await changes.put(commitments, {"id": row.id}, {"claim_id": target})
            await _move_evidence(changes, number, target)
            await _take_over_actors(changes, number, target)
            await changes.put(claims, {"id": number}, {"hidden": MERGED, "merged_into": target})
            return await changes.record(target, "merged", by=by, reason=reason)

    async def split(
        self,
        guild: str,
        claim_id: str,
        telling_ids: Collection[str],
        *,
        by: str,
        reason: str | None = None,
        now: datetime | None = None,
    ) -> Verdict:
        """Make some of a claim's tellings a claim of their own, with the evidence held against them.

        The verdict's `claim_id` is the new claim. Raises InputError unless something goes and something
        stays.
        """
        wanted = {parse(Kind.TELLING, telling_id) for telling_id in telling_ids}
        async with self._db.write() as cx:
            number = await need_claim(cx, guild, claim_id)
            told = await tellings_of(cx, guild, number)
            going = [row for row in told if row.id in wanted]
            if len(going) != len(wanted):
                raise InputError("Not all of these are tellings of that claim.")
            if not going or len(going) == len(told):
                raise InputError("Something must go and something must stay.")
            changes = Changes(cx, guild, now or utc_now())
            new = await make_claim(changes, rows.commitment_values(rows.commitment(going[0])))
            for row in going:
                await changes.put(commitments, {"id": row.id}, {"claim_id": new})
            await _move_evidence(changes, number, new, held_against=wanted)
            return await changes.record(new, "split", by=by, reason=reason)


async def _take_over_actors(changes: Changes, number: int, target: int) -> None:
    query = select(claims).where(claims.c.guild == changes.guild)
    there = (await changes.cx.execute(query.where(claims.c.id == target))).one()
    gone = (await changes.cx.execute(query.where(claims.c.id == number))).one()
    if not there.corrected:
        keys = list(dict.fromkeys([*there.actor_keys, *gone.actor_keys]))
        await changes.put(claims, {"id": target}, {"actor_keys": keys})


async def _move_evidence(
    changes: Changes, number: int, target: int, *, held_against: Collection[int] | None = None
) -> None:
    """Move evidence with its alerts. What the target has already stays behind, with the claim it was on."""
    cx, guild = changes.cx, changes.guild
    query = select(evidence).where(evidence.c.guild == guild)
    there = {
        (row.article_id, row.quote_hash)
        for row in await cx.execute(query.where(evidence.c.claim_id == target))
    }
    on_claim = query.where(evidence.c.claim_id == number).order_by(evidence.c.id)
    moved = [
        row.id
        for row in (await cx.execute(on_claim)).all()
        if (row.article_id, row.quote_hash) not in there
        and (held_against is None or row.telling_id in held_against)
    ]
    for evidence_id in moved:
        await changes.put(evidence, {"id": evidence_id}, {"claim_id": target})
    links = select(alert_articles).where(alert_articles.c.guild == guild)
    taken = {row.article_id for row in await cx.execute(links.where(alert_articles.c.claim_id == target))}
    mine = links.where(alert_articles.c.claim_id == number, alert_articles.c.evidence_id.in_(moved))
    for row in (await cx.execute(mine)).all():
        if row.article_id not in taken:
            key = {"alert_id": row.alert_id, "article_id": row.article_id}
            await changes.put(alert_articles, key, {"claim_id": target})
    raised = select(alerts.c.id).where(
        alerts.c.guild == guild, alerts.c.claim_id == number, alerts.c.evidence_id.in_(moved)
    )
    for alert in (await cx.execute(raised)).scalars().all():
        await changes.put(alerts, {"id": alert}, {"claim_id": target})
