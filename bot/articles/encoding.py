"""Bytes to text: what the page says of its encoding, held against the bytes themselves."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes
from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_SAMPLE = 1 << 16
"""Bytes that detection looks at: it takes 0.1 s a 100 KB, and a page's start is as good as its whole."""

_TEXT_ENCODINGS = re.compile(
    r"utf-?(8|8-sig|16|16-?le|16-?be|32|32-?le|32-?be)|ascii|iso8859-\d+|cp\d+|koi8-[rut]|mac-[a-z]+|ptcp154|hz"
    r"|gb2312|gbk|gb18030|big5|big5hkscs|euc_jp|euc_kr|euc_jis_2004|shift_jis|shift_jisx0213|iso2022_jp|iso2022_kr"
    r"|johab|tis-620|viscii"
)
"""Names of Python's codecs that are encodings of text on the web; the others ("zlib", "idna",
"unicode_escape") transform, or cost time without bound."""

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_WESTERN = 0.05
"""Share of bytes beyond ASCII under which an undeclared text is Western: English has quotes and dashes there,
French accents (4 in a hundred letters); Cyrillic or Greek pages have a third and more."""
_MOSTLY = 0.01
"""Share of replaced characters up to which a declared encoding counts as right with a few broken bytes."""


def decode(body: bytes, content_type: str | None) -> str:
    """The text, without control characters. Never fails: bytes that fit nowhere become U+FFFD.

    In order: a byte-order mark, UTF-8 where it fits and is more than ASCII (no other encoding's text does so
    by chance, and many servers declare Latin-1 for everything), the header, the page's own declaration,
    UTF-8, detection, Windows-1252. The first that fits every byte is taken; where none does, the first with
    few misfits.
    """
    best: tuple[int, str] | None = None
    for name, data in _candidates(body, content_type):
        try:
            return _CONTROLS.sub("", data.decode(name))
        except (UnicodeError, LookupError):
            pass
        try:
            text = data.decode(name, "replace")
        except (UnicodeError, LookupError):
            continue
        misfits = text.count("\ufffd")
        if misfits <= len(text) * _MOSTLY:
            return _CONTROLS.sub("", text)
        if best is None or misfits < best[0]:
            best = (misfits, text)
    return _CONTROLS.sub("", best[1] if best else body.decode("latin-1"))


def _candidates(body: bytes, content_type: str | None) -> Iterator[tuple[str, bytes]]:
    marked, mark = read_bom(body)
    if marked and mark:
        yield marked, body[len(mark) :]
    if not body.isascii():
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            yield "utf-8", body
    declared = (http_content_type_encoding(content_type), html_body_declared_encoding(body[:8192]))
    for label in declared:
        if label and (name := _known(label)):
            yield name, body
    yield "utf-8", body
    if sum(map(len, _BEYOND_ASCII.findall(body))) < len(body) * _WESTERN:
        yield "cp1252", body
    detected = from_bytes(body[:_SAMPLE]).best()
    if detected and (name := _known(detected.encoding)):
        yield name, body
    yield "cp1252", body


def _known(label: str) -> str | None:
    """The codec's name, of an encoding for text."""
    try:
        name = resolve_encoding(label) or codecs.lookup(label).name
        name = codecs.lookup(name).name
    except (LookupError, ValueError, UnicodeError):
        return None
    return name if _TEXT_ENCODINGS.fullmatch(name) else None
