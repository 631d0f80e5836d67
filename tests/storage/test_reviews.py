"""Verdicts and corrections: kept with who and when, undone in full, and surviving a re-reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.errors import InputError, NotFoundError
from bot.models import Article, NewClaim, Outcome, Polarity, Status
from bot.records import Correction, Source
from tests.storage.making import BREACH, LATER, NOW, PROMISE, against, commitment, promised, report, reported

if TYPE_CHECKING:
    from bot.models import Claim
    from storage.store import Store


@pytest.fixture
async def claim(store: Store) -> Claim:
    """A claim told in two articles, with evidence of a third."""
    first = await promised(store)
    text = "Again: " + PROMISE
    article_id = (await store.submit("g1", Source(text=text), now=NOW)).article_id
    page = Article(text, published=date(2026, 1, 5))
    outcome = Outcome("g1", article_id, page, (commitment(text),), (first.new_claims[0],))
    await store.apply(outcome, now=NOW)
    await reported(store, first.new_claims[0])
    return await store.claim("g1", first.new_claims[0])


async def _read_again(store: Store, claim: Claim, *, reanalysis: bool = False) -> None:
    """Every article of the claim is read once more, with the same result as the first time."""
    for telling in claim.tellings:
        stored = await store.article("g1", telling.article_id)
        assert stored.article is not None
        outcome = Outcome(
            "g1",
            stored.id,
            stored.article,
            (commitment(stored.article.text),),
            (NewClaim(0),),
            reanalysis=reanalysis,
        )
        await store.apply(outcome, now=LATER)


async def test_a_verdict(store: Store, claim: Claim) -> None:
    """A decision on evidence is kept with who, when and why."""
    verdict = await store.decide("g1", "e1", "dismissed", by="7", reason="not the same claim", now=LATER)
    assert (verdict.claim_id, verdict.evidence_id) == (claim.id, "e1")
    assert (verdict.decision, verdict.reason) == ("dismissed", "not the same claim")
    assert (verdict.by, verdict.at) == ("7", LATER)
    assert [e.decision for e in await store.evidence_for("g1", claim.id)] == ["dismissed"]
    assert await store.history("g1", claim.id) == [verdict]
    await store.undo("g1", verdict.id, by="8")
    assert [e.decision for e in await store.evidence_for("g1", claim.id)] == [None]
    assert [(v.decision, v.by, v.undone) for v in await store.history("g1", claim.id)] == [
        ("undo", "8", False),
        ("dismissed", "7", True),
    ]


async def test_every_status_and_back(store: Store, claim: Claim) -> None:
    """All six ratings can be set, the change is shown, and undone step by step; undoing an undo redoes it."""
    verdicts = [await store.set_status("g1", claim.id, status, by="7") for status in Status]
    assert (await store.claim("g1", claim.id)).status is Status.BROKEN
    assert (verdicts[-1].before, verdicts[-1].after) == ({"status": "kept"}, {"status": "broken"})
    with pytest.raises(InputError, match="changed again since"):
        await store.undo("g1", verdicts[1].id, by="7")
    undone = await store.undo("g1", verdicts[-1].id, by="7")
    assert (await store.claim("g1", claim.id)).status is Status.KEPT
    with pytest.raises(InputError, match="undone already"):
        await store.undo("g1", verdicts[-1].id, by="7")
    await store.undo("g1", undone.id, by="7")
    assert (await store.claim("g1", claim.id)).status is Status.BROKEN
    assert not (await store.history("g1", claim.id))[2].undone


async def test_corrected(store: Store, claim: Claim) -> None:
    """A corrected claim is found under its new actor, survives re-reading, and can be set back whole."""
    correction = Correction(
        actor="Haqqani network",
        actor_keys=("haqqani",),
        content="sever relations",
        polarity=Polarity.REFRAIN,
        frame={"event": "sever"},
    )
    verdict = await store.correct("g1", claim.id, correction, by="7")
    await _read_again(store, claim)
    await _read_again(store, claim, reanalysis=True)
    (found,) = await store.claims_for_actors("g1", ["haqqani"])
    assert (found.id, found.actor, found.content) == (claim.id, "Haqqani network", "sever relations")
    told = found.tellings[0].commitment
    assert (told.polarity, told.frame, told.quote) == (Polarity.REFRAIN, {"event": "sever"}, PROMISE)
    assert await store.claims_for_actors("g1", ["taliban"]) == []
    assert len(await store.candidates("g1", "relations severed", 5)) == 1
    assert verdict.before["content"] == "cut ties with Al Qaeda"
    await store.undo("g1", verdict.id, by="7")
    assert await store.claims_for_actors("g1", ["taliban"]) == [claim]
    assert await store.candidates("g1", "relations severed", 5) == []
    assert await store.check() == []


async def test_rejected(store: Store, claim: Claim) -> None:
    """What is no commitment stays hidden when its articles are read again, and comes back when undone."""
    verdict = await store.reject("g1", claim.id, by="7", reason="a hope")
    await _read_again(store, claim)
    assert await store.claims("g1") == []
    assert (await store.article("g1", claim.tellings[0].article_id)).tellings == ()
    assert [v.decision for v in await store.history("g1", claim.id)] == ["rejected"]
    with pytest.raises(NotFoundError):
        await store.set_status("g1", claim.id, Status.KEPT, by="7")
    await store.undo("g1", verdict.id, by="7")
    assert await store.claims("g1") == [claim]
    assert await store.check() == []


async def test_merged_and_undone(store: Store, claim: Claim) -> None:
    """A merged claim's id leads to the other, which has all that belonged to it; undone, all is back."""
    text = "They would sever relations with Al Qaeda, they vowed."
    other = commitment(text, text, content="sever relations with Al Qaeda", actor="Afghanistan")
    target = (await promised(store, text=text, commitments=[other])).new_claims[0]
    before = await store.export("g1")
    verdict = await store.merge("g1", claim.id, target, by="7", now=NOW)
    merged = await store.claim("g1", claim.id)
    assert (merged.id, len(merged.tellings)) == (target, 3)
    assert set(merged.actor_keys) == {"afghanistan", "taliban"}
    assert [e.claim_id for e in await store.evidence_for("g1", claim.id)] == [target]
    assert [a.claim_id for a in await store.alerts_for("g1", target)] == [target]
    assert await store.claims("g1") == [merged]
    await _read_again(store, claim)
    assert len(await store.claims("g1")) == 1
    await store.undo("g1", verdict.id, by="7", now=NOW)
    assert await store.claim("g1", claim.id) == claim
    after = await store.export("g1")
    for table in ("claims", "commitments", "claim_actors", "evidence", "alerts", "alert_articles"):
        assert after[table] == before[table], table
    assert await store.check() == []


