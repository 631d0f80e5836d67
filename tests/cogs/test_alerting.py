"""Which findings become alerts in a guild: its threshold, its verdicts, outlets that tell of one event."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cogs.stories import CONTENT, pass_time, promise_it, the_alert

if TYPE_CHECKING:
    from tests.cogs.world import World

FILLER = "The rest of the day passed without any news that anybody would want to hear of. " * 8


async def report(world: World, number: int, *, score: float = 0.9, day: str = "2026-11-24") -> None:
    """An outlet reports the breach on a day."""
    text = f"breaks Iran: {CONTENT} @{score}\n\n{FILLER}\n\nPaper number {number}."
    url = world.publish_html(f"/r{number}", text, title=f"Paper {number}", day=day)
    await world.home.member.send(world.home.news, url)
    await pass_time(world, 10)


@pytest.mark.parametrize(("level", "alerts"), [("strict", 0), ("balanced", 0), ("wide", 1)])
async def test_each_guild_has_its_threshold(world: World, level: str, alerts: int) -> None:
    """A contradiction that is sure enough for one setting is only evidence with a stricter one."""
    home = world.home
    await world.bot.desk.managing.change(home.key, threshold=level)
    await promise_it(world)
    threshold = world.engine.threshold
    await report(world, 1, score=round((threshold("wide") + threshold("balanced")) / 2, 3))
    assert len(world.replies(home.alerts)) == alerts
    assert len(await world.store.evidence_for(home.key, "1")) == 1


async def test_outlets_on_one_event_join_the_alert(world: World) -> None:
    """Three papers on one event are one card that names all three; a week later it is another event."""
    home = world.home
    await promise_it(world)
    for number in range(3):
        await report(world, number, day=f"2026-11-{20 + number}")
    card = the_alert(world)
    fields = {f.name: f.value or "" for f in card.embeds[0].fields}
    assert fields["Reported by 3 articles"].count("Paper") == 3
    await report(world, 9, day="2026-12-20")
    assert len(world.replies(home.alerts)) == 2


async def test_a_dismissed_pattern_is_not_raised_again(world: World) -> None:
    """Dismissed once, the same claim is not reported broken by the same rule and verb; undone, it is."""
    home = world.home
    await promise_it(world)
    await report(world, 1, day="2026-11-01")
    asked = await home.reviewer.click(the_alert(world), label="Dismiss")
    assert asked.response is not None
    await home.reviewer.select(asked.response, ["not a violation"])
    await report(world, 2, day="2026-11-11")
    assert len(world.replies(home.alerts)) == 1
    await home.reviewer.click(the_alert(world), label="Undo")
    await report(world, 3, day="2026-11-21")
    assert len(world.replies(home.alerts)) == 2
