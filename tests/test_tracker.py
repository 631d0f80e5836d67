"""The tracker's use cases on a real store, with an engine whose answers are written into the text."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from bot.errors import AnalysisError, InputError, ModelError, NotFoundError
from bot.models import Article, ArticleState, PageKind, Relation, Status
from bot.records import Source
from bot.tracker import Limits, Tracker
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.tracker_answers import ClaimPage, Reading

GUILD = "g1"


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store in a file."""
    async with Store(f"sqlite+aiosqlite:///{tmp_path / 'test.db'}") as opened:
        yield opened


def tracker(store: Store, engine: ScriptedEngine | None = None, limits: Limits | None = None) -> Tracker:
    """A tracker on the store."""
    return Tracker(store, engine or ScriptedEngine(), owner="test", limits=limits)


def text(body: str, day: str | None = None, title: str = "") -> Source:
    """A document."""
    return Source(text=body, title=title, published=date.fromisoformat(day) if day else None)


def said(reading: Reading) -> list[tuple[str, str, bool]]:
    """Quotes that matched, with relation and whether they are alerts."""
    return [
        (m.evidence.finding.report.quote, str(m.evidence.finding.relation), m.evidence.alert)
        for m in reading.matches
    ]


async def test_a_promise_told_again_joins_its_claim(store: Store) -> None:
    """Two articles and three tellings of one promise make one claim; another content makes another."""
    tracking = tracker(store)
    first = await tracking.ingest(GUILD, text("promise Taliban: cut ties\nand\npromise Taliban: cut ties"))
    second = await tracking.ingest(
        GUILD, text("promise Taliban: cut ties\nagain\npromise Taliban: make peace")
    )
    ids = [f.claim_id for r in (first, second) for f in r.stored.tellings]
    assert len(ids) == 4
    assert ids[0] == ids[1] == ids[2] != ids[3]


async def test_one_alert_for_a_claim_and_an_article(store: Store) -> None:
    """Two sentences against one claim are two pieces of evidence and one alert, on the surest."""
    tracking = tracker(store)
    await tracking.ingest(GUILD, text("promise Taliban: cut ties", "2020-03-01"))
    body = "breaks Taliban: cut ties @0.8\nbreaks Taliban: cut ties @0.9"
    found = await tracking.ingest(GUILD, text(body, "2021-07-28"))
    assert said(found) == [
        ("breaks Taliban: cut ties @0.9", "contradicts", True),
        ("breaks Taliban: cut ties @0.8", "contradicts", False),
    ]


async def test_threshold_decides_what_is_an_alert(store: Store) -> None:
    """Evidence below the threshold that was set is kept and raises no alert."""
    await tracker(store).ingest(GUILD, text("promise Taliban: cut ties"))
    strict = tracker(store, limits=Limits(alert_level="strict"))
    found = await strict.ingest(GUILD, text("breaks Taliban: cut ties @0.9"))
    assert said(found) == [("breaks Taliban: cut ties @0.9", "contradicts", False)]


async def test_support_is_no_alert(store: Store) -> None:
    """A report that the promise is kept is evidence."""
    tracking = tracker(store)
    await tracking.ingest(GUILD, text("promise Taliban: cut ties"))
    found = await tracking.ingest(GUILD, text("keeps Taliban: cut ties"))
    assert said(found) == [("keeps Taliban: cut ties", "supports", False)]


async def test_contradicted_in_its_own_article(store: Store) -> None:
    """A promise and its violation in one text make one alert."""
    found = await tracker(store).ingest(GUILD, text("promise Taliban: cut ties\nbreaks Taliban: cut ties"))
    assert said(found) == [("breaks Taliban: cut ties", "contradicts", True)]


async def test_older_promise_posted_late(store: Store) -> None:
    """A promise posted after the report that breaks it is held against it, and says where it stands."""
    tracking = tracker(store)
    report = await tracking.ingest(GUILD, text("breaks Taliban: cut ties", "2021-07-28", "The report"))
    assert said(report) == []
    promise = await tracking.ingest(GUILD, text("promise Taliban: cut ties", "2020-03-01"))
    assert said(promise) == [("breaks Taliban: cut ties", "contradicts", True)]
    article = promise.matches[0].article.article
    assert article is not None
    assert article.title == "The report"


