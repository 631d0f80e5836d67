"""What goes wrong between the bot and Discord, over real sockets."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.client import serve
from bot.errors import SettingsError
from cogs import texts
from tests.transport.conftest import PROMISE
from tests.transport.double import until

if TYPE_CHECKING:
    from tests.transport.conftest import Line
    from tests.transport.double import Fault


async def test_a_link_is_answered(line: Line) -> None:
    """With nothing wrong: read, reacted to, replied to."""
    await line.connect()
    message = await line.discord.post(line.publish("/one"))
    await until(lambda: line.discord.marks(message) == {texts.DONE})
    assert len(line.discord.replies()) == 1


@pytest.mark.parametrize("fault", [429, 500, 503, "reset"])
async def test_a_reply_survives_what_passes(line: Line, fault: Fault) -> None:
    """Rate limits, server errors and a cut connection delay the reply; it comes once."""
    await line.connect()
    line.discord.faults += [("POST", "/messages", fault)]
    message = await line.discord.post(line.publish("/one"))
    await until(lambda: line.discord.marks(message) == {texts.DONE})
    assert len(line.discord.replies()) == 1
    assert line.discord.tried("POST", "/messages") == 2


async def test_a_repeated_message_is_answered_once(line: Line) -> None:
    """Discord may deliver a message twice after a resume."""
    await line.connect()
    message = await line.discord.post(line.publish("/one"))
    await line.discord.send("MESSAGE_CREATE", message | {"guild_id": "100"})
    await until(lambda: line.discord.marks(message) == {texts.DONE})
    await line.discord.send("MESSAGE_CREATE", message | {"guild_id": "100"})
    last = await line.discord.post(line.publish("/two", PROMISE.replace("Iran", "Norway")))
    await until(lambda: line.discord.marks(last) == {texts.DONE})
    assert len(line.discord.replies()) == 2
    assert len(line.web.requests) == 2


async def test_a_lost_connection_is_resumed(line: Line) -> None:
    """What was posted in between is replayed by Discord and read; nothing is read twice."""
    await line.connect()
    first = await line.discord.post(line.publish("/one"))
    await until(lambda: line.discord.marks(first) == {texts.DONE})
    await line.discord.close_gateway(4000)
    missed = await line.discord.post(line.publish("/two", PROMISE.replace("Iran", "Norway")))
    await until(lambda: line.discord.resumed == 1)
    await until(lambda: line.discord.marks(missed) == {texts.DONE})
    assert line.discord.identified == 1
    assert len(line.discord.replies()) == 2


async def test_being_asked_to_reconnect_is_followed(line: Line) -> None:
    """Opcode 7: the session goes on over a new connection."""
    await line.connect()
    await line.discord.ask_to_reconnect()
    await until(lambda: line.discord.resumed == 1)
    message = await line.discord.post(line.publish("/one"))
    await until(lambda: line.discord.marks(message) == {texts.DONE})


async def test_what_was_posted_while_the_bot_was_down_is_read_after_the_start(line: Line) -> None:
    """Nothing is replayed to a new session; the history is."""
    await line.connect()
    first = await line.discord.post(line.publish("/one"))
    await until(lambda: line.discord.marks(first) == {texts.DONE})
    await line.leave()
    missed = [
        await line.discord.post(line.publish(f"/{n}", PROMISE.replace("sites", f"site {n}")), deliver=False)
        for n in range(5)
    ]
    await line.connect()
    await until(lambda: all(line.discord.marks(m) == {texts.DONE} for m in missed))
    assert len(line.discord.replies()) == 6
    assert len(await line.articles()) == 6


async def test_a_bad_token_is_one_sentence(line: Line) -> None:
    """The operator is told which setting is wrong; the token is not in it."""
    with pytest.raises(SettingsError) as caught:
        await serve(lambda content: line.new_bot(message_content=content), "a.bad.token")
    assert "DISCORD_TOKEN" in str(caught.value)
    assert "a.bad.token" not in str(caught.value)


async def test_without_the_content_intent_the_bot_runs_and_says_so(
    line: Line, capsys: pytest.CaptureFixture[str]
) -> None:
    """Close code 4014: the bot connects again without it, and says plainly what is missing."""
    import asyncio

    from tests.transport.double import TOKEN

    line.discord.refuse_content = True
    line.running = asyncio.create_task(serve(lambda content: line.new_bot(message_content=content), TOKEN))
    await until(lambda: line.discord.identified == 1 and line.bot.is_ready())
    assert not line.bot.intents.message_content
    assert texts.NO_CONTENT_INTENT in capsys.readouterr().out
