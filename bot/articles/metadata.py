"""Title, author, site, date and canonical address of a page: its own statements, held against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import dateparser
import trafilatura
from htmldate import find_date
from lxml import html
from rapidfuzz import fuzz

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.html import HtmlElement

    from bot.articles.structured import Structured

_EARLIEST = date(1990, 1, 1)
"""Before it there were no news sites; earlier dates are placeholders (1970-01-01) or the news's subject."""
_SAME_TITLE = 60.0
"""rapidfuzz token_set_ratio (0..100) from which two titles speak of one article. Set between rewritten
headlines (72 and more on the saved pages) and placeholders such as a publishing system's name (under 40)."""
_MAX_TITLE, _MAX_AUTHOR = 300, 150
_MAX_FIELD = 2_000
"""Characters of a field that are looked at: a hostile page may have megabytes there."""
_SEPARATOR = re.compile(r"\s+[-|–—:•·»›~]{1,2}\s+|\s*\|\s*")
_MONTH = re.compile(r"\b(?:January|February|March|July|September|October|November|December)$")
_NO_AUTHOR = re.compile(
    r"\b(?:no author|admin|unknown|undefined|null|staff writer|editor)\b|https?:|@|\d", re.IGNORECASE
)
_NEW_YEAR = re.compile(r"\b0?1[-./ ]0?1\b|\bjan(?:uary)?\.? 0?1\b|\b0?1(?:st)? jan", re.IGNORECASE)
_SEARCHED = 200_000
_BY = re.compile(r"^(?:written |posted |story |words )?by:?\s+", re.IGNORECASE)

_AUTHOR_FIELDS = ("author", "article:author", "parsely-author", "sailthru.author", "byl")
_DATE_FIELDS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "date.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "cxenseparse:recs:publishtime",
    "article_date_original",
    "originalpublicationdate",
    "date",
)
"""Names of meta elements that hold the date of publication, most exact first."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a page besides its text."""

    title: str
    author: str | None
    site: str | None
    published: date | None
    canonical: str | None
    """Of `rel=canonical` or `og:url`, as written."""
    language: str | None
    """Of the `lang` attribute or JSON-LD, two letters."""
    kind: str | None
    """`og:type`, in lower case."""
    document: str
    """The document's title as it is."""
    headings: tuple[str, ...]
    """Every title that the page has for itself, the chosen one first."""


def read(tree: HtmlElement, said: Structured, url: str | None) -> Metadata:
    """Metadata of a parsed page."""
    fields = _fields(tree)
    guessed = trafilatura.extract_metadata(tree, default_url=url)
    site = _clean(said.publisher) or _clean(fields.get("og:site_name")) or _site_of(guessed.sitename, url)
    titles = _titles(tree, fields, said, site, url, guessed.title)
    canonical = tree.xpath("//link[translate(@rel, 'CANOIL', 'canoil')='canonical']/@href")
    language = (tree.get("lang") or tree.get("xml:lang") or said.language or "")[:2].lower()
    return Metadata(
        title=titles[0] if titles else "",
        author=_author(said, fields, guessed.author, site),
        site=site,
        published=_published(tree, fields, said, url),
        canonical=str(canonical[0]) if canonical else fields.get("og:url"),
        language=language if re.fullmatch("[a-z]{2}", language) else None,
        kind=(fields.get("og:type") or "").lower() or None,
        document=next(
            (" ".join(t.text_content()[:_MAX_FIELD].split()) for t in tree.iterfind(".//title")), ""
        ),
        headings=tuple(titles),
    )


def _fields(tree: HtmlElement) -> dict[str, str]:
    fields: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = (meta.get("content") or "").strip()
        if name and content:
            fields.setdefault(name.strip().lower(), content[:_MAX_FIELD])
    return fields


def _contents(elements: Iterable[HtmlElement]) -> Iterator[str]:
    return (" ".join(element.text_content()[:_MAX_FIELD].split()) for element in elements)


def _clean(text: str | None) -> str | None:
    return " ".join(text.split()) or None if text else None


def _site_of(guess: str | None, url: str | None) -> str | None:
    return _clean(guess) or ((urlsplit(url).hostname or "").removeprefix("www.") or None if url else None)


