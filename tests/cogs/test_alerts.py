"""Alerts from the outbox to the channel, and what reviewers do with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs import alert_cards
from cogs.drafting import CONFIRMED, DISMISSED, OPEN_ALERT
from tests.cogs.stories import (
    CONTENT,
    break_it,
    forget_sending,
    labels,
    pass_time,
    promise_it,
    the_alert,
    told_to_owner,
)

if TYPE_CHECKING:
    import pytest

    from bot.review_answers import AlertView
    from tests.cogs.world import World


async def test_a_report_that_contradicts_becomes_one_card(world: World) -> None:
    """The card names claim, both quotes, both sources, the reason and the confidence, and mentions nobody."""
    await promise_it(world)
    await break_it(world)
    (card,) = world.replies(world.home.alerts)
    embed = card.embeds[0]
    drawn = str(embed.to_dict())
    assert embed.colour is not None
    assert embed.colour.value == OPEN_ALERT
    assert embed.title is not None
    assert "Reported to contradict" in embed.title
    for part in ("promise Iran", "breaks Iran", "It says so.", "high", "127.0.0.1"):
        assert part in drawn
    assert card.content == ""
    assert labels(card) == ["Confirm", "Dismiss", "Claim", "History"]


async def test_confirming_breaks_the_claim(world: World) -> None:
    """Confirm: the card says who confirmed, /claims shows the claim broken, and other ratings are offered."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    card = the_alert(world)
    pressed = await home.reviewer.click(card, label="Confirm")
    embed = the_alert(world).embeds[0]
    assert embed.title is not None
    assert "confirmed" in embed.title
    assert embed.colour is not None
    assert embed.colour.value == CONFIRMED
    assert home.reviewer.mention in str(embed.to_dict())
    assert pressed.followups[0].ephemeral
    listed = await home.member.slash(home.talk, "claims", actor="Iran")
    assert listed.response is not None
    assert "broken" in str(listed.response.embeds[0].to_dict())
    rated = await home.reviewer.select(pressed.followups[0], ["stalled"])
    assert rated.response is not None
    listed = await home.member.slash(home.talk, "claims", actor="Iran")
    assert listed.response is not None
    assert "stalled" in str(listed.response.embeds[0].to_dict())


async def test_dismissing_asks_why(world: World) -> None:
    """Dismiss: a reason is chosen; card and history name it, and the claim stays unrated."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    asked = await home.reviewer.click(the_alert(world), label="Dismiss")
    assert asked.response is not None
    assert asked.response.ephemeral
    await home.reviewer.select(asked.response, ["not a violation"])
    embed = the_alert(world).embeds[0]
    assert embed.colour is not None
    assert embed.colour.value == DISMISSED
    assert "not a violation" in str(embed.to_dict())
    listed = await home.member.slash(home.talk, "claims", actor="Iran")
    assert listed.response is not None
    assert "not rated" in str(listed.response.embeds[0].to_dict())
    history = await home.member.click(the_alert(world), label="History")
    assert history.response is not None
    assert history.response.ephemeral
    assert "not a violation" in (history.response.embeds[0].description or "")


async def test_another_reason_is_asked_for_in_words(world: World) -> None:
    """Dismiss for another reason: a window asks for it, and it is kept."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    asked = await home.reviewer.click(the_alert(world), label="Dismiss")
    assert asked.response is not None
    window = await home.reviewer.select(asked.response, ["other"])
    assert window.modal is not None
    field = window.modal["components"][0]["components"][0]["custom_id"]
    await home.reviewer.submit_modal(window, {field: "It is *satire*"})
    assert r"It is \*satire\*" in str(the_alert(world).embeds[0].to_dict()).replace("\\\\", "\\")


async def test_only_reviewers_settle_alerts(world: World) -> None:
    """Everybody else gets a polite private answer, and nothing changes; a manager is a reviewer, too."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    for label in ("Confirm", "Dismiss"):
        refused = await home.member.click(the_alert(world), label=label)
        assert refused.response is not None
        assert refused.response.ephemeral
        assert "reviewers" in refused.response.content
    embed = the_alert(world).embeds[0]
    assert embed.colour is not None
    assert embed.colour.value == OPEN_ALERT
    await home.manager.click(the_alert(world), label="Confirm")
    assert "confirmed" in str(the_alert(world).embeds[0].title)


async def test_an_alert_is_settled_once(world: World) -> None:
    """A second reviewer who still sees the old card is told what was decided; undo makes it open again."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    await home.reviewer.click(the_alert(world), label="Confirm")
    late = await home.manager.click(the_alert(world), label="Undo")
    assert late.response is not None
    assert labels(the_alert(world))[0] == "Confirm"
    card = await home.member.slash(home.talk, "claim", number="1")
    assert card.response is not None
    assert "Not rated" in (card.response.embeds[0].description or "")


async def test_buttons_survive_a_restart(world: World) -> None:
    """An alert sent by an earlier process is settled by the next one."""
    await promise_it(world)
    await break_it(world)
    await world.restart()
    await world.home.reviewer.click(the_alert(world), label="Confirm")
    assert "confirmed" in str(the_alert(world).embeds[0].title)


