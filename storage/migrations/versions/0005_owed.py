"""Messages that are still to be answered: what a process that died did not get to.

Revision: 0005. Revises: 0004.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "owed",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("replied", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_owed_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild", "message_id", name=op.f("pk_owed")),
        sqlite_strict=True,
    )
