"""Which words of a report and of a promise clashed, as spans to print in bold."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.analysis.context import Proposal
    from bot.models import Commitment, Report

Span = tuple[int, int]
_ON_DEADLINE = frozenset({"deadline", "moved"})
"""The rules in which the day clashes."""
_ON_FIGURE = frozenset({"number"})
"""The rules in which the figure clashes, not the verb."""


def of_report(proposal: Proposal, report: Report) -> tuple[Span, ...]:
    """The event's verb or noun, and the figures: offsets into the report's quote."""
    spans = [proposal.event["h"]] if proposal.event and "h" in proposal.event else []
    spans += [(q["start"], q["end"]) for q in proposal.figures]
    inside = ((a, b) for a, b in spans if report.start <= a < b <= report.end)
    return tuple((a - report.start, b - report.start) for a, b in inside)


def of_claim(proposal: Proposal, commitment: Commitment) -> tuple[Span, ...]:
    """The words of the promise that both share, and the promised verb, figure or day: offsets into its quote,
    in order, touching ones as one."""
    placed = commitment.frame.get("w", ())
    wanted = {*proposal.words} if proposal.rule in _ON_FIGURE else {*proposal.words, ""}
    spans = [(start, end) for word, start, end in placed if word in wanted]
    if proposal.rule in _ON_FIGURE:
        spans += [(q["start"], q["end"]) for q in commitment.frame.get("n", ())]
    base = commitment.start
    quote = commitment.quote
    inside = [(a - base, b - base) for a, b in spans if base <= a < b <= base + len(quote)]
    if proposal.rule in _ON_DEADLINE and commitment.deadline:
        at = quote.find(commitment.deadline)
        inside += [(at, at + len(commitment.deadline))] if at >= 0 else []
    return joined(inside, quote)


def joined(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans in order, those that overlap or have only blanks between them as one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if out and not text[out[-1][1] : start].strip():
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return tuple(out)
