"""A store of its own for each test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.store import Store
from tests.storage.making import url_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the test's database is."""
    return tmp_path / "pledgewatch.db"


@pytest.fixture
async def store(path: Path) -> AsyncIterator[Store]:
    """An empty store, open."""
    async with Store(url_of(path)) as opened:
        yield opened
