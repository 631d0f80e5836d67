"""What managers set: the panel, its check of permissions, aliases, forgetting, export."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import discord

from cogs import texts

if TYPE_CHECKING:
    from simcord.results import InteractionResult

    from tests.cogs.world import World

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."


def shown(result: InteractionResult) -> str:
    """All that an answer says."""
    assert result.response is not None
    parts = [result.response.content or ""]
    parts += [str(embed.to_dict()) for embed in result.response.embeds]
    return "\n".join(parts)


async def test_the_panel_sets_everything_at_once(world: World) -> None:
    """Each choice is stored when it is made, and the panel says so; nobody else sees it."""
    home = world.home
    panel = await home.manager.slash(home.talk, "setup")
    assert panel.ephemeral
    assert panel.response is not None
    message = panel.response
    await home.manager.select(message, [home.talk, home.alerts], custom_id="setup:watched")
    await home.manager.select(message, [home.talk], custom_id="setup:alerts")
    await home.manager.click(message, label="People")
    role = home.guild.roles["Bosses"]
    await home.manager.select(message, [role], custom_id="setup:reviewer")
    await home.manager.select(message, [role], custom_id="setup:mention")
    await home.manager.click(message, label="Alerts")
    await home.manager.select(message, ["always"], custom_id="setup:replies")
    await home.manager.select(message, ["strict"], custom_id="setup:threshold")
    await home.manager.select(message, ["5"], custom_id="setup:budget")
    settings = await world.store.settings(home.key)
    assert {c.id for c in await world.store.channels(home.key, watched=True)} == {
        str(home.talk.id),
        str(home.alerts.id),
    }
    assert settings.alerts_channel == str(home.talk.id)
    assert settings.reviewer_role == settings.mention_role == str(role.id)
    assert (settings.replies, settings.threshold, settings.daily_alerts) == ("always", "strict", 5)
    # What was chosen counts from now on.
    posted = await home.member.send(home.talk, world.publish("/one", PROMISE))
    assert world.marks(home.talk, posted) == {texts.DONE}
    unwatched = await home.member.send(home.news, world.publish("/two", PROMISE))
    assert world.marks(home.news, unwatched) == set()


async def test_the_panel_works_after_a_restart(world: World) -> None:
    """A panel opened before is answered by the bot that runs now."""
    home = world.home
    panel = await home.manager.slash(home.talk, "setup")
    assert panel.response is not None
    await world.restart()
    await home.manager.click(panel.response, label="Alerts")
    await home.manager.select(panel.response, ["never"], custom_id="setup:replies")
    assert (await world.store.settings(home.key)).replies == "never"


async def test_missing_permissions_are_named(world: World) -> None:
    """The panel says at once which permission is missing in which channel."""
    home = world.home
    assert world.bot.user is not None
    place = home.guild.create_text_channel(
        "closed",
        overwrites={world.bot.user: discord.PermissionOverwrite(add_reactions=False, embed_links=False)},
    )
    await world.bot.desk.managing.watch_only(home.key, {str(place.id): None})
    text = shown(await home.manager.slash(home.talk, "setup"))
    assert f"In <#{place.id}> I lack the permissions Add Reactions, Embed Links." in text
    await world.bot.desk.managing.watch_only(home.key, {str(home.news.id): None})
    assert texts.ALL_WELL in shown(await home.manager.slash(home.talk, "setup"))


async def test_trouble_is_told_once_and_not_hammered(world: World) -> None:
    """Without Add Reactions the bot says so once, in the alerts channel, and stops trying."""
    home = world.home
    assert world.bot.user is not None
    place = home.guild.create_text_channel(
        "mute", overwrites={world.bot.user: discord.PermissionOverwrite(add_reactions=False)}
    )
    await world.bot.desk.managing.watch_only(home.key, {str(place.id): None})
    await world.bot.reload_watched()
    for number in range(3):
        await home.member.send(place, world.publish(f"/{number}", PROMISE.replace("sites", f"site {number}")))
    (told,) = [m for m in world.replies(home.alerts) if "could not" in m.content]
    assert f"<#{place.id}>" in told.content
    tried = [r for r in world.env.http_requests if "/reactions/" in r.path and str(place.id) in r.path]
    assert len(tried) == 1
    assert len(await world.read()) == 3


async def test_a_deleted_alerts_channel_is_noticed(world: World) -> None:
    """It is no longer set, and the owner of the server is told."""
    home = world.home
    world.env.backend.delete_channel(home.alerts.id)
    await world.env.settle()
    assert (await world.store.settings(home.key)).alerts_channel is None
    dm = home.guild.owner.dm_channel
    assert dm.last_message is not None
    assert "deleted" in dm.last_message.content


async def test_aliases(world: World) -> None:
    """An alias can be added, is listed and suggested, and can be removed; nonsense is refused."""
    home = world.home
    added = await home.manager.slash(home.talk, "alias add", alias="Tehran", actor="Iran")
    assert "**Tehran** now means **Iran**" in shown(added)
    assert await world.store.aliases(home.key) == {"Tehran": "iran"}
    assert "Tehran" in shown(await home.member.slash(home.talk, "alias list"))
    assert [
        c["name"] for c in await home.manager.autocomplete(home.talk, "alias remove", "alias", "teh")
    ] == ["Tehran"]
    same = await home.manager.slash(home.talk, "alias add", alias="iran", actor="Iran")
    assert "same name" in shown(same)
    await home.manager.slash(home.talk, "alias remove", alias="Tehran")
    assert await world.store.aliases(home.key) == {}
    again = await home.manager.slash(home.talk, "alias remove", alias="Tehran")
    assert again.ephemeral


async def test_forgetting_asks_first(world: World) -> None:
    """Nothing is deleted until the question is answered; then the claim or article is gone for good."""
    home = world.home
    await home.member.send(home.news, world.publish("/one", PROMISE))
    asked = await home.manager.slash(home.talk, "forget claim", claim="1")
    assert asked.response is not None
    assert "open the sites" in asked.response.content
    await home.manager.click(asked.response, label=texts.FORGET_NO)
    assert len((await world.store.export(home.key))["claims"]) == 1
    again = await home.manager.slash(home.talk, "forget claim", claim="1")
    assert again.response is not None
    await home.manager.click(again.response, label=texts.FORGET_YES)
    record = await world.store.export(home.key)
    assert (len(record["claims"]), len(record["articles"])) == (0, 1)
    article = await home.manager.slash(home.talk, "forget article", article="a1")
    assert article.response is not None
    await home.manager.click(article.response, label=texts.FORGET_YES)
    assert await world.read() == []


async def test_forgetting_everything_keeps_the_settings(world: World) -> None:
    """The record is gone, watching goes on."""
    home = world.home
    await home.member.send(home.news, world.publish("/one", PROMISE))
    asked = await home.manager.slash(home.talk, "forget everything")
    assert asked.response is not None
    await home.manager.click(asked.response, label=texts.FORGET_YES)
    assert await world.read() == []
    again = await home.member.send(home.news, world.publish("/two", PROMISE))
    assert world.marks(home.news, again) == {texts.DONE}


async def test_what_is_not_there_cannot_be_forgotten(world: World) -> None:
    """An id that does not exist, or is none, is one polite sentence."""
    home = world.home
    for name, option, value in (
        ("forget claim", "claim", "99"),
        ("forget article", "article", "a99"),
        ("forget claim", "claim", "no number"),
    ):
        answer = await home.manager.slash(home.talk, name, **{option: value})
        assert answer.ephemeral
        assert texts.failed("")[:20] not in shown(answer)


async def test_the_export_holds_everything_and_nothing_that_a_spreadsheet_would_run(world: World) -> None:
    """JSON with every table, CSV with the claims; a cell that begins like a formula is defused."""
    home = world.home
    await home.member.send(home.news, world.publish("/one", PROMISE.replace("Iran", '=HYPERLINK("x")')))
    answer = await home.manager.slash(home.talk, "export")
    assert answer.ephemeral
    assert answer.response is not None
    files = {a.filename: a for a in answer.response.attachments}
    assert set(files) == {"pledgewatch.json", "claims.csv"}
    made = await world.bot.desk.managing.export(home.key)
    whole = json.loads(made.json)
    assert whole["articles"][0]["url"] == world.web.url("/one")
    table = made.csv.decode("utf-8-sig")
    assert "open the sites to inspectors" in table
    assert ",'=HYPERLINK" in table or ",\"'=HYPERLINK" in table
