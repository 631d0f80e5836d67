"""Looking things up: lists of claims page by page, cards, and alerts with both sides of them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Protocol

from bot.errors import NotFoundError
from bot.models import Relation
from bot.review_answers import AlertView, Listing, Row
from bot.tracker_answers import ClaimRecord, Match
from bot.tracker_protocols import Pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.models import Claim, Evidence, Status, Verdict
    from bot.records import Alert, ClaimHit, StoredArticle
    from bot.review_answers import Query

PAGE = 5
"""Claims on a page: what can be taken in at once, and what fits with the longest allowed texts."""


CANDIDATES = 200
"""Claims that full text gives to be ranked: of public queries nine in ten have theirs among so many, and
twice as many add nothing."""


class Ranking(Protocol):
    """How what full text finds is put in order."""

    def asked(self, text: str) -> str:
        """What of a text is worth looking up."""
        ...

    def rank(
        self, query: str, found: Sequence[tuple[str, float]], rows: Mapping[str, int], total: int
    ) -> list[int]:
        """From a text, (text, score) of what was found, and how many of all claims hold each of its words:
        the positions of what was found, nearest first."""
        ...


class Shelf(Pages, Protocol):
    """What browsing needs of the store."""

    async def count_claims(
        self,
        guild: str,
        *,
        actor_keys: Sequence[str] = (),
        status: Status | None = None,
        since: date | None = None,
        text: str | None = None,
    ) -> int:
        """How many there are on all pages."""
        ...

    async def candidates(self, guild: str, text: str, limit: int) -> list[ClaimHit]:
        """Claims that share words with a text, nearest first."""
        ...

    async def spread(self, guild: str, text: str) -> tuple[int, dict[str, int]]:
        """How many claims there are, and how many hold each word of the text."""
        ...

    async def claim(self, guild: str, claim_id: str) -> Claim:
        """One claim, after merges; NotFoundError."""
        ...

    async def evidence_for(self, guild: str, claim_id: str) -> list[Evidence]:
        """The evidence on a claim, newest article first."""
        ...

    async def article(self, guild: str, article_id: str) -> StoredArticle:
        """An article; NotFoundError."""
        ...

    async def alert(self, guild: str, alert_id: str) -> Alert:
        """An alert; NotFoundError."""
        ...

    async def history(self, guild: str, claim_id: str) -> list[Verdict]:
        """The verdicts on a claim, the latest first."""
        ...


class Browser:
    """Reads the record of a guild. Every method may raise StorageError."""

    def __init__(self, shelf: Shelf, ranking: Ranking | None = None) -> None:
        """`ranking` is for words that no claim holds all of; None: nothing is found then."""
        self._shelf, self._ranking = shelf, ranking

    async def listing(self, guild: str, query: Query, page: int = 0) -> Listing:
        """A page of the claims asked for; a page beyond the last is the last."""
        total = await self._shelf.count_claims(
            guild,
            actor_keys=query.actor_keys,
            status=query.status,
            since=query.since,
            text=query.text or None,
        )
        if not total and query.text and self._ranking:
            return await self._nearest(guild, query, self._ranking)
        pages = max(1, -(-total // PAGE))
        page = min(max(page, 0), pages - 1)
        claims = await self._shelf.claims(
            guild,
            actor_keys=query.actor_keys,
            status=query.status,
            since=query.since,
            text=query.text or None,
            limit=PAGE,
            offset=page * PAGE,
        )
        rows = [_row(claim, await self._shelf.evidence_for(guild, claim.id)) for claim in claims]
        return Listing(query, tuple(rows), total, page, pages)

    async def _nearest(self, guild: str, query: Query, ranking: Ranking) -> Listing:
        """A page of claims that share words with the text, where none holds all of them."""
        asked = ranking.asked(query.text)
        hits = await self._shelf.candidates(guild, asked, CANDIDATES)
        fits = [hit for hit in hits if _asked_for(hit.claim, query)]
        total, held = await self._shelf.spread(guild, asked)
        texts = [(f"{hit.claim.actor} {hit.claim.content}", hit.score) for hit in fits]
        # Up to some tens of milliseconds, and a quarter of a second for the first: not on the event loop.
        order = await asyncio.to_thread(ranking.rank, query.text, texts, held, total)
        claims = [fits[at].claim for at in order[:PAGE]]
        rows = [_row(claim, await self._shelf.evidence_for(guild, claim.id)) for claim in claims]
        return Listing(query, tuple(rows), len(rows), 0, 1, nearest=bool(rows))

    async def card(self, guild: str, claim_id: str) -> ClaimRecord:
        """A claim with everything on it. NotFoundError."""
        claim = await self._shelf.claim(guild, claim_id)
        evidence = await self._shelf.evidence_for(guild, claim.id)
        articles = await self._articles(
            guild, [t.article_id for t in claim.tellings] + [e.article_id for e in evidence]
        )
        matches = tuple(Match(e, claim, articles[e.article_id]) for e in evidence if e.article_id in articles)
        told = {t.article_id for t in claim.tellings}
        return ClaimRecord(claim, matches, {i: a for i, a in articles.items() if i in told})

    async def alert(self, guild: str, alert_id: str) -> AlertView:
        """An alert with both sides. NotFoundError where its claim or evidence was taken off the record."""
        alert = await self._shelf.alert(guild, alert_id)
        claim = await self._shelf.claim(guild, alert.claim_id)
        evidence = next(
            (e for e in await self._shelf.evidence_for(guild, claim.id) if e.id == alert.evidence_id), None
        )
        if evidence is None:
            raise NotFoundError("The evidence of this alert was taken off the record.")
        wanted = evidence.finding.telling_id
        telling = next((t for t in claim.tellings if t.id == wanted), claim.tellings[-1])
        articles = await self._articles(guild, [evidence.article_id, telling.article_id, *alert.articles])
        if evidence.article_id not in articles:
            raise NotFoundError("The article of this alert was forgotten.")
        return AlertView(
            alert=alert,
            match=Match(evidence, claim, articles[evidence.article_id]),
            telling=telling,
            source=articles.get(telling.article_id),
            outlets=tuple(articles[i] for i in alert.articles if i in articles),
            verdict=await self._standing(guild, evidence),
        )

    async def _standing(self, guild: str, evidence: Evidence) -> Verdict | None:
        """The verdict that made the evidence what it is now."""
        if evidence.decision is None:
            return None
        history = await self._shelf.history(guild, evidence.claim_id)
        return next(
            (
                v
                for v in history
                if v.evidence_id == evidence.id and v.decision == evidence.decision and not v.undone
            ),
            None,
        )

    async def _articles(self, guild: str, ids: Sequence[str]) -> dict[str, StoredArticle]:
        """Those of the articles that are still there."""
        found = {}
        for article_id in dict.fromkeys(ids):
            try:
                found[article_id] = await self._shelf.article(guild, article_id)
            except NotFoundError:
                continue
        return found


def _row(claim: Claim, evidence: Sequence[Evidence]) -> Row:
    standing = [e for e in evidence if e.decision != "dismissed"]
    against = [e for e in standing if e.finding.relation is Relation.CONTRADICTS]
    return Row(
        claim,
        contradicted=len({e.article_id for e in against}),
        supported=len({e.article_id for e in standing if e.finding.relation is Relation.SUPPORTS}),
        confirmed=any(e.decision == "confirmed" for e in against),
    )


def _asked_for(claim: Claim, query: Query) -> bool:
    """Whether a claim fits all that is asked besides the text."""
    newest = max((t.made for t in claim.tellings if t.made), default=None)
    return (
        (not query.actor_keys or bool(set(query.actor_keys) & set(claim.actor_keys)))
        and query.status in (None, claim.status)
        and (query.since is None or (newest is not None and newest >= query.since))
    )
