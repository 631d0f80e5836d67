"""Keeping the data: backup, and the check that all of it is whole."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sqlalchemy import and_, exists, select, text, true

from bot.errors import StorageError
from storage import copies, rows, search
from storage.claims import load_claims
from storage.filing import claim_body, report_body
from storage.ids import Kind, parse
from storage.part import Part
from storage.tables import (
    alert_articles,
    alerts,
    article_versions,
    claim_actors,
    claims,
    commitments,
    guilds,
    reports,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import ColumnElement, Table
    from sqlalchemy.ext.asyncio import AsyncConnection


class Keeping(Part):
    """Backup and check."""

    async def backup(self, target: Path) -> None:
        """Write a verified copy of the database, in use or not. Raises InputError where `target` exists."""
        path = self._db.path
        if path is None:
            raise StorageError("Backups are made of SQLite files; use the server's own tools.")
        await asyncio.to_thread(copies.copy, path, target)

    async def daily_backup(self, directory: Path, now: datetime, keep: int) -> Path | None:
        """Make today's backup unless it is there, and keep the newest `keep`; what was made."""
        target = directory / f"pledgewatch-{now:%Y-%m-%d}.db"
        if target.exists():
            return None
        await self.backup(target)
        await asyncio.to_thread(copies.prune, directory, "pledgewatch-????-??-??.db", keep)
        return target

    async def restore(self, backup: Path) -> Path | None:
        """Put a backup in place of the database, which is closed for it and open afterwards if it was before.

        What was there is kept under the name that is returned. Raises StorageError where the backup is not
        whole or another process runs on the database, SchemaError where a newer program made it.
        """
        path = self._db.path
        if path is None:
            raise StorageError("Backups are made of SQLite files; use the server's own tools.")
        was_open = self._db.is_open
        await self._db.close()
        try:
            with copies.sole_user(path):
                return await asyncio.to_thread(copies.put_back, backup, path)
        finally:
            if was_open:
                await self._db.open()

    async def check(self) -> list[str]:
        """What is wrong with the data, a sentence each; empty where all is whole.

        The file itself, references, offsets of quotes, actors of claims, alerts, and the search index.
        """
        async with self._db.write() as cx:  # nothing changes while it is compared
            found = await _file(cx)
            if found:
                return found
            for part in (_tellings, _actors, _alerts, _merges, _index):
                found += await part(cx)
            return found

    async def rebuild_index(self) -> None:
        """Make the search index anew from the claims and reports."""
        async with self._db.write() as cx:
            for index in (search.CLAIMS, search.REPORTS):
                await search.drop(cx, index, list(await search.contents(cx, index)))
            for guild, (of_claims, of_reports) in (await _bodies(cx)).items():
                await search.put(cx, search.CLAIMS, guild, of_claims)
                await search.put(cx, search.REPORTS, guild, of_reports)


async def _file(cx: AsyncConnection) -> list[str]:
    found = [
        f"The file is damaged: {line}."
        for line in (await cx.execute(text("PRAGMA integrity_check"))).scalars()
    ]
    if found == ["The file is damaged: ok."]:
        found = []
    orphans = (await cx.execute(text("PRAGMA foreign_key_check"))).all()
    return found + [
        f"Row {row[1]} of {row[0]} points to a row of {row[2]} that is not there." for row in orphans
    ]


async def _tellings(cx: AsyncConnection) -> list[str]:
    """Quotes stand at their offsets in the version of the text that they were read from.

    Reports do not say which one that is: a newer text that was stored unread leaves them as they are.
    """
    machine_made = (commitments.c.by.is_(None), commitments.c.hidden.is_(None))
    read_from = commitments.c.version == article_versions.c.version
    return [
        *await _misplaced(cx, "Telling", commitments, read_from, *machine_made),
        *await _misplaced(cx, "Report", reports, true()),
    ]


async def _misplaced(
    cx: AsyncConnection,
    kind: str,
    table: Table,
    version: ColumnElement[bool],
    *only: ColumnElement[bool],
) -> list[str]:
    source = (
        article_versions.c.guild == table.c.guild,
        article_versions.c.article_id == table.c.article_id,
        version,
    )
    query = (
        select(table.c.id, table.c.quote, table.c.start_at, table.c.end_at, article_versions.c.text)
        .select_from(table)
        .outerjoin(article_versions, and_(*source))
        .where(*only)
    )
    stands: dict[int, bool] = {}
    async for row in await cx.stream(query):
        here = row.text is not None and row.text[row.start_at : row.end_at] == row.quote
        stands[row.id] = here or stands.get(row.id, False)
    return [
        f"{kind} {number} is not where it should be in its article."
        for number, here in sorted(stands.items())
        if not here
    ]


async def _actors(cx: AsyncConnection) -> list[str]:
    filed: dict[int, set[str]] = {}
    for claim, key in await cx.execute(select(claim_actors.c.claim_id, claim_actors.c.actor_key)):
        filed.setdefault(claim, set()).add(key)
    return [
        f"Claim {number} is not filed under its actors."
        for number, keys in await cx.execute(select(claims.c.id, claims.c.actor_keys))
        if filed.get(number, set()) != set(keys)
    ]


async def _alerts(cx: AsyncConnection) -> list[str]:
    member = exists().where(
        alert_articles.c.guild == alerts.c.guild, alert_articles.c.alert_id == alerts.c.id
    )
    alone = select(alerts.c.id).where(~member).order_by(alerts.c.id)
    return [f"Alert {number} is about no article." for number in (await cx.execute(alone)).scalars()]


async def _merges(cx: AsyncConnection) -> list[str]:
    target = claims.alias()
    there = exists().where(target.c.guild == claims.c.guild, target.c.id == claims.c.merged_into)
    lost = select(claims.c.id).where(claims.c.merged_into.is_not(None), ~there)
    return [
        f"Claim {number} was merged into one that is gone." for number in (await cx.execute(lost)).scalars()
    ]


async def _index(cx: AsyncConnection) -> list[str]:
    """The search index holds exactly what it should."""
    await search.verify(cx)
    wanted: dict[str, dict[int, tuple[str, str]]] = {"claim": {}, "report": {}}
    for guild, (of_claims, of_reports) in (await _bodies(cx)).items():
        for kind, bodies in (("claim", of_claims), ("report", of_reports)):
            wanted[kind] |= {number: (search.scope(guild), body) for number, body in bodies.items()}
    found = []
    for kind, index in (("claim", search.CLAIMS), ("report", search.REPORTS)):
        there = await search.contents(cx, index)
        differing = {
            number
            for number in wanted[kind].keys() | there.keys()
            if wanted[kind].get(number) != there.get(number)
        }
        found += [f"The search index is out of step for {kind} {number}." for number in sorted(differing)]
    return found


async def _bodies(cx: AsyncConnection) -> dict[str, tuple[dict[int, str], dict[int, str]]]:
    """What the index should hold, by guild: of claims and of reports."""
    answer: dict[str, tuple[dict[int, str], dict[int, str]]] = {}
    for guild in (await cx.execute(select(guilds.c.id))).scalars().all():
        numbers = (await cx.execute(select(claims.c.id).where(claims.c.guild == guild))).scalars().all()
        shown = await load_claims(cx, guild, numbers)
        said = await cx.execute(select(reports).where(reports.c.guild == guild))
        answer[guild] = (
            {parse(Kind.CLAIM, claim.id): claim_body(claim) for claim in shown},
            {row.id: report_body(rows.report(row._mapping)) for row in said},
        )
    return answer
