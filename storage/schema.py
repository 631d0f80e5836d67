"""What tables are made of: a guild in every row, numbers never given twice, references within a guild."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def table(name: str, *parts: Any, **options: Any) -> Table:
    """A table with strict types."""
    return Table(name, metadata, *parts, sqlite_strict=True, **options)


def numbered(name: str, *parts: Any) -> Table:
    """A table whose rows have a number of their own, never given twice."""
    return table(
        name,
        Column("id", Integer, primary_key=True, autoincrement=True),
        guild(),
        *parts,
        UniqueConstraint("guild", "id"),
        sqlite_autoincrement=True,
    )


def guild() -> Column[Any]:
    """The guild that a row belongs to."""
    return Column("guild", Text, ForeignKey("guilds.id", ondelete="CASCADE"), nullable=False)


def of(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that stays within the guild."""
    return ForeignKeyConstraint(["guild", column], [f"{table}.guild", f"{table}.id"], ondelete="CASCADE")


def required(name: str, kind: Any) -> Column[Any]:
    """A column that is always filled."""
    return Column(name, kind, nullable=False)
