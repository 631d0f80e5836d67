"""Finding a passage of an article: the words that a person typed, or the sentence nearest to a claim."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, utils

from bot.errors import InputError

if TYPE_CHECKING:
    from bot.models import Claim

_SENTENCE = re.compile(r"[^\s].*?(?:[.!?]['\"”’)]*(?=\s|$)|(?=\n\s*\n)|$)", re.DOTALL)
"""Near enough to sentences for people to look at; the rules use the parse."""

LONGEST = 1_000
"""Characters of the longest passage: a few sentences."""

NEAREST = 35.0
"""Similarity (0 to 100) below which no sentence of an article is offered. A low bar, since a person looks at
what is found: half of 3,000 random pairs of sentences of the labelled scenarios reach 38."""


class Passage(NamedTuple):
    """A passage with its place in the text: `text[start:end] == quote`."""

    quote: str
    start: int
    end: int


def find(text: str, typed: str) -> Passage:
    """The passage that a person typed, whatever its white space, quotation marks and dashes.

    Raises InputError where the text does not say it.
    """
    words = typed.strip().strip("“”\"'").split()
    if not words:
        raise InputError("The quote is empty.")
    if len(typed) > LONGEST:
        raise InputError(f"The quote is too long: at most {LONGEST} characters.")
    pattern = r"\s+".join("".join(_alike(character) for character in word) for word in words)
    found = re.search(pattern, text) or re.search(pattern, text, re.IGNORECASE)
    if found is None:
        raise InputError("The article does not say that, word for word.")
    return Passage(found[0], found.start(), found.end())


def nearest(text: str, claim: Claim) -> Passage:
    """The sentence of a text that is nearest to a claim. Raises InputError where none is near."""
    about = utils.default_process(f"{claim.actor} {claim.content}")
    best: tuple[float, Passage] | None = None
    for found in _SENTENCE.finditer(text):
        quote = found[0][:LONGEST].rstrip()
        score = fuzz.token_set_ratio(about, utils.default_process(quote))
        if best is None or score > best[0]:
            best = score, Passage(quote, found.start(), found.start() + len(quote))
    if best is None or best[0] < NEAREST:
        raise InputError("No sentence of the article is near this claim: give the quote.")
    return best[1]


def _alike(character: str) -> str:
    for same in ("'’‘", '"“”„', "-–—‑"):
        if character in same:
            return f"[{re.escape(same)}]"
    return re.escape(character)
