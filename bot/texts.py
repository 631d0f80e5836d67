"""Which texts can be read at all, and what is done to them before: one character for one, so offsets hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.errors import InputError
from bot.models import Analysis, PageKind

if TYPE_CHECKING:
    from bot.models import Article

# What no text has a use for: C0 without tab and line ends, DEL, C1, lone surrogates, non-characters.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

MAX_CONTROL_SHARE = 0.1
"""Share of control characters above which a text is taken for something else. Damaged news texts have a few
in a thousand; compressed data a fifth and more (32 C0 and 32 C1 codes of 256, less the three allowed)."""

ANALYSED = frozenset({PageKind.ARTICLE, PageKind.LIVE})
"""Kinds of page in which commitments are looked for."""


def check(text: str, *, limit: int) -> None:
    """Raise InputError, in one sentence, where `text` cannot be read; `limit` in characters."""
    if len(text) > limit:
        raise InputError(f"The text is too long: {len(text):,} characters, at most {limit:,} are read.")
    control = count_control(text)
    if control > MAX_CONTROL_SHARE * len(text):
        raise InputError(
            f"This is not a text: {control:,} of its {len(text):,} characters are control characters."
        )
    if not cleaned(text).strip():
        raise InputError("The text is empty.")


def count_control(text: str) -> int:
    """How many control characters, stray surrogates and non-characters stand in a text."""
    return sum(1 for _ in _CONTROL.finditer(text))


def cleaned(text: str) -> str:
    """The text with a space for each control character. It has the same length."""
    return _CONTROL.sub(" ", text)


def unread(article: Article, *, limit: int) -> Analysis | None:
    """Why an article is stored but not analysed, as an empty analysis with a note; None: analyse it."""
    if article.kind not in ANALYSED:
        return Analysis(
            note=article.note or f"This is no article but a page of another kind ({article.kind})."
        )
    if len(article.text) > limit:
        return Analysis(
            note=f"The text is too long: {len(article.text):,} characters, at most {limit:,} are read."
        )
    if article.language not in ("en", ""):
        return Analysis(note=f"The text is not English ({article.language}), so nothing was looked for.")
    return None


def number(count: int, one: str) -> str:
    """A number with its noun: "1 article", "1,000 articles"."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"
