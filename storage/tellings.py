"""Storing the commitments of one reading: which are stored already, and under which claims the others go.

Identity across readings: the same quote and content; else the same quote or the same content, with the same
polarity; else, in an unchanged text, spans that overlap. What stays keeps its id and its claim, and whatever
people made of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import insert, select, update

from bot.models import NewClaim, Status
from storage import rows
from storage.claims import resolve_claim
from storage.ids import Kind, parse
from storage.part import inserted
from storage.tables import actors, claim_actors, claims, commitments

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from sqlalchemy import Row
    from sqlalchemy.ext.asyncio import AsyncConnection

    from bot.models import Commitment, Outcome

SUPERSEDED = "no longer found by the rules"
"""Why a row is hidden that other rules had found in the same text."""


class Placed(NamedTuple):
    """A commitment of an outcome as it is stored now."""

    number: int
    claim: int


class Told(NamedTuple):
    """The commitments of a reading as they are stored now."""

    placed: tuple[Placed, ...] = ()
    """In the order of the outcome."""
    new: tuple[int, ...] = ()
    """Claims that were made."""
    gone: tuple[int, ...] = ()
    """Tellings that the text no longer contains."""
    touched: frozenset[int] = frozenset()
    """Claims that may have changed."""


class Reading(NamedTuple):
    """One reading of one article."""

    guild: str
    article: int
    version: int
    text: str
    changed: bool
    """Whether the text differs from the last reading's."""
    now: datetime


def pair(old: Sequence[Row[Any]], new: Sequence[Commitment], *, changed: bool) -> dict[int, Row[Any]]:
    """For commitments of a new reading, by index, the stored row that is the same telling."""
    tests: list[Callable[[Row[Any], Commitment], bool]] = [
        lambda row, c: row.quote == c.quote and row.content == c.content and row.polarity == c.polarity,
        lambda row, c: row.quote == c.quote and row.polarity == c.polarity,
        lambda row, c: row.content == c.content and row.polarity == c.polarity and row.actor == c.actor,
    ]
    if not changed:
        tests.append(
            lambda row, c: row.start_at < c.end and c.start < row.end_at and row.polarity == c.polarity
        )
    found: dict[int, Row[Any]] = {}
    left = list(old)
    for strictness, same in enumerate(tests):
        if strictness == 1:
            # What a person added is taken over by the rules only where they find the very same.
            left = [row for row in left if row.by is None]
        for index, commitment in enumerate(new):
            if index in found:
                continue
            row = next((row for row in left if same(row, commitment)), None)
            if row is not None:
                found[index] = row
                left.remove(row)
    return found


async def store_commitments(cx: AsyncConnection, reading: Reading, outcome: Outcome) -> Told:
    """Store the commitments of a reading."""
    mine = commitments.c.guild == reading.guild, commitments.c.article_id == reading.article
    old = (await cx.execute(select(commitments).where(*mine).order_by(commitments.c.id))).all()
    kept = pair(old, outcome.commitments, changed=reading.changed)
    kept_claims = {index: row.claim_id for index, row in kept.items()}
    claim_of, made = await _claims(cx, reading, outcome, kept_claims)
    placed = []
    for index, (commitment, claim) in enumerate(zip(outcome.commitments, claim_of, strict=True)):
        values = rows.commitment_values(commitment) | {"version": reading.version, "gone_at": None}
        if index in kept:
            row = kept[index]
            hidden = None if row.hidden == SUPERSEDED else row.hidden
            statement = update(commitments).where(commitments.c.id == row.id)
            await cx.execute(statement.values(values | {"hidden": hidden}))
            placed.append(Placed(row.id, claim))
            if outcome.reanalysis and row.corrected is None:
                await _reworded(cx, reading.guild, claim, row, commitment)
        else:
            values |= {"guild": reading.guild, "article_id": reading.article, "claim_id": claim}
            placed.append(Placed(inserted(await cx.execute(insert(commitments).values(values))), claim))
        await _file_under_actors(cx, reading.guild, claim, commitment)
    numbers = {where.number for where in placed}
    missing = [row for row in old if row.id not in numbers]
    gone = await _part_with(cx, reading, missing, reanalysis=outcome.reanalysis)
    touched = frozenset(claim_of).union(row.claim_id for row in old)
    return Told(tuple(placed), tuple(made), tuple(gone), touched)


