"""The tables as they are now; how they came to be is in `migrations/`.

Every row belongs to a guild, and every reference between rows names the guild too: the database itself
refuses a row of one guild that points into another. What goes with a guild, an article or a claim is deleted
with it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
)

from storage.columns import Day, Flag, Json, Score, Stamp

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _table(name: str, *parts: Any, **options: Any) -> Table:
    return Table(name, metadata, *parts, sqlite_strict=True, **options)


def _numbered(name: str, *parts: Any) -> Table:
    """A table whose rows have a number of their own, never given twice."""
    return _table(
        name,
        Column("id", Integer, primary_key=True, autoincrement=True),
        _guild(),
        *parts,
        UniqueConstraint("guild", "id"),
        sqlite_autoincrement=True,
    )


def _guild() -> Column[Any]:
    return Column("guild", Text, ForeignKey("guilds.id", ondelete="CASCADE"), nullable=False)


def _of(column: str, table: str) -> ForeignKeyConstraint:
    """A reference that stays within the guild."""
    return ForeignKeyConstraint(["guild", column], [f"{table}.guild", f"{table}.id"], ondelete="CASCADE")


def _required(name: str, kind: Any) -> Column[Any]:
    return Column(name, kind, nullable=False)


guilds = _table(
    "guilds",
    Column("id", Text, primary_key=True),
    _required("created", Stamp),
    _required("settings", Json),
    Column("left_at", Stamp),
)

articles = _numbered(
    "articles",
    Column("url", Text),
    Column("content_hash", Text),  # of the version that was read last
    Column("source_id", Text),
    # The queue
    _required("state", Text),
    _required("attempts", Integer),
    Column("owner", Text),
    Column("expires", Stamp),
    Column("retry_at", Stamp),
    Column("error", Text),
    Column("pending", Json),  # text, title, published of a submitted text that was not read yet
    Column("pending_hash", Text),
    _required("queued", Stamp),
    # What was read
    Column("fetched", Stamp),
    _required("version", Integer),
    _required("title", Text),
    Column("site", Text),
    Column("author", Text),
    Column("published", Day),
    Column("language", Text),
    Column("kind", Text),
    Column("note", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Index(None, "guild", "content_hash"),
    Index(None, "state", "queued"),
    Index(None, "guild", "pending_hash"),
)

article_versions = _table(
    "article_versions",
    _guild(),
    _required("article_id", Integer),
    _required("version", Integer),
    _required("text", Text),
    _required("content_hash", Text),
    _required("fetched", Stamp),
    PrimaryKeyConstraint("guild", "article_id", "version"),
    _of("article_id", "articles"),
)

article_urls = _table(
    "article_urls",
    _guild(),
    _required("url", Text),
    _required("article_id", Integer),
    PrimaryKeyConstraint("guild", "url"),
    _of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

postings = _table(
    "postings",
    _guild(),
    _required("article_id", Integer),
    _required("message_id", Text),
    _required("channel_id", Text),
    _required("author_id", Text),
    _required("at", Stamp),
    PrimaryKeyConstraint("guild", "message_id", "article_id"),
    _of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

owed = _table(
    "owed",
    _guild(),
    _required("message_id", Text),
    _required("channel_id", Text),
    _required("at", Stamp),
    _required("replied", Flag),  # the reply was sent; the message is still to be marked
    PrimaryKeyConstraint("guild", "message_id"),
)

actors = _table(
    "actors",
    _guild(),
    _required("key", Text),
    _required("name", Text),
    PrimaryKeyConstraint("guild", "key"),
)

aliases = _table(
    "aliases",
    _guild(),
    _required("alias", Text),
    _required("actor", Text),
    _required("actor_key", Text),
    _required("by", Text),
    _required("at", Stamp),
    PrimaryKeyConstraint("guild", "alias"),
)

claims = _numbered(
    "claims",
    _required("actor", Text),
    _required("actor_keys", Json),  # claim_actors is made from it
    _required("content", Text),
    _required("polarity", Text),
    _required("status", Text),
    _required("created", Stamp),
    _required("corrected", Flag),  # a person set actor or wording: reading never changes them again
    Column("merged_into", Integer),
    Column("hidden", Text),  # why it is not shown; NULL: it is
)

claim_actors = _table(
    "claim_actors",
    _guild(),
    _required("claim_id", Integer),
    _required("actor_key", Text),
    PrimaryKeyConstraint("guild", "actor_key", "claim_id"),
    _of("claim_id", "claims"),
    Index(None, "guild", "claim_id"),
)

commitments = _numbered(
    "commitments",
    _required("article_id", Integer),
    _required("claim_id", Integer),
    _required("version", Integer),  # the last version of the article that holds it
    _required("quote", Text),
    _required("start_at", Integer),
    _required("end_at", Integer),
    _required("actor", Text),
    _required("actor_keys", Json),
    _required("content", Text),
    _required("polarity", Text),
    _required("strength", Text),
    Column("speaker", Text),
    Column("addressee", Text),
    Column("condition", Text),
    Column("deadline", Text),
    Column("due", Day),
    _required("frame", Json),
    Column("corrected", Json),  # what a person put in place of the columns above
    Column("by", Text),  # who added it by hand
    Column("gone_at", Stamp),  # when the article was found no longer to say it
    Column("hidden", Text),  # why it is not shown; NULL: it is
    _of("article_id", "articles"),
    _of("claim_id", "claims"),
    Index(None, "guild", "article_id"),
    Index(None, "guild", "claim_id"),
)

reports = _numbered(
    "reports",
    _required("article_id", Integer),
    _required("quote", Text),
    _required("start_at", Integer),
    _required("end_at", Integer),
    _required("actor_keys", Json),
    _required("terms", Text),
    Column("attributed_to", Text),
    _required("frame", Json),
    _of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

report_actors = _table(
    "report_actors",
    _guild(),
    _required("report_id", Integer),
    _required("actor_key", Text),
    PrimaryKeyConstraint("guild", "actor_key", "report_id"),
    _of("report_id", "reports"),
    Index(None, "guild", "report_id"),
)

evidence = _numbered(
    "evidence",
    _required("claim_id", Integer),
    _required("article_id", Integer),
    _required("quote_hash", Text),
    Column("telling_id", Integer, ForeignKey("commitments.id", ondelete="SET NULL"), index=True),
    _required("relation", Text),
    _required("score", Score),
    _required("rule", Text),
    _required("explanation", Text),
    _required("report", Json),
    _required("marks", Json),
    _required("claim_marks", Json),
    _required("alert", Flag),
    _required("found", Stamp),
    Column("decision", Text),
    Column("by", Text),
    Column("gone_at", Stamp),
    Column("hidden", Text),
    UniqueConstraint("guild", "claim_id", "article_id", "quote_hash"),
    _of("claim_id", "claims"),
    _of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

alerts = _numbered(
    "alerts",
    _required("claim_id", Integer),
    _required("evidence_id", Integer),
    _required("state", Text),
    Column("nonce", Text),
    _required("attempts", Integer),
    _required("created", Stamp),
    Column("retry_at", Stamp),
    Column("sent", Stamp),
    Column("channel_id", Text),
    Column("message_id", Text),
    Column("error", Text),
    _required("shown", Integer),
    _of("claim_id", "claims"),
    _of("evidence_id", "evidence"),
    Index(None, "state", "retry_at"),
    Index(None, "guild", "claim_id"),
    Index(None, "guild", "evidence_id"),
)

alert_articles = _table(
    "alert_articles",
    _guild(),
    _required("claim_id", Integer),
    _required("article_id", Integer),
    _required("alert_id", Integer),
    _required("evidence_id", Integer),
    _required("joined", Stamp),
    PrimaryKeyConstraint("guild", "claim_id", "article_id"),  # at most one alert for a claim and an article
    _of("claim_id", "claims"),
    _of("article_id", "articles"),
    _of("alert_id", "alerts"),
    _of("evidence_id", "evidence"),
    Index(None, "guild", "alert_id"),
    Index(None, "guild", "article_id"),
    Index(None, "guild", "evidence_id"),
)

verdicts = _numbered(
    "verdicts",
    _required("claim_id", Integer),
    Column("evidence_id", Integer),
    _required("decision", Text),
    Column("reason", Text),
    _required("by", Text),
    _required("at", Stamp),
    _required("changes", Json),  # the cells it changed, with the values before and after: what undo needs
    Column("undone", Integer),  # the verdict that undid it
    _of("claim_id", "claims"),
    Index(None, "guild", "claim_id"),
)

channels = _table(
    "channels",
    _guild(),
    _required("id", Text),
    _required("watched", Flag),
    Column("last_message", Text),
    PrimaryKeyConstraint("guild", "id"),
)

feeds = _numbered(
    "feeds",
    _required("url", Text),
    _required("title", Text),
    Column("channel_id", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked", Stamp),
    _required("next_check", Stamp),
    _required("failures", Integer),
    Column("paused", Text),
    Column("day", Day),
    _required("today", Integer),
    UniqueConstraint("guild", "url"),
    Index(None, "next_check"),
)
