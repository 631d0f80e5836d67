"""Guilds are apart, come and go; and what a hostile member posts does no harm."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from cogs import texts

if TYPE_CHECKING:
    from tests.cogs.world import World

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."


async def test_two_guilds_on_two_shards_know_nothing_of_each_other(world: World) -> None:
    """The same link in both is read in both; names, claims and commands of one show nothing of the other."""
    home, other = world.home, await world.new_place("other", shard=1)
    assert world.bot.get_guild(home.guild.id).shard_id != world.bot.get_guild(other.guild.id).shard_id  # type: ignore[union-attr]
    url = world.publish("/one", PROMISE)
    await home.member.send(home.news, url)
    assert await world.read(other) == []
    assert await other.member.autocomplete(other.talk, "claims", "actor", "ir") == []
    listed = await other.member.slash(other.talk, "claims", actor="Iran")
    assert "inspectors" not in str(listed.response and listed.response.content)
    await other.member.send(other.news, world.publish("/two", PROMISE.replace("Iran", "Norway")))
    assert await world.read(home) == [url]
    assert len(world.replies(home.news)) == len(world.replies(other.news)) == 1
    await other.manager.slash(other.talk, "alias add", alias="Oslo", actor="Norway")
    assert await world.store.aliases(home.key) == {}


async def test_a_guild_is_kept_for_thirty_days_after_the_bot_left(world: World) -> None:
    """Removed, its data stays for a while, should that have been a mistake; then all of it is deleted."""
    home, managing = world.home, world.bot.desk.managing
    await home.member.send(home.news, world.publish("/one", PROMISE))
    await managing.left(home.key)
    world.later = timedelta(days=29)
    assert await managing.sweep() == 0
    world.later = timedelta(days=31)
    assert await managing.sweep() == 1
    assert home.key not in await world.store.guilds()


async def test_a_guild_that_the_bot_comes_back_to_is_kept(world: World) -> None:
    """Added again within the time, nothing is deleted."""
    home, managing = world.home, world.bot.desk.managing
    await home.member.send(home.news, world.publish("/one", PROMISE))
    await managing.left(home.key)
    await world.restart()
    world.later = timedelta(days=40)
    assert await world.bot.desk.managing.sweep() == 0
    assert len(await world.read()) == 1


HOSTILE = [
    "@everyone **[x](https://evil.example)**",
    "\u202eNAHCETAROF\u2066",
    "`` ` ``" + "|" * 40,
    "<@&1> <@1> <#1> </health:1>",
    "Z" * 90,
]


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_names_are_shown_and_do_nothing(world: World, name: str) -> None:
    """Markup, mentions and text direction in an actor's name are text in the reply, and ping nobody."""
    home = world.home
    await home.member.send(home.news, world.publish("/one", PROMISE.replace("Iran", name)))
    for message in world.replies(home.news):
        drawn = str([embed.to_dict() for embed in message.embeds])
        assert "\u202e" not in drawn
        assert "**[x](" not in drawn
        assert not message.mention_everyone
        assert message.role_mentions == []
    for request in world.env.http_requests:
        if request.method == "POST" and request.path.endswith("/messages"):
            assert request.json is not None
            assert request.json["allowed_mentions"]["parse"] == []


async def test_a_hostile_alias_is_listed_as_text(world: World) -> None:
    """What managers type is shown as they typed it."""
    home = world.home
    await home.manager.slash(home.talk, "alias add", alias="@everyone **x**", actor="<@1>")
    listed = await home.member.slash(home.talk, "alias list")
    assert listed.response is not None
    assert "**x**" not in (listed.response.embeds[0].description or "")


async def test_help_and_privacy_fit_and_answer_in_private(world: World) -> None:
    """Both are one message to the person who asked."""
    home = world.home
    for command in ("help", "privacy"):
        answer = await home.member.slash(home.talk, command)
        assert answer.ephemeral
        assert answer.response is not None
        assert 100 < len(answer.response.content) <= 2_000


async def test_health_is_for_the_owner_and_holds_no_secret(world: World) -> None:
    """Queue, outbox, record and versions; no path, no address, no token."""
    home = world.home
    world.bot.owner_id = home.manager.id
    answer = await home.manager.slash(home.talk, "health")
    assert answer.response is not None
    told = str(answer.response.embeds[0].to_dict())
    assert "0 waiting" in told
    assert str(world.folder) not in told
    assert "sqlite" not in told


async def test_commands_are_synced_only_when_they_changed(world: World) -> None:
    """A restart with the same commands does not send them again: Discord allows 200 creations a day."""
    await world.restart()
    sent = [r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert len(sent) == 1
    (world.folder / "commands").write_text("something older\n")
    await world.restart()
    sent = [r for r in world.env.http_requests if r.method == "PUT" and r.path.endswith("/commands")]
    assert len(sent) == 2


async def test_an_error_that_nobody_foresaw_gets_a_reference(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The person gets a polite sentence with a reference; what failed stands in the log only."""
    home = world.home

    async def broken(*args: object) -> None:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(type(world.bot.desk.managing), "totals", broken)
    answer = await home.member.slash(home.talk, "privacy")
    assert answer.response is not None
    assert answer.ephemeral
    assert texts.failed("")[:30] in answer.response.content
    assert "secret" not in answer.response.content
    world.foreseen.append(RuntimeError)
