"""Pages broken at random: pieces of the page set cut, doubled, swapped, filled with what hurts parsers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

_PAGES = Path(__file__).parent / "pages"
_PIECES = (
    *(b"<", b">", b"</", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&", b"&#0;", b"&#x110000;", b"&#55296;"),
    *(
        b"\0",
        b"\xff",
        b"\xfe\xff",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xed\xa0\x80",
        b"\xe2\x80\xa8",
        b"\r",
        b"\x1b$B",
    ),
    *(b"<p>", b"<div>" * 300, b"<table><tr><td>", b"<frameset>", b"<select>", b"<textarea>", b"<title>"),
    *(b"\r", b"\x1b$B", b"<plaintext>", b"<noscript>", b"<svg>", b"<math>", b"<template>", b"a" * 5_000),
    *(b"<script type='application/ld+json'>", b'{"@type":"NewsArticle","headline":', b'[{"@graph":['),
    *(b"null", b"1e999", b"%PDF-1.7\n", b"<?xml version='1.0'?>", b"<html lang='\xc3\xa9'>"),
    *(b"<meta charset=utf-7>", b"<meta charset='utf-16'>", b"<meta charset=idna>", b"<base href='//['>"),
    *(b"<link rel=canonical href='http://[::1'>", b"<time datetime='99999-99-99T99:99'>"),
    *(b"<meta property='og:title' content='", b"<meta name='date' content='0000-00-00'>"),
)
CONTENT_TYPES = (
    None,
    "text/html",
    "text/plain",
    "text/html; charset=utf-16",
    "text/html; charset=zlib",
    "; charset=",
    "é",
)
URLS = (
    None,
    "",
    "https://www.orlandcourier.example/news/a-1",
    "no url",
    "https://[",
    "http://a.com/live/\ud800",
)


def seeds() -> list[bytes]:
    """The pages of the set."""
    return [path.read_bytes() for path in sorted(_PAGES.iterdir()) if path.suffix != ".json"]


def mutated(pages: list[bytes], random: Random) -> bytes:
    """One page, broken in one to eight places; sometimes noise alone."""
    if random.random() < 0.05:
        return random.randbytes(random.randrange(4_000))
    page = bytearray(random.choice(pages))
    for _ in range(random.randint(1, 8)):
        start = random.randrange(len(page) + 1)
        end = min(len(page), start + random.randrange(1, 400))
        match random.randrange(5):
            case 0:
                del page[start:end]
            case 1:
                page[start:start] = random.choice(_PIECES)
            case 2:
                page[start:start] = page[start:end] * random.randint(1, 20)
            case 3:
                other = random.choice(pages)
                cut = random.randrange(len(other))
                page[start:end] = other[cut : cut + random.randrange(2_000)]
            case _:
                page[start:end] = random.randbytes(end - start)
    return bytes(page)
