"""People correct the machine: every correction by panel, window and command, and that it stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from cogs.reviews import ATTACH
from tests.cogs.stories import CONTENT, REST, break_it, promise_it, the_alert

if TYPE_CHECKING:
    from simcord.results import InteractionResult

    from tests.cogs.world import World


def said(result: InteractionResult) -> str:
    """The text of the answer, which only the one who asked sees."""
    assert result.response is not None, result
    assert result.response.ephemeral
    return result.response.content


def boxes(window: InteractionResult) -> dict[str, str]:
    """The inputs of a window: label to custom id."""
    assert window.modal is not None
    return {label["label"]: label["component"]["custom_id"] for label in window.modal["components"]}


async def panel(world: World, number: str = "1") -> Any:
    """The panel that the button on a claim's card opens."""
    card = await world.home.member.slash(world.home.talk, "claim", number=number)
    assert card.response is not None
    opened = await world.home.reviewer.click(card.response, label="Review…")
    assert opened.response is not None
    return opened.response


async def test_every_status_is_set_without_an_alert(world: World) -> None:
    """The panel rates a claim with any of the six; the history says from what to what, and by whom."""
    home = world.home
    await promise_it(world)
    menu = await panel(world)
    for status in ("in the works", "stalled", "compromise", "kept", "broken", "not rated"):
        assert status in said(await home.reviewer.select(menu, [status], custom_id="review:rate:1"))
        assert (await world.store.claim(home.key, "1")).status.value == status
    again = await home.reviewer.select(menu, ["not rated"], custom_id="review:rate:1")
    assert "already" in said(again)
    history = await home.member.slash(home.talk, "history", number="1")
    assert history.response is not None
    text = history.response.embeds[0].description or ""
    assert "rated **stalled** (was in the works)" in text
    assert home.reviewer.mention in text


async def test_wording_actor_and_polarity_are_corrected(world: World) -> None:
    """The window holds what was read; the original is kept in the history; a re-reading does not undo it."""
    home = world.home
    await promise_it(world)
    window = await home.reviewer.click(await panel(world), label="Correct…")
    ids = boxes(window)
    done = await home.reviewer.submit_modal(
        window,
        {
            ids["Who promised"]: "Atomic Agency",
            ids["What was promised"]: "to close the sites.",
            ids["To do or not to do it"]: ["refrain"],
        },
    )
    assert "corrected" in said(done)
    world.publish("/promise", f"promise Iran: {CONTENT}{REST} Now with another end.")
    await world.store.requeue(home.key, "a1")
    await world.bot.desk.tracker.process(home.key, "a1")
    claim = await world.store.claim(home.key, "1")
    assert (claim.actor, claim.content, claim.polarity.value) == (
        "Atomic Agency",
        "close the sites",
        "refrain",
    )
    history = await home.member.slash(home.talk, "history", number="1")
    assert history.response is not None
    assert f"“{CONTENT}” → “close the sites”" in (history.response.embeds[0].description or "")
    listed = await home.member.slash(home.talk, "claims", actor="atomic agency")
    assert listed.response is not None
    assert len(listed.response.embeds[0].fields) == 1


async def test_what_is_no_commitment_goes_and_stays_away(world: World) -> None:
    """Rejected: gone from lists, its alert withdrawn; reading again does not bring it back, undo does."""
    home = world.home
    await promise_it(world)
    await break_it(world)
    assert "no commitment" in said(await home.reviewer.click(await panel(world), label="Not a commitment"))
    assert "withdrawn" in str(the_alert(world).embeds[0].title)
    await world.store.requeue(home.key, "a1")
    await world.bot.desk.tracker.process(home.key, "a1")
    assert await world.store.count_claims(home.key) == 0
    assert "taken back" in said(await home.reviewer.slash(home.talk, "review undo"))
    assert await world.store.count_claims(home.key) == 1
    assert "Reported to contradict" in str(the_alert(world).embeds[0].title)


async def test_a_claim_is_added_by_hand(world: World) -> None:
    """What the rules missed is added from an article, word for word; what it does not say is refused."""
    home = world.home
    text = (
        "Peru's minister: we shall open the border by June, come what may.\n\n"
        + "Nothing else was said. " * 8
    )
    url = world.publish("/peru", text)
    for quote, answer in (
        ("we shall open the border by June", "added"),
        ("we shall close it", "does not say"),
    ):
        window = await home.reviewer.slash(home.talk, "review add", article=url)
        ids = boxes(window)
        done = await home.reviewer.submit_modal(
            window,
            {
                ids["Address of the article"]: url,
                ids["Who promised"]: "Peru",
                ids["What was promised"]: "open the border by June",
                ids["What it says, word for word"]: quote,
                ids["To do or not to do it"]: ["do"],
            },
        )
        assert answer in said(done)
    (claim,) = await world.store.claims(home.key)
    told = claim.tellings[0].commitment
    assert text[told.start : told.end] == told.quote == "we shall open the border by June"


