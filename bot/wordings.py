"""Which tellings of a claim say something of their own.

A report is held against every wording of a claim once, whichever is posted first: the report against the
wordings that are stored, a new wording against the reports that are. The thirtieth copy of a wire story says
what the first one did, and costs next to nothing.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from bot.models import Claim, Commitment, Finding, Telling

    Fingerprint = Callable[[Commitment], str]
    """Equal for two tellings that no rule can tell apart."""

PART = 3
"""Tellings of a claim that are judged at once, so that no call to the analysis process takes long."""


def brief(claim: Claim) -> Claim:
    """A claim with its first tellings and the newest: what a commitment is compared with to be filed."""
    if len(claim.tellings) <= PART:
        return claim
    return replace(claim, tellings=(*claim.tellings[: PART - 1], claim.tellings[-1]))


async def distinct(claims: Sequence[Claim], article_id: str, fingerprint: Fingerprint) -> list[Claim]:
    """The claims with one telling of each wording, and with all that the article itself tells."""
    answer = []
    for claim in claims:
        told = replace(claim, tellings=in_order(claim.tellings))
        if len(told.tellings) > PART:
            told = _distinct(told, article_id, fingerprint)
            await asyncio.sleep(0)  # a promise told two hundred times takes some milliseconds
        answer.append(told)
    return answer


def _distinct(claim: Claim, article_id: str, fingerprint: Fingerprint) -> Claim:
    """Of tellings of one wording the oldest is kept, which the most reports come after; of those without a
    date, which any report may come after, one more."""
    seen: set[tuple[str, bool]] = set()
    kept = []
    for telling in claim.tellings:
        key = fingerprint(telling.commitment), telling.made is None
        if telling.article_id == article_id or key not in seen:
            kept.append(telling)
        if telling.article_id != article_id:
            seen.add(key)
    return replace(claim, tellings=tuple(kept))


@dataclass(frozen=True, slots=True)
class News:
    """What an article tells of a claim, for the reports that are stored."""

    claim: Claim
    said: Mapping[str, frozenset[str]]
    """By id of a telling, up to two of the stored articles that say the same in the same words, no later."""

    def for_reports_of(self, article_id: str) -> Claim | None:
        """The claim with what this article's reports were not held against yet; None: there is nothing.

        An article's reports are not held against its own promises, so what it said itself is new to them.
        """
        new = [t for t in self.claim.tellings if not self.said.get(t.id, frozenset()) - {article_id}]
        return replace(self.claim, tellings=tuple(new)) if new else None

    def concerns(self) -> frozenset[str] | None:
        """The articles whose reports there is something new for; None: any."""
        said = [self.said.get(telling.id, frozenset()) for telling in self.claim.tellings]
        if not all(said):
            return None
        return frozenset(article for articles in said if len(articles) == 1 for article in articles)


def news(
    told: Sequence[Claim], known: Sequence[Claim], article_id: str, fingerprint: Fingerprint
) -> list[News]:
    """What an article tells of each claim. `told`: with its own tellings; `known`: as they are stored."""
    stored = {claim.id: claim for claim in known}
    answer = []
    for claim in told:
        before = stored.get(claim.id)
        if before is None or not set(claim.actor_keys) <= set(before.actor_keys):
            # A new claim, or one that from now on is filed under one more actor: all of it.
            answer.append(News(claim, {}))
            continue
        others = [t for t in before.tellings if t.article_id != article_id]
        own = tuple(t for t in claim.tellings if t.article_id == article_id)
        said = {new.id: frozenset(islice(_saying(new, others, fingerprint), 2)) for new in own}
        answer.append(News(replace(claim, tellings=own), said))
    return answer


def _saying(new: Telling, others: Iterable[Telling], fingerprint: Fingerprint) -> Iterator[str]:
    """The articles of tellings that say the same and may be held against whatever the new one may be."""
    mine, articles = fingerprint(new.commitment), set()
    for old in others:
        if old.commitment.quote != new.commitment.quote or old.article_id in articles:
            continue
        in_time = old.made is new.made if old.made is None or new.made is None else old.made <= new.made
        if in_time and fingerprint(old.commitment) == mine:
            articles.add(old.article_id)
            yield old.article_id


def parts(claims: Iterable[Claim]) -> Iterator[list[Claim]]:
    """The claims again and again, each time with some of their tellings, until all have been there."""
    left = list(claims)
    first = 0
    while left:
        yield [replace(c, tellings=c.tellings[first : first + PART]) for c in left]
        first += PART
        left = [c for c in left if len(c.tellings) > first]


def best(findings: Iterable[Finding]) -> list[Finding]:
    """Of each claim and quote the surest finding, the surest first; of equal ones the first."""
    found: dict[tuple[str, str], Finding] = {}
    for finding in sorted(findings, key=lambda f: -f.score):
        found.setdefault((finding.claim_id, finding.report.quote), finding)
    return list(found.values())


def in_order(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Oldest first; undated ones last: nothing is known to be older than what is dated. Those of one day by
    their words, so that it does not matter which was posted first."""
    return tuple(sorted(tellings, key=lambda t: (t.made or date.max, t.commitment.quote)))
