"""The queue: what is submitted is there once, and worked on by one at a time."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import InputError, NotFoundError
from bot.models import Article, ArticleState, Outcome
from bot.records import Source
from tests.storage.making import LATER, NOW, PROMISE, posting, promised

if TYPE_CHECKING:
    from storage.store import Store

URL = "https://example.org/a"


async def test_an_address_once(store: Store) -> None:
    """The same address is queued once in a guild; each message that posted it is kept once."""
    first = await store.submit("g1", Source(url=URL), posting("1"), now=NOW)
    assert first.is_new
    again = await store.submit("g1", Source(url=URL), posting("2"), now=NOW)
    assert again == (first.article_id, False, ArticleState.QUEUED)
    await store.submit("g1", Source(url=URL), posting("2"), now=NOW)
    article = await store.article("g1", first.article_id)
    assert [p.message_id for p in article.postings] == ["1", "2"]
    assert [a.id for a in await store.posted_by("g1", "2")] == [first.article_id]
    assert (await store.queue(NOW)).waiting == 1


async def test_a_text_once(store: Store) -> None:
    """The same text is queued once, whatever its white space and whatever address it comes with."""
    first = await store.submit("g1", Source(text="A  text.\n", source_id="x"), now=NOW)
    again = await store.submit("g1", Source(text="A text.", url=URL), now=NOW)
    assert (again.article_id, again.is_new) == (first.article_id, False)
    assert (await store.submit("g1", Source(url=URL), now=NOW)).article_id == first.article_id
    assert (await store.known("g1", text=" A text. ")) == await store.article("g1", first.article_id)
    assert await store.known("g1", text="Another.") is None


async def test_submitted_at_once(store: Store) -> None:
    """Twenty submissions of one address at the same time make one article."""
    answers = await asyncio.gather(*(store.submit("g1", Source(url=URL)) for _ in range(20)))
    assert len({answer.article_id for answer in answers}) == 1
    assert sum(answer.is_new for answer in answers) == 1


async def test_nothing_to_read(store: Store) -> None:
    """A source without address and text is refused; an empty text is a text."""
    with pytest.raises(InputError):
        await store.submit("g1", Source())
    assert (await store.submit("g1", Source(text=""))).is_new


async def test_lease_in_order(store: Store) -> None:
    """Articles are leased oldest first, each to one owner, with what was submitted."""
    for number in range(3):
        await store.submit("g1", Source(text=f"t{number}", title=f"T{number}"), now=NOW + timedelta(number))
    leased = [await store.lease(f"w{n}", LATER + timedelta(9), 60) for n in range(4)]
    assert [q and q.source.text for q in leased] == ["t0", "t1", "t2", None]
    assert leased[0] is not None
    assert (leased[0].source.title, leased[0].attempts, leased[0].queued) == ("T0", 1, NOW)
    assert (await store.queue(LATER)).leased == 3


async def test_leased_at_once(store: Store) -> None:
    """Workers that ask at the same moment never get the same article."""
    for number in range(5):
        await store.submit("g1", Source(text=f"t{number}"), now=NOW)
    got = await asyncio.gather(*(store.lease(f"w{n}", NOW, 60) for n in range(10)))
    ids = [queued.id for queued in got if queued is not None]
    assert len(ids) == len(set(ids)) == 5


async def test_a_dead_workers_lease_expires(store: Store) -> None:
    """An expired lease goes to the next who asks, and the first owner cannot extend it any more."""
    await store.submit("g1", Source(url=URL), now=NOW)
    first = await store.lease("dead", NOW, 60)
    assert first is not None
    assert await store.lease("w", NOW + timedelta(seconds=59), 60) is None
    assert await store.extend("g1", first.id, "dead", NOW + timedelta(seconds=90))
    assert await store.lease("w", NOW + timedelta(seconds=61), 60) is None
    second = await store.lease("w", NOW + timedelta(seconds=90), 60)
    assert second is not None
    assert (second.id, second.attempts) == (first.id, 2)
    assert not await store.extend("g1", first.id, "dead", LATER)


async def test_a_clock_set_back(store: Store) -> None:
    """At start every lease is taken back, also one that by a clock since set back would run for long."""
    await store.submit("g1", Source(url=URL), now=NOW)
    await store.lease("dead", NOW + timedelta(days=1), 60)
    assert await store.lease("w", NOW, 60) is None
    assert await store.reclaim() == 1
    again = await store.lease("w", NOW, 60)
    assert again is not None
    assert (again.attempts, again.interruptions) == (1, 1), "its death was none of the article's doing"


async def test_release(store: Store) -> None:
    """A returned article is leased again: without an error as if never tried, with one after its delay."""
    await store.submit("g1", Source(url=URL), now=NOW)
    leased = await store.lease("w", NOW, 60)
    assert leased is not None
    await store.release("g1", leased.id, "w")
    again = await store.lease("w", NOW, 60)
    assert again is not None
    assert again.attempts == 1
    await store.release("g1", leased.id, "other")
    assert (await store.article("g1", leased.id)).state is ArticleState.LEASED
    await store.release("g1", leased.id, "w", error="timed out", retry_at=LATER)
    assert (await store.article("g1", leased.id)).error == "timed out"
    assert await store.lease("w", NOW, 60) is None
    third = await store.lease("w", LATER, 60)
    assert third is not None
    assert third.attempts == 2


async def test_set_aside_and_requeued(store: Store) -> None:
    """What is set aside is shown with its error and not leased, until it is queued again."""
    submitted = await store.submit("g1", Source(url=URL), now=NOW)
    await store.lease("w", NOW, 60)
    await store.set_aside("g1", submitted.article_id, "It hangs.")
    assert [(a.id, a.error) for a in await store.aside()] == [(submitted.article_id, "It hangs.")]
    assert await store.aside("g2") == []
    assert await store.lease("w", LATER, 60) is None
    assert (await store.submit("g1", Source(url=URL))).state is ArticleState.SET_ASIDE
    await store.requeue("g1", submitted.article_id, now=LATER)
    leased = await store.lease("w", LATER, 60)
    assert leased is not None
    assert leased.attempts == 1


async def test_one_article_wanted(store: Store) -> None:
    """A lease can be asked for one article of one guild."""
    await store.submit("g1", Source(text="first"), now=NOW)
    second = await store.submit("g1", Source(text="second"), now=NOW)
    assert await store.lease("w", NOW, 60, guild="g2", article_id=second.article_id) is None
    leased = await store.lease("w", NOW, 60, guild="g1", article_id=second.article_id)
    assert leased is not None
    assert leased.id == second.article_id


async def test_a_pasted_text_is_read_again_from_the_store(store: Store) -> None:
    """A text without an address that is queued again comes with the text that was stored."""
    applied = await promised(store)
    await store.requeue("g1", applied.stored.id)
    leased = await store.lease("w", LATER, 60, guild="g1", article_id=applied.stored.id)
    assert leased is not None
    assert leased.source.text == PROMISE
    assert leased.source.published == applied.stored.article.published if applied.stored.article else False


async def test_changed_while_it_was_read(store: Store) -> None:
    """A text that is submitted while the one before is worked on is still queued afterwards."""
    first = await store.submit("g1", Source(url=URL, text="old"), now=NOW)
    await store.lease("w", NOW, 60)
    assert (await store.submit("g1", Source(url=URL, text="new"), now=NOW)).is_new
    applied = await store.apply(Outcome("g1", first.article_id, Article("old", url=URL)), now=NOW)
    assert applied.stored.state is ArticleState.QUEUED
    leased = await store.lease("w", LATER, 60)
    assert leased is not None
    assert leased.source.text == "new"


async def test_oldest(store: Store) -> None:
    """The age of the queue is that of the article that waits longest."""
    assert (await store.queue(NOW)).oldest is None
    await store.submit("g1", Source(text="b"), now=LATER)
    await store.submit("g2", Source(text="a"), now=NOW)
    assert (await store.queue(LATER)).oldest == NOW


@pytest.mark.parametrize("bad", ["", "a", "a1x", "7'; DROP TABLE articles", "a" + "9" * 30, "e1", "-1"])
async def test_useless_ids(store: Store, bad: str) -> None:
    """What is no id, or an id of something else, is not found."""
    with pytest.raises(NotFoundError):
        await store.article("g1", bad)
    with pytest.raises(NotFoundError):
        await store.set_aside("g1", bad, "x")


async def test_a_deleted_message(store: Store) -> None:
    """A deleted message is forgotten, what it posted is not."""
    submitted = await store.submit("g1", Source(url=URL), posting("1"), now=NOW)
    assert await store.forget_posting("g1", "1") == 1
    assert await store.forget_posting("g1", "1") == 0
    assert (await store.article("g1", submitted.article_id)).postings == ()
