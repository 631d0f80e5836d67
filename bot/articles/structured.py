"""What a page says of itself for machines: JSON-LD, as schema.org's NewsArticle and its kin."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

_ARTICLE = re.compile(r"(?:\w*Article|Report|BlogPosting|LiveBlogPosting|ClaimReview)$")
_LISTING = frozenset(("CollectionPage", "ItemList", "SearchResultsPage"))
_MAX_SCRIPT = 2 << 20
"""Characters of one script that are parsed."""
_MAX_NODES = 2_000
_TRAILING_COMMA = re.compile(r",\s*(?=[}\]])")
_OPENINGS = ("//", "/*", "<![CDATA[", "<!--", "*/")
_ENDINGS = ("*/", "]]>", "-->", "//", "/*", ";")


@dataclass(frozen=True, slots=True)
class Structured:
    """The page's own statements; None or empty where it makes none."""

    kinds: frozenset[str] = frozenset()
    """Types of everything on the top level and in graphs."""
    is_article: bool = False
    is_live: bool = False
    is_video: bool = False
    """A video is what the page is about, not only on it."""
    is_listing: bool = False
    headline: str | None = None
    published: str | None = None
    """As written."""
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    language: str | None = None
    body: str | None = None
    """`articleBody`, as written; may hold markup."""
    updates: tuple[str, ...] = ()
    """Bodies of a live blog's updates, in the order given."""
    is_free: bool | None = None
    """`isAccessibleForFree`."""


def read(tree: HtmlElement) -> Structured:
    """What the page's scripts say. Broken scripts are passed over."""
    nodes = list(_nodes(tree))
    by_id: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if isinstance(node.get("@id"), str) and len(node) > 1:
            by_id.setdefault(node["@id"], node)
    kinds = frozenset(kind for node in nodes for kind in _types(node))
    articles = [n for n in nodes if any(_ARTICLE.match(kind) for kind in _types(n))]
    articles.sort(key=lambda n: (not any("News" in k or "Live" in k for k in _types(n)), "headline" not in n))
    if not articles:
        return Structured(
            kinds=kinds,
            is_video="VideoObject" in kinds,
            is_listing=bool(kinds & _LISTING),
            publisher=_name(next((n.get("publisher") for n in nodes if n.get("publisher")), None), by_id),
        )
    merged: dict[str, Any] = {}
    for node in articles[:3]:  # some sites spread one article over two nodes
        for key, value in node.items():
            if value not in (None, "", []):
                merged.setdefault(key, value)
    live = [n for n in articles if "LiveBlogPosting" in _types(n)]
    return Structured(
        kinds=kinds,
        is_article=True,
        is_live=bool(live),
        headline=_text(merged.get("headline")) or _text(merged.get("name")),
        published=_text(merged.get("datePublished")) or _text(merged.get("dateCreated")),
        authors=tuple(_names(merged.get("author") or merged.get("creator"), by_id)),
        publisher=_name(merged.get("publisher"), by_id),
        language=_text(merged.get("inLanguage")),
        body=_longest(n.get("articleBody") for n in articles),
        updates=tuple(_updates(live)),
        is_free=_truth(merged.get("isAccessibleForFree")),
    )


def _nodes(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    left = _MAX_NODES
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        stack = [_parsed((script.text or "")[:_MAX_SCRIPT])]
        while stack and left:
            node = stack.pop(0)
            if isinstance(node, list):
                stack.extend(node)
            elif isinstance(node, dict):
                left -= 1
                yield node
                inner = (node.get(key) for key in ("@graph", "mainEntity"))
                stack.extend(each for each in inner if isinstance(each, list | dict))


def _parsed(text: str) -> Any:
    text = _unwrapped(text)
    for attempt in (text, _TRAILING_COMMA.sub("", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return None


def _unwrapped(text: str) -> str:
    """Without the comment and CDATA marks that some put around a script."""
    text = text.strip()
    for _ in range(6):
        for mark in _OPENINGS:
            text = text.removeprefix(mark).lstrip()
        for mark in _ENDINGS:
            text = text.removesuffix(mark).rstrip()
    return text


def _types(node: dict[str, Any]) -> list[str]:
    kind = node.get("@type")
    listed = kind if isinstance(kind, list) else [kind]
    return [k.rsplit("/", 1)[-1] for k in listed if isinstance(k, str)]


def _text(value: Any) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(unescape(unescape(value)).split()) or None


def _names(value: Any, by_id: dict[str, dict[str, Any]]) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if name := _name(each, by_id):
            yield name


def _name(value: Any, by_id: dict[str, dict[str, Any]]) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        full = value if "name" in value else by_id.get(str(value.get("@id")), {})
        return _text(full.get("name"))
    name = _text(value)
    return None if name and name.startswith(("http://", "https://")) else name


def _longest(values: Iterable[Any]) -> str | None:
    texts = [value for value in values if isinstance(value, str) and value.strip()]
    return max(texts, key=len, default=None)


def _updates(live: list[dict[str, Any]]) -> Iterator[str]:
    for blog in live:
        updates = blog.get("liveBlogUpdate")
        for update in updates if isinstance(updates, list) else [updates]:
            if isinstance(update, dict) and isinstance(update.get("articleBody"), str):
                yield update["articleBody"]


def _truth(value: Any) -> bool | None:
    if isinstance(value, str):
        return {"true": True, "false": False}.get(value.strip().lower().rsplit("/", 1)[-1])
    return value if isinstance(value, bool) else None
