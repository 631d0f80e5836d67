"""Listing and finding claims."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.errors import NotFoundError
from bot.models import Status
from storage import search
from tests.storage.making import PROMISE, commitment, promised, reported

if TYPE_CHECKING:
    from storage.store import Store

HOSTILE = [
    "",
    " ",
    '"',
    "'",
    'ties" OR "x',
    "ties AND",
    "NEAR(ties cut, 2)",
    "body : ties",
    "-ties",
    "^ties",
    "ties*",
    "(ties",
    "{scope body} : ties",
    "_",
    "\x00",
    "ties\x00cut",
    "%' OR 1=1 --",
    "\u202eties",
    "e\u0301",
    "𝕥𝕚𝕖𝕤",
    "the of and",
    "ties " * 5000,
]


async def _texts(store: Store, guild: str, *contents: str) -> list[str]:
    """A claim for each content; their ids."""
    return [
        (
            await promised(
                store,
                guild,
                f"It promised to {content}.",
                commitments=[
                    commitment(f"It promised to {content}.", f"It promised to {content}.", content=content)
                ],
            )
        ).new_claims[0]
        for content in contents
    ]


async def test_filters(store: Store) -> None:
    """Actor, status, date and text filter by themselves and together; the count agrees with the list."""
    old, new = date(2020, 1, 1), date(2025, 1, 1)
    taliban = (await promised(store, published=old)).new_claims[0]
    text = "China promised to open its markets."
    china = commitment(text, text, content="open its markets", actor="China")
    market = (await promised(store, text=text, commitments=[china], published=new)).new_claims[0]
    await store.set_status("g1", market, Status.BROKEN, by="7")
    cases: list[tuple[list[str], dict[str, Any]]] = [
        ([market, taliban], {}),
        ([taliban], {"actor_keys": ["taliban"]}),
        ([market, taliban], {"actor_keys": ["taliban", "china"]}),
        ([market], {"status": Status.BROKEN}),
        ([market], {"since": new}),
        ([taliban], {"text": "AL qaeda tie"}),
        ([], {"text": "qaeda markets"}),
        ([], {"actor_keys": ["taliban"], "since": new}),
    ]
    for wanted, filters in cases:
        assert [c.id for c in await store.claims("g1", **filters)] == wanted
        assert await store.count_claims("g1", **filters) == len(wanted)


async def test_pages(store: Store) -> None:
    """Pages cover the list without gaps or repeats."""
    ids = await _texts(store, "g1", *(f"do thing {number}" for number in range(7)))
    pages = [[c.id for c in await store.claims("g1", limit=3, offset=at)] for at in (0, 3, 6, 9)]
    assert [len(page) for page in pages] == [3, 3, 1, 0]
    assert [claim for page in pages for claim in page] == ids[::-1]


async def test_candidates_by_shared_words(store: Store) -> None:
    """A text finds the claims that share words with it, stemmed, and rare words weigh more."""
    sever, free, build = await _texts(
        store, "g1", "cut ties with terrorists", "release prisoners of war", "build ties and roads"
    )
    hits = await store.candidates("g1", "It has not cut its ties with any terrorist.", 10)
    assert [hit.claim.id for hit in hits] == [sever, build]
    assert hits[0].score > hits[1].score > 0
    assert [hit.claim.id for hit in await store.candidates("g1", "a released prisoner", 10)] == [free]
    assert len(await store.candidates("g1", "It has not cut its ties with any terrorist.", 1)) == 1


async def test_how_many_claims_hold_a_word(store: Store) -> None:
    """The counts are of one guild's claims, stemmed, and words that none holds are left out."""
    await _texts(store, "g1", "cut ties with terrorists", "cut taxes", "build roads")
    await _texts(store, "g2", "cut ties")
    assert await store.spread("g1", "the cuts tie nothing") == (3, {"cuts": 2, "tie": 1})
    assert await store.spread("g1", "") == (0, {})


async def test_ranks_do_not_depend_on_other_guilds(store: Store) -> None:
    """However often another guild uses a word, the order and the scores here stay the same."""
    await _texts(store, "g1", "cut ties with terrorists", "build ties and roads", "cut taxes on roads")
    before = await store.candidates("g1", "cut ties roads taxes", 10)
    await _texts(store, "g2", *(f"cut taxes {number}" for number in range(20)))
    assert await store.candidates("g1", "cut ties roads taxes", 10) == before


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text(store: Store, text: str) -> None:
    """No text is taken for syntax: it finds claims or none, and never another guild's."""
    await promised(store, "g1")
    await promised(store, "g2")
    for found in (
        [h.claim for h in await store.candidates("g1", text, 9)],
        await store.claims("g1", text=text),
    ):
        assert {claim.guild for claim in found} <= {"g1"}
    assert (await store.spread("g1", text))[0] <= 1
    await store.reports_with("g1", text)


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60))
async def test_any_text(store: Store, text: str) -> None:
    """Any text can be looked for, and a claim made of a word is found by it."""
    await store.candidates("g1", text, 3)
    await store.claims("g1", text=text)
    assert all(word.strip("_") for word in search.words(text))


async def test_a_guild_cannot_be_reached_by_its_name(store: Store) -> None:
    """The word that stands for a guild in the index is no text of anybody's."""
    await promised(store, "g2")
    assert await store.candidates("g1", search.scope("g2"), 5) == []


async def test_not_there(store: Store) -> None:
    """Claims of another guild, and ids that were never given, are not there."""
    claim = (await promised(store, "g1")).new_claims[0]
    for guild, claim_id in (("g2", claim), ("g1", "99"), ("g1", "x")):
        with pytest.raises(NotFoundError):
            await store.claim(guild, claim_id)
    assert await store.claims_by_id("g2", [claim]) == []
    assert await store.evidence_for("g2", claim) == []


async def test_evidence_newest_article_first(store: Store) -> None:
    """Evidence is listed by the date of its article, undated last."""
    claim = (await promised(store)).new_claims[0]
    days = [date(2026, 2, 1), None, date(2026, 4, 1)]
    articles = [
        await reported(
            store,
            claim,
            text=f"Day {day}. The Taliban has not cut ties with Al Qaeda, the UN said.",
            published=day,
        )
        for day in days
    ]
    listed = [e.article_id for e in await store.evidence_for("g1", claim)]
    assert listed == [articles[n].stored.id for n in (2, 0, 1)]


async def test_the_oldest_telling_first(store: Store) -> None:
    """Tellings are in the order of publishing, whatever the order of posting."""
    later = await promised(store, published=date(2026, 5, 1))
    text = "Earlier: " + PROMISE
    earlier = await promised(store, text=text, published=date(2026, 1, 1))
    await store.merge("g1", earlier.new_claims[0], later.new_claims[0], by="7")
    claim = await store.claim("g1", later.new_claims[0])
    assert [t.made for t in claim.tellings] == [date(2026, 1, 1), date(2026, 5, 1)]
