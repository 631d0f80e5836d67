"""What the tracker needs of the rooms around it, as Protocols: it imports no SQL, no HTTP and no spaCy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date, datetime

    from bot.models import Analysis, Article, Claim, Commitment, Evidence, Finding, Outcome, Report, Status
    from bot.records import (
        ActorEntry,
        Applied,
        ClaimHit,
        Posting,
        QueuedArticle,
        Source,
        StoredArticle,
        StoredReport,
        Submitted,
    )


class Engine(Protocol):
    """The analysis of text. May raise AnalysisError (ModelError and LimitError among them)."""

    async def start(self) -> None:
        """Load the model; raises ModelError."""
        ...

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """What stands in one text; `aliases` are the guild's own: name to actor key."""
        ...

    async def group(self, commitments: Sequence[Commitment], claims: Sequence[Claim]) -> list[str | int]:
        """For each commitment: the id of the claim that it tells again, or the index of the commitment
        that first tells it here (its own: a new claim)."""
        ...

    async def judge(
        self, reports: Sequence[Report], claims: Sequence[Claim], *, published: date | None, article_id: str
    ) -> list[Finding]:
        """What the reports of one article say of the claims, best first; keeps the rule of time."""
        ...

    def key(self, name: str) -> str:
        """The key under which an actor of this name is filed."""
        ...

    def knows(self, name: str) -> bool:
        """Whether the lexicon has an actor of this name."""
        ...

    def fingerprint(self, commitment: Commitment) -> str:
        """Equal for two tellings that every report is held against alike."""
        ...

    def threshold(self, level: str) -> float:
        """Score from which a contradiction is an alert; `level` is strict, balanced or wide."""
        ...


class Read(Protocol):
    """What came of reading a page."""

    @property
    def article(self) -> Article:
        """The article, its url the canonical one."""
        ...

    @property
    def etag(self) -> str | None:
        """The server's mark of this version."""
        ...

    @property
    def last_modified(self) -> str | None:
        """The server's date of this version."""
        ...


class Reader(Protocol):
    """The reading of pages. May raise FetchError, PageError, LimitError or InputError."""

    async def read_url(self, url: str) -> Read:
        """Fetch and read a page."""
        ...

    async def read_changed(self, url: str, *, etag: str | None, last_modified: str | None) -> Read | None:
        """Fetch and read a page if it changed since that version; None: it did not."""
        ...

    async def read_bytes(self, body: bytes, content_type: str | None, url: str | None) -> Read:
        """Read a page, a PDF or a text that is at hand; `url` is where it was saved from."""
        ...


class Leases(Protocol):
    """The queue of articles, for whoever reads them."""

    async def lease(
        self,
        owner: str,
        now: datetime,
        seconds: float,
        *,
        guild: str | None = None,
        article_id: str | None = None,
    ) -> QueuedArticle | None:
        """Take an article from the queue: this one, or the oldest."""
        ...

    async def release(
        self,
        guild: str,
        article_id: str,
        owner: str,
        *,
        error: str | None = None,
        retry_at: datetime | None = None,
    ) -> None:
        """Put a leased article back."""
        ...

    async def set_aside(self, guild: str, article_id: str, error: str) -> None:
        """Give up on an article, visibly."""
        ...


class Pages(Protocol):
    """Lists of claims."""

    async def claims(
        self,
        guild: str,
        *,
        actor_keys: Sequence[str] = (),
        status: Status | None = None,
        since: date | None = None,
        text: str | None = None,
        limit: int = 25,
        offset: int = 0,
    ) -> list[Claim]:
        """A page of claims, newest first."""
        ...


class Store(Leases, Pages, Protocol):
    """The record. Every method may raise StorageError; ids of another guild are not found."""

    async def submit(self, guild: str, source: Source, posting: Posting | None = None) -> Submitted:
        """Queue what is not known yet; committed when it returns."""
        ...

    async def requeue(self, guild: str, article_id: str) -> None:
        """Put an article back into the queue."""
        ...

    async def unchanged(
        self, guild: str, article_id: str, owner: str, *, etag: str | None, last_modified: str | None
    ) -> bool:
        """A page was read again and says the same: it stays as it was read."""
        ...

    async def apply(self, outcome: Outcome, *, now: datetime | None = None) -> Applied:
        """Store all that one reading came to, in one transaction."""
        ...

    async def article(self, guild: str, article_id: str) -> StoredArticle:
        """An article with all that was found in it; NotFoundError."""
        ...

    async def guilds(self) -> list[str]:
        """Every guild with a record."""
        ...

    async def aliases(self, guild: str) -> dict[str, str]:
        """The guild's own aliases: name to actor key."""
        ...

    async def actors(self, guild: str) -> list[ActorEntry]:
        """The actors that have claims."""
        ...

    async def claims_for_actors(self, guild: str, actor_keys: Sequence[str]) -> list[Claim]:
        """Every claim filed under one of the keys."""
        ...

    async def claims_by_id(self, guild: str, ids: Sequence[str]) -> list[Claim]:
        """These claims."""
        ...

    async def candidates(self, guild: str, text: str, limit: int) -> list[ClaimHit]:
        """Claims that share words with the text, nearest first."""
        ...

    async def claim(self, guild: str, claim_id: str) -> Claim:
        """One claim; NotFoundError."""
        ...

    async def evidence_for(self, guild: str, claim_id: str) -> list[Evidence]:
        """The evidence on a claim, newest article first."""
        ...

    async def stored_reports(
        self,
        guild: str,
        actor_keys: Sequence[str],
        *,
        exclude_article: str | None = None,
        of_articles: Collection[str] | None = None,
    ) -> list[StoredReport]:
        """Reports of the articles read earlier, or of these of them, that could be held against these
        actors."""
        ...
