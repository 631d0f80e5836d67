"""Bodies made to hang, fill or break whoever reads them."""

from __future__ import annotations

import random
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

MIB = 1 << 20


def pdf(contents: bytes, *, packed: bool = False) -> bytes:
    """A PDF of one page with this content stream."""
    data = zlib.compress(contents, 9) if packed else contents
    how = b" /Filter /FlateDecode" if packed else b""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800]"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d%s >>\nstream\n" % (len(data), how) + data + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (A quiet title) /CreationDate (D:20260310120000) >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 7\n0000000000 65535 f \n" + table + trailer


def pdf_of(lines: list[str]) -> bytes:
    """A PDF with these lines of text."""
    shown = b"".join(b"(%s) Tj 0 -14 Td " % line.encode("latin-1") for line in lines)
    return pdf(b"BT /F1 11 Tf 40 760 Td " + shown + b"ET")


def billion_laughs() -> bytes:
    """Entities that stand for ten entities each, thirty deep."""
    entities = [b"<!ENTITY a0 'aaaaaaaaaa'>"]
    entities += [b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 30)]
    head = b"<?xml version='1.0'?><!DOCTYPE x [" + b"".join(entities) + b"]>"
    return head + b"<html><body><p>&a29;</p></body></html>"


BODIES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty"),
    "blanks": (lambda: b" \r\n" * 10_000, "empty"),
    "more than is read": (lambda: b"<p>" + b"x" * (11 * MIB), "larger than"),
    "20 MB of nested tags": (lambda: b"<div>" * (4 * MIB), "larger than"),
    "nested tags": (lambda: b"<html><body>" + b"<div>" * (2 * MIB - 8), "no text"),
    "nested tables": (lambda: b"<table><tr><td>" * (600 * 1024), "no text"),
    "nested formatting": (lambda: b"<p><b><i><font>" * (600 * 1024) + b"x", "no text"),
    "one long line": (lambda: b"<html><body><p>" + b"word " * (2 * MIB - 8), "no text|more than|memory"),
    "one long word": (lambda: b"<html><body><p>" + b"a" * (10 * MIB - 32), "no text|more than|memory"),
    "NUL bytes": (lambda: b"\0" * (9 * MIB), "other kind of file"),
    "random bytes": (lambda: random.Random(4).randbytes(9 * MIB), "other kind of file"),  # noqa: S311
    "invalid UTF-8": (lambda: b"<meta charset=utf-8><p>" + b"\xff\xc3\x28 " * (2 * MIB), "no text"),
    "half a million links": (lambda: b"<a href=x>go</a>" * (600 * 1024), "no text|more than|memory"),
    "a million attributes": (
        lambda: b"<html><body><p " + b"".join(b"a%d='' " % n for n in range(900 * 1024))[: 9 * MIB] + b">x",
        "no text|more than|memory",
    ),
    "nested JSON": (
        lambda: b"<script type='application/ld+json'>" + b'[{"@graph":' * (800 * 1024) + b"</script><p>x",
        "no text|more than|memory",
    ),
    "a wall of scripts": (lambda: b"<script>var a = 1;</script>" * (300 * 1024), "no text|more than|memory"),
    "entities": (lambda: b"<html><body><p>" + b"&amp;" * (2 * MIB - 8), "no text|more than|memory"),
    "XML entities": (billion_laughs, "no text"),
    "a PDF bomb": (
        lambda: pdf(b"BT (x) Tj ET " * (20 * MIB), packed=True),
        "no text|more than|memory|damaged",
    ),
    "a PDF of pages of pages": (
        lambda: pdf(b"").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [2 0 R] /Count 999999999"),
        "damaged|no text|more than|memory",
    ),
    "a broken PDF": (lambda: b"%PDF-1.7\n" + random.Random(5).randbytes(MIB), "damaged"),  # noqa: S311
}
"""What it is, how it is made, and what its error says."""