async def _claims(
    cx: AsyncConnection, reading: Reading, outcome: Outcome, kept: dict[int, int]
) -> tuple[list[int], list[int]]:
    """The claim of each commitment, and which claims were made for it."""
    answer: list[int] = []
    made: list[int] = []
    started = dict(kept)
    for index, reference in enumerate(outcome.claims):
        if index in kept:
            claim: int | None = kept[index]
        elif isinstance(reference, NewClaim):
            claim = started.get(reference.index)
        else:
            # It may have been merged or forgotten since it was read; a promise is not lost with it.
            claim = await resolve_claim(cx, reading.guild, parse(Kind.CLAIM, reference))
        if claim is None:
            starter = reference.index if isinstance(reference, NewClaim) else index
            claim = await _new_claim(cx, reading, outcome.commitments[starter])
            made.append(claim)
            started[starter] = claim
        answer.append(claim)
    return answer, made


async def _new_claim(cx: AsyncConnection, reading: Reading, first: Commitment) -> int:
    values = {
        "guild": reading.guild,
        "actor": first.actor,
        "actor_keys": [],
        "content": first.content,
        "polarity": first.polarity.value,
        "status": Status.NOT_RATED.value,
        "created": reading.now,
        "corrected": False,
    }
    return inserted(await cx.execute(insert(claims).values(values)))


async def _file_under_actors(cx: AsyncConnection, guild: str, claim: int, commitment: Commitment) -> None:
    row = (await cx.execute(select(claims).where(claims.c.id == claim))).one()
    keys = [*row.actor_keys, *(key for key in commitment.actor_keys if key not in row.actor_keys)]
    if not row.corrected and keys != row.actor_keys:
        await set_actor_keys(cx, guild, claim, keys)
    if commitment.actor_keys:
        await name_actor(cx, guild, commitment.actor_keys[0], commitment.actor)


async def _reworded(cx: AsyncConnection, guild: str, claim: int, old: Row[Any], new: Commitment) -> None:
    """Give a claim that bears a telling's old wording the new one, unless people corrected it."""
    row = (await cx.execute(select(claims).where(claims.c.id == claim))).one()
    wording = {"actor": new.actor, "content": new.content, "polarity": new.polarity.value}
    was = all(getattr(row, name) == getattr(old, name) for name in wording)
    if row.corrected or not was:
        return
    await cx.execute(update(claims).where(claims.c.id == claim).values(wording))
    mine = commitments.c.guild == guild, commitments.c.claim_id == claim, commitments.c.hidden.is_(None)
    told = (await cx.execute(select(commitments).where(*mine).order_by(commitments.c.id))).all()
    await set_actor_keys(cx, guild, claim, [key for telling in told for key in telling.actor_keys])


async def set_actor_keys(cx: AsyncConnection, guild: str, claim: int, keys: Sequence[str]) -> None:
    """File a claim under these actors and no others."""
    wanted = list(dict.fromkeys(keys))
    await cx.execute(update(claims).where(claims.c.id == claim).values(actor_keys=wanted))
    mine = claim_actors.c.guild == guild, claim_actors.c.claim_id == claim
    await cx.execute(claim_actors.delete().where(*mine))
    if wanted:
        values = [{"guild": guild, "claim_id": claim, "actor_key": key} for key in wanted]
        await cx.execute(insert(claim_actors), values)


async def name_actor(cx: AsyncConnection, guild: str, key: str, name: str) -> None:
    """Keep the first name that an actor was given."""
    known = select(actors.c.key).where(actors.c.guild == guild, actors.c.key == key)
    if (await cx.execute(known)).first() is None:
        await cx.execute(insert(actors).values(guild=guild, key=key, name=name))


async def _part_with(
    cx: AsyncConnection, reading: Reading, missing: Sequence[Row[Any]], *, reanalysis: bool
) -> list[int]:
    """Decide on stored tellings that this reading did not find; those that are gone from the text now."""
    gone = []
    for row in missing:
        values: dict[str, Any] = {}
        start = reading.text.find(row.quote)
        machine_made = row.by is None and row.corrected is None and row.hidden is None
        if reanalysis and not reading.changed and machine_made:
            values = {"hidden": SUPERSEDED}
        elif start >= 0:
            # Still there word for word: it stays on record even if the rules passed over it this time.
            if reading.text[row.start_at : row.end_at] != row.quote:
                values = {"start_at": start, "end_at": start + len(row.quote)}
            values |= {"version": reading.version, "gone_at": None}
        elif reading.changed and row.gone_at is None:
            values = {"gone_at": reading.now}
            gone += [row.id] if row.hidden is None else []
        if values:
            await cx.execute(update(commitments).where(commitments.c.id == row.id).values(values))
    return gone
