"""A reported figure that breaks a promised one, or meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.figures import clash
from bot.analysis.lexicon import words
from bot.analysis.relevance import is_of_one_kind, names_object

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.analysis.context import Proposal
    from bot.analysis.held import Held

NUMBER_TOPIC, UNIT_TOPIC = 0.5, 0.35
"""Topic from which two figures are taken to be of one thing; less where both are in a rare unit (kilograms)
or of the promised thing. Set on the development scenarios."""
SENTENCE_TOPIC = 0.6
"""Topic from which a figure of the sentence is the event's, though it stands in another clause. Set on the
development scenarios."""
NUMBER_ACTOR = 0.75
"""Actor match from which a figure is held against a promised one: of those below, on the development
scenarios more were false than right."""


def from_figures(held: Held) -> Iterator[Proposal]:
    """What the figures of an event say of the claim's; to be asked where the actor match is NUMBER_ACTOR or
    more."""
    event, report, ctx = held.event, held.report, held.ctx
    promised = ctx.claim["n"]
    if event["mood"] == "unreal" or event["neg"] or not _is_of_one_thing(held):
        return
    rate = any(q.get("role") == "rate" for q in promised)
    if rate and not is_of_one_kind(event, ctx):
        return  # so much a year is told by what is done in a year, not by what there is
    if report["short"] and promised and not ctx.running and not ctx.claim["refrain"]:
        yield held.against("number")
    nearby = report["n"] if event["t"] and held.about >= SENTENCE_TOPIC else []
    # Short of a goal without a deadline is progress, unless the report says that it is all.
    progress = ctx.running or not (ctx.overdue or report["least"])
    found = clash(promised, event["n"] or nearby, ctx.claim, progress=progress)
    if found is None:
        return
    if found.broken:
        yield held.against("number", figures=found.rows)
    elif found.met and held.asserted:
        yield held.in_favour("fulfilled", figures=found.rows)


def _is_of_one_thing(held: Held) -> bool:
    """Whether the figures of event and promise are of one thing, by topic, unit or object."""
    event, ctx = held.event, held.ctx
    if held.about >= NUMBER_TOPIC:
        return True
    units = {q["unit"] for q in ctx.claim["n"]} & {q["unit"] for q in event["n"]}
    alike = units - words("quantities", "common") or names_object(event, ctx)
    return bool(alike) and held.about >= UNIT_TOPIC