async def test_merging_undone_keeps_what_was_read_since(store: Store, claim: Claim) -> None:
    """An actor key that reading added to a merged claim does not stand in the way of undoing, and stays."""
    text = "They would sever relations with Al Qaeda, they vowed."
    made = commitment(text, text, content="sever relations", actor="Afghanistan")
    target = (await promised(store, text=text, commitments=[made])).new_claims[0]
    verdict = await store.merge("g1", claim.id, target, by="7")
    again = "Once more. " + text
    article_id = (await store.submit("g1", Source(text=again), now=NOW)).article_id
    told = replace(commitment(again, text), actor_keys=("kabul",))
    await store.apply(Outcome("g1", article_id, Article(again), (told,), (target,)), now=NOW)
    await store.undo("g1", verdict.id, by="7")
    assert set((await store.claim("g1", target)).actor_keys) == {"afghanistan", "kabul"}


async def test_merging_what_has_the_same_evidence(store: Store, claim: Claim) -> None:
    """Evidence and alerts that both claims have are not doubled by merging them."""
    text = "They would sever relations with Al Qaeda, they vowed."
    made = commitment(text, text, content="sever relations")
    target = (await promised(store, text=text, commitments=[made])).new_claims[0]
    await reported(store, target)
    await store.merge("g1", claim.id, target, by="7")
    assert len(await store.evidence_for("g1", target)) == 1
    assert len(await store.pending_alerts(LATER, 9)) == 1
    assert await store.check() == []


async def test_itself_cannot_be_merged(store: Store, claim: Claim) -> None:
    """A claim cannot become part of itself, nor of one that became part of it."""
    with pytest.raises(InputError):
        await store.merge("g1", claim.id, claim.id, by="7")


