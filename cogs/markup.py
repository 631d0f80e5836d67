"""Text from outside made safe to show: escaped, cut to a limit, and its marked words kept in sight.

Lengths are counted as Discord's clients count them, in UTF-16 code units: an emoji is two.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote as percent_encoded
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ELLIPSIS = "…"
BREAK = "\N{ZERO WIDTH SPACE}"

_SPECIAL = frozenset("\\*_~`|<>[]()#")
"""What Discord's markup may begin with anywhere in a line."""
_LINE_START = frozenset("-+")
"""What begins a list, at the start of a line only."""
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They can turn the rest of a message around, so none is let through; `_isolated` sets our own."""
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"

MAX_MARKS_ON_A_LETTER = 4
"""Combining marks that one letter keeps. Vietnamese and pointed Hebrew need up to three; towers of them
paint over the lines above."""

MAX_URL = 400
"""Units of the longest address that is made a link: a field holds 1,024, and the quote has to fit too."""


class _Piece(NamedTuple):
    """What stands for one character."""

    text: str
    bold: bool


def units(text: str) -> int:
    """The length as Discord counts it."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def escape(text: str, limit: int, *, marks: Iterable[tuple[int, int]] = ()) -> str:
    """The text on one line, without any markup of its own, at most `limit` units long.

    `marks` are spans of the text that are shown bold; what has to be left out is left out around them.
    """
    return _drawn(_pieces(text, marks, escaped=True), limit)


def plain(text: str, limit: int) -> str:
    """The text on one line for places that know no markup (footers, labels, choices), cut to `limit`."""
    return _drawn(_pieces(text, (), escaped=False), limit)


def link(text: str, url: str | None, limit: int) -> str:
    """A masked link; the text alone where the address cannot be linked safely or is too long for `limit`."""
    target = address(url)
    if target is None:
        return escape(text, limit)
    label = escape(text, max(limit - units(target) - 4, 0))
    return f"[{label}]({target})" if label else escape(text, limit)


def address(url: str | None) -> str | None:
    """The address in a form that ends where it ends, None where it is no http(s) address or very long."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return None
    safe = percent_encoded(url, safe=":/?#@!$&*+,;=%~._-", errors="replace")
    return safe if len(safe) <= MAX_URL else None


def person(who: str) -> str:
    """Somebody who decided: shown as a mention, which in an embed calls nobody."""
    return f"<@{who}>" if who.isdecimal() and who.isascii() else escape(who, 60)


def _pieces(text: str, marks: Iterable[tuple[int, int]], *, escaped: bool) -> list[_Piece]:
    bold = {i for start, end in marks for i in range(max(start, 0), min(end, len(text)))}
    found: list[_Piece] = []
    on_letter = 0
    for index, character in enumerate(text):
        if character.isspace():
            if found and found[-1].text != " ":
                found.append(_Piece(" ", index in bold and index + 1 in bold))
            continue
        if character in _BIDI_CONTROLS or unicodedata.category(character) in ("Cc", "Cs"):
            continue
        on_letter = on_letter + 1 if unicodedata.combining(character) else 0
        if on_letter > MAX_MARKS_ON_A_LETTER:
            continue
        following = text[index + 1 : index + 2]
        shown = _escaped(character, following, first=not found) if escaped else character
        found.append(_Piece(shown, index in bold))
    if found and found[-1].text == " ":
        found.pop()
    return found


def _escaped(character: str, following: str, *, first: bool) -> str:
    if character == "@":
        return "@" + BREAK
    if character in _SPECIAL or (first and character in _LINE_START):
        return "\\" + character
    if character == ":" and (following == "/" or following.isalpha() or following == "_"):
        return "\\:"  # neither a link nor an emoji
    return character


def _drawn(pieces: Sequence[_Piece], limit: int) -> str:
    if not pieces or limit < 1:
        return ""
    isolated = any(unicodedata.bidirectional(c) in _RIGHT_TO_LEFT for p in pieces for c in p.text)
    room = limit - 2 if isolated else limit
    bold = 4 * sum(1 for i, p in enumerate(pieces) if p.bold and not (i and pieces[i - 1].bold))
    if sum(units(p.text) for p in pieces) + bold <= room:
        text = _joined(pieces)
    else:
        start, end = _window(pieces, room - bold - 2)
        if end <= start:  # no room for the marks: the beginning without them
            bare = [_Piece(p.text, False) for p in pieces]
            start, end = _window(bare, room - 2)
            pieces = bare
        before = ELLIPSIS if start else ""
        after = ELLIPSIS if end < len(pieces) else ""
        text = before + _joined(pieces[start:end]) + after
    if room < 1 or not text:
        return ELLIPSIS[:limit]
    return _FIRST_STRONG_ISOLATE + text + _POP_ISOLATE if isolated else text


def _window(pieces: Sequence[_Piece], room: int) -> tuple[int, int]:
    """Which pieces are shown in so much room: from the beginning, unless the marks are further on."""
    sizes = [units(p.text) for p in pieces]
    marked = [i for i, p in enumerate(pieces) if p.bold]
    start = 0
    if marked and sum(sizes[: marked[-1] + 1]) > room:
        context = room // 4
        start = marked[0]
        while start and context >= sizes[start - 1]:
            start -= 1
            context -= sizes[start]
        start = _word_start(pieces, start, marked[0])
    end = start
    while end < len(pieces) and room >= sizes[end]:
        room -= sizes[end]
        end += 1
    if end < len(pieces):
        end = _word_end(pieces, start, end)
    return start, end


def _word_start(pieces: Sequence[_Piece], start: int, latest: int) -> int:
    if start == 0:
        return 0
    return next((i + 1 for i in range(start, latest) if pieces[i].text == " "), start)


def _word_end(pieces: Sequence[_Piece], start: int, end: int) -> int:
    """The end of the last whole word, unless that is far back: then the word is cut."""
    earliest = max(start + 1, end - 24)
    return next((i for i in range(end - 1, earliest, -1) if pieces[i].text == " "), end)


def _joined(pieces: Sequence[_Piece]) -> str:
    out: list[str] = []
    bold = False
    for piece in pieces:
        if piece.bold != bold:
            out.append("**")
            bold = piece.bold
        out.append(piece.text)
    if bold:
        out.append("**")
    return "".join(out)
