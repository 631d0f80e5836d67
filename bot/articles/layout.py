"""Old markup made plain before it is read: tables that lay out a page, text that stands beside paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LAYOUT_TEXT = 500
"""Characters in one cell from which it holds an article and not a value; two paragraphs have that many."""
_LOOSE_TEXT = 80
"""Characters of text beside paragraphs from which it is a paragraph itself and not a label or a date."""
_PARTS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th"))
_INLINE = frozenset(
    ("a", "abbr", "b", "cite", "em", "font", "i", "q", "small", "span", "strong", "sub", "sup", "u")
)
_HOLDERS = frozenset(("article", "body", "center", "div", "font", "main", "section", "span", "td"))


def make_plain(tree: HtmlElement) -> None:
    """Change the tree so that its paragraphs are found."""
    _unfold_layout(tree)
    for holder in list(tree.iter(*_HOLDERS)):
        if any(child.tag == "p" for child in holder):
            _wrap_loose(holder)


def _unfold_layout(tree: HtmlElement) -> None:
    """Make blocks of each table that has an article in one of its cells."""
    for cell in tree.xpath("//td[count(.//p) > 1 or count(.//br) > 3]"):
        if cell.tag != "td" or len(cell.text_content()) < _LAYOUT_TEXT:
            continue
        for table in list(cell.iterancestors("table")):
            # A table within a cell is left as it is: it is judged by its own cells.
            parts = [part for part in table.iter(*_PARTS) if next(part.iterancestors("table"), None) is table]
            for part in (table, *parts):
                part.tag = "div"


def _wrap_loose(holder: HtmlElement) -> None:
    """Put each long run of text and inline elements between the holder's blocks into a paragraph."""
    children = list(holder)
    run: list[HtmlElement] = []
    text, before = holder.text or "", None  # what the run begins with, and the block that it follows
    for child in [*children, None]:
        if (
            child is not None
            and child.tag in _INLINE
            and not any(part.tag == "p" for part in child.iter("p"))
        ):
            run.append(child)
            continue
        length = len(text) + sum(len(each.text_content()) + len(each.tail or "") for each in run)
        if length >= _LOOSE_TEXT:
            _wrap(holder, before, text, run)
        run, before, text = [], child, (child.tail or "") if child is not None else ""


def _wrap(holder: HtmlElement, before: HtmlElement | None, text: str, run: list[HtmlElement]) -> None:
    paragraph = html.Element("p")
    paragraph.text = text
    if before is None:
        holder.text = None
        holder.insert(0, paragraph)
    else:
        before.tail = None
        before.addnext(paragraph)
    paragraph.extend(run)