async def test_split_and_undone(store: Store, claim: Claim) -> None:
    """One telling becomes a claim of its own with the evidence held against it, and goes back."""
    going = claim.tellings[1]
    finding = replace(against(claim.id, report(BREACH), telling_id=going.id), rule="other")
    article = (await store.submit("g1", Source(text=BREACH), now=NOW)).article_id
    await store.attach("g1", claim.id, article, finding, by="7")
    verdict = await store.split("g1", claim.id, [going.id], by="7")
    assert verdict.claim_id != claim.id
    assert [t.id for t in (await store.claim("g1", claim.id)).tellings] == [claim.tellings[0].id]
    assert [t.id for t in (await store.claim("g1", verdict.claim_id)).tellings] == [going.id]
    await _read_again(store, claim)
    assert len(await store.claims("g1")) == 2
    await store.undo("g1", verdict.id, by="7")
    assert [t.id for t in (await store.claim("g1", claim.id)).tellings] == [t.id for t in claim.tellings]
    with pytest.raises(NotFoundError):
        await store.claim("g1", verdict.claim_id)
    assert await store.check() == []


@pytest.mark.parametrize("ids", [[], ["t1", "t2"], ["t99"]])
async def test_useless_splits(store: Store, claim: Claim, ids: list[str]) -> None:
    """Something must go, something must stay, and only tellings of the claim can go."""
    with pytest.raises(InputError):
        await store.split("g1", claim.id, ids, by="7")


async def test_added_by_hand(store: Store, claim: Claim) -> None:
    """A commitment that was missed becomes a claim, survives a re-reading, and can be undone."""
    stored = await store.article("g1", claim.tellings[0].article_id)
    missed = commitment(PROMISE, "The Taliban promised", content="promise things")
    verdict = await store.add_claim("g1", stored.id, missed, by="7")
    assert (await store.claim("g1", verdict.claim_id)).tellings[0].commitment == missed
    await _read_again(store, claim, reanalysis=True)
    added = await store.claim("g1", verdict.claim_id)
    assert added.content == "promise things"
    more = await store.add_claim("g1", stored.id, missed, by="7", claim_id=claim.id)
    assert more.claim_id == claim.id
    assert len((await store.claim("g1", claim.id)).tellings) == 3
    await store.undo("g1", verdict.id, by="7")
    with pytest.raises(NotFoundError):
        await store.claim("g1", verdict.claim_id)
    assert await store.check() == []


async def test_attached_by_hand(store: Store, claim: Claim) -> None:
    """A report that was missed becomes evidence that names who attached it, and undo takes it away again."""
    text = "Al Qaeda runs camps in Helmand, a report says."
    article = (await promised(store, text=text, commitments=[])).stored.id
    finding = against(claim.id, report(text, text))
    verdict = await store.attach("g1", claim.id, article, finding, by="7")
    attached = {e.id: e for e in await store.evidence_for("g1", claim.id)}
    assert verdict.evidence_id is not None
    assert (attached[verdict.evidence_id].by, attached[verdict.evidence_id].alert) == ("7", False)
    await store.undo("g1", verdict.id, by="7")
    assert verdict.evidence_id not in {e.id for e in await store.evidence_for("g1", claim.id)}
    again = await store.attach("g1", claim.id, article, finding, by="8")
    assert again.evidence_id == verdict.evidence_id
    assert {e.by for e in await store.evidence_for("g1", claim.id)} == {None, "8"}


async def test_dismissed_evidence_raises_no_alert_again(store: Store, claim: Claim) -> None:
    """Reading again what people dismissed leaves their decision, and raises nothing."""
    await store.decide("g1", "e1", "dismissed", by="7")
    again = await reported(store, claim)
    assert again.alerts == ()
    assert [e.decision for e in await store.evidence_for("g1", claim.id)] == ["dismissed"]


async def test_useless_decisions(store: Store, claim: Claim) -> None:
    """Other words than the two, and corrections of nothing, are refused."""
    with pytest.raises(InputError):
        await store.decide("g1", "e1", "maybe", by="7")
    with pytest.raises(InputError):
        await store.correct("g1", claim.id, Correction(), by="7")
