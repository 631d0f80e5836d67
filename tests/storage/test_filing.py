"""Applying outcomes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.errors import NotFoundError
from bot.models import Article, ArticleState, Held, NewClaim, Outcome, Polarity, Status
from bot.records import Source
from tests.storage.making import (
    BREACH,
    LATER,
    NOW,
    PROMISE,
    against,
    commitment,
    posting,
    promised,
    report,
    reported,
)

if TYPE_CHECKING:
    from storage.store import Store

PAGE = Article(PROMISE, title="Promise", published=date(2026, 1, 1))
"""What `promised` stores."""


async def test_a_promise_becomes_a_claim(store: Store) -> None:
    """What is applied can be read back, whole."""
    applied = await promised(store, url="https://example.org/a")
    assert applied.stored.state is ArticleState.DONE
    assert applied.stored.version == 1
    assert applied.stored == await store.article("g1", applied.stored.id)
    claim = await store.claim("g1", applied.new_claims[0])
    assert (claim.actor, claim.actor_keys, claim.status) == ("Taliban", ("taliban",), Status.NOT_RATED)
    assert claim.made == date(2026, 1, 1)
    assert [t.commitment for t in claim.tellings] == [commitment(PROMISE)]
    assert applied.tellings[0].claim_id == claim.id
    assert await store.claims_for_actors("g1", ["taliban", "china"]) == [claim]
    assert [(a.key, a.name, a.claims) for a in await store.actors("g1")] == [("taliban", "Taliban", 1)]


async def test_told_again_joins_the_claim(store: Store) -> None:
    """A commitment that refers to a stored claim is one more telling of it, and adds its actor keys."""
    first = await promised(store)
    text = "Again: " + PROMISE
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    again = replace(commitment(text), actor_keys=("taliban", "afghanistan"))
    outcome = Outcome("g1", article_id, Article(text), (again,), (first.new_claims[0],))
    applied = await store.apply(outcome, now=NOW)
    assert applied.new_claims == ()
    claim = await store.claim("g1", first.new_claims[0])
    assert len(claim.tellings) == 2
    assert claim.actor_keys == ("taliban", "afghanistan")
    assert await store.claims_for_actors("g1", ["afghanistan"]) == [claim]


async def test_one_claim_told_twice_in_one_article(store: Store) -> None:
    """Two commitments of one outcome that tell the same thing start one claim."""
    text = f"{PROMISE} It said so again: {PROMISE}"
    second = replace(commitment(text), start=text.rindex(PROMISE), end=len(text))
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    outcome = Outcome("g1", article_id, Article(text), (commitment(text), second), (NewClaim(0), NewClaim(0)))
    applied = await store.apply(outcome, now=NOW)
    assert len(applied.new_claims) == 1
    assert {filed.claim_id for filed in applied.tellings} == set(applied.new_claims)


async def test_a_report_raises_one_alert(store: Store) -> None:
    """Of several findings for one claim and article, the best raises the alert; all are kept."""
    claim_id = (await promised(store)).new_claims[0]
    text = f"{BREACH} Its ties were never cut."
    good, weak = report(text), report(text, "Its ties were never cut.")
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    held = (
        Held(against(claim_id, weak, score=0.6), alert=True),
        Held(against(claim_id, good, score=0.9), alert=True),
    )
    outcome = Outcome("g1", article_id, Article(text), reports=(good, weak), evidence=held)
    applied = await store.apply(outcome, now=NOW)
    assert len(applied.alerts) == 1
    evidence = await store.evidence_for("g1", claim_id)
    assert [(e.finding.score, e.alert) for e in evidence] == [(0.9, True), (0.6, False)]
    assert evidence[0].finding == replace(against(claim_id, good), claim_id=claim_id)
    assert tuple(evidence) == applied.stored.evidence


async def test_own_claim_contradicted(store: Store) -> None:
    """A finding may name a claim and a telling that are only stored with it."""
    text = f"{PROMISE} {BREACH}"
    found = report(text)
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    finding = against(NewClaim(0).id, found, telling_id=NewClaim(0).id)
    outcome = Outcome(
        "g1", article_id, Article(text), (commitment(text),), (NewClaim(0),), (found,), (Held(finding, True),)
    )
    applied = await store.apply(outcome, now=NOW)
    (evidence,) = applied.stored.evidence
    assert evidence.claim_id == applied.new_claims[0]
    assert evidence.finding.telling_id == applied.tellings[0].telling.id


async def test_an_older_promise_posted_late(store: Store) -> None:
    """A stored report can be held against a new claim, and the evidence belongs to the report's article."""
    breach = await promised(store, text=BREACH, commitments=[])
    found = report(BREACH)
    await store.apply(Outcome("g1", breach.stored.id, Article(BREACH), reports=(found,)), now=NOW)
    (stored,) = await store.stored_reports("g1", ["taliban"])
    assert (stored.article_id, stored.report) == (breach.stored.id, found)
    article_id = (await store.submit("g1", Source(text=PROMISE), now=NOW)).article_id
    held = Held(against(NewClaim(0).id, stored.report), alert=True, article_id=stored.article_id)
    outcome = Outcome(
        "g1", article_id, Article(PROMISE), (commitment(PROMISE),), (NewClaim(0),), evidence=(held,)
    )
    applied = await store.apply(outcome, now=NOW)
    assert len(applied.alerts) == 1
    assert [e.article_id for e in await store.evidence_for("g1", applied.new_claims[0])] == [breach.stored.id]
    assert await store.stored_reports("g1", ["taliban"], exclude_article=breach.stored.id) == []


