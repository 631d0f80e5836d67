"""Every card holds every limit of Discord, whatever stands in the articles; and shows what it is for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.models import (
    AlertState,
    ArticleState,
    Claim,
    Commitment,
    Evidence,
    Finding,
    Polarity,
    Relation,
    Report,
    Status,
    Telling,
    Verdict,
)
from bot.records import Alert, Filed, StoredArticle
from bot.review_answers import AlertView, Listing, Precision, Query, Row
from bot.tracker_answers import ClaimRecord, Match, Reading
from cogs import alert_cards, drafting, embeds, views
from cogs.markup import units
from tests.cogs.nasty import NOW, alerts, articles, claims, days, matches, texts

if TYPE_CHECKING:
    import discord

few = settings(max_examples=30, deadline=None)
"""Each example is a whole card; the sampled texts reach the limits in every few."""


def holds(embed: discord.Embed) -> None:
    """Fail unless Discord takes the embed, and nothing in it is anybody's markup."""
    data = embed.to_dict()
    fields = data.get("fields", [])
    sizes = [
        (data.get("title", ""), drafting.TITLE),
        (data.get("description", ""), drafting.DESCRIPTION),
        (data.get("footer", {}).get("text", ""), drafting.FOOTER),
        *((field["name"], drafting.FIELD_NAME) for field in fields),
        *((field["value"], drafting.FIELD_VALUE) for field in fields),
    ]
    assert all(units(text) <= limit for text, limit in sizes)
    assert sum(units(text) for text, _ in sizes) <= drafting.TOTAL
    assert len(fields) <= drafting.FIELDS
    assert all(field["name"].strip() and field["value"].strip() for field in fields)
    assert data.get("title", "").strip()
    assert data.get("url", "https://").startswith(("https://", "http://"))
    whole = "\n".join(text for text, _ in sizes)
    whole.encode()  # no lone surrogates
    assert "@everyone" not in whole
    assert "@here" not in whole
    assert "\u202e" not in whole
    assert "<@1>" not in whole
    assert "(https://evil.example)" not in whole.replace("\\", "") or "\\(https" in whole


def fits(view: discord.ui.View) -> None:
    """Fail unless Discord takes the buttons and menus."""
    ids = []
    for row in view.to_components():
        assert len(row["components"]) <= 5
        for item in row["components"]:
            ids.append(item["custom_id"])
            assert units(item["custom_id"]) <= 100
            assert 1 <= len(item.get("options", [0])) <= 25
            for option in item.get("options", []):
                assert 1 <= units(option["label"]) <= 100
                assert units(option.get("description") or "") <= 100
    assert len(view.to_components()) <= 5
    assert len(set(ids)) == len(ids)


@few
@given(alerts())
def test_alert_cards_hold_the_limits(view: AlertView) -> None:
    """Quotes of 3,000 characters, markup, right-to-left text, @everyone: all of it is escaped and cut."""
    holds(alert_cards.alert_card(view))
    fits(views.alert_view(view))
    assert units(alert_cards.digest_line(view)) <= 220


@few
@given(st.data())
def test_claim_cards_hold_the_limits(data: st.DataObject) -> None:
    """A card with long tellings and much evidence is cut to one message; what is left out is said."""
    claim = data.draw(claims())
    found = data.draw(st.lists(matches(claim), max_size=12))
    record = ClaimRecord(claim, tuple(found), {"a1": data.draw(articles())})
    embed, shown = embeds.claim_card(record)
    holds(embed)
    assert shown <= len(found)
    fits(views.card_view(claim, shown=shown, total=len(found)))
    fits(views.panel_view(claim))
    if found:
        assert shown > 0, "a card shows at least the newest report"


@few
@given(st.data())
def test_pages_hold_the_limits(data: st.DataObject) -> None:
    """400 claims of one actor: five rows a page, however long they are, with buttons that fit."""
    rows = [
        Row(replace(data.draw(claims(told=3)), id=str(number)), 3, 2, confirmed=True) for number in range(5)
    ]
    query = Query(
        ("x",),
        data.draw(texts),
        data.draw(st.one_of(st.none(), st.sampled_from(Status))),
        data.draw(days),
        data.draw(texts),
        data.draw(texts),
    )
    listing = Listing(query, tuple(rows), 400, data.draw(st.integers(0, 79)), 80)
    embed = embeds.claims_page(listing)
    holds(embed)
    assert len(embed.fields) == 5
    fits(views.pages_view(listing))


