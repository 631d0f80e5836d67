"""Stems of English words: Porter's algorithm of 1980, which SQLite's full text has under the name "porter".

Ranking works on texts that full text found, so the two should take the same words for one.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

CACHED = 1 << 16
"""Words whose stems are kept: more than the words of a large server's claims, a few MB."""

_SHORTEST = 3
"""Words below this length are their own stems."""

_STEP_2 = (
    ("ational", "ate"),
    ("tional", "tion"),
    ("enci", "ence"),
    ("anci", "ance"),
    ("izer", "ize"),
    ("logi", "log"),
    ("bli", "ble"),
    ("alli", "al"),
    ("entli", "ent"),
    ("eli", "e"),
    ("ousli", "ous"),
    ("ization", "ize"),
    ("ation", "ate"),
    ("ator", "ate"),
    ("alism", "al"),
    ("iveness", "ive"),
    ("fulness", "ful"),
    ("ousness", "ous"),
    ("aliti", "al"),
    ("iviti", "ive"),
    ("biliti", "ble"),
)
_STEP_3 = (
    ("icate", "ic"),
    ("ative", ""),
    ("alize", "al"),
    ("iciti", "ic"),
    ("ical", "ic"),
    ("ful", ""),
    ("ness", ""),
)
_ENDINGS = "al ance ence er ic able ible ant ement ment ent sion tion ou ism ate iti ous ive ize"
_OWN_LETTER = ("sion", "tion")
_STEP_4 = tuple((e, e[0] if e in _OWN_LETTER else "") for e in _ENDINGS.split())


@lru_cache(maxsize=CACHED)
def stem(word: str) -> str:
    """The stem of a word in lower case: "resumed" and "resumes" have one."""
    if len(word) < _SHORTEST:
        return word
    for step in (_plurals, _participles, _final_y):
        word = step(word)
    for endings, least in ((_STEP_2, 0), (_STEP_3, 0), (_STEP_4, 1)):
        word = _without(word, endings, least)
    return _final_e(word)


def _shape(text: str) -> str:
    """Vowels as v, the rest as c; y is a vowel after a consonant."""
    shape = ""
    for char in text:
        vowel = char in "aeiou" or (char == "y" and shape[-1:] == "c")
        shape += "v" if vowel else "c"
    return shape


def _measure(text: str) -> int:
    """How often a consonant follows a vowel: about the syllables."""
    return _shape(text).count("vc")


def _short(text: str) -> bool:
    """Whether it ends like "hop": consonant, vowel, consonant other than w, x, y."""
    return _shape(text)[-3:] == "cvc" and text[-1] not in "wxy"


def _plurals(word: str) -> str:
    if word.endswith(("sses", "ies")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _participles(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    base = next((word[: -len(e)] for e in ("ed", "ing") if word.endswith(e)), None)
    if base is None or "v" not in _shape(base):
        return word
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if base[-1:] == base[-2:-1] and _shape(base)[-1] == "c" and base[-1] not in "lsz":
        return base[:-1]
    return base + "e" if _measure(base) == 1 and _short(base) else base


def _final_y(word: str) -> str:
    return word[:-1] + "i" if word.endswith("y") and "v" in _shape(word[:-1]) else word


def _without(word: str, endings: Iterable[tuple[str, str]], least: int) -> str:
    """The word with its longest ending of these replaced, where more than `least` syllables go before."""
    fitting = [one for one in endings if word.endswith(one[0])]
    if not fitting:
        return word
    ending, new = max(fitting, key=lambda one: len(one[0]))
    base = word[: -len(ending)]
    # Of "-sion" and "-tion" the first letter belongs to what goes before.
    before = base + new if ending in _OWN_LETTER else base
    return base + new if _measure(before) > least else word


def _final_e(word: str) -> str:
    if word.endswith("e"):
        base = word[:-1]
        if (syllables := _measure(base)) > 1 or (syllables == 1 and not _short(base)):
            word = base
    return word[:-1] if word.endswith("ll") and _measure(word) > 1 else word
