"""The tables as they are now; how they came to be is in `migrations/`.

Every row belongs to a guild, and every reference between rows names the guild too: the database itself
refuses a row of one guild that points into another. What goes with a guild, an article or a claim is deleted
with it.
"""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, PrimaryKeyConstraint, Text, UniqueConstraint

from storage.columns import Day, Flag, Json, Score, Stamp, Unread, WithFrame
from storage.schema import guild, metadata, numbered, of, required, table

__all__ = ["metadata"]

guilds = table(
    "guilds",
    Column("id", Text, primary_key=True),
    required("created", Stamp),
    required("settings", Json),
    Column("left_at", Stamp),
)

articles = numbered(
    "articles",
    Column("url", Text),
    Column("content_hash", Text),  # of the version that was read last
    Column("source_id", Text),
    # The queue
    required("state", Text),
    required("attempts", Integer),
    Column("interruptions", Integer, nullable=False, server_default="0"),
    Column("owner", Text),
    Column("expires", Stamp),
    Column("retry_at", Stamp),
    Column("error", Text),
    Column("pending", Json),  # text, title, published of a submitted text that was not read yet
    Column("pending_hash", Text),
    required("queued", Stamp),
    # What was read
    Column("fetched", Stamp),
    required("version", Integer),
    required("title", Text),
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

article_versions = table(
    "article_versions",
    guild(),
    required("article_id", Integer),
    required("version", Integer),
    required("text", Text),
    required("content_hash", Text),
    required("fetched", Stamp),
    PrimaryKeyConstraint("guild", "article_id", "version"),
    of("article_id", "articles"),
)

article_urls = table(
    "article_urls",
    guild(),
    required("url", Text),
    required("article_id", Integer),
    PrimaryKeyConstraint("guild", "url"),
    of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

postings = table(
    "postings",
    guild(),
    required("article_id", Integer),
    required("message_id", Text),
    required("channel_id", Text),
    required("author_id", Text),
    required("at", Stamp),
    PrimaryKeyConstraint("guild", "message_id", "article_id"),
    of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

owed = table(
    "owed",
    guild(),
    required("message_id", Text),
    required("channel_id", Text),
    required("at", Stamp),
    required("replied", Flag),  # the reply was sent; the message is still to be marked
    PrimaryKeyConstraint("guild", "message_id"),
)

actors = table(
    "actors",
    guild(),
    required("key", Text),
    required("name", Text),
    PrimaryKeyConstraint("guild", "key"),
)

aliases = table(
    "aliases",
    guild(),
    required("alias", Text),
    required("actor", Text),
    required("actor_key", Text),
    required("by", Text),
    required("at", Stamp),
    PrimaryKeyConstraint("guild", "alias"),
)

claims = numbered(
    "claims",
    required("actor", Text),
    required("actor_keys", Json),  # claim_actors is made from it
    required("content", Text),
    required("polarity", Text),
    required("status", Text),
    required("created", Stamp),
    required("corrected", Flag),  # a person set actor or wording: reading never changes them again
    Column("merged_into", Integer),
    Column("hidden", Text),  # why it is not shown; NULL: it is
)

claim_actors = table(
    "claim_actors",
    guild(),
    required("claim_id", Integer),
    required("actor_key", Text),
    PrimaryKeyConstraint("guild", "actor_key", "claim_id"),
    of("claim_id", "claims"),
    Index(None, "guild", "claim_id"),
)

commitments = numbered(
    "commitments",
    required("article_id", Integer),
    required("claim_id", Integer),
    required("version", Integer),  # the last version of the article that holds it
    required("quote", Text),
    required("start_at", Integer),
    required("end_at", Integer),
    required("actor", Text),
    required("actor_keys", Json),
    required("content", Text),
    required("polarity", Text),
    required("strength", Text),
    Column("speaker", Text),
    Column("addressee", Text),
    Column("condition", Text),
    Column("deadline", Text),
    Column("due", Day),
    required("frame", Unread),
    Column("corrected", Json),  # what a person put in place of the columns above
    Column("by", Text),  # who added it by hand
    Column("gone_at", Stamp),  # when the article was found no longer to say it
    Column("hidden", Text),  # why it is not shown; NULL: it is
    of("article_id", "articles"),
    of("claim_id", "claims"),
    Index(None, "guild", "article_id"),
    Index(None, "guild", "claim_id"),
)

reports = numbered(
    "reports",
    required("article_id", Integer),
    required("quote", Text),
    required("start_at", Integer),
    required("end_at", Integer),
    required("actor_keys", Json),
    required("terms", Text),
    Column("attributed_to", Text),
    required("frame", Unread),
    of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

report_actors = table(
    "report_actors",
    guild(),
    required("report_id", Integer),
    required("actor_key", Text),
    PrimaryKeyConstraint("guild", "actor_key", "report_id"),
    of("report_id", "reports"),
    Index(None, "guild", "report_id"),
)

evidence = numbered(
    "evidence",
    required("claim_id", Integer),
    required("article_id", Integer),
    required("quote_hash", Text),
    Column("telling_id", Integer, ForeignKey("commitments.id", ondelete="SET NULL"), index=True),
    required("relation", Text),
    required("score", Score),
    required("rule", Text),
    required("explanation", Text),
    required("report", WithFrame),
    required("marks", Json),
    required("claim_marks", Json),
    required("alert", Flag),
    required("found", Stamp),
    Column("decision", Text),
    Column("by", Text),
    Column("gone_at", Stamp),
    Column("hidden", Text),
    UniqueConstraint("guild", "claim_id", "article_id", "quote_hash"),
    of("claim_id", "claims"),
    of("article_id", "articles"),
    Index(None, "guild", "article_id"),
)

alerts = numbered(
    "alerts",
    required("claim_id", Integer),
    required("evidence_id", Integer),
    required("state", Text),
    Column("nonce", Text),
    required("attempts", Integer),
    required("created", Stamp),
    Column("retry_at", Stamp),
    Column("sent", Stamp),
    Column("channel_id", Text),
    Column("message_id", Text),
    Column("error", Text),
    required("shown", Integer),
    of("claim_id", "claims"),
    of("evidence_id", "evidence"),
    Index(None, "state", "retry_at"),
    Index(None, "guild", "claim_id"),
    Index(None, "guild", "evidence_id"),
)

alert_articles = table(
    "alert_articles",
    guild(),
    required("claim_id", Integer),
    required("article_id", Integer),
    required("alert_id", Integer),
    required("evidence_id", Integer),
    required("joined", Stamp),
    PrimaryKeyConstraint("guild", "claim_id", "article_id"),  # at most one alert for a claim and an article
    of("claim_id", "claims"),
    of("article_id", "articles"),
    of("alert_id", "alerts"),
    of("evidence_id", "evidence"),
    Index(None, "guild", "alert_id"),
    Index(None, "guild", "article_id"),
    Index(None, "guild", "evidence_id"),
)

verdicts = numbered(
    "verdicts",
    required("claim_id", Integer),
    Column("evidence_id", Integer),
    required("decision", Text),
    Column("reason", Text),
    required("by", Text),
    required("at", Stamp),
    required("changes", Json),  # the cells it changed, with the values before and after: what undo needs
    Column("undone", Integer),  # the verdict that undid it
    of("claim_id", "claims"),
    Index(None, "guild", "claim_id"),
)

channels = table(
    "channels",
    guild(),
    required("id", Text),
    required("watched", Flag),
    Column("last_message", Text),
    PrimaryKeyConstraint("guild", "id"),
)

feeds = numbered(
    "feeds",
    required("url", Text),
    required("title", Text),
    Column("channel_id", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("checked", Stamp),
    required("next_check", Stamp),
    required("failures", Integer),
    Column("paused", Text),
    Column("day", Day),
    required("today", Integer),
    UniqueConstraint("guild", "url"),
    Index(None, "next_check"),
)