async def test_claims_are_merged_and_split(world: World) -> None:
    """Two claims become one, whose old number leads there; its tellings are split off again."""
    home = world.home
    await promise_it(world)
    await promise_it(world, content="let inspectors in", path="/again")
    window = await home.reviewer.click(await panel(world, "2"), label="Merge…")
    (into,) = boxes(window).values()
    assert "part of it" in said(await home.reviewer.submit_modal(window, {into: "#1"}))
    claim = await world.store.claim(home.key, "2")
    assert claim.id == "1"
    assert len(claim.tellings) == 2
    asked = await home.reviewer.click(await panel(world), label="Split…")
    assert asked.response is not None
    done = await home.reviewer.select(asked.response, [claim.tellings[1].id])
    assert "split off" in said(done)
    assert await world.store.count_claims(home.key) == 2
    refused = await home.reviewer.slash(home.talk, "review split", number="1")
    assert "nothing to split" in said(refused)


async def test_a_missed_report_is_attached_from_a_message(world: World) -> None:
    """You missed this: the context menu on a message holds its article against a claim; the card says so."""
    home = world.home
    await promise_it(world)
    url = world.publish(
        "/missed", "Iran has shut the sites to all inspectors.\n\n" + "It rained all day. " * 12
    )
    message = await home.member.send(home.talk, f"look: {url}")
    window = await home.reviewer.context_menu(home.talk, ATTACH, message)
    ids = boxes(window)
    done = await home.reviewer.submit_modal(
        window,
        {
            ids["Number of the claim"]: "1",
            ids["Address of the article"]: url,
            ids["What it says, word for word"]: "",
            ids["What it means"]: ["contradicts"],
        },
    )
    assert "attached" in said(done)
    (evidence,) = await world.store.evidence_for(home.key, "1")
    assert evidence.finding.report.quote == "Iran has shut the sites to all inspectors."
    assert evidence.by == str(home.reviewer.id)
    card = await home.member.slash(home.talk, "claim", number="1")
    assert card.response is not None
    assert "attached by hand" in str(card.response.embeds[0].to_dict())


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("review rate", {"number": "1", "status": "kept"}),
        ("review correct", {"number": "1"}),
        ("review reject", {"number": "1"}),
        ("review merge", {"number": "1", "into": "2"}),
        ("review split", {"number": "1"}),
        ("review attach", {"number": "1"}),
        ("review add", {}),
        ("review undo", {}),
    ],
)
async def test_only_reviewers_correct(world: World, command: str, options: dict[str, str]) -> None:
    """Each command refuses everybody else, politely and in private, and changes nothing."""
    home = world.home
    await promise_it(world)
    refused = await home.member.slash(home.talk, command, **options)
    assert refused.modal is None
    assert "reviewers" in said(refused)
    assert await world.store.history(home.key, "1") == []


async def test_the_panel_is_for_reviewers(world: World) -> None:
    """The button on a card is there for all and opens for reviewers only."""
    home = world.home
    await promise_it(world)
    card = await home.member.slash(home.talk, "claim", number="1")
    assert card.response is not None
    assert "reviewers" in said(await home.member.click(card.response, label="Review…"))


async def test_stats_show_the_guilds_own_precision(world: World) -> None:
    """One confirmed, one dismissed: half of the decided alerts were right, and the reason is counted."""
    home = world.home
    for number, decision in enumerate(("confirmed", "dismissed", None)):
        await promise_it(world, content=f"build school {number}", path=f"/p{number}")
        await break_it(world, content=f"build school {number}", path=f"/b{number}")
        if decision:
            await world.store.decide(home.key, f"e{number + 1}", decision, by="5", reason="not said so")
    answer = await home.member.slash(home.talk, "stats")
    assert answer.response is not None
    figures = {f.name: f.value for f in answer.response.embeds[0].fields}
    assert figures["Precision"] == "50% of 2 decided"
    assert figures["Open"] == "1"
    assert figures["Why dismissed"] == "not said so: 1"
