"""Watching channels: each decision about what is read of a message, and how it is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import pytest

from cogs import texts

if TYPE_CHECKING:
    from tests.cogs.world import World

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."
NOTHING = "The weather stayed fair.\n\nNothing else was said by anybody on that day."


async def test_a_posted_link_is_read_and_answered_once(world: World) -> None:
    """A link in a watched channel is fetched and read; ⏳ turns to ✅; one compact reply says what."""
    home = world.home
    message = await home.member.send(home.news, f"see {world.publish('/one', PROMISE)} !")
    assert world.marks(home.news, message) == {texts.DONE}
    (reply,) = world.replies(home.news)
    assert reply.reference is not None
    assert reply.reference.message_id == message.id
    assert "open the sites to inspectors" in str(reply.embeds[0].to_dict())
    assert await world.read() == [world.web.url("/one")]


async def test_nothing_found_means_a_reaction_only(world: World) -> None:
    """People hate chatter: an article without commitments is acknowledged and not talked about."""
    home = world.home
    message = await home.member.send(home.news, world.publish("/dull", NOTHING))
    assert world.marks(home.news, message) == {texts.DONE}
    assert world.replies(home.news) == []


@pytest.mark.parametrize(("style", "answers"), [("always", 2), ("findings", 1), ("never", 0)])
async def test_replies_are_a_setting(world: World, style: str, answers: int) -> None:
    """`always` answers to dull articles, too; `never` leaves it at the reaction."""
    home = world.home
    await world.bot.desk.managing.change(home.key, replies=style)
    await home.member.send(home.news, world.publish("/dull", NOTHING))
    last = await home.member.send(home.news, world.publish("/one", PROMISE))
    assert len(world.replies(home.news)) == answers
    assert world.marks(home.news, last) == {texts.DONE}


async def test_only_watched_channels_are_read(world: World) -> None:
    """A link elsewhere is none of the bot's business, unless it is mentioned beside it."""
    home = world.home
    url = world.publish("/one", PROMISE)
    silent = await home.member.send(home.talk, url)
    assert world.marks(home.talk, silent) == set()
    assert await world.read() == []
    assert world.bot.user is not None
    asked = await home.member.send(home.talk, f"{world.bot.user.mention} {url}")
    assert world.marks(home.talk, asked) == {texts.DONE}
    assert len(world.replies(home.talk)) == 1


@pytest.mark.parametrize("wrapped", ["`{}`", "```\n{}\n```", "<{}>"])
async def test_links_in_code_or_brackets_are_not_read(world: World, wrapped: str) -> None:
    """Who puts a link into code or <…> does not want it followed."""
    home = world.home
    message = await home.member.send(home.news, wrapped.format(world.publish("/one", PROMISE)))
    assert world.marks(home.news, message) == set()
    assert await world.read() == []


async def test_bots_and_webhooks_are_not_read(world: World) -> None:
    """What machines post would be read without end."""
    home = world.home
    url = world.publish("/one", PROMISE)
    other = home.guild.add_member(world.env.create_user("feedbot", bot=True))
    await other.send(home.news, url)
    await home.guild.create_webhook(home.news).send(url)
    assert await world.read() == []


async def test_the_same_article_again_is_answered_from_the_record(world: World) -> None:
    """A known address, with other trackers, is not fetched again; the second poster gets the same answer."""
    home = world.home
    url = world.publish("/one", PROMISE)
    world.web.answers["/one?utm_source=x"] = world.web.answers["/one"]
    await home.member.send(home.news, url)
    again = await home.reviewer.send(home.news, f"{url}?utm_source=x")
    assert world.marks(home.news, again) == {texts.DONE}
    assert len(world.replies(home.news)) == 2
    assert [path for path, _ in world.web.requests if path.startswith("/one")] == ["/one"]
    assert len(await world.read()) == 1


async def test_the_same_text_elsewhere_is_the_same_article(world: World) -> None:
    """A copy under another address adds no second telling."""
    home = world.home
    await home.member.send(home.news, world.publish("/one", PROMISE))
    await home.member.send(home.news, world.publish("/copy", PROMISE))
    (article,) = (await world.store.export(home.key))["articles"]
    assert article["url"] == world.web.url("/one")
    assert len((await world.store.export(home.key))["postings"]) == 2


