"""The real model, loaded once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.analysis.pipeline import load

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The pipeline with the model that is installed."""
    return load()
