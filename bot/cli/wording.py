"""Pieces of text from which answers are drawn. What others wrote is never read as markup."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rich.text import Text

from bot.models import Polarity, Relation, Status, Strength
from bot.texts import cleaned

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.models import Claim, Commitment, Telling
    from bot.records import StoredArticle
    from bot.tracker_answers import ClaimRecord, Match

STATUS_COLOURS = {
    Status.NOT_RATED: "dim",
    Status.IN_THE_WORKS: "cyan",
    Status.STALLED: "yellow",
    Status.COMPROMISE: "magenta",
    Status.KEPT: "green",
    Status.BROKEN: "red",
}

MARKED = "bold underline"
"""Style of the words that clashed."""


def status(found: Status) -> Text:
    """A claim's status in its colour."""
    return Text(found.value, style=STATUS_COLOURS[found])


def undertaking(claim: Claim) -> str:
    """What was undertaken, in plain words."""
    return f"not to {flat(claim.content)}" if claim.polarity is Polarity.REFRAIN else flat(claim.content)


def quote(words: str) -> Text:
    """A quote on one line."""
    return Text(f"“{flat(words)}”", style="italic")


def marked(words: str, marks: Sequence[tuple[int, int]]) -> Text:
    """A quote with the words that clashed set off; `marks` are offsets into it."""
    text = Text(f"“{cleaned(words)}”", style="italic")
    for start, end in marks:
        text.stylize(MARKED, start + 1, end + 1)
    return Text(" ").join(text.split("\n"))


def people(told: Commitment) -> Text:
    """Who said it, and to whom."""
    parts = [f"said by {flat(told.speaker)}"] if told.speaker else []
    parts += [f"to {flat(told.addressee)}"] if told.addressee else []
    return Text(", ".join(parts), style="dim")


def terms(told: Commitment) -> Text:
    """What limits the commitment."""
    parts = [f"condition: {flat(told.condition)}"] if told.condition else []
    parts += [f"deadline: {flat(told.deadline)}"] if told.deadline else []
    parts += ["weak form"] if told.strength is Strength.WEAK else []
    return Text("; ".join(parts), style="dim")


def tally(record: ClaimRecord) -> Text:
    """How often reports contradict and support a claim."""
    line = Text()
    for relation, word, style in (
        (Relation.CONTRADICTS, "contradicted", "red"),
        (Relation.SUPPORTS, "supported", "green"),
    ):
        count = sum(m.evidence.finding.relation is relation for m in record.matches)
        if count:
            line.append(f"{'  ' if line else ''}{word} {count}×", style=style)
    return line


def byline(telling: Telling) -> str:
    """Who is bound, who said it to whom, and when."""
    day = telling.made.isoformat() if telling.made else "undated"
    return " · ".join(filter(None, (telling.commitment.actor, people(telling.commitment).plain, day)))


def where(stored: StoredArticle | None, made: date | None = None, *, title: bool = True) -> str:
    """Title, site and day, as far as they are known; `made` goes before the article's own day."""
    read = stored.article if stored else None
    day = made or (read.published if read else None)
    parts = [read.title if title else "", read.site or host(read.url)] if read else []
    parts.append(day.isoformat() if day else "undated")
    return ", ".join(flat(part) for part in parts if part)


def host(url: str | None) -> str:
    """The host of an address."""
    return urlsplit(url).hostname or "" if url else ""


def held_against(match: Match) -> Telling:
    """The telling that the report was held against; the newest where that is not known."""
    tellings = match.claim.tellings
    return next((t for t in tellings if t.id == match.evidence.finding.telling_id), tellings[-1])


def flat(text: str) -> str:
    """On one line, without control characters."""
    return " ".join(cleaned(text).split())
