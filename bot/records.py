"""What the store takes and hands out besides `bot.models`: the same kind of frozen values.

Times are UTC and aware. Ids are text: claims have plain numbers ("42"), everything else a letter before it
("a7" article, "t9" telling, "e3" evidence, "n1" alert, "v5" verdict, "f2" feed); wherever an id is taken, the
bare number is understood as well. Every id belongs to one guild; asked for from another, it is not there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from bot.models import AlertState, Article, ArticleState, Claim, Evidence, Polarity, Report, Telling


@dataclass(frozen=True, slots=True)
class Source:
    """What somebody wants read: an address, or a text, or both (a document that came with its address)."""

    url: str | None = None
    """Canonical URL."""
    text: str | None = None
    """None: still to be fetched."""
    title: str = ""
    published: date | None = None
    source_id: str | None = None
    """The id that a batch file gave it."""


@dataclass(frozen=True, slots=True)
class Posting:
    """The message that posted an article."""

    channel_id: str
    message_id: str
    author_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A message that waits for an answer."""

    guild: str
    channel_id: str
    message_id: str
    at: datetime
    replied: bool
    """Whether the reply was sent, and only the marks on the message are missing."""


class Submitted(NamedTuple):
    """Answer to a submission."""

    article_id: str
    is_new: bool
    """Whether it was queued by this submission; False: known already, see `state`."""
    state: ArticleState


@dataclass(frozen=True, slots=True)
class QueuedArticle:
    """An article leased to a worker."""

    id: str
    guild: str
    source: Source
    attempts: int
    """How often it was leased, this time included; from 1."""
    queued: datetime
    expires: datetime
    """When the lease ends unless it is extended."""
    etag: str | None = None
    last_modified: str | None = None
    version: int = 0
    """How often its text has been read and was new; 0: never."""
    interruptions: int = 0
    """How often the program died while it was in hand."""


@dataclass(frozen=True, slots=True)
class QueueStats:
    """How the queue stands."""

    waiting: int
    leased: int
    set_aside: int
    oldest: datetime | None
    """When the longest waiting article was queued."""


@dataclass(frozen=True, slots=True)
class OutboxStats:
    """How the outbox stands."""

    pending: int
    sending: int
    failed: int
    """Given up; they wait for a person."""
    oldest: datetime | None
    """When the longest waiting alert was raised."""


@dataclass(frozen=True, slots=True)
class Totals:
    """How much is stored."""

    guilds: int
    articles: int
    claims: int
    evidence: int
    alerts: int


@dataclass(frozen=True, slots=True)
class Filed:
    """A stored commitment with the claim under which it is filed."""

    claim_id: str
    telling: Telling


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article as the store holds it, with all that was found in it."""

    id: str
    guild: str
    source_id: str | None
    state: ArticleState
    article: Article | None
    """None while it waits to be fetched."""
    version: int
    """From 1; 0 while nothing has been read."""
    queued: datetime
    fetched: datetime | None
    error: str | None = None
    attempts: int = 0
    tellings: tuple[Filed, ...] = ()
    """In the order of the text."""
    evidence: tuple[Evidence, ...] = ()
    """What its reports say of claims; best first."""
    postings: tuple[Posting, ...] = ()
    url: str | None = None
    """The address that it was submitted with, also while nothing has been read; None: it has none."""


@dataclass(frozen=True, slots=True)
class Applied:
    """What storing an outcome did."""

    stored: StoredArticle
    new_claims: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    """Ids of the alerts that were put into the outbox, or joined."""
    gone: tuple[str, ...] = ()
    """Ids of tellings that the article no longer contains."""
    duplicate_of: str | None = None
    """Id of the article that already held this very text; the posting now belongs to that one, and
    `stored` is that one."""
    tellings: tuple[Filed, ...] = ()
    """For each commitment of the outcome, in its order, how it is filed."""


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report of an article read earlier."""

    article_id: str
    published: date | None
    report: Report


@dataclass(frozen=True, slots=True)
class ActorEntry:
    """An actor with claims in a guild, for look-up by what people type."""

    key: str
    name: str
    aliases: tuple[str, ...]
    claims: int


@dataclass(frozen=True, slots=True)
class Alert:
    """A row of the outbox."""

    id: str
    guild: str
    claim_id: str
    evidence_id: str
    state: AlertState
    nonce: str | None
    attempts: int
    created: datetime
    retry_at: datetime | None
    channel_id: str | None
    message_id: str | None
    error: str | None
    articles: tuple[str, ...]
    """Articles on the same event, the first first; more than one: outlets that joined."""
    shown: int
    """How many articles the message showed when it was sent or last edited."""


@dataclass(frozen=True, slots=True)
class Judged:
    """Evidence that a reviewer decided on."""

    evidence: Evidence
    reason: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A person's correction of a claim; what is None stays as it is."""

    actor: str | None = None
    actor_keys: tuple[str, ...] | None = None
    content: str | None = None
    polarity: Polarity | None = None
    frame: Mapping[str, Any] | None = None
    """The frame of the corrected wording."""


@dataclass(frozen=True, slots=True)
class GuildSettings:
    """What the managers of a guild have set. Watched channels are kept as `Channel`s."""

    alerts_channel: str | None = None
    reviewer_role: str | None = None
    mention_role: str | None = None
    replies: str = "findings"
    """`always`, `findings` or `never`."""
    threshold: str = "balanced"
    """`strict`, `balanced` or `wide`."""
    daily_alerts: int = 20
    """Alerts a day after which the rest go into one digest."""
    extra: dict[str, Any] = field(default_factory=dict)
    """Anything else, JSON-ready."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of a guild."""

    id: str
    guild: str
    watched: bool
    last_message: str | None
    """Id of the last message that was dealt with."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that a guild follows."""

    id: str
    guild: str
    url: str
    title: str
    channel_id: str | None
    etag: str | None
    last_modified: str | None
    checked: datetime | None
    next_check: datetime
    failures: int
    """Failed checks in a row."""
    paused: str | None
    """Why it is no longer checked; None: it is."""
    day: date | None
    """The day that `today` counts."""
    today: int
    """Articles queued from it on `day`."""


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A claim found by full text."""

    claim: Claim
    score: float
    """Higher is nearer; comparable within one answer only."""
