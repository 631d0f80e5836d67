"""The typed rules, in order: how a reported event can clash with a promise, or fulfil it.

- `negation`, `opposite`, `forbidden`, `hindered`, `deadline`, `reversal`, `fulfilled`: an event
(`happenings.py`) - `broken`, `kept`, `reversal`: a word on the promise itself (`kept_broken.py`) -
`reversal`, `number`, `moved`: a new undertaking (`undertakings.py`) - `deadline`: "still" or "not yet" after
the day (here) - `number`, `fulfilled`: a figure (`reckoning.py`)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.acting import actor_match, meet
from bot.analysis.context import SURE_ACTOR, Context, Frame, Proposal, score_of
from bot.analysis.happenings import from_event
from bot.analysis.held import Held
from bot.analysis.kept_broken import from_word, is_on_word
from bot.analysis.reckoning import NUMBER_ACTOR, from_figures
from bot.analysis.relevance import MAX_WORDS, topic
from bot.analysis.themes import coverage, shared
from bot.analysis.undertakings import from_commitments
from bot.models import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Context", "Frame", "Proposal", "actor_match", "proposals", "topic"]

STILL_TOPIC = 0.6
"""Topic from which "still" or "not yet" after the deadline is said of what was promised. Set on the
development scenarios."""


def proposals(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """All that the rules have to say of a report and a claim, in no order of score."""
    if set(ctx.claim["scope"]) & set(report["over"]) or ctx.out_of_force:
        return
    events = [(event, actor_match(event, report, ctx)) for event in report["events"]]
    for event, actor in events:
        if actor > 0:
            held = _held(event, report, ctx, actor, story=actor >= SURE_ACTOR)
            if not is_on_word(event):
                yield from from_event(held)
            yield from from_word(held)
    yield from from_commitments(report, ctx)
    yield from _still_missing(report, ctx)
    if ctx.claim["n"] or ctx.claim["all"]:
        for event, actor in events:
            if actor >= NUMBER_ACTOR:
                yield from from_figures(_held(event, report, ctx, actor, story=True))


def _held(event: Frame, report: Frame, ctx: Context, actor: float, *, story: bool) -> Held:
    return Held(event, report, ctx, actor, topic(event, report, ctx, story=story))


def _still_missing(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """ "Still", "not yet" of the promised thing after the deadline, whatever the grammar."""
    claim = ctx.claim
    if not ctx.overdue or claim["refrain"] or not report["still"]:
        return
    about = coverage(claim["t"], report["t"] | dict.fromkeys(report["c"], 1.0), claim["alt"])
    if about >= STILL_TOPIC and meet(ctx.own, (*report["keys"], *report["doc"])):
        met = tuple(shared(claim["t"], report["t"])[:MAX_WORDS])
        score = score_of("deadline", SURE_ACTOR, about)
        yield Proposal(Relation.CONTRADICTS, "deadline", score, words=met)
