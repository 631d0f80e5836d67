"""How often the program died with an article in hand: no attempt of the article's own.

Revision: 0006. Revises: 0005.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("articles", sa.Column("interruptions", sa.Integer(), nullable=False, server_default="0"))
