"""Restarts, lost connections, and what was posted before the bot came."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.errors import InputError, StorageError
from cogs import texts
from cogs.catchup import start_of

if TYPE_CHECKING:
    from tests.cogs.world import World

PROMISE = "promise Iran: open the sites to inspectors\n\nNothing else was said by anybody on that day."


def post_silently(world: World, url: str) -> int:
    """Post a message that reaches the channel and not the bot, as while it is away; its id."""
    home, feeds = world.home, list(world.env.backend.subscribers)
    world.env.backend.subscribers.clear()
    try:
        return world.env.backend.create_message(home.news.id, home.member.id, url).id
    finally:
        world.env.backend.subscribers.extend(feeds)


async def test_what_was_posted_while_the_bot_was_away_is_read_once(world: World) -> None:
    """After a start the history since the last message seen is read and answered, and no more than that."""
    home = world.home
    await home.member.send(home.news, world.publish("/before", PROMISE))
    await world.bot.close()
    missed = [
        post_silently(world, world.publish(f"/{n}", PROMISE.replace("sites", f"site {n}"))) for n in range(3)
    ]
    await world.restart()
    assert len(await world.read()) == 4
    for number in missed:
        message = next(m for m in home.news.history() if m.id == number)
        assert world.marks(home.news, message) == {texts.DONE}
    assert len(world.replies(home.news)) == 4
    await world.restart()
    assert len(world.replies(home.news)) == 4
    assert len(world.web.requests) == 4


async def test_a_link_that_was_queued_before_a_crash_is_read_and_answered_after_it(world: World) -> None:
    """The queue and our ⏳ on the message are all that is needed to go on."""
    home = world.home
    world.engine.error = StorageError("The disk is full.")
    message = await home.member.send(home.news, world.publish("/one", PROMISE))
    assert world.marks(home.news, message) == {texts.READING}
    assert world.replies(home.news) == []
    world.engine.error = None
    await world.restart()
    await world.make_due()
    assert world.marks(home.news, message) == {texts.DONE}
    assert len(world.replies(home.news)) == 1


async def test_an_answer_owed_from_before_a_crash_is_given(world: World) -> None:
    """Read and stored, but the process died before it could reply: the reply comes after the start."""
    home = world.home
    world.env.inject_error("POST", "/channels/*/messages", status=503, times=None)
    message = await home.member.send(home.news, world.publish("/one", PROMISE))
    await world.env.advance_time(10)
    assert world.marks(home.news, message) == {texts.READING}
    world.env.backend.faults.clear()
    await world.restart()
    assert world.marks(home.news, message) == {texts.DONE}
    assert len(world.replies(home.news)) == 1


async def test_a_message_that_could_not_be_stored_is_not_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the database fails, nothing after it counts as seen; once it works the history is read again."""
    home = world.home
    submit = type(world.store).submit

    async def broken(*args: object, **kwargs: object) -> None:
        raise StorageError("The disk is full.")

    monkeypatch.setattr(type(world.store), "submit", broken)
    lost = await home.member.send(home.news, world.publish("/one", PROMISE))
    monkeypatch.setattr(type(world.store), "submit", submit)
    await home.member.send(home.news, "a word in between")
    await world.env.advance_time(61)
    assert world.marks(home.news, lost) == {texts.DONE}
    assert await world.read() == [world.web.url("/one")]


async def test_catchup_reads_history_without_chatter(world: World) -> None:
    """A manager has an old channel read: the articles are on record, and nobody is notified of it."""
    home = world.home
    posted = [
        await home.member.send(home.talk, world.publish(f"/{n}", PROMISE.replace("sites", f"site {n}")))
        for n in range(3)
    ]
    answer = await home.manager.slash(home.talk, "catchup", channel=home.talk, since="7")
    assert answer.response is not None
    assert "queued 3 new articles" in answer.response.content
    assert len(await world.read()) == 3
    assert all(world.marks(home.talk, message) == set() for message in posted)
    assert [m for m in world.replies(home.talk) if m.reference] == []
    again = await home.manager.slash(home.talk, "catchup", channel=home.talk, since="1")
    assert again.response is not None
    assert "queued 0 new articles" in again.response.content


def test_since_is_a_day_or_a_number_of_days(world: World) -> None:
    """Anything else, and the future, is refused in a sentence; a year ago is cut to what is read at once."""
    now = world.env.now()
    assert (now - start_of("3", now)).days == 3
    assert (now - start_of("3d", now)).days == 3
    assert start_of((now - timedelta(days=9)).date().isoformat(), now).hour == 0
    assert (now - start_of("2001-01-01", now)).days == 180
    for wrong in ("soon", "2099-01-01", "99999999999999", "-1"):
        with pytest.raises(InputError):
            start_of(wrong, now)
