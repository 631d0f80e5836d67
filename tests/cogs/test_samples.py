"""The sample articles on Discord with the real model: from a link to a broken claim, over a restart."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli import documents
from tests.cogs.real import RealEngine
from tests.cogs.stories import pass_time, the_alert

if TYPE_CHECKING:
    from bot.tracker_protocols import Engine
    from tests.cogs.world import Place, World

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.fixture
def engine() -> Engine:
    """The real model in place of the scripted one."""
    return RealEngine()


async def post(world: World, name: str, place: Place | None = None) -> None:
    """A member posts a sample article."""
    where = place or world.home
    (path,) = EXAMPLES.glob(f"{name}*.txt")
    found = documents.from_text(documents.read_file(path), name=path.stem, guild="")
    assert found.source.published is not None
    url = world.publish_html(
        f"/{name}", found.text, title=found.source.title, day=found.source.published.isoformat()
    )
    await where.member.send(where.news, url)
    await pass_time(world, 10)


async def test_a_promise_is_broken_from_link_to_record(world: World) -> None:
    """Link → reply → later report → alert card → restart → confirm → /claims shows it broken."""
    home = world.home
    await post(world, "05")
    reply = world.replies(home.news)[-1]
    assert "call a snap election" in (reply.embeds[0].description or "")
    await post(world, "06")
    assert world.replies(home.alerts) == [], "a denial is no breach"
    await post(world, "07")
    card = the_alert(world)
    drawn = str(card.embeds[0].to_dict())
    assert "**called** a snap general election" in drawn
    assert "ruled out" in drawn
    await world.restart()
    await home.reviewer.click(card, label="Confirm")
    listed = await home.member.slash(home.talk, "claims", actor="Theresa May", status="broken")
    assert listed.response is not None
    (row,) = listed.response.embeds[0].fields
    assert "snap election" in (row.value or "")
    assert "contradicted by 1 article (confirmed)" in (row.value or "")
    history = await home.member.click(the_alert(world), label="History")
    assert history.response is not None
    assert home.reviewer.mention in (history.response.embeds[0].description or "")


async def test_two_guilds_on_two_shards_know_nothing_of_each_other(world: World) -> None:
    """The promise is posted in one guild, the breach in another: no alert, no claim, no suggestion."""
    other = await world.new_place("other", shard=1)
    await post(world, "05")
    await post(world, "07", other)
    assert world.replies(world.home.alerts) == []
    assert world.replies(other.alerts) == []
    names = [c["name"] for c in await other.member.autocomplete(other.talk, "claims", "actor", "Theresa")]
    assert await world.store.claims(other.key, text="snap") == []
    ours = [
        c["name"] for c in await world.home.member.autocomplete(world.home.talk, "claims", "actor", "Theresa")
    ]
    assert "Theresa May" in ours
    assert names != ours or await world.store.claims(other.key) != []


async def test_an_older_promise_posted_late_is_held_against_what_was_read(world: World) -> None:
    """The report is posted first, the promise after it: the alert comes all the same."""
    await post(world, "07")
    assert world.replies(world.home.alerts) == []
    await post(world, "05")
    assert "snap election" in str(the_alert(world).embeds[0].to_dict())


async def test_a_corrected_wording_is_compared_with(world: World) -> None:
    """The rules read a person's wording: a later report is held against the corrected claim."""
    home = world.home
    await post(world, "05")
    (claim,) = await world.store.claims(home.key, text="snap")
    before = claim.tellings[0].commitment.frame
    await world.bot.desk.reviewing.correct(home.key, claim.id, by="5", content="hold an election before 2020")
    (claim,) = await world.store.claims(home.key, text="2020")
    assert claim.tellings[0].commitment.frame != before
