"""What stands in a database, to be compared with one whose process was never disturbed."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.crash.pairs import news

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Record:
    """All that was found, each thing as often as it is there."""

    commitments: list[str]
    claims: list[str]
    evidence: list[tuple[str, str]]
    """The claim's content and the report's quote."""
    alerts: list[str]
    """Contents of the claims that they are about."""


def record(db: Path, guild: str) -> Record:
    """What a guild has on record."""
    with closing(sqlite3.connect(db, timeout=10)) as opened:

        def rows(query: str) -> list[tuple[str, ...]]:
            return sorted(opened.execute(query, (guild,)).fetchall())

        of_claim = "JOIN claims ON claims.id = claim_id"
        return Record(
            [q for (q,) in rows("SELECT quote FROM commitments WHERE guild = ? AND hidden IS NULL")],
            [c for (c,) in rows("SELECT content FROM claims WHERE guild = ? AND hidden IS NULL")],
            [
                (content, json.loads(report)["quote"])
                for content, report in rows(
                    f"SELECT content, report FROM evidence {of_claim} WHERE evidence.guild = ?"  # noqa: S608
                )
            ],
            [c for (c,) in rows(f"SELECT content FROM alerts {of_claim} WHERE alerts.guild = ?")],  # noqa: S608
        )


async def undisturbed(folder: Path, count: int) -> Record:
    """What comes of the first `count` articles when the batch interface reads them, one after another."""
    documents = [
        {"guild": "g", "id": str(n), "date": one.day, "title": one.title, "text": one.plain, "url": None}
        for n, one in ((n, news(n)) for n in range(count))
    ]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *("-m", "bot", "ingest", "--jsonl", "-", "--db", str(folder / "control.db")),
        cwd=ROOT, env={**os.environ, "PLEDGEWATCH_LOG_LEVEL": "error"}, stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    await process.communicate("\n".join(map(json.dumps, documents)).encode())
    assert process.returncode == 0
    return record(folder / "control.db", "g")
