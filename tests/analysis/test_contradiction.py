"""Judging: time, articles, tellings, what is marked and said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.analysis.contradiction import SUPPORT_THRESHOLD, contexts, judge
from bot.models import Relation
from tests.analysis.judging import MADE, REPORTED, alerts, filed, judged, within
from tests.analysis.rules_of_contradiction import ASSERTED, NOT_ASSERTED, RULES

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline
    from bot.models import Claim

PROMISE = "Tesco pledged to keep its Dundee warehouse open."
BREACH = "Tesco closed its Dundee warehouse on Friday."
DAY = timedelta(days=1)

FIVE = (
    "Nordbank promised on Monday to close its last branches in Belarus.",
    "Nordbank will close its last branches in Belarus, its chief executive, Lena Holm, said.",
    '"We will shut our last branches in Belarus," Nordbank said in a statement.',
    "The Swedish lender Nordbank is committed to closing its last branches in Belarus.",
    "Nordbank has pledged the closure of its last branches in Belarus, the newspaper wrote.",
)
"""One promise in five wordings."""


def test_five_wordings_and_a_violation(pipeline: Pipeline) -> None:
    """Five articles that tell one promise and one that tells its violation: one claim, one alert."""
    claims: list[Claim] = []
    for number, text in enumerate(FIVE):
        day = MADE + number * DAY
        claims = filed(pipeline.analyse(text, published=day), claims, article=f"a{number}", made=day)
    assert [len(c.tellings) for c in claims] == [5]
    text = "Nordbank has not closed its branches in Belarus, a trade union said on Tuesday."
    analysis = pipeline.analyse(text, published=REPORTED)
    found = alerts(judge(analysis.reports, claims, published=REPORTED, article_id="later"))
    assert [(f.claim_id, f.rule) for f in found] == [(claims[0].id, "negation")]
    assert filed(analysis, claims, article="later") == claims


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (
            "Latvia vowed to open the border to refugees.",
            "Latvia will close the border to refugees, the interior minister said.",
        ),
        (
            "Ireland pledged to abolish water charges.",
            "Ireland announced on Tuesday that it would not abolish water charges.",
        ),
        (
            "Ghana promised to build 40 clinics in Tamale.",
            "Ghana now promises to build 12 clinics in Tamale.",
        ),
        (
            "Portugal pledged to close the Sines coal plant by the end of 2023.",
            "Portugal now promises to close the Sines coal plant by the end of 2030.",
        ),
    ],
    ids=["opposite", "refusal", "figure", "deadline"],
)
def test_an_announced_reversal(pipeline: Pipeline, earlier: str, later: str) -> None:
    """An opposite undertaking, another figure, a later day: an alert, and a claim of its own."""
    claims = filed(pipeline.analyse(earlier, published=MADE))
    analysis = pipeline.analyse(later, published=REPORTED)
    found = alerts(judge(analysis.reports, claims, published=REPORTED, article_id="later"))
    assert {f.claim_id for f in found} == {claims[0].id}
    assert len(filed(analysis, claims, article="later")) == 2


@pytest.mark.parametrize(
    ("made", "reported", "number"),
    [
        (MADE, MADE - DAY, 0),
        (MADE, MADE, 1),
        (MADE, MADE + DAY, 1),
        (None, MADE, 1),
        (MADE, None, 1),
        (None, None, 1),
    ],
)
def test_the_rule_of_time(pipeline: Pipeline, made: date | None, reported: date | None, number: int) -> None:
    """A report from before the promise never contradicts it; where a day is unknown it may."""
    assert len(judged(pipeline, PROMISE, BREACH, made=made, reported=reported)) == number


def test_a_later_telling_does_not_shield(pipeline: Pipeline) -> None:
    """A promise told again after its violation was made before it all the same."""
    again = pipeline.analyse("Tesco will keep its Dundee warehouse open, it said.", published=REPORTED + DAY)
    claims = filed(pipeline.analyse(PROMISE, published=MADE))
    claims = filed(again, claims, article="again", made=REPORTED + DAY)
    assert [len(c.tellings) for c in claims] == [2]
    reports = pipeline.analyse(BREACH, published=REPORTED).reports
    found = judge(reports, claims, published=REPORTED, article_id="later")
    assert [f.telling_id for f in found] == ["earlier-t0"]


def test_a_report_is_held_against_every_telling(pipeline: Pipeline) -> None:
    """Of a claim told five times none is left out: what says no more than another is left out before."""
    claim = filed(pipeline.analyse(PROMISE, published=MADE))[0]
    told = tuple(replace(claim.tellings[0], id=f"t{n}", article_id=f"a{n}") for n in range(5))
    report = pipeline.analyse(BREACH, published=REPORTED).reports[0]
    used = [t.id for t, _ in contexts(report, replace(claim, tellings=told), REPORTED, "later")]
    assert used == [t.id for t in told]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            "In 2019 Tesco had promised to keep its Dundee warehouse open. Tesco closed its warehouse there.",
            1,
        ),
        (
            "Tesco promised to keep its Dundee warehouse open. But it closed the Dundee warehouse on Friday.",
            1,
        ),
        ("Tesco had promised to keep its Dundee warehouse open, but on Friday it closed the warehouse.", 1),
        ("Tesco promised on Monday to keep its Dundee warehouse open. Tesco closed its Leeds warehouse.", 0),
        (
            "Tesco closed its Dundee warehouse in 2012. Tesco promised on Monday to keep it open.",
            0,
        ),
        ("Tesco promised on Monday to keep its Dundee warehouse open. It sacked 300 people last year.", 0),
    ],
)
def test_a_claim_can_be_broken_in_its_own_article(pipeline: Pipeline, text: str, number: int) -> None:
    """Only what comes after a promise told as made before, or is set against it."""
    assert len(alerts(within(pipeline, text))) == number


def test_an_attributed_report_says_so(pipeline: Pipeline) -> None:
    """A finding of somebody is an alert, names its source, and the explanation tells it."""
    earlier = "The Taliban promised to sever ties with Al-Qaeda."
    later = "The Taliban have not cut ties with Al-Qaeda, the United Nations said."
    found = alerts(judged(pipeline, earlier, later))
    assert [f.report.attributed_to for f in found] == ["United Nations"]
    said = found[0].explanation
    assert said.startswith("Taliban undertook to sever ties with Al-Qaeda; according to United Nations,")


@pytest.mark.parametrize(
    ("earlier", "later", "promised", "reported"),
    [
        (PROMISE, BREACH, ["keep", "Dundee warehouse"], ["closed"]),
        (
            "Airbus promised to hire 3,000 engineers in Seville.",
            "Airbus hired only 400 engineers in Seville.",
            ["3,000 engineers", "Seville"],
            ["hired", "400 engineers"],
        ),
        (
            "Portugal pledged to close the Sines coal plant by the end of 2020.",
            "Portugal has still not closed the Sines coal plant.",
            ["close", "Sines coal plant by the end of 2020"],
            ["closed"],
        ),
    ],
    ids=["act", "figure", "day"],
)
def test_the_words_that_clash_are_marked(
    pipeline: Pipeline, earlier: str, later: str, promised: list[str], reported: list[str]
) -> None:
    """In both quotes: what both speak of with the promised verb, the figure or the day; and what happened."""
    claims = filed(pipeline.analyse(earlier, published=MADE))
    found = judged(pipeline, earlier, later)[0]
    quote = claims[0].tellings[0].commitment.quote
    assert [quote[a:b] for a, b in found.claim_marks] == promised
    assert [found.report.quote[a:b] for a, b in found.marks] == reported


def test_best_first(pipeline: Pipeline) -> None:
    """Findings come in order of score, support only where it is rather sure."""
    later = " ".join((BREACH, "Its warehouse in Dundee is shut.", "Tesco kept a warehouse open in Fife."))
    found = judged(pipeline, PROMISE, later)
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)
    assert all(f.score >= SUPPORT_THRESHOLD for f in found if f.relation is Relation.SUPPORTS)
    assert all(0 < f.score < 1 for f in found)


_SENTENCES = [
    *(text for sides in RULES.values() for rows in sides for pair in rows for text in pair),
    *NOT_ASSERTED.values(),
    *ASSERTED.values(),
]
_NOISE = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)
_TEXTS = st.lists(st.sampled_from(_SENTENCES) | _NOISE, min_size=1, max_size=4).map(" ".join)
_DAYS = st.none() | st.dates(date(2000, 1, 1), date(2040, 1, 1))


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(earlier=_TEXTS, later=_TEXTS, made=_DAYS, reported=_DAYS)
def test_any_texts_are_judged(
    pipeline: Pipeline, earlier: str, later: str, made: date | None, reported: date | None
) -> None:
    """Judging raises on no text, and every span lies where it says."""
    claims = filed(pipeline.analyse(earlier, published=made), made=made)
    tellings = {t.id: t.commitment for c in claims for t in c.tellings}
    for text, article in ((later, "later"), (earlier, "earlier")):
        reports = pipeline.analyse(text, published=reported).reports
        for found in judge(reports, claims, published=reported, article_id=article):
            report, promise = found.report, tellings[found.telling_id or ""]
            assert text[report.start : report.end] == report.quote
            assert all(0 <= a < b <= len(report.quote) for a, b in found.marks)
            assert all(0 <= a < b <= len(promise.quote) for a, b in found.claim_marks)
            assert list(found.claim_marks) == sorted(found.claim_marks)
            assert 0 < found.score < 1
            assert "\n\n" not in found.explanation
