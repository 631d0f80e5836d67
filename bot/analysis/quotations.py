"""Where quotations begin and end, and which sentences may name their speaker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Sent, Tree

_MARK = re.compile(r"[\"“”„«»]")
_BACK = 2
"""Sentences of the same paragraph before a quotation that may name its speaker."""
_TOUCHING = 3
"""Characters between the end of a quotation and what follows it at once."""


def near(tree: Tree, quote: tuple[int, int]) -> list[Sent]:
    """The sentences that may name the speaker of a quotation: its own, the next, those before."""
    own = [s for s in tree.sents if s.end > quote[0] and s.start < quote[1]]
    if not own:
        return []
    first, last = own[0], own[-1]
    found = list(own)
    if last.index + 1 < len(tree.sents) and quote[1] < last.end + _TOUCHING:
        after = tree.sents[last.index + 1]
        if after.start - quote[1] < _TOUCHING and after.root.lemma in words("commissives", "speech", "verbs"):
            found.append(after)
    before = [tree.sents[first.index - back] for back in range(1, _BACK + 1) if first.index >= back]
    return found + [s for s in before if s.paragraph == first.paragraph]


def quotations(tree: Tree) -> list[tuple[int, int]]:
    """Stretches of text between quotation marks; one left open ends with its paragraph."""
    found: list[tuple[int, int]] = []
    offset = 0
    for paragraph in tree.text.split("\n"):
        opened = -1
        for m in _MARK.finditer(paragraph):
            mark, at = m.group(), offset + m.start()
            if opened < 0:
                if mark not in "”»" and not _inch(paragraph, m.start()):
                    opened = at + 1
            elif mark not in "“„«":
                found.append((opened, at))
                opened = -1
        if opened >= 0:
            found.append((opened, offset + len(paragraph)))
        offset += len(paragraph) + 1
    return found


def _inch(text: str, at: int) -> bool:
    """Whether a straight mark follows a figure (6")."""
    return (
        text[at] == '"'
        and at > 0
        and text[at - 1].isdigit()
        and (at + 1 >= len(text) or text[at + 1] in " ,.")
    )
