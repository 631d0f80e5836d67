"""Following feeds: by command, in turn, and politely."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.following import MAX_FEEDS
from cogs import texts
from tests.articles.servers import page
from tests.cogs.test_settings import shown

if TYPE_CHECKING:
    from tests.cogs.world import World

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."


def feed(world: World, *paths: str, title: str = "The Gazette") -> str:
    """A feed that announces pages of the site, all of them today; its address."""
    day = world.bot.desk.clock().strftime("%a, %d %b %Y %H:%M:%S +0000")
    items = "".join(
        f"<item><title>{p}</title><link>{world.web.url(p)}</link><pubDate>{day}</pubDate></item>"
        for p in paths
    )
    body = f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"
    world.web.answers["/feed"] = page(body.encode(), content_type="application/rss+xml")
    return world.web.url("/feed")


async def test_a_followed_feed_is_read_at_once_and_again_when_it_is_due(world: World) -> None:
    """Its articles are queued like links; half an hour later only the new one is fetched."""
    home = world.home
    world.publish("/one", PROMISE)
    added = await home.manager.slash(home.talk, "follow add", url=feed(world, "/one"))
    assert "**The Gazette**" in shown(added)
    assert await world.read() == [world.web.url("/one")]
    world.publish("/two", PROMISE.replace("Iran", "Norway"))
    feed(world, "/one", "/two")
    await world.env.advance_time(61)
    assert len(await world.read()) == 1
    world.later = timedelta(minutes=31)
    await world.env.advance_time(61)
    assert await world.read() == [world.web.url("/one"), world.web.url("/two")]
    assert sorted(path for path, _ in world.web.requests) == ["/feed", "/feed", "/feed", "/one", "/two"]
    assert "The Gazette" in shown(await home.member.slash(home.talk, "follow list"))


async def test_what_is_no_feed_is_not_followed(world: World) -> None:
    """A page, nothing at all and a word are refused in a sentence."""
    home = world.home
    for url in (world.publish("/one", PROMISE), world.web.url("/missing"), "not a link"):
        answer = await home.manager.slash(home.talk, "follow add", url=url)
        assert texts.failed("")[:20] not in shown(answer)
    assert await world.store.feeds(home.key) == []
    assert shown(await home.member.slash(home.talk, "follow list")) == texts.NO_FEEDS


async def test_a_feed_can_be_left_again(world: World) -> None:
    """It is suggested by its title; what was read of it stays."""
    home = world.home
    world.publish("/one", PROMISE)
    await home.manager.slash(home.talk, "follow add", url=feed(world, "/one"))
    (choice,) = await home.manager.autocomplete(home.talk, "follow remove", "feed", "gaz")
    await home.manager.slash(home.talk, "follow remove", feed=choice["value"])
    assert await world.store.feeds(home.key) == []
    assert len(await world.read()) == 1
    again = await home.manager.slash(home.talk, "follow remove", feed=choice["value"])
    assert "not followed" in shown(again)


async def test_a_feed_that_is_gone_is_paused_and_shown_so(world: World) -> None:
    """Twice not there, and it is not asked any more; that is said once, and the list says why."""
    home = world.home
    await home.manager.slash(home.talk, "follow add", url=feed(world))
    del world.web.answers["/feed"]
    for _ in range(4):
        world.later += timedelta(hours=13)
        await world.env.advance_time(61)
    (followed,) = await world.store.feeds(home.key)
    assert followed.paused
    (told,) = world.replies(home.alerts)
    assert "I no longer look at the feed" in told.content
    assert texts.PROBLEM in shown(await home.member.slash(home.talk, "follow list"))
    asked = len(world.web.requests)
    world.later += timedelta(days=2)
    await world.env.advance_time(61)
    assert len(world.web.requests) == asked


async def test_a_guild_follows_a_bounded_number_of_feeds(world: World) -> None:
    """The queue is shared by all guilds."""
    home = world.home
    for number in range(MAX_FEEDS):
        await world.store.follow(home.key, f"https://example.org/{number}", world.bot.desk.clock())
    answer = await home.manager.slash(home.talk, "follow add", url=feed(world))
    assert str(MAX_FEEDS) in shown(answer)
