"""/claims, /claim, /search, their pages and suggestions, on the real bot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.cogs.stories import break_it, promise_it

if TYPE_CHECKING:
    import discord

    from tests.cogs.world import Place, World


def embed_of(result: Any) -> discord.Embed:
    """The one embed of an answer."""
    assert result.response is not None, result
    (embed,) = result.response.embeds
    found: discord.Embed = embed
    return found


async def many(world: World, number: int, place: Place | None = None) -> None:
    """One article with many promises."""
    where = place or world.home
    what = "build the school that the people of the village have been waiting for, which has the number"
    text = "\n".join(f"promise Iran: {what} {n}" for n in range(number))
    await where.member.send(where.news, world.publish("/many", text))


async def test_one_row_a_claim_however_often_told(world: World) -> None:
    """Three articles on one promise are one row that says so."""
    for number in range(3):
        await world.home.member.send(
            world.home.news,
            world.publish(f"/{number}", f"promise Iran: open the sites\n\nTold by paper number {number}."),
        )
    embed = embed_of(await world.home.member.slash(world.home.talk, "claims", actor="Iran"))
    (row,) = embed.fields
    assert "told 3 times" in (row.value or "")
    assert embed.footer.text == "1 claim · page 1 of 1"


async def test_pages_are_turned_also_after_a_restart(world: World) -> None:
    """Twelve claims are three pages; buttons know the question without the process that sent them."""
    home = world.home
    await many(world, 12)
    listed = await home.member.slash(home.talk, "claims", actor="Iran", text="school")
    assert listed.response is not None
    assert embed_of(listed).footer.text == "12 claims · page 1 of 3"
    first = [f.name for f in embed_of(listed).fields]
    await home.member.click(listed.response, label="Older ▶")
    await world.restart()
    await home.member.click(listed.response, label="Last ⏭")
    embed = listed.response.embeds[0]
    assert embed.footer.text == "12 claims · page 3 of 3"
    assert len(embed.fields) == 2
    assert embed.title == "Claims of Iran"
    assert "with “school”" in (embed.description or "")
    await home.member.click(listed.response, label="⏮ First")
    assert [f.name for f in listed.response.embeds[0].fields] == first


async def test_four_hundred_claims_of_one_actor(world: World) -> None:
    """Eighty pages, each with five rows; the last is one press away."""
    home = world.home
    await many(world, 400)
    listed = await home.member.slash(home.talk, "claims", actor="Iran")
    assert listed.response is not None
    assert embed_of(listed).footer.text == "400 claims · page 1 of 80"
    await home.member.click(listed.response, label="Last ⏭")
    assert listed.response.embeds[0].footer.text == "400 claims · page 80 of 80"
    assert len(listed.response.embeds[0].fields) == 5


async def test_a_row_is_opened_as_a_card(world: World) -> None:
    """The menu under a list shows a claim in full, in private, with a jump link to what posted it."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    listed = await home.member.slash(home.talk, "claims", actor="Iran")
    assert listed.response is not None
    opened = await home.member.select(listed.response, ["1"])
    assert opened.response is not None
    assert opened.response.ephemeral
    drawn = str(embed_of(opened).to_dict())
    for part in (
        "promise Iran",
        "breaks Iran",
        "It says so.",
        f"https://discord.com/channels/{home.guild.id}/",
    ):
        assert part in drawn


async def test_filters(world: World) -> None:
    """Status, day and words narrow the list; what is no day is refused with an example."""
    home = world.home
    await many(world, 3)
    await home.manager.slash(home.talk, "review rate", number="2", status="kept")
    kept = embed_of(await home.member.slash(home.talk, "claims", actor="Iran", status="kept"))
    assert [f.name.split(" ")[1] for f in kept.fields if f.name] == ["#2"]
    none = embed_of(await home.member.slash(home.talk, "claims", actor="Iran", status="broken"))
    assert none.fields == []
    assert "nothing like that" in (none.description or "")
    refused = await home.member.slash(home.talk, "claims", actor="Iran", since="yesterday")
    assert refused.response is not None
    assert "2021-07-28" in refused.response.content


