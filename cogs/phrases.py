"""Small phrases about claims, tellings and sources, escaped and short: what every card is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.models import Polarity, Strength
from cogs.drafting import day
from cogs.markup import escape, link, units

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from bot.models import Claim, Commitment
    from bot.records import StoredArticle

NAME = 80
"""Units of an actor's, a person's or a site's name; "Organization for the Prohibition of Chemical Weapons"
has 55."""

_WORD = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")
_COMMON_WORDS = """
about after also been before being could from have having more most must other over said says shall should
since some such than that their them then there these they this those under until were what when which while
will with would year years
"""
_COMMON = frozenset(_COMMON_WORDS.split())
"""Words of four letters and more that say nothing of what is compared."""

HIGH, MEDIUM = 0.85, 0.7
"""Scores from which confidence is called high, or medium. An alert needs about 0.6 with the widest setting;
the three words part what is left into thirds."""


def confidence(score: float) -> str:
    """How sure the rules are, in one word."""
    return "high" if score >= HIGH else "medium" if score >= MEDIUM else "low"


def promise(claim: Claim, limit: int) -> str:
    """What was undertaken, as one line: "not to allow any force to use Afghan territory"."""
    opening = "not to " if claim.polarity is Polarity.REFRAIN else "to "
    content = claim.content
    if content[:3].casefold() == "to ":
        content = content[3:]
    return opening + escape(content, limit - len(opening))


def people(told: Commitment) -> str:
    """Who said it and to whom; empty where the text does not say, or the actor said it itself."""
    parts = []
    if told.speaker and told.speaker.casefold() != told.actor.casefold():
        parts.append(f"said by {escape(told.speaker, NAME)}")
    if told.addressee:
        parts.append(f"to {escape(told.addressee, NAME)}")
    return ", ".join(parts)


def terms(told: Commitment) -> str:
    """On what condition, until when, and how firmly."""
    parts = [f"if {escape(_without(told.condition, 'if '), 160)}"] if told.condition else []
    if told.deadline:
        due = f" ({day(told.due)})" if told.due else ""
        parts.append(f"deadline: {escape(told.deadline, NAME)}{due}")
    if told.strength is Strength.WEAK:
        parts.append("an intention rather than a promise")
    return " · ".join(parts)


def site(stored: StoredArticle | None) -> str:
    """The outlet's name, unescaped; empty where it has none."""
    read = stored.article if stored else None
    if read is None:
        return ""
    if read.site:
        return read.site
    try:
        return (urlsplit(read.url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def source(
    stored: StoredArticle | None, when: date | None, limit: int, *, gone: bool = False, dated: bool = True
) -> str:
    """Where something stands: outlet and title as a link, day, and the message that posted it.

    `dated`: False where the day stands beside it already.
    """
    if stored is None or stored.article is None:
        return day(when) if dated else "a source that was forgotten"
    read = stored.article
    name = " – ".join(part for part in (site(stored), read.title) if part) or "pasted text"
    tail = f" · {day(when or read.published)}" if dated else ""
    if gone:
        read_on = f" as read on {day(stored.fetched.date())}" if stored.fetched else ""
        tail += f" · no longer on the page{read_on}"
    jump = posted(stored)
    tail += f" · {jump}" if jump else ""
    return link(name, read.url, max(limit - units(tail), 0)) + tail


def posted(stored: StoredArticle) -> str:
    """A link to the message that first posted an article; empty where there is none."""
    if not stored.postings or not stored.guild.isdecimal():
        return ""
    first = stored.postings[0]
    if not (first.channel_id.isdecimal() and first.message_id.isdecimal()):
        return ""
    return f"[posted](https://discord.com/channels/{stored.guild}/{first.channel_id}/{first.message_id})"


def quoted(text: str, limit: int, marks: Iterable[tuple[int, int]] = ()) -> str:
    """A quote, its marked words bold."""
    return f"“{escape(text, limit - 2, marks=marks)}”"


def times(number: int) -> str:
    """How often: "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def byline(*parts: str) -> str:
    """The line under a quote: who said it and where it stands."""
    said = " · ".join(part for part in parts if part)
    return f"— {said}" if said else ""


def count(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: "1 article", "3 articles"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def shared(quote: str, other: str) -> tuple[tuple[int, int], ...]:
    """Where words of a quote are words of another one, too, whatever their endings: what is compared."""
    others = {word[0].casefold() for word in _WORD.finditer(other)}
    return tuple(
        word.span()
        for word in _WORD.finditer(quote)
        if word[0].casefold() not in _COMMON and any(_akin(word[0].casefold(), o) for o in others)
    )


def _akin(one: str, other: str) -> bool:
    """ "calling" and "called", "home" and "homes": the same but for at most three letters at the end."""
    common = max(4, min(len(one), len(other)) - 3)
    return one[:common] == other[:common] and abs(len(one) - len(other)) <= 3


def _without(text: str, opening: str) -> str:
    return text[len(opening) :] if text.casefold().startswith(opening) else text
