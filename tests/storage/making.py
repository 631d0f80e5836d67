"""Values for the tests: small articles with promises and reports at their true offsets."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from bot.models import (
    Article,
    Claim,
    Commitment,
    Finding,
    Held,
    NewClaim,
    Outcome,
    Polarity,
    Relation,
    Report,
)
from bot.records import Applied, Posting, Source

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from storage.store import Store

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

PROMISE = "The Taliban promised to cut ties with Al Qaeda."
BREACH = "The Taliban has not cut ties with Al Qaeda, the UN said."


def url_of(path: Path) -> str:
    """The database URL of a file."""
    return f"sqlite+aiosqlite:///{path}"


def commitment(
    text: str,
    quote: str = PROMISE,
    *,
    content: str = "cut ties with Al Qaeda",
    actor: str = "Taliban",
    polarity: Polarity = Polarity.DO,
) -> Commitment:
    """A promise that stands in the text."""
    start = text.index(quote)
    return Commitment(
        actor=actor,
        actor_keys=(actor.casefold(),),
        quote=quote,
        start=start,
        end=start + len(quote),
        content=content,
        polarity=polarity,
        frame={"event": content.split()[0]},
    )


def report(text: str, quote: str = BREACH, *, actor: str = "Taliban") -> Report:
    """A report that stands in the text."""
    start = text.index(quote)
    return Report(quote, start, start + len(quote), (actor.casefold(),), "taliban cut tie al qaeda", None)


def against(claim_id: str, found: Report, *, score: float = 0.9, telling_id: str | None = None) -> Finding:
    """A finding that the report contradicts the claim."""
    return Finding(
        claim_id=claim_id,
        report=found,
        relation=Relation.CONTRADICTS,
        score=score,
        rule="negation",
        explanation="It is reported not to have been done.",
        marks=((0, 3),),
        telling_id=telling_id,
    )


def posting(message_id: str = "1001", channel_id: str = "77") -> Posting:
    """A message that posted something."""
    return Posting(channel_id=channel_id, message_id=message_id, author_id="5", at=NOW)


async def promised(
    store: Store,
    guild: str = "g1",
    text: str = PROMISE,
    *,
    published: date | None = date(2026, 1, 1),
    commitments: Sequence[Commitment] | None = None,
    url: str | None = None,
) -> Applied:
    """An article with promises, each a claim of its own, submitted and applied."""
    found = tuple([commitment(text)] if commitments is None else commitments)
    article_id = (await store.submit(guild, Source(url=url, text=text), now=NOW)).article_id
    outcome = Outcome(
        guild,
        article_id,
        Article(text, title="Promise", url=url, published=published),
        commitments=found,
        claims=tuple(NewClaim(index) for index in range(len(found))),
    )
    return await store.apply(outcome, now=NOW)


async def reported(
    store: Store,
    claim: Claim | str,
    guild: str = "g1",
    text: str = BREACH,
    *,
    published: date | None = date(2026, 2, 1),
    alert: bool = True,
) -> Applied:
    """An article with one report that contradicts a claim, submitted and applied."""
    claim_id = claim if isinstance(claim, str) else claim.id
    found = report(text)
    article_id = (await store.submit(guild, Source(text=text), now=NOW)).article_id
    outcome = Outcome(
        guild,
        article_id,
        Article(text, title="Breach", published=published),
        reports=(found,),
        evidence=(Held(against(claim_id, found), alert=alert),),
    )
    return await store.apply(outcome, now=NOW)
