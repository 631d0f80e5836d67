"""Guilds and what they read: articles with versions, addresses and postings, the queue, channels, feeds.

Revision: 0001. Revises: nothing.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _guilds()
    _articles()
    _article_versions()
    _article_urls()
    _postings()
    _channels()
    _feeds()


def _guilds() -> None:
    op.create_table(
        "guilds",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("created", sa.Text(), nullable=False),
        sa.Column("settings", sa.Text(), nullable=False),
        sa.Column("left_at", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guilds")),
        sqlite_strict=True,
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=True),
        sa.Column("source_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("expires", sa.Text(), nullable=True),
        sa.Column("retry_at", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("pending", sa.Text(), nullable=True),
        sa.Column("pending_hash", sa.Text(), nullable=True),
        sa.Column("queued", sa.Text(), nullable=False),
        sa.Column("fetched", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("author", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_articles_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_articles_guild_id")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_articles_guild_content_hash"), "articles", ["guild", "content_hash"])
    op.create_index(
        op.f("ix_articles_guild_pending_hash"), "articles", ["guild", "pending_hash"], unique=False
    )
    op.create_index(op.f("ix_articles_state_queued"), "articles", ["state", "queued"], unique=False)


def _article_versions() -> None:
    op.create_table(
        "article_versions",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("fetched", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_article_versions_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild"], ["guilds.id"], name=op.f("fk_article_versions_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild", "article_id", "version", name=op.f("pk_article_versions")),
        sqlite_strict=True,
    )


def _article_urls() -> None:
    op.create_table(
        "article_urls",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_article_urls_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild"], ["guilds.id"], name=op.f("fk_article_urls_guild"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("guild", "url", name=op.f("pk_article_urls")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_article_urls_guild_article_id"), "article_urls", ["guild", "article_id"], unique=False
    )


def _postings() -> None:
    op.create_table(
        "postings",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["guild", "article_id"],
            ["articles.guild", "articles.id"],
            name=op.f("fk_postings_guild_article_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_postings_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild", "message_id", "article_id", name=op.f("pk_postings")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_postings_guild_article_id"), "postings", ["guild", "article_id"], unique=False)


def _channels() -> None:
    op.create_table(
        "channels",
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("watched", sa.Integer(), nullable=False),
        sa.Column("last_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_channels_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("guild", "id", name=op.f("pk_channels")),
        sqlite_strict=True,
    )


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("guild", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("channel_id", sa.Text(), nullable=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("checked", sa.Text(), nullable=True),
        sa.Column("next_check", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Text(), nullable=True),
        sa.Column("day", sa.Text(), nullable=True),
        sa.Column("today", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["guild"], ["guilds.id"], name=op.f("fk_feeds_guild"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("guild", "id", name=op.f("uq_feeds_guild_id")),
        sa.UniqueConstraint("guild", "url", name=op.f("uq_feeds_guild_url")),
        sqlite_autoincrement=True,
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_feeds_next_check"), "feeds", ["next_check"], unique=False)
