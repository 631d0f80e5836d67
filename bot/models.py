"""The words of the project as frozen values. No behaviour beyond small derived properties.

Offsets are character offsets into `Article.text`, with `text[start:end] == quote`.
Keys of actors are normalised names as `bot.analysis.names.key` makes them: equal keys, one actor.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


class Polarity(StrEnum):
    """Whether the actor binds itself to an act or state (`do`) or to leaving one undone (`refrain`)."""

    DO = "do"
    REFRAIN = "refrain"


class Strength(StrEnum):
    """`strong`: promised, will; `weak`: willing, ready, intends, plans."""

    STRONG = "strong"
    WEAK = "weak"


class Relation(StrEnum):
    """What a report says of a claim."""

    CONTRADICTS = "contradicts"
    SUPPORTS = "supports"
    NEUTRAL = "neutral"


class Status(StrEnum):
    """PolitiFact's six ratings of a promise; set by people, reversible."""

    NOT_RATED = "not rated"
    IN_THE_WORKS = "in the works"
    STALLED = "stalled"
    COMPROMISE = "compromise"
    KEPT = "kept"
    BROKEN = "broken"


class ArticleState(StrEnum):
    """Where an article stands in the queue."""

    QUEUED = "queued"
    LEASED = "leased"
    DONE = "done"
    SET_ASIDE = "set aside"


class AlertState(StrEnum):
    """Where an alert stands in the outbox."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    LOCAL = "local"  # of a record that no server reads: the command line shows it, nothing is sent


class PageKind(StrEnum):
    """What a page turned out to be. Only `article` and `live` are analysed."""

    ARTICLE = "article"
    LIVE = "live"
    STUB = "stub"
    CONSENT = "consent"
    LISTING = "listing"
    VIDEO = "video"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Article:
    """One published text, as read."""

    text: str
    title: str = ""
    """Empty where the source has none."""
    url: str | None = None
    """Canonical URL; None for pasted or attached text."""
    site: str | None = None
    author: str | None = None
    published: date | None = None
    language: str = "en"
    """ISO 639-1; only `en` is analysed."""
    kind: PageKind = PageKind.ARTICLE
    note: str | None = None
    """Something the reader should know, e.g. that a long page was cut."""


@dataclass(frozen=True, slots=True)
class Commitment:
    """One telling: a statement by which an actor binds itself to an act, an omission or a state."""

    actor: str
    """Display name of who is bound, resolved from pronouns and "the group"."""
    actor_keys: tuple[str, ...]
    """Keys under which it is filed: the actor's own first, then bodies it speaks or acts for; several
    own keys where several actors bind themselves jointly."""
    quote: str
    start: int
    end: int
    content: str
    """What is promised, as a plain infinitive phrase."""
    polarity: Polarity = Polarity.DO
    strength: Strength = Strength.STRONG
    speaker: str | None = None
    addressee: str | None = None
    condition: str | None = None
    deadline: str | None = None
    """As text."""
    due: date | None = None
    """The deadline as the last day on which it is met, normalised against the article's date."""
    frame: Mapping[str, Any] = field(default_factory=dict)
    """What the rules compare: JSON-ready, opaque outside `bot.analysis`."""


