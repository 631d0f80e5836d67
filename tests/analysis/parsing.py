"""What tests of the parse share: a tree of real text, and its tokens by their words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.tree import grow

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline
    from bot.analysis.tree import Tok, Tree


def tree(pipeline: Pipeline, text: str) -> Tree:
    """The parse of a text by the real model."""
    return grow(pipeline.nlp(text))


def word(pipeline: Pipeline, text: str, form: str) -> Tok:
    """The last token of a text that is written so."""
    return next(t for t in reversed(tree(pipeline, text).tokens) if t.text == form)