async def test_search_looks_over_all_actors(world: World) -> None:
    """/search finds words whoever promised; its text is never taken for a query language."""
    home = world.home
    await promise_it(world, actor="Iran", content="open the sites")
    await promise_it(world, actor="Peru", content="open the border", path="/peru")
    found = embed_of(await home.member.slash(home.talk, "search", text="open"))
    assert len(found.fields) == 2
    assert (
        embed_of(await home.member.slash(home.talk, "search", text="border")).footer.text
        == "1 claim · page 1 of 1"
    )
    odd = await home.member.slash(home.talk, "search", text='" OR 1=1 -- NEAR(')
    assert embed_of(odd).fields == []


async def test_search_falls_back_to_the_nearest(world: World) -> None:
    """Where no claim holds all the words, those that share some come, nearest first, and it is said."""
    home = world.home
    await promise_it(world, actor="Iran", content="open the sites to inspectors")
    await promise_it(world, actor="Peru", content="open the border", path="/peru")
    found = embed_of(await home.member.slash(home.talk, "search", text="inspection of open sites"))
    assert [field.name for field in found.fields if "#1" in (field.name or "")] == [found.fields[0].name]
    assert "none holds all of" in (found.description or "")


@pytest.mark.parametrize("number", ["99", "x", "", "-1"])
async def test_a_claim_that_is_not_there(world: World, number: str) -> None:
    """Any other number gets one polite sentence."""
    answer = await world.home.member.slash(world.home.talk, "claim", number=number or "0")
    assert answer.response is not None
    assert "There is no claim" in answer.response.content


async def test_an_unknown_actor_is_told_of_near_ones(world: World) -> None:
    """A misspelling is understood and said; another name is answered with those that are near."""
    home = world.home
    await promise_it(world, actor="Taliban")
    taken = embed_of(await home.member.slash(home.talk, "claims", actor="Talibna"))
    assert taken.title == "Claims of Taliban"
    assert "“Talibna” is taken for Taliban" in (taken.description or "")
    unknown = await home.member.slash(home.talk, "claims", actor="Portugal")
    assert unknown.response is not None
    assert "no claims of an actor like" in unknown.response.content


@pytest.mark.parametrize(
    ("typed", "first"),
    [("", "Taliban"), ("Tal", "Taliban"), ("talbian", "Taliban"), ("emirate", "Taliban"), ("Per", "Peru")],
)
async def test_suggestions_know_aliases_and_slips(world: World, typed: str, first: str) -> None:
    """Autocomplete offers the actor for its beginning, an alias or a misspelling; at most 25."""
    home = world.home
    for number in range(2):
        await promise_it(world, actor="Taliban", content=f"do thing {number}", path=f"/{number}")
    for number in range(30):
        await promise_it(world, actor=f"Actor {number}", content="do it", path=f"/a{number}")
    await promise_it(world, actor="Peru", path="/peru")
    await world.bot.desk.managing.add_alias(home.key, "Islamic Emirate", "Taliban", by="1")
    world.bot.desk.actors.changed(home.key)
    choices = await home.member.autocomplete(home.talk, "claims", "actor", typed)
    assert choices[0]["name"] == first
    assert len(choices) <= 25


async def test_suggestions_are_the_guilds_own(world: World) -> None:
    """Nothing of one guild is suggested, listed, found or opened in another."""
    other = await world.new_place("other", shard=1)
    await promise_it(world, actor="Peru")
    assert await other.member.autocomplete(other.talk, "claims", "actor", "") == []
    for command, options in (("claims", {"actor": "Peru"}), ("claim", {"number": "1"})):
        answer = await other.member.slash(other.talk, command, **options)
        assert answer.response is not None
        assert answer.response.embeds == []
    assert embed_of(await other.member.slash(other.talk, "search", text="sites")).fields == []