@few
@given(st.data())
def test_replies_hold_the_limits(data: st.DataObject) -> None:
    """The answer to a posted link stays one compact message."""
    claim = data.draw(claims(told=10))
    stored = replace(data.draw(articles()), tellings=tuple(Filed("12", t) for t in claim.tellings))
    reading = Reading(
        stored, data.draw(st.booleans()), tuple(data.draw(st.lists(matches(claim), max_size=3)))
    )
    holds(embeds.reply(reading, told_before={"12"}))


@few
@given(st.lists(texts, min_size=1, max_size=30), claims(told=1))
def test_histories_hold_the_limits(reasons: list[str], claim: Claim) -> None:
    """A long history shows the latest decisions and says how many are left out."""
    kinds = ["confirmed", "status", "corrected", "undo"]
    verdicts = [
        Verdict(
            f"v{n}", "12", None, kinds[n % 4], reason, "5" if n % 2 else reason, NOW, undone=n % 3 == 0,
            before={"status": reason, "actor": reason}, after={"status": reason, "actor": reason},
        )
        for n, reason in enumerate(reasons)
    ]  # fmt: skip
    holds(alert_cards.history(claim, verdicts))
    holds(alert_cards.decisions(verdicts))
    holds(alert_cards.figures(Precision(1, 2, 3, tuple((r, 1) for r in reasons), 0.1), "balanced"))


@few
@given(st.lists(alerts(), min_size=1, max_size=alert_cards.DIGEST_ROWS))
def test_a_digest_tells_what_it_shows(found: list[AlertView]) -> None:
    """Every alert of a full digest can be read back from it: the message is the record of what was sent."""
    rows = {}
    for number, view in enumerate(found):
        view = replace(view, alert=replace(view.alert, id=f"n{number}"))
        rows[view.alert.id] = alert_cards.digest_line(view)
    embed = alert_cards.digest(date(2026, 11, 24), list(rows.values()))
    holds(embed)
    assert list(alert_cards.digest_rows(embed)) == list(rows)
    fits(views.digest_view(list(rows.items())))


@pytest.mark.parametrize("status", Status)
def test_colours_carry_the_status(status: Status) -> None:
    """Each status has a colour and a sign of its own."""
    assert len(set(drafting.COLOURS.values())) == len(Status)
    assert len(set(drafting.SIGNS.values())) == len(Status)
    told = Telling("t1", "a1", None, Commitment("X", ("x",), "q", 0, 1, "c"))
    claim = Claim("1", "9", "X", ("x",), "c", Polarity.DO, status, (told,))
    embed, _ = embeds.claim_card(ClaimRecord(claim, (), {}))
    assert embed.colour is not None
    assert embed.colour.value == drafting.COLOURS[status]


@given(texts, st.integers(0, 10_000), st.one_of(st.none(), st.sampled_from(Status)), days)
def test_page_buttons_carry_the_whole_question(
    text: str, page: int, status: Status | None, since: date | None
) -> None:
    """What a page button says is read back from it, after a restart as well."""
    query = Query(("taliban",), "Taliban", status, since, text)
    rest = views.page_id(1, page, query).split(":", 2)[2]
    _, _, _, actor, _ = found = views.read_page_id(rest)
    assert found[:4] == (page, status, since, actor)
    assert text.startswith(found[4])
    assert text == found[4] or units(found[4]) >= views.TEXT_IN_ID - 1
    assert units(views.page_id(1, page, query)) <= 100
    assert len(actor) == 12


def test_matched_words_are_bold_in_both_quotes() -> None:
    """The words that clashed stand bold in the promise and in the report, escaped around them."""
    told = Telling(
        "t1", "a1", date(2021, 7, 28), Commitment("X", ("x",), "We *will* cut ties", 0, 18, "cut ties")
    )
    claim = Claim("1", "9", "X", ("x",), "cut ties", Polarity.DO, Status.NOT_RATED, (told,))
    report = Report("X has not cut ties", 0, 18, ("x",), "")
    finding = Finding("1", report, Relation.CONTRADICTS, 0.9, "r", "why", ((2, 13),), ((10, 13),), "t1")
    stored = StoredArticle("a1", "9", None, ArticleState.DONE, None, 0, NOW, None)
    alert = Alert(
        "n1", "9", "1", "e1", AlertState.SENT, None, 0, NOW - timedelta(1), None, None, None, None, (), 0
    )
    view = AlertView(
        alert, Match(Evidence("e1", "1", "a1", finding, True, NOW), claim, stored), told, None, ()
    )
    promised, reported = (field.value or "" for field in alert_cards.alert_card(view).fields[:2])
    assert r"We \*will\* **cut** ties" in promised
    assert "X **has not cut** ties" in reported
