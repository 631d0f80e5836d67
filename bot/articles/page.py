"""Bytes to an article: the one door to reading, pure and synchronous. Runs in a process of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import py3langid
import trafilatura

from bot.articles import kinds, metadata, pdf, structured, urls
from bot.articles.encoding import decode
from bot.articles.extraction import all_text, body_lines, extract
from bot.articles.layout import make_plain
from bot.articles.paragraphs import size, tidy, words
from bot.errors import InputError, PageError
from bot.models import Article, PageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from bot.articles.structured import Structured

MAX_BYTES = 10 << 20
"""Of one page, unless said otherwise. The largest of the saved news pages has 0.3 MB."""
MAX_CHARS = 100_000
"""Of an article's text, about 17,000 words: four seconds of analysis. What is longer is cut, and says so."""
_LANGUAGE_WORDS = 20
"""Words from which the language of a text can be told from the text alone."""
_SAMPLE = 20_000
"""Characters that are looked at to tell the language."""
_SNIFFED = 2_048
"""Bytes or characters that are looked at to tell what a file is."""
_CONTROL_SHARE = 0.1
"""Share of control bytes above which a file is no text; compressed data has a fifth and more."""
_MAX_TITLE = 200
_CONTROL_BYTES = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")

_HTML = re.compile(r"<(?:!doctype|html|head|body|title|meta|p|div|article|h1|br|table|span)\b", re.IGNORECASE)
_FEED = re.compile(r"^\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.DOTALL)
_CUT = f"Only the first {MAX_CHARS:,} characters of this page were read."


def read(body: bytes, *, content_type: str | None, url: str | None, max_bytes: int = MAX_BYTES) -> Article:
    """The article on a page, or what the page is instead: see `Article.kind`.

    `content_type`: the header as sent. `url`: where the page came from. Raises PageError, and MemoryError.
    """
    if len(body) > max_bytes:
        raise PageError(f"The page is larger than {max_bytes / (1 << 20):g} MB.")
    try:
        return _read(body, content_type, _usable(url))
    except (MemoryError, PageError):
        raise
    except RecursionError:
        raise PageError("The page is too deeply nested to be read.") from None
    except Exception as error:  # the libraries below raise whatever a broken page makes them stumble over
        raise PageError(f"The page is broken and cannot be read ({type(error).__name__}).") from error


def _usable(url: str | None) -> str | None:
    """The URL, unless it is none at all."""
    try:
        return url if url and urlsplit(url).hostname else None
    except ValueError:
        return None


def _read(body: bytes, content_type: str | None, url: str | None) -> Article:
    media = (content_type or "").partition(";")[0].strip().lower()
    if b"%PDF-" in body[:1024]:
        return _read_pdf(body, url)
    if _is_binary(body):
        raise PageError("This is not a text but some other kind of file.")
    text = decode(body, content_type)
    if not text.strip():
        raise PageError("The page is empty.")
    if _FEED.match(text[:_SNIFFED]):
        note = "This is a feed, not an article: it can be followed."
        return _article("", url, kind=PageKind.LISTING, note=note)
    if media == "text/plain" or (
        media in ("", "application/octet-stream") and not _HTML.search(text[:_SNIFFED])
    ):
        return _read_plain(text, url)
    if "html" not in text[:50].lower():
        text = f"<html>{text}"  # what does not begin so is else taken for no HTML at all
    tree = trafilatura.load_html(text)
    if tree is None:
        raise PageError("The page holds no HTML that can be read.")
    make_plain(tree)
    return _read_html(tree, url)


def _read_html(tree: HtmlElement, url: str | None) -> Article:
    said = structured.read(tree)
    known = metadata.read(tree, said, url)
    paragraphs = extract(tree, url=url, titles=known.headings, body=said.body)
    if said.is_live:
        paragraphs = _with_updates(paragraphs, said, known.headings)
    facts = kinds.Facts(
        url=url,
        metadata=known,
        said=said,
        paragraphs=paragraphs,
        visible=all_text(tree),
        cards=kinds.count_cards(tree),
        times=len(tree.xpath("//time")),
    )
    kind, note = kinds.judge(facts)
    if kind is PageKind.ARTICLE and kinds.is_empty(facts):
        raise PageError("There is no text to read on this page (it may need a browser to show it).")
    text, cut = _shortened(paragraphs)
    return _article(
        text,
        url,
        title=known.title,
        canonical=known.canonical,
        site=known.site,
        author=known.author,
        published=known.published,
        language=_language(text, known.language),
        kind=kind,
        note=note or (_CUT if cut else None),
    )


def _read_pdf(body: bytes, url: str | None) -> Article:
    title, text, created, cut = pdf.read(body, MAX_CHARS)
    paragraphs = text.split("\n\n")
    if size(text) < _LANGUAGE_WORDS:
        raise PageError("The PDF holds no text (perhaps it is a scan).")
    short, shortened = _shortened(paragraphs)
    return _article(
        short,
        url,
        title=title or _first_line(paragraphs),
        published=created,
        language=_language(short, None),
        note=_CUT if cut or shortened else None,
    )


def _read_plain(text: str, url: str | None) -> Article:
    paragraphs = [
        part for part in (p.strip() for p in re.split(r"\n\s*\n", text.replace("\r\n", "\n"))) if part
    ]
    short, cut = _shortened(paragraphs)
    title = _first_line(paragraphs)
    return _article(short, url, title=title, language=_language(short, None), note=_CUT if cut else None)


def _article(text: str, url: str | None, *, canonical: str | None = None, **more: Any) -> Article:
    place = None
    if url:
        try:
            place = urls.of_page(url, canonical)
        except InputError:
            place = url  # a file's own name, or an address of one's own network
    site = more.pop("site", None) or ((urlsplit(url).hostname or "").removeprefix("www.") if url else None)
    return Article(text=text, url=place, site=site or None, **more)


def _with_updates(paragraphs: list[str], said: Structured, titles: Sequence[str]) -> list[str]:
    """A live blog whose updates are only loaded by the browser still tells them in its JSON-LD."""
    told = tidy((line for update in said.updates for line in body_lines(update)), titles)
    return told if len(words(" ".join(told))) > 2 * len(words(" ".join(paragraphs))) else paragraphs


def _shortened(paragraphs: Sequence[str]) -> tuple[str, bool]:
    """The text up to the limit, cut between paragraphs where one ends near it."""
    text = "\n\n".join(paragraphs)
    if len(text) <= MAX_CHARS:
        return text, False
    end = text.rfind("\n\n", MAX_CHARS * 9 // 10, MAX_CHARS)
    return text[: end if end > 0 else MAX_CHARS], True


def _first_line(paragraphs: Sequence[str]) -> str:
    """The first paragraph, where it can be a title."""
    first = " ".join(paragraphs[0].split()) if paragraphs else ""
    return first if len(first) <= _MAX_TITLE and len(paragraphs) > 1 else ""


def _language(text: str, declared: str | None) -> str:
    if size(text) < _LANGUAGE_WORDS:
        return declared or "en"
    found: str = py3langid.classify(text[:_SAMPLE])[0]
    return found


def _is_binary(body: bytes) -> bool:
    """Whether the start has more control bytes than a damaged text; UTF-16 and UTF-32 are full of NULs."""
    start = body[:_SNIFFED]
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")):
        return False
    return len(_CONTROL_BYTES.findall(start)) > len(start) * _CONTROL_SHARE
