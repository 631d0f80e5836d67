"""Full text over claims and reports: FTS5 on SQLite.

A row's `scope` is one token made from its guild, so that the index itself reads one guild only. Triggers take
out what is deleted, whatever deletes it.

Revision: 0004. Revises: 0003.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_TRIGGER = (
    "CREATE TRIGGER TABLE_search_delete AFTER DELETE ON TABLES "
    "BEGIN DELETE FROM TABLE_search WHERE rowid = old.id; END"
)


def upgrade() -> None:
    """Make the index; nothing on other databases, whose full text is still to be written."""
    if op.get_context().dialect.name != "sqlite":
        return
    for table in ("claim", "report"):
        op.execute(
            f"CREATE VIRTUAL TABLE {table}_search USING fts5("
            "scope, body, tokenize='porter unicode61 remove_diacritics 2')"
        )
        op.execute(_TRIGGER.replace("TABLE_", f"{table}_").replace("TABLES", f"{table}s"))
