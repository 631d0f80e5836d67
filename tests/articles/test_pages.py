"""The page set: what kind each page is, its title, date and text."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.articles.page import read

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = json.loads((PAGES / "expected.json").read_text("utf-8"))


def test_every_page_is_expected() -> None:
    """Each file of the set has its line in the table."""
    assert {path.name for path in PAGES.iterdir()} - {"expected.json"} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_page(name: str) -> None:
    """The page is what the table says."""
    want = EXPECTED[name]
    got = read((PAGES / name).read_bytes(), content_type=want["content_type"], url=want["url"])
    assert got.kind == want["kind"], got
    if want["title"] is not None:
        assert got.title == want["title"]
    if want["date"] or want.get("undated"):
        assert got.published == (date.fromisoformat(want["date"]) if want["date"] else None)
    for key in ("author", "site", "language"):
        if key in want:
            assert getattr(got, key) == want[key]
    assert got.url == want.get("canonical", want["url"])
    for part in want.get("contains", ()):
        assert part in got.text
    for part in want.get("lacks", ()):
        assert part not in got.text
    if want["kind"] not in ("article", "live"):
        assert got.note
