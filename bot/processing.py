"""From what was found in one article to what is stored of it: a decision computed as data.

Order of posting does not matter, order of publishing does. So the article's reports are held against every
claim of their actors, and what the article tells that was not told before is held against the reports
already stored.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, Protocol

from bot import wordings
from bot.models import Claim, Held, NewClaim, Outcome, Relation, Status, Telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from bot.models import Analysis, Article, Finding, Report
    from bot.records import StoredReport
    from bot.tracker_protocols import Engine, Store
    from bot.wordings import News

MAX_CLAIMS = 400
"""Claims of an article's actors up to which each report is held against all of them; above, only against
those that full-text search finds."""

WORDS = 40
"""Words of an article, those told most often, by which claims of actors under other names are found."""

SEARCHED = 40
"""Claims that full-text search gives for one report above that."""


async def decide(
    store: Store,
    engine: Engine,
    *,
    guild: str,
    article_id: str,
    article: Article,
    analysis: Analysis,
    level: str,
) -> Outcome:
    """What to store of one analysed article. `level` names the alert threshold.

    Call it under the guild's lock: what it compares with must not change before the outcome is stored.
    """
    commitments = analysis.commitments
    known = await _claims(store, guild, commitments)
    briefly = [wordings.brief(claim) for claim in known]
    groups = await engine.group(commitments, briefly) if commitments else []
    told = _told(guild, article_id, article.published, analysis, groups, known)
    threshold = engine.threshold(level)

    against = await _against(store, guild, analysis.reports, told)
    own = await _judged(engine, analysis.reports, against, article.published, article_id)
    evidence = [*_held(own, threshold)]
    new = wordings.news(told, known, article_id, engine.fingerprint)
    for rows in await _stored(store, guild, article_id, new):
        reports, first = [row.report for row in rows], rows[0]
        claims = [claim for one in new if (claim := one.for_reports_of(first.article_id)) is not None]
        late = await _judged(engine, reports, claims, first.published, first.article_id)
        evidence += _held(late, threshold, article_id=first.article_id)

    return Outcome(
        guild=guild,
        article_id=article_id,
        article=article,
        commitments=tuple(commitments),
        claims=tuple(g if isinstance(g, str) else NewClaim(g) for g in groups),
        reports=tuple(analysis.reports),
        evidence=tuple(evidence),
        analysed=analysis.note is None,
    )


async def _judged(
    engine: Engine,
    reports: Sequence[Report],
    claims: Sequence[Claim],
    published: date | None,
    article_id: str,
) -> list[Finding]:
    """What the reports of one article say of the claims in any of their wordings."""
    if not reports:
        return []
    found: list[Finding] = []
    for part in wordings.parts(await wordings.distinct(claims, article_id, engine.fingerprint)):
        found += await engine.judge(reports, part, published=published, article_id=article_id)
    return wordings.best(found)


class _OfActors(Protocol):
    """A commitment, a report or a claim."""

    @property
    def actor_keys(self) -> tuple[str, ...]:
        """Keys of its actors."""
        ...


async def _claims(store: Store, guild: str, items: Iterable[_OfActors]) -> list[Claim]:
    keys = _keys(items)
    return await store.claims_for_actors(guild, keys) if keys else []


def _keys(items: Iterable[_OfActors]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for item in items for key in item.actor_keys))


def _told(
    guild: str,
    article_id: str,
    published: date | None,
    analysis: Analysis,
    groups: Sequence[str | int],
    known: Sequence[Claim],
) -> list[Claim]:
    """The claims that the article tells, its own tellings among theirs, under provisional ids where new."""
    stored = {claim.id: claim for claim in known}
    tellings: dict[str, list[Telling]] = {}
    for index, (commitment, group) in enumerate(zip(analysis.commitments, groups, strict=True)):
        claim_id = group if isinstance(group, str) else NewClaim(group).id
        telling = Telling(NewClaim(index).id, article_id, published, commitment)
        tellings.setdefault(claim_id, []).append(telling)
    return [
        _with_tellings(stored[claim_id], new) if claim_id in stored else _new_claim(guild, claim_id, new)
        for claim_id, new in tellings.items()
    ]


def _new_claim(guild: str, claim_id: str, tellings: Sequence[Telling]) -> Claim:
    first = tellings[0].commitment
    return Claim(
        id=claim_id,
        guild=guild,
        actor=first.actor,
        actor_keys=_keys(t.commitment for t in tellings),
        content=first.content,
        polarity=first.polarity,
        status=Status.NOT_RATED,
        tellings=tuple(tellings),
    )


def _with_tellings(claim: Claim, new: Sequence[Telling]) -> Claim:
    keys = dict.fromkeys((*claim.actor_keys, *_keys(t.commitment for t in new)))
    return replace(claim, actor_keys=tuple(keys), tellings=wordings.in_order((*claim.tellings, *new)))


async def _against(store: Store, guild: str, reports: Sequence[Report], told: Sequence[Claim]) -> list[Claim]:
    """The claims on which the reports may bear: those told here, the stored ones of the same actors, and
    those on the same things, whose actor may be named otherwise here ("ELN", "National Liberation Army")."""
    stored = await _claims(store, guild, reports)
    if len(stored) <= MAX_CLAIMS:
        topic = " ".join(
            word for word, _ in Counter(w for r in reports for w in r.terms.split()).most_common(WORDS)
        )
        near = [hit.claim for hit in await store.candidates(guild, topic, SEARCHED)] if topic else []
        stored += [c for c in near if c.id not in {s.id for s in stored}]
    else:
        found = {
            hit.claim.id
            for terms in {report.terms for report in reports}
            for hit in await store.candidates(guild, terms, SEARCHED)
        }
        stored = [claim for claim in stored if claim.id in found]
    here = {claim.id for claim in told}
    return [*told, *(claim for claim in stored if claim.id not in here)]


async def _stored(store: Store, guild: str, article_id: str, new: Sequence[News]) -> list[list[StoredReport]]:
    """Reports of other articles, by article, for which there is something new and which come late enough."""
    concerned = [one.concerns() for one in new]
    keys = _keys(one.claim for one, where in zip(new, concerned, strict=True) if where is None or where)
    if not keys:
        return []
    of = None if None in concerned else frozenset().union(*(where or () for where in concerned))
    found = await store.stored_reports(guild, keys, exclude_article=article_id, of_articles=of)
    made = [telling.made for one in new for telling in one.claim.tellings]
    since = None if None in made else min((day for day in made if day), default=None)
    later = [r for r in found if not (r.published and since and r.published < since)]
    later.sort(key=lambda r: r.article_id)
    return [list(rows) for _, rows in groupby(later, key=lambda r: r.article_id)]


def _held(findings: Sequence[Finding], threshold: float, *, article_id: str | None = None) -> list[Held]:
    """What is kept of the findings on one article; of each claim the best that is sure enough is an alert."""
    alerted: set[str] = set()
    held = []
    for finding in sorted(findings, key=lambda f: -f.score):
        if finding.relation is Relation.NEUTRAL:
            continue
        alert = (
            finding.relation is Relation.CONTRADICTS
            and finding.score >= threshold
            and finding.claim_id not in alerted
        )
        if alert:
            alerted.add(finding.claim_id)
        held.append(Held(finding, alert=alert, article_id=article_id))
    return held
