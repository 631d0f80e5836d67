"""The article's text out of a parsed page.

Three witnesses: trafilatura at its balanced setting (rarely misses text, lets furniture in), at its precise
setting (the reverse), and the publisher's own `articleBody` where JSON-LD has it. Paragraphs on which they
differ are judged one by one.
"""

from __future__ import annotations

import re
from collections import Counter
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING

import trafilatura

from bot.articles.paragraphs import is_prose, tidy, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lxml.html import HtmlElement

Runs = set[tuple[str, str, str]]
"""Runs of three words."""

_ENOUGH_WORDS = 80
"""Words from which an `articleBody` can be the text: shorter ones are summaries."""
_LOST = 0.85
"""Share of the `articleBody`'s words that the extraction must have; with less it missed the article."""
_PRECISE_SHARE = 0.5
"""Share of the balanced text's words that the precise one must have to be trusted as a guide."""
_FOUND = 0.6
"""Share of a paragraph's three-word runs that a text must hold to hold the paragraph."""
_LINKED = 0.8
"""The same share, of what is written in links, from which a paragraph is a list of them."""
_LONG = 12
"""Words from which a paragraph is prose enough to be kept where only the balanced setting has it."""
_DATELINE = re.compile(r"[A-Z][A-Z .,'-]{2,40}(?:, [A-Z][\w .]{2,20})?(?: \([\w /]{2,20}\))? ?[–—-] ")
"""How a first paragraph begins in most newspapers: "KABUL, July 28 (Agency) — "."""
_BREAK = re.compile(r"</(?:p|div|li|h\d|blockquote)>|<br\s*/?>|\r?\n", re.IGNORECASE)
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]{0,500}>")


def extract(tree: HtmlElement, *, url: str | None, titles: Sequence[str], body: str | None) -> list[str]:
    """The paragraphs of the article; empty where there are none. `body`: JSON-LD's `articleBody`."""
    linked = _runs_of(link.text_content() for link in tree.iter("a"))
    balanced = _lines(tree, url, linked, precise=False)
    precise = _lines(tree, url, linked, precise=True)
    chosen = tidy(_agreed(balanced, precise), titles)
    told = tidy(body_lines(body), titles) if body else []
    return _held_against(chosen, told)


def body_lines(body: str) -> list[str]:
    """Paragraphs of a text that may hold markup, escaped or not."""
    text = unescape(body)
    if _MARKUP.search(text):
        text = unescape(_MARKUP.sub("", _BREAK.sub("\n", text)))
    return [line for line in (" ".join(part.split()) for part in re.split(r"[\r\n]+", text)) if line]


def all_text(tree: HtmlElement) -> str:
    """Every visible word of the page, for judging what kind of page it is."""
    return " ".join(trafilatura.html2txt(tree).split())


def _lines(tree: HtmlElement, url: str | None, linked: Runs, *, precise: bool) -> list[str]:
    text = trafilatura.extract(
        deepcopy(tree),  # trafilatura changes what it is given
        url=url,
        include_comments=False,
        include_formatting=False,
        favor_precision=precise,
    )
    lines = [line for line in (text or "").splitlines() if line.strip()]
    return [line for line in lines if not _is_table(line) and not _is_links(line, linked)]


def _is_links(line: str, linked: Runs) -> bool:
    """Whether it is nothing but links to other pages: their words, and no sentence."""
    return not (is_prose(line) and not line.startswith("- ")) and _held(line, linked, _LINKED)


def _is_table(line: str) -> bool:
    return line.count("|") > 2 and len(words(line)) < 10 * line.count("|")


def _agreed(balanced: list[str], precise: list[str]) -> list[str]:
    """Both texts in one: what only the balanced one has must be prose and stand within what both have."""
    if not precise or len(words(" ".join(precise))) < _PRECISE_SHARE * len(words(" ".join(balanced))):
        return balanced
    keys = {_key(line) for line in precise}
    runs = _runs(words(" ".join(precise)))
    shared = [_key(line) in keys or (len(words(line)) >= _LONG and _held(line, runs)) for line in balanced]
    if True not in shared:
        return precise
    first, last = shared.index(True), len(shared) - 1 - shared[::-1].index(True)
    opening = [line for line in balanced[:first] if _is_long_prose(line)]
    # One sentence above the text is its standfirst, which says it twice; more are a part that was lost.
    kept = opening if len(opening) > 1 or (opening and _DATELINE.match(opening[0])) else []
    kept += [
        line
        for place, line in enumerate(balanced[first : last + 1], first)
        if shared[place] or is_prose(line)
    ]
    return kept + [line for line in balanced[last + 1 :] if _is_long_prose(line)]


def _is_long_prose(line: str) -> bool:
    return not line.startswith("- ") and len(words(line)) >= _LONG and is_prose(line)


def _held_against(chosen: list[str], told: list[str]) -> list[str]:
    """The extracted paragraphs, held against the publisher's own text where it is whole."""
    told_words, chosen_words = words(" ".join(told)), words(" ".join(chosen))
    if len(told_words) < _ENOUGH_WORDS:
        return chosen
    common = (Counter(told_words) & Counter(chosen_words)).total()
    if common < _LOST * len(told_words):
        return told
    if len(told_words) < _LOST * common or _is_cut(told):
        return chosen  # a teaser: no witness against the rest of the text
    runs = _runs(told_words)
    held = [_held(line, runs) for line in chosen]
    first, last = held.index(True), len(held) - 1 - held[::-1].index(True)
    return [
        line for place, line in enumerate(chosen) if held[place] or (first < place < last and is_prose(line))
    ]


def _is_cut(lines: list[str]) -> bool:
    return bool(re.search(r"(?:…|\.\.\.|\[[^\]]*\])$|[\w,]$", lines[-1]))


def _key(line: str) -> str:
    return " ".join(words(line))


def _runs(tokens: list[str]) -> Runs:
    return set(zip(tokens, tokens[1:], tokens[2:], strict=False))


def _runs_of(texts: Iterable[str]) -> Runs:
    return {run for text in texts for run in _runs(words(text))}


def _held(line: str, runs: Runs, share: float = _FOUND) -> bool:
    own = _runs(words(line))
    return bool(own) and len(own & runs) >= share * len(own)
