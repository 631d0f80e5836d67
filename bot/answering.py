"""Puts together what the tracker answers: evidence with its claims and articles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.tracker_answers import ClaimRecord, Match, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models import Claim, Evidence
    from bot.records import StoredArticle
    from bot.tracker_protocols import Store


async def reading(store: Store, stored: StoredArticle, *, known: bool) -> Reading:
    """What was found when this article was read; evidence found later, through other articles, is theirs."""
    read = stored.fetched
    own = [e for e in stored.evidence if read is None or e.found <= read]
    late = [
        e
        for claim_id in dict.fromkeys(filed.claim_id for filed in stored.tellings)
        for e in await store.evidence_for(stored.guild, claim_id)
        if e.article_id != stored.id and e.found == read
    ]
    ids = list(dict.fromkeys(e.claim_id for e in (*own, *late)))
    claims = await store.claims_by_id(stored.guild, ids) if ids else []
    found = await _matches(store, stored.guild, [*own, *late], claims, stored)
    return Reading(stored, known, tuple(sorted(found, key=lambda m: -m.evidence.finding.score)))


async def record(store: Store, claim: Claim) -> ClaimRecord:
    """A claim with its evidence and the articles on both sides."""
    evidence = await store.evidence_for(claim.guild, claim.id)
    articles = {t.article_id: await store.article(claim.guild, t.article_id) for t in claim.tellings}
    return ClaimRecord(claim, await _matches(store, claim.guild, evidence, [claim]), articles)


async def _matches(
    store: Store,
    guild: str,
    evidence: Sequence[Evidence],
    claims: Sequence[Claim],
    stored: StoredArticle | None = None,
) -> tuple[Match, ...]:
    by_id = {claim.id: claim for claim in claims}
    articles = {stored.id: stored} if stored else {}
    for article_id in {e.article_id for e in evidence} - set(articles):
        articles[article_id] = await store.article(guild, article_id)
    return tuple(Match(e, by_id[e.claim_id], articles[e.article_id]) for e in evidence if e.claim_id in by_id)