async def test_earlier_report_never_contradicts(store: Store) -> None:
    """What was published before the promise says nothing of it, whichever was posted first."""
    tracking = tracker(store)
    await tracking.ingest(GUILD, text("breaks Taliban: cut ties", "2019-01-01"))
    promise = await tracking.ingest(GUILD, text("promise Taliban: cut ties", "2020-03-01"))
    again = await tracking.ingest(GUILD, text("so breaks\nbreaks Taliban: cut ties @0.8", "2019-02-01"))
    assert said(promise) == said(again) == []


async def test_the_same_article_twice_changes_nothing(store: Store) -> None:
    """The second answer is the first one, even where later articles have added evidence since."""
    tracking = tracker(store)
    sources = [
        text("breaks Taliban: cut ties\npromise China: help", "2021-07-28"),
        text("promise Taliban: cut ties", "2020-03-01"),
        text("breaks Taliban: cut ties @0.8\nkeeps China: help", "2021-08-01"),
    ]
    first = [await tracking.ingest(GUILD, source) for source in sources]
    second = [await tracking.ingest(GUILD, source) for source in sources]
    assert [r.known for r in first] == [False] * 3
    assert [r.known for r in second] == [True] * 3
    assert [said(r) for r in second] == [said(r) for r in first]
    assert [r.stored.tellings for r in second] == [r.stored.tellings for r in first]
    assert len((await tracking.claims(GUILD, "Taliban")).claims[0].matches) == 2


async def test_same_text_under_another_address_is_one_article(store: Store) -> None:
    """A text that is known is answered from the record, whatever its address."""
    tracking = tracker(store)
    one = await tracking.ingest(GUILD, Source(url="https://a.example/x", text="promise Taliban: cut ties"))
    two = await tracking.ingest(GUILD, Source(url="https://b.example/y", text="promise Taliban: cut ties"))
    assert two.known
    assert two.stored.id == one.stored.id


async def test_articles_of_one_guild_wait_for_each_other(store: Store) -> None:
    """Twelve articles read at once that tell one promise in one guild make one claim."""
    tracking = tracker(store)
    sources = [text(f"article {n}\npromise Taliban: cut ties") for n in range(12)]
    found = await asyncio.gather(*(tracking.ingest(GUILD, source) for source in sources))
    assert len({f.claim_id for r in found for f in r.stored.tellings}) == 1


async def test_guilds_are_apart(store: Store) -> None:
    """A claim of one guild is neither found nor contradicted in another."""
    tracking = tracker(store)
    mine = await tracking.ingest(GUILD, text("promise Taliban: cut ties"))
    theirs = await tracking.ingest("g2", text("breaks Taliban: cut ties"))
    assert said(theirs) == []
    with pytest.raises(NotFoundError):
        await tracking.claims("g2", "Taliban")
    with pytest.raises(NotFoundError):
        await tracking.claim("g2", mine.stored.tellings[0].claim_id)
    assert await tracking.guilds() == ["g1", "g2"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\x00 \x07", "control characters"),
        ("a" * 2_001, "too long"),
        ("ab\x01\x02" * 100, "control characters"),
    ],
)
async def test_what_cannot_be_read_is_not_stored(store: Store, body: str, sentence: str) -> None:
    """An empty, too long or binary text is refused in one sentence, before anything is stored."""
    with pytest.raises(InputError, match=sentence):
        await tracker(store, limits=Limits(max_text_chars=2_000)).ingest(GUILD, text(body))
    assert await store.guilds() == []


async def test_control_characters_become_spaces(store: Store) -> None:
    """A few control characters are read as spaces, so that offsets stay those of the text as given."""
    body = "x\x00\x0b \ud800 and much more harmless text\npromise Taliban: cut ties"
    found = await tracker(store).ingest(GUILD, text(body))
    told = found.stored.tellings[0].telling.commitment
    assert body[told.start : told.end] == told.quote == "promise Taliban: cut ties"


async def test_failed_analysis_sets_the_article_aside(store: Store) -> None:
    """A text that cannot be analysed is set aside with its error; asked for again, it is tried again."""
    source = text("promise Taliban: cut ties")
    with pytest.raises(AnalysisError, match="no good"):
        await tracker(store, ScriptedEngine(AnalysisError("It is no good."))).ingest(GUILD, source)
    assert [a.error for a in await store.aside(GUILD)] == ["It is no good."]
    assert len((await tracker(store).ingest(GUILD, source)).stored.tellings) == 1


