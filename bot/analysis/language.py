"""Whether a text is English at all: nothing is looked for in one that is not."""

from __future__ import annotations

import re

import py3langid

MIN_LETTERS = 60
"""Letters under which a text is too short to tell: a headline of names looks like any language."""

SAMPLE = 4_000
"""Characters from the beginning that are looked at."""

ENGLISH_SHARE = 0.1
"""Share of the commonest English function words from which a text is taken for English without asking, because
py3langid errs on short texts full of foreign names. Of 539 labelled English texts three single sentences lie
below (0.077 the lowest), and py3langid takes those for English; sentences in German, Spanish, French, Dutch and
Indonesian have 0 to 0.087 (words that look alike: "in", "a", "on")."""

_WORDS = "the of to and in a that for is on was said with by has it at as from will"
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
