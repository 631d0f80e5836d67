"""What people change, cell by cell, with the values before and after: so that it can be shown and undone.

A row that a person makes counts as a change of its `hidden` cell: undoing hides it, redoing shows it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update

from bot.errors import InputError
from bot.models import Verdict
from storage import rows
from storage.filing import index_claims
from storage.ids import Kind, render
from storage.part import inserted
from storage.tables import alert_articles, alerts, claims, commitments, evidence, verdicts
from storage.tellings import set_actor_keys

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row, Table
    from sqlalchemy.ext.asyncio import AsyncConnection

UNDONE = "undone"
"""Why a row is hidden that a person made and took back."""

_TABLES = {t.name: t for t in (claims, commitments, evidence, alerts, alert_articles, verdicts)}


class Changes:
    """The changes of one verdict, made and recorded in the transaction of `cx`."""

    def __init__(self, cx: AsyncConnection, guild: str, now: datetime) -> None:
        self.cx = cx
        self.guild = guild
        self.now = now
        self._made: list[dict[str, Any]] = []

    async def put(self, table: Table, key: Mapping[str, Any], values: Mapping[str, Any]) -> None:
        """Put values into the one row with this key; those that it has already are no change."""
        row = await self._row(table, key)
        if row is None:
            return
        before = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
        if not before:
            return
        after = {name: values[name] for name in before}
        await self.cx.execute(update(table).where(*self._is(table, key)).values(after))
        self._made.append({"table": table.name, "key": dict(key), "before": before, "after": after})

    async def add(self, table: Table, values: Mapping[str, Any]) -> int:
        """Make a row of the guild; its number."""
        number = inserted(await self.cx.execute(insert(table).values({"guild": self.guild} | dict(values))))
        key = {"id": number}
        hidden = {"before": {"hidden": UNDONE}, "after": {"hidden": None}}
        self._made.append({"table": table.name, "key": key} | hidden)
        return number

    async def take_back(self, made: list[dict[str, Any]]) -> None:
        """Set everything back that these changes set. Raises InputError where it was changed again since."""
        for change in reversed(made):
            table, key, after = _TABLES[change["table"]], change["key"], change["after"]
            row = await self._row(table, key)
            if row is None:
                continue  # forgotten since
            before = dict(change["before"])
            if "actor_keys" in after:
                # Reading may have filed the claim under further actors since; those stay.
                before["actor_keys"] = _without(row.actor_keys, after["actor_keys"], before["actor_keys"])
            if any(getattr(row, name) != value for name, value in after.items() if name != "actor_keys"):
                raise InputError("It was changed again since; undo the later change first.")
            await self.put(table, key, before)

    async def record(
        self,
        claim: int,
        decision: str,
        *,
        by: str,
        reason: str | None,
        evidence_id: int | None = None,
    ) -> Verdict:
        """Keep who decided what and when, with the changes made; bring index and actors in step."""
        touched = {claim} | self._claims()
        for number in touched:
            keys = (await self.cx.execute(select(claims.c.actor_keys).where(claims.c.id == number))).scalar()
            if keys is not None:
                await set_actor_keys(self.cx, self.guild, number, keys)
        await index_claims(self.cx, self.guild, touched)
        values = {"guild": self.guild, "claim_id": claim, "evidence_id": evidence_id, "decision": decision}
        values |= {"reason": reason, "by": by, "at": self.now, "changes": self._made}
        number = inserted(await self.cx.execute(insert(verdicts).values(values)))
        return verdict((await self.cx.execute(select(verdicts).where(verdicts.c.id == number))).one())

    def _claims(self) -> set[int]:
        found: set[int] = set()
        for change in self._made:
            if change["table"] == claims.name:
                found.add(change["key"]["id"])
            for side in ("before", "after"):
                found.update(v for name, v in change[side].items() if name == "claim_id")
        return found

    async def _row(self, table: Table, key: Mapping[str, Any]) -> Row[Any] | None:
        return (await self.cx.execute(select(table).where(*self._is(table, key)))).first()

    def _is(self, table: Table, key: Mapping[str, Any]) -> list[Any]:
        return [table.c.guild == self.guild, *(table.c[name] == value for name, value in key.items())]


def verdict(row: Row[Any]) -> Verdict:
    """A row of `verdicts`."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for change in row.changes:
        if change["table"] == claims.name and change["key"] == {"id": row.claim_id}:
            before |= change["before"]
            after |= change["after"]
    return Verdict(
        id=render(Kind.VERDICT, row.id),
        claim_id=render(Kind.CLAIM, row.claim_id),
        evidence_id=None if row.evidence_id is None else render(Kind.EVIDENCE, row.evidence_id),
        decision=row.decision,
        reason=row.reason,
        by=row.by,
        at=row.at,
        undone=row.undone is not None,
        before=before,
        after=after,
    )


def _without(now: list[str], after: list[str], before: list[str]) -> list[str]:
    """The keys of now without those that the change added, and with those that it took away."""
    added = set(after) - set(before)
    return list(dict.fromkeys([*(key for key in now if key not in added), *before]))


def overlay(values: Mapping[str, Any]) -> dict[str, Any]:
    """A correction as the cell `commitments.corrected` holds it; read back by `rows.commitment`."""
    return {name: value for name, value in values.items() if name in rows.CORRECTABLE}