def _titles(
    tree: HtmlElement,
    fields: dict[str, str],
    said: Structured,
    site: str | None,
    url: str | None,
    guess: str | None,
) -> list[str]:
    """The page's titles, best first: JSON-LD's where another bears it out, og:title, the headings."""
    names = (site, fields.get("og:site_name"), (urlsplit(url).hostname if url else None))
    heads = list(islice(_contents(tree.iter("h1")), 5))
    document = list(islice(_contents(tree.iterfind(".//head/title")), 1))
    others = [fields.get("og:title"), *heads, fields.get("twitter:title"), *document]
    rest = [t for t in (_without_site(_clean(o), names, heads) for o in others) if t]
    headline = _without_site(_clean((said.headline or "")[:_MAX_FIELD]), names, heads)
    if headline:
        # Google's limit of 110 characters makes publishers cut the headline: the whole one is then elsewhere.
        stem = headline.rstrip("….").rstrip()
        whole = [t for t in rest if len(t) > len(headline) and t.startswith(stem)]
        if whole:
            rest.insert(0, min(whole, key=len))
        elif not rest or any(fuzz.token_set_ratio(headline, t) >= _SAME_TITLE for t in rest):
            rest.insert(0, headline)
    if not rest:
        rest = [guess] if guess else []
    near = [t for t in rest if fuzz.token_set_ratio(rest[0], t) >= _SAME_TITLE]
    return [t[:_MAX_TITLE] for t in dict.fromkeys(near)]


def _without_site(title: str | None, sites: Sequence[str | None], heads: Sequence[str]) -> str | None:
    """The title without the site's name after (or before) a separator."""
    if not title:
        return None
    for mark in _SEPARATOR.finditer(title):
        before, after = title[: mark.start()].strip(), title[mark.end() :].strip()
        if before in heads or (before and any(site and _same_name(after, site) for site in sites)):
            return before
        if any(site and _same_name(before, site) for site in sites):
            return after or title
    return title


def _same_name(part: str, site: str) -> bool:
    one, other = (re.sub(r"\W|^the ", "", name.lower()) for name in (part, site))
    if not one or not other:
        return False
    # A host's name is often within the site's: "orlandcourier" in "Orland Courier Online".
    label = max(site.lower().split("."), key=len) if "." in site else ""
    return one == other or fuzz.ratio(one, other) > 85 or (len(label) > 4 and label in one and len(one) < 30)


def _author(said: Structured, fields: dict[str, str], guess: str | None, site: str | None) -> str | None:
    meta = [[fields[name]] for name in _AUTHOR_FIELDS if name in fields]
    for names in (said.authors, *meta, (guess or "").split(";")):
        found = [name for name in (_person(each, site) for each in names) if name]
        if found:
            return "; ".join(dict.fromkeys(found))[:_MAX_AUTHOR]
    return None


def _person(name: str | None, site: str | None) -> str | None:
    """The name, if it can be one: a few words, neither a date nor an address nor the site's own name."""
    name = _BY.sub("", _clean(name) or "").strip(" ,;|")
    if site:
        name = re.sub(rf"[\s,|-]*\b{re.escape(site)}$", "", name) if name != site else ""
    if not name or len(name.split()) > 8 or _NO_AUTHOR.search(name) or _MONTH.search(name):
        return None
    return name


def _published(tree: HtmlElement, fields: dict[str, str], said: Structured, url: str | None) -> date | None:
    for text in _dates(tree, fields, said):
        if found := parse_date(text):
            return found
    guess = find_date(tree, original_date=True, url=url, extensive_search=True)
    found = parse_date(guess) if guess else None
    # It makes the first of January of a bare year, such as that of a copyright notice.
    return None if found and (found.month, found.day) == (1, 1) and not _names_new_year(tree, url) else found


def _names_new_year(tree: HtmlElement, url: str | None) -> bool:
    text = f"{url} {html.tostring(tree, encoding='unicode')[:_SEARCHED]}"
    return bool(_NEW_YEAR.search(text))


def _dates(tree: HtmlElement, fields: dict[str, str], said: Structured) -> Iterator[str]:
    if said.published:
        yield said.published
    for name in _DATE_FIELDS:
        if name in fields:
            yield fields[name]
    for found in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate]")[:3]:
        yield found.get("datetime") or found.get("content") or found.text_content()


def parse_date(text: str) -> date | None:
    """The day, in the time zone it is written in; None for what is none or cannot be a day of publication."""
    text = text.strip()[:60]
    found: date | None = None
    if iso := re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d*[-/])", text):
        try:
            found = date(*map(int, iso.groups()))
        except ValueError:
            return None
    elif re.search(r"\d", text):
        settings = {"STRICT_PARSING": True, "RETURN_AS_TIMEZONE_AWARE": False}
        try:
            parsed = dateparser.parse(text, languages=["en"], settings=settings)
        except (ValueError, OverflowError, TypeError):
            parsed = None
        found = parsed.date() if parsed else None
    latest = datetime.now().astimezone().date() + timedelta(days=1)
    return found if found and _EARLIEST <= found <= latest else None