async def test_a_role_is_mentioned_where_it_is_set_and_nothing_else(world: World) -> None:
    """The optional role is mentioned and allowed to be; @everyone in a quote or title calls nobody."""
    home = world.home
    role = home.guild.create_role("Desk")
    await world.bot.desk.managing.change(home.key, mention_role=str(role.id))
    await promise_it(world)
    filler = "The rest of the day passed without any news that anybody would want to hear of. " * 8
    text = f"breaks Iran: {CONTENT}\n\n{filler}\n\nHello @everyone."
    url = world.publish_html("/loud", text, title="@everyone look", day="2026-11-24")
    await home.member.send(home.news, url)
    await pass_time(world, 10)
    card = the_alert(world)
    assert card.content == role.mention
    (sent,) = [
        r
        for r in world.env.http_requests
        if r.method == "POST" and f"/channels/{home.alerts.id}/messages" in r.path
    ]
    assert isinstance(sent.json, dict)
    assert sent.json["allowed_mentions"]["parse"] == []
    assert [str(i) for i in sent.json["allowed_mentions"]["roles"]] == [str(role.id)]
    assert not card.mention_everyone
    assert "@everyone" not in str(card.embeds[0].to_dict())


async def test_the_budget_of_a_day_ends_in_a_digest(world: World) -> None:
    """Alerts beyond the daily number become rows of one digest, from which each is opened and settled."""
    home = world.home
    await world.bot.desk.managing.change(home.key, daily_alerts=1)
    for number in range(4):
        await promise_it(world, content=f"build school number {number}", path=f"/p{number}")
        await break_it(world, content=f"build school number {number}", path=f"/b{number}")
    card, digest = sorted(world.replies(home.alerts), key=lambda m: m.id)
    assert "Alert n1" in str(card.embeds[0].footer.text)
    assert "3 alerts" in str(digest.embeds[0].footer.text)
    assert list(alert_cards.digest_rows(digest.embeds[0])) == ["n2", "n3", "n4"]
    opened = await home.reviewer.select(digest, ["n3"])
    assert opened.response is not None
    await home.reviewer.click(opened.response, label="Confirm")
    listed = await home.member.slash(home.talk, "claims", actor="Iran", status="broken")
    assert listed.response is not None
    assert "number 2" in str(listed.response.embeds[0].to_dict())


async def test_what_may_pass_is_tried_again_and_sent_once(world: World) -> None:
    """A 503 when sending: the alert waits, is looked for in the channel, and then sent; there is one card."""
    world.env.inject_error("POST", f"/channels/{world.home.alerts.id}/messages", status=503, times=1)
    await promise_it(world)
    await break_it(world)
    assert world.replies(world.home.alerts) == []
    await pass_time(world, 120)
    assert len(world.replies(world.home.alerts)) == 1


async def test_one_alert_that_fails_does_not_keep_back_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert that cannot be drawn is put off with its error; those behind it are sent."""
    draw = alert_cards.alert_card

    def stumble(view: AlertView) -> discord.Embed:
        if view.alert.id == "n1":
            raise ValueError("a bug")
        return draw(view)

    monkeypatch.setattr(alert_cards, "alert_card", stumble)
    for number in range(2):
        await promise_it(world, content=f"build school number {number}", path=f"/p{number}")
        await break_it(world, content=f"build school number {number}", path=f"/b{number}")
    assert "number 1" in str(the_alert(world).embeds[0].to_dict())
    (failed,) = await world.store.alerts_for(world.home.key, "1")
    assert failed.error == "It failed here: ValueError"
    assert failed.retry_at is not None


async def test_an_alert_that_was_sent_unnoticed_is_found_again(world: World) -> None:
    """Killed between sending and noting it: after the restart the marker is found, nothing is sent twice."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    (alert,) = await world.store.alerts_for(home.key, "1")
    await forget_sending(world, alert)
    await world.restart()
    await pass_time(world, 30)
    assert len(world.replies(home.alerts)) == 1
    (alert,) = await world.store.alerts_for(home.key, "1")
    assert alert.state.value == "sent"
    assert alert.message_id == str(the_alert(world).id)


async def test_an_alert_that_was_not_sent_after_all_is_sent(world: World) -> None:
    """Killed between marking and sending: after the restart it is sent."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    (alert,) = await world.store.alerts_for(home.key, "1")
    await the_alert(world).delete()
    await forget_sending(world, alert)
    await world.restart()
    await pass_time(world, 30)
    assert len(world.replies(home.alerts)) == 1


async def test_missing_permissions_are_told_once_and_not_hammered(world: World) -> None:
    """Without Send Messages nothing is tried; the owner is told once; after mending all of it is sent."""
    home = world.home
    silent = discord.PermissionOverwrite(send_messages=False)
    quiet = home.guild.create_text_channel("quiet", overwrites={home.guild.default_role: silent})
    await world.bot.desk.managing.change(home.key, alerts_channel=str(quiet.id))
    for number in range(3):
        await promise_it(world, content=f"build school number {number}", path=f"/p{number}")
        await break_it(world, content=f"build school number {number}", path=f"/b{number}")
    await pass_time(world, 600)
    tried = [r for r in world.env.http_requests if r.method == "POST" and f"/{quiet.id}/" in r.path]
    assert tried == []
    assert len(told_to_owner(world)) == 1
    assert "Send Messages" in told_to_owner(world)[0]
    await world.bot.desk.managing.change(home.key, alerts_channel=str(home.alerts.id))
    await world.bot.troubles.mended(home.guild.id)
    await pass_time(world, 10)
    assert len(world.replies(home.alerts)) == 3


async def test_a_deleted_alerts_channel_is_told_once(world: World) -> None:
    """The alert waits, nobody is bothered twice, and it comes when another channel is chosen."""
    home = world.home
    await promise_it(world)
    channel = world.bot.get_channel(home.alerts.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.delete()
    await break_it(world)
    await pass_time(world, 20, skipped=7_300)
    assert len(told_to_owner(world)) == 1
    await world.bot.desk.managing.change(home.key, alerts_channel=str(home.talk.id))
    await world.bot.troubles.mended(home.guild.id)
    await pass_time(world, 10)
    assert len(world.replies(home.talk)) == 1
