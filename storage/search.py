"""Full text, the only part that knows the dialect: SQLite's FTS5. PostgreSQL's would be a second one.

What a person or an article says goes into a query as quoted words only, never as syntax. Ranks are computed
from the guild's own rows: the ranks of FTS5 count every guild's, and one guild's articles would show in
another's order.
"""

from __future__ import annotations

import hashlib
import math
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    Integer,
    column,
    delete,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
    union_all,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import ColumnElement, Select, TableClause
    from sqlalchemy.ext.asyncio import AsyncConnection

TERMS = 48
"""Words of a query that are looked up: a sentence has about 25, and each costs one index look-up."""

_COMMON_WORDS = """
a an and are as at be been but by for from had has have he her his i in is it its not of on or our said she
that the their them they this to was we were which who will with would you
"""
COMMON = frozenset(_COMMON_WORDS.split())
"""Words that are dropped from a query unless nothing else is left: they match nearly every row."""

_WORD = re.compile(r"\w+")


def _index(name: str) -> TableClause:
    return table(f"{name}_search", column("rowid", Integer), column("scope"), column("body"))


CLAIMS = _index("claim")
"""One row a claim: its actor and wordings."""
REPORTS = _index("report")
"""One row a report: its terms and quote."""


def scope(guild: str) -> str:
    """One word that stands for a guild: digits, which stemming leaves alone."""
    return "g" + str(int.from_bytes(hashlib.sha256(guild.encode()).digest()[:12], "big"))


def words(text: str) -> list[str]:
    """The distinct words of a text worth looking up, in their order."""
    found = list(dict.fromkeys(word for word in _WORD.findall(text.casefold()) if word.strip("_")))
    return ([word for word in found if word not in COMMON] or found)[:TERMS]


def _forms(word: str) -> list[str]:
    """The word quoted, and the other number of words like "tie", which the stemmer keeps apart."""
    others = [f"{word}s"] if word.endswith("ie") else [word[:-1]] if word.endswith("ies") else []
    return [f'"{form}"' for form in [word, *others]]


def _match(index: TableClause, guild: str, wanted: list[str]) -> ColumnElement[bool]:
    """Rows of the guild that hold all the words."""
    quoted = " AND ".join(f"({' OR '.join(_forms(word))})" for word in wanted)
    query = f"scope : {scope(guild)} AND body : ({quoted})"
    return literal_column(index.name).op("MATCH", is_comparison=True)(literal(query))


def holding(index: TableClause, guild: str, text: str) -> Select[Any] | None:
    """Numbers of the guild's rows that hold every word of the text; None where it has no words."""
    wanted = words(text)
    return select(index.c.rowid).where(_match(index, guild, wanted)) if wanted else None


async def ranked(
    cx: AsyncConnection, index: TableClause, guild: str, text: str, limit: int
) -> list[tuple[int, float]]:
    """Numbers of the guild's rows that share words with the text, with the sum of their weights; best first.

    A word weighs log(1 + rows / rows that hold it).
    """
    total, rows = await spread(cx, index, guild, text)
    weights = {word: math.log(1 + total / number) for word, number in rows.items()}
    if not weights:
        return []
    hits = union_all(
        *(
            select(index.c.rowid.label("number"), literal(weight).label("weight")).where(
                _match(index, guild, [word])
            )
            for word, weight in weights.items()
        )
    ).subquery()
    score = func.sum(hits.c.weight).label("score")
    query = select(hits.c.number, score).group_by(hits.c.number).order_by(score.desc(), hits.c.number)
    return [(number, value) for number, value in await cx.execute(query.limit(limit))]


async def spread(
    cx: AsyncConnection, index: TableClause, guild: str, text: str
) -> tuple[int, dict[str, int]]:
    """How many rows the guild has, and how many hold each of the text's words; those that none holds are
    left out."""
    wanted = words(text)
    if not wanted:
        return 0, {}
    mine = literal_column(index.name).op("MATCH", is_comparison=True)(literal(f"scope : {scope(guild)}"))
    total = (await cx.execute(select(func.count()).select_from(index).where(mine))).scalar_one()
    counts = [
        select(literal(number).label("word"), func.count().label("rows"))
        .select_from(index)
        .where(_match(index, guild, [word]))
        for number, word in enumerate(wanted)
    ]
    found = await cx.execute(union_all(*counts))
    return total, {wanted[number]: rows for number, rows in found if rows}


async def put(cx: AsyncConnection, index: TableClause, guild: str, bodies: Mapping[int, str]) -> None:
    """Index rows, in place of what was indexed under their numbers."""
    if not bodies:
        return
    await drop(cx, index, list(bodies))
    values = [{"rowid": number, "scope": scope(guild), "body": body} for number, body in bodies.items()]
    await cx.execute(insert(index), values)


async def drop(cx: AsyncConnection, index: TableClause, numbers: list[int]) -> None:
    """Take rows out of the index."""
    await cx.execute(delete(index).where(index.c.rowid.in_(numbers)))


async def contents(cx: AsyncConnection, index: TableClause) -> dict[int, tuple[str, str]]:
    """Everything that is indexed: scope and body by number."""
    query = select(index.c.rowid, index.c.scope, index.c.body)
    return {number: (owner, body) for number, owner, body in await cx.execute(query)}


async def verify(cx: AsyncConnection) -> None:
    """Let the database check its own index, in a write transaction. Raises its errors where it is broken."""
    for index in (CLAIMS, REPORTS):
        command = insert(table(index.name, column(index.name))).values({index.name: "integrity-check"})
        await cx.execute(command)