async def test_applying_twice_changes_nothing(store: Store) -> None:
    """The same outcome again leaves every row and every id as it was."""
    first = await promised(store)
    second = await reported(store, first.new_claims[0])
    again = await promised(store)
    assert (again.stored, again.new_claims, again.tellings) == (first.stored, (), first.tellings)
    repeated = await reported(store, first.new_claims[0])
    assert (repeated.stored, repeated.alerts) == (second.stored, ())


async def test_a_changed_article(store: Store) -> None:
    """A promise that stays keeps id and claim, one that is gone says so, and a new one is added."""
    other, third = "It vowed to free all prisoners.", "It vowed to open schools."
    url = "https://example.org/a"
    text = f"{PROMISE} {other}"
    freed = commitment(text, other, content="free all prisoners")
    first = await promised(store, text=text, commitments=[commitment(text), freed], url=url)
    changed = f"Updated. {PROMISE} {third}"
    submitted = await store.submit("g1", Source(url=url, text=changed), now=LATER)
    assert submitted == (first.stored.id, True, ArticleState.QUEUED)
    opened = commitment(changed, third, content="open schools")
    outcome = Outcome(
        "g1",
        submitted.article_id,
        Article(changed, url=url),
        (commitment(changed), opened),
        (NewClaim(0), NewClaim(1)),
    )
    applied = await store.apply(outcome, now=LATER)
    assert applied.stored.version == 2
    assert applied.tellings[0].claim_id == first.tellings[0].claim_id
    assert applied.tellings[0].telling.id == first.tellings[0].telling.id
    assert applied.tellings[0].telling.commitment.start == changed.index(PROMISE)
    assert applied.gone == (first.tellings[1].telling.id,)
    assert (await store.claim("g1", first.tellings[1].claim_id)).tellings[0].gone
    assert applied.new_claims == (applied.tellings[1].claim_id,)


async def test_still_there_though_not_found(store: Store) -> None:
    """A promise that stands in the changed text word for word is not gone, even if the rules missed it."""
    url = "https://example.org/a"
    first = await promised(store, url=url)
    changed = f"Updated. {PROMISE}"
    await store.submit("g1", Source(url=url, text=changed), now=LATER)
    applied = await store.apply(Outcome("g1", first.stored.id, Article(changed, url=url)), now=LATER)
    assert applied.gone == ()
    (filed,) = applied.stored.tellings
    assert changed[filed.telling.commitment.start : filed.telling.commitment.end] == PROMISE


async def test_reanalysis_hides_what_is_no_longer_found(store: Store) -> None:
    """Other rules on the same text take back what they do not find, and bring back what they find again."""
    first = await promised(store)
    outcome = Outcome("g1", first.stored.id, PAGE, reanalysis=True)
    assert (await store.apply(outcome, now=LATER)).stored.tellings == ()
    with pytest.raises(NotFoundError):
        await store.claim("g1", first.new_claims[0])
    assert await store.candidates("g1", "ties", 5) == []
    assert await store.actors("g1") == []
    again = replace(outcome, commitments=(commitment(PROMISE),), claims=(NewClaim(0),))
    assert (await store.apply(again, now=LATER)).tellings == first.tellings
    assert len(await store.candidates("g1", "ties", 5)) == 1


async def test_a_preview_stores_nothing(store: Store) -> None:
    """A preview says what applying would do, and leaves everything as it is."""
    first = await promised(store)
    assert await store.done("g1") == [first.stored.id]
    before = await store.export("g1")
    preview = await store.preview(Outcome("g1", first.stored.id, PAGE, reanalysis=True), now=LATER)
    assert preview.stored.tellings == ()
    assert await store.export("g1") == before
    assert await store.check() == []


async def test_an_unanalysed_reading_takes_nothing_away(store: Store) -> None:
    """A text that is stored but not analysed leaves the commitments of its earlier readings alone."""
    first = await promised(store)
    outcome = Outcome("g1", first.stored.id, replace(PAGE, note="not read"), analysed=False)
    assert (await store.apply(outcome, now=LATER)).stored.tellings == first.stored.tellings


async def test_same_text_under_two_addresses(store: Store) -> None:
    """An article whose text is known already is folded into the known one, posting and address with it."""
    first = await promised(store, url="https://example.org/a")
    second = await store.submit("g1", Source(url="https://example.org/amp/a"), posting("9"), now=NOW)
    outcome = Outcome("g1", second.article_id, Article(PROMISE + " \n", url="https://example.org/amp/a"))
    applied = await store.apply(outcome, now=NOW)
    assert applied.duplicate_of == first.stored.id
    assert [p.message_id for p in applied.stored.postings] == ["9"]
    known = await store.submit("g1", Source(url="https://example.org/amp/a"), now=NOW)
    assert known == (first.stored.id, False, ArticleState.DONE)
    with pytest.raises(NotFoundError):
        await store.article("g1", second.article_id)


async def test_an_opposite_promise_is_not_the_same_telling(store: Store) -> None:
    """Two commitments that share a quote but differ in polarity are kept apart at every reading."""
    do, refrain = commitment(PROMISE), commitment(PROMISE, polarity=Polarity.REFRAIN)
    first = await promised(store, commitments=[do, refrain])
    again = await promised(store, commitments=[refrain, do])
    assert [f.telling.id for f in again.tellings] == [f.telling.id for f in reversed(first.tellings)]


async def test_forgotten_meanwhile(store: Store) -> None:
    """An outcome for an article that is not there is refused; one that names a lost claim starts its own."""
    with pytest.raises(NotFoundError):
        await store.apply(Outcome("g1", "a99", Article(PROMISE)))
    article_id = (await store.submit("g1", Source(text=PROMISE), now=NOW)).article_id
    outcome = Outcome("g1", article_id, Article(PROMISE), (commitment(PROMISE),), ("4711",))
    assert len((await store.apply(outcome, now=NOW)).new_claims) == 1
