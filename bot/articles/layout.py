"""Tables that lay out a page, as on old sites, turned into plain blocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_LAYOUT_TEXT = 500
"""Characters in one cell from which it holds an article and not a value; two paragraphs have that many."""
_PARTS = frozenset(("table", "tbody", "thead", "tfoot", "tr", "td", "th"))


def unfold_layout(tree: HtmlElement) -> None:
    """Make blocks of each table that has an article in one of its cells."""
    for cell in tree.xpath("//td[count(.//p) > 1 or count(.//br) > 3]"):
        if cell.tag != "td" or len(cell.text_content()) < _LAYOUT_TEXT:
            continue
        for table in list(cell.iterancestors("table")):
            _unfold(table)


def _unfold(table: HtmlElement) -> None:
    # A table within a cell is left as it is: it is judged by its own cells.
    parts = [part for part in table.iter(*_PARTS) if next(part.iterancestors("table"), None) is table]
    for part in (table, *parts):
        part.tag = "div"
