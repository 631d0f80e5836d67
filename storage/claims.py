"""Claims: loading, listing, finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, exists, func, select

from bot.models import Claim, Evidence, Polarity, Status, Telling
from bot.records import ActorEntry, ClaimHit
from storage import rows, search
from storage.ids import Kind, missing, parse, render
from storage.part import Part, gently
from storage.tables import (
    actors,
    aliases,
    articles,
    claim_actors,
    claims,
    commitments,
    evidence,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from sqlalchemy import ColumnElement, Select
    from sqlalchemy.ext.asyncio import AsyncConnection

CHUNK = 100
"""Claims loaded with one statement; SQLite takes no more than 32,766 parameters."""

_TOLD = and_(commitments.c.guild == claims.c.guild, commitments.c.claim_id == claims.c.id)
_SHOWN = commitments.c.hidden.is_(None)


class Claims(Part):
    """What the guilds track."""

    async def claims_for_actors(self, guild: str, actor_keys: Collection[str]) -> list[Claim]:
        """Every claim filed under any of the keys, oldest first."""
        if not actor_keys:
            return []
        async with self._db.read() as cx:
            query = _filtered(guild, actor_keys).order_by(claims.c.id)
            return await load_claims(cx, guild, list((await cx.execute(query)).scalars()))

    async def claims_by_id(self, guild: str, ids: Collection[str]) -> list[Claim]:
        """Those of the ids that are there, in their order."""
        async with self._db.read() as cx:
            return await load_claims(cx, guild, [parse(Kind.CLAIM, claim_id) for claim_id in ids])

    async def candidates(self, guild: str, text: str, limit: int) -> list[ClaimHit]:
        """Claims that share words with the text, nearest first."""
        async with self._db.read() as cx:
            hits = await search.ranked(cx, search.CLAIMS, guild, text, limit)
            found = await load_claims(cx, guild, [number for number, _ in hits])
        scores = {render(Kind.CLAIM, number): score for number, score in hits}
        return [ClaimHit(claim, scores[claim.id]) for claim in found]

    async def spread(self, guild: str, text: str) -> tuple[int, dict[str, int]]:
        """How many claims there are, and how many hold each word of the text that any holds."""
        async with self._db.read() as cx:
            return await search.spread(cx, search.CLAIMS, guild, text)

    async def claims(
        self,
        guild: str,
        *,
        actor_keys: Collection[str] = (),
        status: Status | None = None,
        since: date | None = None,
        text: str | None = None,
        limit: int = 25,
        offset: int = 0,
    ) -> list[Claim]:
        """Claims, the last told first.

        Of any of these actors, with this status, told on `since` or later, holding every word of `text`; what
        is not given does not filter.
        """
        latest = (
            select(func.max(articles.c.published))
            .select_from(commitments)
            .join(articles, _article_of_telling())
            .where(_TOLD, _SHOWN)
            .scalar_subquery()
        )
        query = _filtered(guild, actor_keys, status, since, text)
        query = query.order_by(latest.desc().nulls_last(), claims.c.id.desc()).limit(limit).offset(offset)
        async with self._db.read() as cx:
            return await load_claims(cx, guild, list((await cx.execute(query)).scalars()))

    async def count_claims(
        self,
        guild: str,
        *,
        actor_keys: Collection[str] = (),
        status: Status | None = None,
        since: date | None = None,
        text: str | None = None,
    ) -> int:
        """How many claims `claims` would list without a limit."""
        query = _filtered(guild, actor_keys, status, since, text).subquery()
        async with self._db.read() as cx:
            return int((await cx.execute(select(func.count()).select_from(query))).scalar_one())

    async def claim(self, guild: str, claim_id: str) -> Claim:
        """One claim; the one it was merged into where it was. Raises NotFoundError."""
        async with self._db.read() as cx:
            number = await resolve_claim(cx, guild, parse(Kind.CLAIM, claim_id))
            found = await load_claims(cx, guild, [] if number is None else [number])
        if not found:
            raise missing(Kind.CLAIM, claim_id)
        return found[0]

    async def evidence_for(self, guild: str, claim_id: str) -> list[Evidence]:
        """What reports say of a claim, newest article first."""
        query = (
            select(evidence)
            .join(
                articles, and_(articles.c.guild == evidence.c.guild, articles.c.id == evidence.c.article_id)
            )
            .where(evidence.c.guild == guild, evidence.c.hidden.is_(None))
            .order_by(articles.c.published.desc().nulls_last(), evidence.c.score.desc(), evidence.c.id)
        )
        async with self._db.read() as cx:
            number = await resolve_claim(cx, guild, parse(Kind.CLAIM, claim_id))
            found = gently(await cx.execute(query.where(evidence.c.claim_id == number)))
            return [rows.evidence(row) async for row in found]

    async def actors(self, guild: str) -> list[ActorEntry]:
        """Every actor with a claim: name, aliases and number of claims; most claims first."""
        counted = (
            select(claim_actors.c.actor_key, func.count().label("number"))
            .join(
                claims, and_(claims.c.guild == claim_actors.c.guild, claims.c.id == claim_actors.c.claim_id)
            )
            .where(claim_actors.c.guild == guild, *_visible())
            .group_by(claim_actors.c.actor_key)
        )
        names = select(actors.c.key, actors.c.name).where(actors.c.guild == guild)
        also = select(aliases.c.actor_key, aliases.c.alias).where(aliases.c.guild == guild)
        async with self._db.read() as cx:
            counts = (await cx.execute(counted)).tuples().all()
            display = dict((await cx.execute(names)).tuples().all())
            others: dict[str, list[str]] = {}
            for key, alias in await cx.execute(also.order_by(aliases.c.alias)):
                others.setdefault(key, []).append(alias)
        entries = [ActorEntry(key, display.get(key, key), tuple(others.get(key, ())), n) for key, n in counts]
        return sorted(entries, key=lambda entry: (-entry.claims, entry.name, entry.key))


def _article_of_telling() -> ColumnElement[bool]:
    return and_(articles.c.guild == commitments.c.guild, articles.c.id == commitments.c.article_id)


def _visible() -> tuple[ColumnElement[bool], ...]:
    """A claim is shown while somebody is on record with it and nobody hid it."""
    return claims.c.hidden.is_(None), exists().where(_TOLD, _SHOWN)


def _filtered(
    guild: str,
    actor_keys: Collection[str] = (),
    status: Status | None = None,
    since: date | None = None,
    text: str | None = None,
) -> Select[Any]:
    query = select(claims.c.id).where(claims.c.guild == guild, *_visible())
    if actor_keys:
        of_actor = select(claim_actors.c.claim_id).where(
            claim_actors.c.guild == guild, claim_actors.c.actor_key.in_(list(actor_keys))
        )
        query = query.where(claims.c.id.in_(of_actor))
    if status is not None:
        query = query.where(claims.c.status == status.value)
    if since is not None:
        told = select(commitments.c.id).join(articles, _article_of_telling())
        query = query.where(told.where(_TOLD, _SHOWN, articles.c.published >= since).exists())
    if text and (holding := search.holding(search.CLAIMS, guild, text)) is not None:
        query = query.where(claims.c.id.in_(holding))
    return query


async def resolve_claim(cx: AsyncConnection, guild: str, number: int) -> int | None:
    """The claim that stands for this one after all merges, None where there is none."""
    while True:
        query = select(claims.c.id, claims.c.merged_into)
        row = (await cx.execute(query.where(claims.c.guild == guild, claims.c.id == number))).first()
        if row is None:
            return None
        if row.merged_into is None:
            return int(row.id)
        number = row.merged_into


async def load_claims(cx: AsyncConnection, guild: str, numbers: Sequence[int]) -> list[Claim]:
    """The visible ones of these claims with their tellings, in the order of the numbers."""
    found: dict[int, Claim] = {}
    for first in range(0, len(numbers), CHUNK):
        part = list(numbers[first : first + CHUNK])
        told: dict[int, list[Telling]] = {}
        query = (
            select(commitments, articles.c.published)
            .join(articles, _article_of_telling())
            .where(commitments.c.guild == guild, commitments.c.claim_id.in_(part), _SHOWN)
            .order_by(articles.c.published.nulls_last(), commitments.c.article_id, commitments.c.start_at)
        )
        async for row in gently(await cx.execute(query)):
            told.setdefault(row.claim_id, []).append(rows.telling(row))
        heads = select(claims).where(
            claims.c.guild == guild, claims.c.id.in_(part), claims.c.hidden.is_(None)
        )
        async for row in gently(await cx.execute(heads)):
            if row.id in told:
                found[row.id] = Claim(
                    id=render(Kind.CLAIM, row.id),
                    guild=row.guild,
                    actor=row.actor,
                    actor_keys=tuple(row.actor_keys),
                    content=row.content,
                    polarity=Polarity(row.polarity),
                    status=Status(row.status),
                    tellings=tuple(told[row.id]),
                )
    return [found[number] for number in numbers if number in found]
