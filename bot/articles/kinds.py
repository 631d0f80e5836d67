"""What kind of page it is. Only a page that shows itself to be something else is not taken for an article."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.articles import cues
from bot.articles.paragraphs import size
from bot.models import PageKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.html import HtmlElement

    from bot.articles.metadata import Metadata
    from bot.articles.structured import Structured

_SHORT = 150
"""Words under which a page may be something else than an article, where it says so. News in brief has 60 to
150, and says that it is an article."""
_STUB = 250
"""Words under which a page that asks to subscribe shows only the beginning: teasers have 40 to 180."""
_NOTHING = 25
"""Words under which there is no article."""
_LONG_PARAGRAPH = 25
"""Words of a paragraph that a listing does not have: its teasers are shorter."""
_CARDS = 8
"""Linked headings, or article elements, from which a page without prose is a listing."""
_LOOKED_AT = 20_000
"""Characters of the page's visible text that are searched."""

_TIMES = 4
"""Time stamps in the text from which a page under a "live" address is a live blog."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is looked at."""

    url: str | None
    metadata: Metadata
    said: Structured
    paragraphs: Sequence[str]
    visible: str
    """All visible text of the page."""
    cards: int
    """Linked headings and article elements: the marks of a listing."""
    times: int
    """Time stamps."""


def count_cards(tree: HtmlElement) -> int:
    """How many entries the page shows as a listing does."""
    linked = tree.xpath("count(//h2[.//a[@href]] | //h3[.//a[@href]] | //a[@href][.//h2 or .//h3])")
    return int(max(linked, len(tree.xpath("//article[not(ancestor::article)]"))))


def judge(facts: Facts) -> tuple[PageKind, str | None]:
    """The kind, and for everything but an article one sentence that says so."""
    count = size(" ".join(facts.paragraphs))
    visible = facts.visible[:_LOOKED_AT]
    title = facts.metadata.title
    if count < _SHORT and not facts.said.is_article and (kind := _no_page(title, facts, visible, count)):
        return kind
    if _is_live(facts):
        return PageKind.LIVE, None
    if _is_stub(facts, visible, count):
        return PageKind.STUB, "Only the beginning of this article is free to read."
    if _is_video(facts, count):
        return PageKind.VIDEO, "This is a video; only what is written on its page could be read."
    if _is_listing(facts, count):
        return PageKind.LISTING, "This page lists articles and is none itself."
    return PageKind.ARTICLE, None


def is_empty(facts: Facts) -> bool:
    """Whether there is too little text for any kind of page."""
    return size(" ".join(facts.paragraphs)) < _NOTHING


def _no_page(title: str, facts: Facts, visible: str, count: int) -> tuple[PageKind, str] | None:
    heading = " ".join((facts.metadata.document, *facts.metadata.headings[:3]))
    short = visible if size(visible) < _SHORT else ""
    if cues.ROBOT.search(heading) or cues.ROBOT.search(short):
        return PageKind.ERROR, "The site showed a check for robots instead of the page."
    if (
        cues.ERROR.search(title)
        or cues.ERROR.search(heading)
        or (count < _SHORT // 2 and cues.ERROR.search(short))
    ):
        return PageKind.ERROR, "The site showed an error page."
    parts = urlsplit(facts.url or "")
    place = bool(cues.CONSENT_PLACE.search(parts.hostname or "") or cues.CONSENT_PLACE.search(parts.path))
    asks = place or bool(cues.CONSENT_TITLE.search(heading))
    seen = sum(bool(cue.search(visible)) for cue in cues.CONSENT) + 2 * asks
    # A banner beside an article has as many cues, but then there is an article, or the page says it is one.
    if seen >= 3 and facts.metadata.kind != "article" and (asks or short):
        return PageKind.CONSENT, "The site showed a question about cookies or privacy instead of the page."
    return None


def _is_live(facts: Facts) -> bool:
    if facts.said.is_live:
        return True
    return bool(facts.times >= _TIMES and cues.LIVE_URL.search(urlsplit(facts.url or "").path))


def _is_stub(facts: Facts, visible: str, count: int) -> bool:
    if count >= _STUB:
        return False
    wall = bool(cues.PAYWALL.search(visible))
    cut = bool(facts.paragraphs) and facts.paragraphs[-1].rstrip().endswith(("…", "..."))
    if facts.said.is_free is False:
        return wall or cut or count < _SHORT
    return wall and (cut or count < _SHORT)


def _is_video(facts: Facts, count: int) -> bool:
    if count >= _SHORT:
        return False
    path = urlsplit(facts.url or "").path
    kind = facts.metadata.kind or ""
    return (
        kind.startswith("video")
        or facts.said.is_video
        or (bool(cues.VIDEO_URL.search(path)) and "VideoObject" in facts.said.kinds)
    )


def _is_listing(facts: Facts, count: int) -> bool:
    if facts.said.is_article or (facts.metadata.kind == "article" and count >= _NOTHING):
        return False
    prose = sum(size(paragraph) >= _LONG_PARAGRAPH for paragraph in facts.paragraphs)
    if facts.said.is_listing or (facts.url and urlsplit(facts.url).path in ("", "/")):
        return prose < 5 or facts.cards >= _CARDS
    return facts.cards >= _CARDS and prose < 3