async def test_new_links_of_an_edited_message_are_read_and_old_ones_stay(world: World) -> None:
    """An edit adds what is new in it; what was taken out stays read, and an empty edit does nothing."""
    home = world.home
    one, two = world.publish("/one", PROMISE), world.publish("/two", PROMISE.replace("Iran", "Norway"))
    message = await home.member.send(home.news, one)
    await home.member.edit(message, f"{one} and more words")
    assert len(world.replies(home.news)) == 1
    await home.member.edit(message, two)
    assert len(world.replies(home.news)) == 2
    assert await world.read() == [one, two]


async def test_a_message_gets_its_first_link_by_an_edit(world: World) -> None:
    """Who forgot the link adds it, and it is read."""
    home = world.home
    message = await home.member.send(home.news, "look at this")
    await home.member.edit(message, f"look at this: {world.publish('/one', PROMISE)}")
    assert world.marks(home.news, message) == {texts.DONE}


async def test_a_deleted_message_is_forgotten_as_source_and_the_article_stays(world: World) -> None:
    """The article is on record still; who posted it where is not."""
    home = world.home
    message = await home.member.send(home.news, world.publish("/one", PROMISE))
    await home.member.delete(message)
    record = await world.store.export(home.key)
    assert len(record["articles"]) == 1
    assert record["postings"] == []


async def test_a_message_delivered_twice_is_read_once(world: World) -> None:
    """After a resume Discord may repeat itself: no second reading, no second reply; also after a restart."""
    home = world.home
    message = await home.member.send(home.news, world.publish("/one", PROMISE))
    world.bot.dispatch("message", message)
    await world.env.settle()
    await world.restart()
    world.bot.dispatch("message", message)
    await world.env.settle()
    assert len(world.replies(home.news)) == 1
    assert len(world.web.requests) == 1


async def test_ten_links_in_one_message_get_one_reply(world: World) -> None:
    """All are read; the answer waits for the last and is one message with at most ten embeds."""
    home = world.home
    urls = [world.publish(f"/{n}", PROMISE.replace("sites", f"sites of region {n}")) for n in range(10)]
    message = await home.member.send(home.news, " ".join(urls))
    assert sorted(await world.read()) == sorted(urls)
    (reply,) = world.replies(home.news)
    assert 1 < len(reply.embeds) <= 10
    assert sum(len(embed) for embed in reply.embeds) <= 6_000
    assert world.marks(home.news, message) == {texts.DONE}


async def test_threads_and_forum_posts_belong_to_their_channel(world: World) -> None:
    """A thread of a watched channel is watched; one of another channel is not."""
    home = world.home
    assert world.bot.user is not None
    for channel, expected in ((home.news, {texts.DONE}), (home.talk, set())):
        place = world.bot.get_channel(channel.id)
        assert isinstance(place, discord.TextChannel)
        with world.env._bot_scope():
            await place.create_thread(name="aside", type=discord.ChannelType.public_thread)
        await world.env.settle()
        (thread,) = channel.threads
        message = await home.member.send(thread, world.publish(f"/{channel.name}", PROMISE))
        assert world.marks(thread, message) == expected


async def test_what_cannot_be_read_gets_a_warning_sign(world: World) -> None:
    """A page that is gone, and a link to a private address, are marked; nobody is talked to about it."""
    home = world.home
    for link in (world.web.url("/missing"), "http://10.0.0.1/x", "http://localhost:1/"):
        message = await home.member.send(home.news, link)
        assert world.marks(home.news, message) == {texts.PROBLEM}, link
    assert world.replies(home.news) == []
    await world.bot.desk.managing.change(home.key, replies="always")
    await home.member.send(home.news, world.web.url("/also-missing"))
    (reply,) = world.replies(home.news)
    assert texts.PROBLEM in reply.content


async def test_attached_files_are_read(world: World) -> None:
    """Text and HTML files are articles; a picture is not, and is passed over in silence."""
    home = world.home
    text = await home.member.send(home.news, attachments=[("speech.txt", PROMISE.encode())])
    assert world.marks(home.news, text) == {texts.DONE}
    assert len(world.replies(home.news)) == 1
    picture = await home.member.send(home.news, attachments=[("cat.png", b"\x89PNG....")])
    assert world.marks(home.news, picture) == set()
    broken = await home.member.send(home.news, attachments=[("noise.txt", bytes(range(256)) * 40)])
    assert world.marks(home.news, broken) == {texts.PROBLEM}
