"""Evidence, the alerts that it raises, and what people decided.

Revision: 0003. Revises: 0002.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _evidence()
    _alerts()
    _alert_articles()
    _verdicts()


def _evidence() -> None:
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("quote_hash", sa.Text(), nullable=False),
        sa.Column("telling_id", sa.Integer(), nullable=True),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("score", sa.Double().with_variant(sa.REAL(), "sqlite"), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("explanation", sa.Text(), nullable=False),
        sa.Column("report", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("claim_marks", sa.Text(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=True),
        sa.Column("gone_at", sa.Text(), nullable=True),
        sa.Column("hidden", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_evidence_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild", "claim_id"],
            ["claims.guild", "claims.id"],
            name=op.f("fk_evidence_guild_claim_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_evidence_guild"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["telling_id"], ["commitments.id"], name=op.f("fk_evidence_telling_id"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint(
            "guild",
            "claim_id",
            "article_id",
            "quote_hash",
            name=op.f("uq_evidence_guild_claim_id_article_id_quote_hash"),
        ),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_evidence_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_evidence_guild_article_id"), "evidence", ["guild", "article_id"], unique=False)
    op.create_index(op.f("ix_evidence_telling_id"), "evidence", ["telling_id"], unique=False)


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("retry_at", sa.Text(), nullable=True),
        sa.Column("sent", sa.Text(), nullable=True),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "claim_id"],
            ["claims.guild", "claims.id"],
            name=op.f("fk_alerts_guild_claim_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild", "evidence_id"],
            ["evidence.guild", "evidence.id"],
            name=op.f("fk_alerts_guild_evidence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_alerts_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_alerts_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_alerts_guild_claim_id"), "alerts", ["guild", "claim_id"], unique=False)
    op.create_index(op.f("ix_alerts_guild_evidence_id"), "alerts", ["guild", "evidence_id"], unique=False)
    op.create_index(op.f("ix_alerts_state_retry_at"), "alerts", ["state", "retry_at"], unique=False)


def _alert_articles() -> None:
    op.create_table(
        "alert_articles",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "alert_id"],
            ["alerts.guild", "alerts.id"],
            name=op.f("fk_alert_articles_guild_alert_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_alert_articles_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild", "claim_id"],
            ["claims.guild", "claims.id"],
            name=op.f("fk_alert_articles_guild_claim_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild", "evidence_id"],
            ["evidence.guild", "evidence.id"],
            name=op.f("fk_alert_articles_guild_evidence_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild"], ["guilds.id"], name=op.f("fk_alert_articles_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild", "claim_id", "article_id", name=op.f("pk_alert_articles")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_alert_articles_guild_alert_id"), "alert_articles", ["guild", "alert_id"], unique=False
    )
    op.create_index(
        op.f("ix_alert_articles_guild_article_id"), "alert_articles", ["guild", "article_id"], unique=False
    )
    op.create_index(
        op.f("ix_alert_articles_guild_evidence_id"), "alert_articles", ["guild", "evidence_id"], unique=False
    )


def _verdicts() -> None:
    op.create_table(
        "verdicts",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("claim_id", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("undone", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guild", "claim_id"],
            ["claims.guild", "claims.id"],
            name=op.f("fk_verdicts_guild_claim_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_verdicts_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_verdicts")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_verdicts_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_verdicts_guild_claim_id"), "verdicts", ["guild", "claim_id"], unique=False)
