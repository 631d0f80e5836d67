"""Whether a text is English at all: nothing is looked for in one that is not."""

from __future__ import annotations

import re

import py3langid

MIN_LETTERS = 60
"""Letters under which a text is too short to tell: a headline of names looks like any language."""

SAMPLE = 4_000
"""Characters from the beginning that are looked at."""

ENGLISH_SHARE = 0.06
"""Share of English function words, such as no other language spells alike, from which a text is taken for
English without asking, because py3langid errs on short texts full of foreign names. Of 539 labelled English
texts twelve single sentences lie below, and py3langid takes all of those for English; sentences in German,
Spanish, French and Russian have none."""

_WORDS = "the to and that with by from said which would their"
_FUNCTION = frozenset(_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+")


def foreign(text: str) -> str | None:
    """ISO 639-1 code of a text that is not English; None where it is English, or too short to tell."""
    sample = text[:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    if sum(map(len, words)) < MIN_LETTERS:
        return None
    if sum(word in _FUNCTION for word in words) >= ENGLISH_SHARE * len(words):
        return None
    found: str = py3langid.classify(sample)[0]
    return None if found == "en" else found
