"""Quotes are verbatim, whatever the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

if TYPE_CHECKING:
    from bot.analysis.pipeline import Pipeline

PIECES = st.sampled_from(
    [
        *(
            "Nokia promised to close the plant by 2030",
            "it said",
            '"We will pay',
            "never",
            "the group",
            "would",
        ),
        *("“", "”", '"', ".", ",", "\n", " ", "’s", "'", '6"', "(", ";", "é", "🙂", "\u200b"),
        *(
            "will",
            "and to",
            "The US",
            "agreed",
            "to",
            "May",
            "no longer",
            "if",
            "told them",
            "a promise that",
        ),
        *("both sides", "which", "is to", "under the deal"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(PIECES, max_size=25).map(" ".join) | st.text(max_size=60))
def test_quotes_are_verbatim(pipeline: Pipeline, text: str) -> None:
    """Any text is analysed without an exception, and every offset cuts out its quote."""
    made = pipeline.analyse(text, title=text[:40])
    assert all(text[c.start : c.end] == c.quote for c in made.commitments)
    assert all(text[r.start : r.end] == r.quote for r in made.reports)


def test_many_sentences_keep_their_offsets(pipeline: Pipeline) -> None:
    """Paragraphs, blank lines and tabs before a promise do not move its offsets."""
    text = "\n\n\tRain fell.\n\n  Nokia promised to close the plant.\r\nIt will sell the site, it said.\n"
    made = pipeline.analyse(text).commitments
    assert [text[c.start : c.end] for c in made] == ["promised to close the plant", "will sell the site"]
