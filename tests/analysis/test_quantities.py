"""Figures: values, units, bounds, changes, shares; and how they are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.analysis import figures, quantities
from tests.analysis.parsing import tree, word

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline


def found(pipeline: Pipeline, text: str) -> list[quantities.Quantity]:
    """The figures of a text, each where it says."""
    parsed = tree(pipeline, text)
    rows = quantities.find(parsed.tokens, text)
    assert all(0 <= q.start < q.end <= len(text) for q in rows)
    return rows


@pytest.mark.parametrize(
    ("text", "value", "unit", "bound"),
    [
        ("They freed 1,987 prisoners.", 1987.0, "prisoner", "exact"),
        ("They freed at least twelve prisoners.", 12.0, "prisoner", "least"),
        ("They freed no more than 30 prisoners.", 30.0, "prisoner", "most"),
        ("They freed fewer than 30 prisoners.", 30.0, "prisoner", "most"),
        ("They paid $2.5 billion to farmers.", 2.5e9, "dollar", "exact"),
        ("They paid 40 million euros to farmers.", 40e6, "euro", "exact"),
        ("Output fell to 12 percent.", 12.0, "percent", "exact"),
        ("They planted a million trees.", 1e6, "tree", "exact"),
    ],
)
def test_value_unit_and_bound(pipeline: Pipeline, text: str, value: float, unit: str, bound: str) -> None:
    """Digits, words, scales and currencies; what is counted; whether it is the least or the most."""
    assert [(q.value, q.unit, q.bound) for q in found(pipeline, text)] == [(value, unit, bound)]


@pytest.mark.parametrize("text", ["They left in 2019.", "They waited for 14 days.", "They left it at that."])
def test_dates_are_no_figures(pipeline: Pipeline, text: str) -> None:
    """Years and spans of time are not what a promise counts."""
    assert found(pipeline, text) == []


def test_shares(pipeline: Pipeline) -> None:
    """ "Half of" is a percentage; a part of a whole is one too, besides itself."""
    assert [(q.value, q.unit) for q in found(pipeline, "They freed half of the prisoners.")] == [
        (50.0, "percent")
    ]
    rows = {(q.value, q.unit) for q in found(pipeline, "They freed 12 of the 48 prisoners.")}
    assert (25.0, "percent") in rows
    assert (12.0, "prisoner") in rows


def test_changes(pipeline: Pipeline) -> None:
    """ "By 40 percent" is a change; to double is one of a hundred percent."""
    assert [q.by for q in found(pipeline, "Output fell by 40 percent.")] == [True]
    doubled = quantities.times_over(word(pipeline, "They will double output.", "double"))
    assert doubled is not None
    assert (doubled.value, doubled.unit, doubled.by) == (100.0, "percent", True)
    assert quantities.times_over(word(pipeline, "They will raise output.", "raise")) is None


def row(value: float, unit: str = "tree", bound: str = "exact") -> dict[str, Any]:
    """A figure as the frames hold it."""
    return quantities.Quantity(value, unit, bound, 0, 1).as_row()


def claim(**changed: object) -> dict[str, Any]:
    """The part of a promise's frame that figures are compared by."""
    return {"refrain": False, "all": False, "p": "plant", "to_level": False} | changed


@pytest.mark.parametrize(
    ("promised", "reported", "frame", "outcome"),
    [
        (row(100), row(20), claim(), "broken"),
        (row(100), row(98), claim(), "met"),
        (row(100), row(140), claim(), "met"),
        (row(100, bound="most"), row(140), claim(), "broken"),
        (row(100, bound="most"), row(40), claim(), "met"),
        (row(100), row(140), claim(refrain=True), "broken"),
        (row(100), row(140), claim(p="cut", to_level=True), "broken"),
        (row(100), row(40, "percent"), claim(), "broken"),
        (row(100), row(40, "dollar"), claim(), None),
        (row(100, ""), row(40), claim(), None),
    ],
)
def test_comparing(
    promised: dict[str, Any], reported: dict[str, Any], frame: dict[str, Any], outcome: str | None
) -> None:
    """Short of what was promised or above a ceiling is broken; the same within rounding is met."""
    clash = figures.clash([promised], [reported], frame, progress=False)
    assert (None if clash is None else "broken" if clash.broken else "met") == outcome


def test_progress_is_no_breach() -> None:
    """With time left, short of a goal breaks nothing; above a ceiling does."""
    assert figures.clash([row(100)], [row(20)], claim(), progress=True) is None
    above = figures.clash([row(100, bound="most")], [row(140)], claim(), progress=True)
    assert above is not None
    assert above.broken


def test_all_is_a_hundred_percent() -> None:
    """A promise of all is broken by a part."""
    half = figures.clash([], [row(50, "percent")], claim(all=True), progress=False)
    assert half is not None
    assert half.broken
    assert figures.clash([], [row(50, "percent")], claim(), progress=False) is None