@dataclass(frozen=True, slots=True)
class Report:
    """A passage of an article that may bear on a claim: what happened, by whom, how surely."""

    quote: str
    start: int
    end: int
    actor_keys: tuple[str, ...]
    """Keys of every actor it could be held against."""
    terms: str
    """Lemmas and class names, space-separated: the text that full-text search indexes."""
    attributed_to: str | None = None
    frame: Mapping[str, Any] = field(default_factory=dict)
    """JSON-ready, opaque outside `bot.analysis`."""


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that was found in one text."""

    commitments: tuple[Commitment, ...] = ()
    reports: tuple[Report, ...] = ()
    note: str | None = None
    """Why nothing was looked for, e.g. "not English (de)"."""


@dataclass(frozen=True, slots=True)
class Telling:
    """A stored commitment with where it was told."""

    id: str
    article_id: str
    made: date | None
    """The day on which the article that tells it was published."""
    commitment: Commitment
    gone: bool = False
    """Whether the article, read again, no longer says it. It was said all the same."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The undertaking that people track: one actor, one content, told in one or more commitments."""

    id: str
    guild: str
    actor: str
    actor_keys: tuple[str, ...]
    content: str
    polarity: Polarity
    status: Status
    tellings: tuple[Telling, ...]
    """Oldest published first; at least one."""

    @property
    def made(self) -> date | None:
        """The day of the earliest telling, None where no telling is dated."""
        return min((t.made for t in self.tellings if t.made), default=None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One report held against one claim by the rules, before it is stored as evidence."""

    claim_id: str
    report: Report
    relation: Relation
    score: float
    """0 to 1: how sure the rules are of the relation."""
    rule: str
    """Name of the rule that fired."""
    explanation: str
    """One sentence, in plain words."""
    marks: tuple[tuple[int, int], ...] = ()
    """Spans of the report's quote (offsets into it) that clashed."""
    claim_marks: tuple[tuple[int, int], ...] = ()
    """Spans of the claim's quote (offsets into that of the telling it was held against) that clashed."""
    telling_id: str | None = None
    """The telling it was held against."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A stored finding."""

    id: str
    claim_id: str
    article_id: str
    finding: Finding
    alert: bool
    found: datetime
    decision: str | None = None
    """What a reviewer decided on it: `confirmed`, `dismissed`; None: nothing yet."""
    gone: bool = False
    """Whether the article, read again, no longer says it."""
    by: str | None = None
    """Who attached it by hand; None: the rules found it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reviewer decided on a claim or on evidence."""

    id: str
    claim_id: str
    evidence_id: str | None
    decision: str
    """`confirmed`, `dismissed`, `status`, or the name of a correction."""
    reason: str | None
    by: str
    """Discord id of the reviewer, or `cli`."""
    at: datetime
    undone: bool = False
    """Whether it was taken back since."""
    before: dict[str, Any] = field(default_factory=dict)
    """What it changed of the claim itself, by field, as it was before: the original is kept here."""
    after: dict[str, Any] = field(default_factory=dict)
    """The same fields as it set them."""


@dataclass(frozen=True, slots=True)
class NewClaim:
    """Reference to a claim that is not stored yet: the one that commitment `index` of an outcome starts."""

    index: int

    @property
    def id(self) -> str:
        """The claim's id until it is stored: what a `Finding` on it bears as `claim_id`."""
        return f"new:{self.index}"


@dataclass(frozen=True, slots=True)
class Held:
    """A finding to be stored as evidence.

    Its `claim_id` is a stored id or `NewClaim.id`; its `telling_id` a stored id, None, or `NewClaim(i).id`
    for commitment number i of the outcome.
    """

    finding: Finding
    alert: bool = False
    """Whether it is strong enough for an alert; of one claim and article only the best makes one."""
    article_id: str | None = None
    """The article whose report it is; None: the article of the outcome. Another one where a commitment
    was posted later than the report that breaks it."""
    joins: str | None = None
    """Id of an alert on the same event that it joins, in place of an alert of its own."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that one reading of one article comes to: stored in one transaction, or not at all."""

    guild: str
    article_id: str
    article: Article
    commitments: tuple[Commitment, ...] = ()
    claims: tuple[str | NewClaim, ...] = ()
    """For each commitment the claim that it tells: a stored one, or the one that a commitment of this
    outcome starts (`NewClaim(own index)`: its own)."""
    reports: tuple[Report, ...] = ()
    evidence: tuple[Held, ...] = ()
    fetched: datetime | None = None
    """When the text was read, in UTC; None: now."""
    etag: str | None = None
    last_modified: str | None = None
    analysed: bool = True
    """False where the text was stored but not analysed (`article.note` says why): nothing stored
    before is then taken for gone."""
    reanalysis: bool = False
    """True where the rules changed and not the text: what is no longer found is hidden, not `gone`."""
    sends: bool = True
    """False where there is no server to send its alerts to."""
