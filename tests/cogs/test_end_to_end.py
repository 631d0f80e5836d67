"""The whole way with the real model: link, reply, later report, alert, confirmed, shown as broken."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.engine import Engine
from bot.settings import load
from cogs import texts
from tests.cogs.test_settings import shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.cogs.world import World

PROMISED = (
    "Prime Minister Theresa May has ruled out calling a snap election, her office said on Sunday.\n\n"
    "“I will not call a snap election before 2020,” May told the BBC in London on Sunday. She said that the "
    "country needed a period of stability after the referendum in June.\n\n"
    "The leader of the opposition said that he was ready for a vote at any time, and that the government "
    "had no plan for the talks with Brussels that are to begin next year."
)
BROKEN = (
    "Theresa May called a snap election on Tuesday, to the surprise of most of her own cabinet.\n\n"
    "Speaking outside her office in Downing Street, the prime minister told reporters that the vote will "
    "take place on June 8. Parliament has to agree to it with a majority of two thirds.\n\n"
    "The pound rose after the news, while shares of companies that earn abroad fell in London."
)


@pytest.fixture
async def engine() -> AsyncIterator[Engine]:
    """The real one."""
    settings = load(None)
    made = Engine(settings.spacy_model, seconds=60.0, memory_mb=2_048, recycle_mb=400)
    await made.start()
    yield made
    await made.close()


async def test_from_a_link_to_a_broken_promise(world: World) -> None:
    """A pledge, and half a year later a report of its opposite: the card, the verdict, the record."""
    home = world.home
    pledge = world.publish_html(
        "/2016/may-rules-out-election", PROMISED, title="May: no snap election", day="2016-09-04"
    )
    report = world.publish_html(
        "/2017/may-calls-election", BROKEN, title="May calls an election", day="2017-04-18"
    )
    first = await home.member.send(home.news, pledge)
    assert world.marks(home.news, first) == {texts.DONE}
    (reply,) = world.replies(home.news)
    assert "snap election" in str(reply.embeds[0].to_dict())
    await home.member.send(home.news, report)
    (card,) = world.replies(home.alerts)
    drawn = str(card.embeds[0].to_dict())
    assert "**Theresa May** promised not to call a snap election." in drawn
    assert "4 Sep 2016" in drawn
    assert "18 Apr 2017" in drawn
    refused = await home.member.click(card, label="Confirm")
    assert shown(refused) == texts.FOR_REVIEWERS
    await home.reviewer.click(card, label="Confirm")
    await world.restart()
    listed = shown(await home.member.slash(home.talk, "claims", actor="Theresa May"))
    assert "broken" in listed.lower()
    names = [c["name"] for c in await home.member.autocomplete(home.talk, "claims", "actor", "Teresa")]
    assert any("May" in name for name in names)
