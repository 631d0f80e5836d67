"""Reading something anywhere, on request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs import texts
from tests.cogs.test_settings import shown

if TYPE_CHECKING:
    from tests.cogs.world import World

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."


async def test_track_link_reads_it_anywhere(world: World) -> None:
    """In a channel that is not watched, the answer to the command is the answer to the link."""
    home = world.home
    answer = await home.member.slash(home.talk, "track link", url=world.publish("/one", PROMISE))
    assert not answer.ephemeral
    assert "open the sites to inspectors" in shown(answer)
    (posting,) = (await world.store.export(home.key))["postings"]
    assert answer.response is not None
    assert posting["message_id"] == str(answer.response.id)
    again = await home.reviewer.slash(home.talk, "track link", url=world.web.url("/one"))
    assert "open the sites to inspectors" in shown(again)
    assert len(world.web.requests) == 1


async def test_track_link_says_why_not(world: World) -> None:
    """What is no link, is gone, or is private gets one sentence."""
    home = world.home
    for url in ("no link at all", world.web.url("/missing"), "http://192.168.0.1/router"):
        answer = await home.member.slash(home.talk, "track link", url=url)
        assert texts.failed("")[:20] not in shown(answer)
        assert len(shown(answer)) > 20
    assert (await world.store.export(home.key))["claims"] == []


async def test_track_file_reads_a_file(world: World) -> None:
    """A text file is read; a picture is refused in a sentence."""
    home = world.home
    answer = await home.member.slash(home.talk, "track file", file=("speech.txt", PROMISE.encode()))
    assert "open the sites to inspectors" in shown(answer)
    refused = await home.member.slash(home.talk, "track file", file=("cat.png", b"\x89PNG"))
    assert "Only text, HTML and PDF" in shown(refused)


async def test_track_claims_reads_a_pasted_text(world: World) -> None:
    """Without a link the text itself is the article, dated by the message; talk is refused."""
    home = world.home
    pasted = await home.reviewer.send(home.talk, PROMISE)
    answer = await home.member.context_menu(home.talk, "Track claims", pasted)
    assert "open the sites to inspectors" in shown(answer)
    (article,) = (await world.store.export(home.key))["articles"]
    assert article["published"] == pasted.created_at.date().isoformat()
    talk = await home.reviewer.send(home.talk, "hello there")
    refused = await home.member.context_menu(home.talk, "Track claims", talk)
    assert "neither a link nor a text" in shown(refused)


async def test_track_claims_reads_the_links_of_a_message(world: World) -> None:
    """It works where nothing is watched, and on what was read before."""
    home = world.home
    posted = await home.reviewer.send(home.talk, f"see {world.publish('/one', PROMISE)}")
    first = await home.member.context_menu(home.talk, "Track claims", posted)
    assert "open the sites to inspectors" in shown(first)
    second = await home.member.context_menu(home.talk, "Track claims", posted)
    assert "open the sites to inspectors" in shown(second)
    assert len(world.web.requests) == 1


async def test_without_the_content_intent_the_menu_still_works(world: World) -> None:
    """Links in messages cannot be seen then; the menu on a message, and /track, carry what they need."""
    home = world.home
    world.env.approved_intents = discord.Intents(guilds=True, guild_messages=True)
    await world.restart(message_content=False)
    posted = await home.reviewer.send(home.news, f"see {world.publish('/one', PROMISE)}")
    assert world.marks(home.news, posted) == set()
    answer = await home.member.context_menu(home.news, "Track claims", posted)
    assert "open the sites to inspectors" in shown(answer)
    assert texts.NO_CONTENT_INTENT in shown(await home.manager.slash(home.talk, "setup"))
