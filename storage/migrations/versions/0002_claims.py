"""What is found in articles: commitments under claims, and reports; actors and their aliases.

Revision: 0002. Revises: 0001.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _actors()
    _aliases()
    _claims()
    _claim_actors()
    _commitments()
    _reports()
    _report_actors()


def _actors() -> None:
    op.create_table(
        "actors",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_actors_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild", "key", name=op.f("pk_actors")),
        sqlite_strict=True,
    )


def _aliases() -> None:
    op.create_table(
        "aliases",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_key", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_aliases_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild", "alias", name=op.f("pk_aliases")),
        sqlite_strict=True,
    )


def _claims() -> None:
    op.create_table(
        "claims",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_keys", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Integer(), nullable=False),
        sa.Column("merged_into", sa.Integer(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_claims_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_claims_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )


def _claim_actors() -> None:
    op.create_table(
        "claim_actors",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("actor_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "claim_id"],
            ["claims.guild", "claims.id"],
            name=op.f("fk_claim_actors_guild_claim_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild"], ["guilds.id"], name=op.f("fk_claim_actors_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild", "actor_key", "claim_id", name=op.f("pk_claim_actors")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_claim_actors_guild_claim_id"), "claim_actors", ["guild", "claim_id"], unique=False
    )


def _commitments() -> None:
    op.create_table(
        "commitments",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("actor_keys", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("polarity", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("speaker", sa.Text(), nullable=True),
        sa.Column("addressee", sa.Text(), nullable=True),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("due", sa.Text(), nullable=True),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.Column("corrected", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("gone_at", sa.Text(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_commitments_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild", "claim_id"],
            ["claims.guild", "claims.id"],
            name=op.f("fk_commitments_guild_claim_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild"], ["guilds.id"], name=op.f("fk_commitments_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitments")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_commitments_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_commitments_guild_article_id"), "commitments", ["guild", "article_id"], unique=False
    )
    op.create_index(op.f("ix_commitments_guild_claim_id"), "commitments", ["guild", "claim_id"], unique=False)


def _reports() -> None:
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("start_at", sa.Integer(), nullable=False),
        sa.Column("end_at", sa.Integer(), nullable=False),
        sa.Column("actor_keys", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("attributed_to", sa.Text(), nullable=True),
        sa.Column("frame", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_reports_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_reports_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reports")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_reports_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reports_guild_article_id"), "reports", ["guild", "article_id"], unique=False)


def _report_actors() -> None:
    op.create_table(
        "report_actors",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("report_id", sa.Integer(), nullable=False),
        sa.Column("actor_key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "report_id"],
            ["reports.guild", "reports.id"],
            name=op.f("fk_report_actors_guild_report_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild"], ["guilds.id"], name=op.f("fk_report_actors_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild", "actor_key", "report_id", name=op.f("pk_report_actors")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_report_actors_guild_report_id"), "report_actors", ["guild", "report_id"], unique=False
    )
