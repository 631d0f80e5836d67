"""What of a text is worth looking up: its words, without addresses, dates and function words. Pure.

A sentence that bears on a claim says when something happened; a claim seldom says that same day. So dates
only lead astray.
"""

from __future__ import annotations

import re
import unicodedata

from bot.analysis.lexicon import words as function_words

_ADDRESS = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)\S+")
_TAG = re.compile(r"[@#](\w+)")
_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=[A-Z])(?=[A-Z][a-z])|_")
_POSSESSIVE = re.compile(r"['’]s\b")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_INITIALS = re.compile(r"(?<=\b[A-Z])\.(?=[A-Z]\b)")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_YEAR = r"(?<![$£€])(?:19|20)\d\d\b"
_WHEN = r"(?:in|since|until|till|by|from|to|through|last|next|this|early|mid|late)"
_DATE = re.compile(
    rf"\b{_DAY}(?:\s*[-–]\s*\d{{1,2}})?\s+{_MONTH}\b\.?(?:,?\s+{_YEAR})?"
    rf"|\b{_MONTH}\b\.?(?:\s+{_DAY}\b(?:,?\s+{_YEAR})?|,?\s+{_YEAR})"
    # A month by itself may be a name: "Theresa May".
    rf"|\b{_WHEN}[\s-]{_MONTH}\b"
    rf"|\b{_YEAR}(?:[/-]\d\d\b)?"
)
_WORD = re.compile(r"\w+(?:[.,]\d+)*")


def asked(text: str) -> str:
    """What is looked up of a text; all of its words where nothing else would be left."""
    found = words(_DATE.sub(" ", text)) or words(text) or every_word(text)
    return " ".join(found)


def words(text: str) -> list[str]:
    """The words of a text in their order and plain spelling, without function words."""
    return [word for word in every_word(text) if word not in function_words("asked", "function", "words")]


def every_word(text: str) -> list[str]:
    """All words of a text in lower case, without accents; tags by their parts ("#CapeTown") and whole."""
    text = _TAG.sub(_parts, _ADDRESS.sub(" ", text))
    text = _INITIALS.sub("", _THOUSANDS.sub("", _POSSESSIVE.sub(" ", text)))
    text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return [word for word in _WORD.findall(text.casefold()) if word.strip("_")]


def _parts(tag: re.Match[str]) -> str:
    parts = _HUMPS.sub(" ", tag[1])
    return f" {parts} " if parts == tag[1] else f" {parts} {tag[1]} "