async def test_missing_model_leaves_the_article_queued(store: Store) -> None:
    """What a person can mend is not the article's fault: it waits in the queue."""
    with pytest.raises(ModelError):
        await tracker(store, ScriptedEngine(ModelError("No model."))).ingest(GUILD, text("Hello."))
    assert (await store.queue(datetime.now(UTC))).waiting == 1


async def test_cancelled_article_goes_back(store: Store) -> None:
    """A reading that is cancelled gives its article back to the queue at once."""

    reached = asyncio.Event()

    class Hanging(ScriptedEngine):
        async def group(self, *_: object) -> list[str | int]:
            reached.set()
            await asyncio.Event().wait()
            return []

    tracking = tracker(store, Hanging())
    task = asyncio.create_task(tracking.ingest(GUILD, text("promise Taliban: cut ties")))
    await reached.wait()
    assert (await store.queue(datetime.now(UTC))).leased == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    stats = await store.queue(datetime.now(UTC))
    assert (stats.waiting, stats.leased) == (1, 0)


async def test_page_that_was_read_already(store: Store) -> None:
    """A read page is filed with all that is known of it; a page that is no article is refused."""
    tracking = tracker(store)
    page = Article("promise Taliban: cut ties", "Title", site="Site", published=date(2020, 3, 1))
    found = await tracking.ingest_article(GUILD, page)
    assert found.stored.article is not None
    assert (found.stored.article.site, found.stored.article.title) == ("Site", "Title")
    with pytest.raises(InputError, match="listing"):
        await tracking.ingest_article(GUILD, Article("Links", kind=PageKind.LISTING))


async def test_other_language_is_stored_and_not_analysed(store: Store) -> None:
    """A page in another language says so; nothing is looked for in it."""
    engine = ScriptedEngine()
    page = Article("promise Taliban: cut ties", language="de")
    found = await tracker(store, engine).ingest_article(GUILD, page)
    assert found.stored.state is ArticleState.DONE
    assert found.stored.article is not None
    assert found.stored.article.note == "The text is not English (de), so nothing was looked for."
    assert engine.analysed == []


async def test_actor_is_found_by_alias_and_near_spelling(store: Store) -> None:
    """A guild's own alias and a slip of the finger lead to the actor's claims."""
    tracking = tracker(store)
    await tracking.ingest(GUILD, text("promise Taliban: cut ties"))
    await store.add_alias(GUILD, "Emirate", actor="Taliban", actor_key="taliban", by="1")
    for name in ("taliban", "Talban", "Emirate"):
        page = await tracking.claims(GUILD, name)
        assert (page.name, page.exact, len(page.claims)) == ("Taliban", name != "Talban", 1)


async def test_claims_are_filtered(store: Store) -> None:
    """By status and by day, newest first."""
    tracking = tracker(store)
    await tracking.ingest(GUILD, text("promise Taliban: cut ties", "2020-03-01"))
    await tracking.ingest(GUILD, text("promise Taliban: make peace", "2021-07-28"))

    def contents(page: ClaimPage) -> list[str]:
        return [record.claim.content for record in page.claims]

    since, broken = date(2021, 1, 1), Status.BROKEN
    assert contents(await tracking.claims(GUILD, "Taliban")) == ["make peace", "cut ties"]
    assert contents(await tracking.claims(GUILD, "Taliban", since=since)) == ["make peace"]
    assert contents(await tracking.claims(GUILD, "Taliban", status=broken)) == []
    assert contents(await tracking.claims(GUILD, "Taliban", limit=1, offset=1)) == ["cut ties"]


async def test_claim_record(store: Store) -> None:
    """A claim comes with its evidence and the articles on both sides."""
    tracking = tracker(store)
    await tracking.ingest(GUILD, text("promise Taliban: cut ties", "2020-03-01", "Deal"))
    found = await tracking.ingest(GUILD, text("breaks Taliban: cut ties", "2021-07-28", "Report"))
    record = await tracking.claim(GUILD, found.matches[0].claim.id)
    told = record.articles[record.claim.tellings[0].article_id].article
    against = record.matches[0].article.article
    assert told is not None
    assert against is not None
    assert (told.title, against.title) == ("Deal", "Report")
    assert record.matches[0].evidence.finding.relation is Relation.CONTRADICTS


async def test_nothing_to_read(store: Store) -> None:
    """Neither text nor address is an error, and an address without a reader, too."""
    with pytest.raises(InputError, match="neither"):
        await tracker(store).ingest(GUILD, Source())
    with pytest.raises(InputError, match="no reader"):
        await tracker(store).ingest(GUILD, Source(url="https://a.example/"))
