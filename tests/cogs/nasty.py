"""Articles, claims and alerts as nobody would want them, for tests of the drawing."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.models import (
    AlertState,
    Article,
    ArticleState,
    Claim,
    Commitment,
    Evidence,
    Finding,
    Polarity,
    Relation,
    Report,
    Status,
    Strength,
    Telling,
    Verdict,
)
from bot.records import Alert, Posting, StoredArticle
from bot.review_answers import AlertView
from bot.tracker_answers import Match

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)

NASTY = (
    "@everyone @here <@1> <@&2> <#3> </cmd:4> <:e:5> <t:0:R>",
    "**bold** __u__ ~~s~~ ||spoiler|| `code` ```block``` > quote",
    "[click](https://evil.example) https://evil.example discord.gg/x",
    "‮txt.exe‬ עברית العربية",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 👩‍👩‍👧‍👦 é̴̷̸̡̢̛̛̛̛",
    "# heading\n- list\n> quote\n\t\x00\x1b[31m",
    "",
    " \n\u200b ",
    "\\",
    "x" * 3_000,
    "👍" * 3_000,
    "*" * 3_000,
    "שלום " * 700,
)
texts = st.one_of(
    st.sampled_from(NASTY), st.text(max_size=60), st.text(min_size=1, max_size=9).map(lambda t: t * 400)
)
days = st.one_of(st.none(), st.dates(date(1, 1, 1), date(9999, 12, 31)))
urls = st.one_of(
    st.none(),
    st.sampled_from(
        [
            "https://news.example/a(b)?q=[x]&y=<z>",
            "javascript:alert(1)",
            "https://" + "a" * 3_000,
            "https://[::1",
            "ftp://x/y",
        ]
    ),
)


@st.composite
def articles(draw: st.DrawFn) -> StoredArticle:
    """An article as nobody would want it."""
    read = Article(
        text="…",
        title=draw(texts),
        url=draw(urls),
        site=draw(st.one_of(st.none(), texts)),
        published=draw(days),
        note=draw(st.one_of(st.none(), texts)),
    )
    posted = (Posting("77", "1001", "5", NOW),)
    return StoredArticle("a1", "9", None, ArticleState.DONE, read, 1, NOW, NOW, postings=posted)


@st.composite
def claims(draw: st.DrawFn, *, told: int = 12) -> Claim:
    """A claim told up to so many times."""
    tellings = [
        Telling(
            f"t{number}",
            "a1",
            draw(days),
            Commitment(
                actor=draw(texts), actor_keys=("x",), quote=draw(texts), start=0, end=1, content=draw(texts),
                polarity=draw(st.sampled_from(Polarity)), strength=draw(st.sampled_from(Strength)),
                speaker=draw(texts), addressee=draw(texts), condition=draw(texts), deadline=draw(texts),
                due=draw(days),
            ),
            gone=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, told)))
    ]  # fmt: skip
    status = draw(st.sampled_from(Status))
    return Claim("12", "9", draw(texts), ("x",), draw(texts), Polarity.DO, status, tuple(tellings))


@st.composite
def matches(draw: st.DrawFn, claim: Claim) -> Match:
    """Evidence on a claim."""
    spans = st.lists(st.tuples(st.integers(-5, 4_000), st.integers(-5, 4_000)), max_size=5).map(tuple)
    finding = Finding(
        "12",
        Report(draw(texts), 0, 1, ("x",), "", draw(st.one_of(st.none(), texts))),
        draw(st.sampled_from(Relation)),
        draw(st.floats(0, 1)),
        "rule",
        draw(texts),
        marks=draw(spans),
        claim_marks=draw(spans),
        telling_id=draw(st.sampled_from(["t0", None])),
    )
    decision = draw(st.sampled_from([None, "confirmed", "dismissed"]))
    by = draw(st.sampled_from([None, "5"]))
    evidence = Evidence("e1", "12", "a1", finding, True, NOW, decision, draw(st.booleans()), by)
    return Match(evidence, claim, draw(articles()))


@st.composite
def alerts(draw: st.DrawFn) -> AlertView:
    """An alert with both sides."""
    claim = draw(claims(told=2))
    match = draw(matches(claim))
    alert = Alert("n7", "9", "12", "e1", AlertState.SENT, None, 1, NOW, None, "1", "2", None, ("a1",), 1)
    outlets = tuple(draw(st.lists(articles(), min_size=1, max_size=12)))
    decision = match.evidence.decision
    verdict = Verdict("v1", "12", "e1", decision, draw(texts), "5", NOW) if decision else None
    return AlertView(
        alert, match, claim.tellings[0], draw(st.one_of(st.none(), articles())), outlets, verdict
    )
