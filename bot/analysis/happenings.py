"""From an event that clashes with a claim, or is what was promised, to the rule that says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.clashes import SURE_TOPIC, clash
from bot.analysis.context import SURE_ACTOR
from bot.analysis.figures import clash as clash_of_figures
from bot.analysis.figures import part_done
from bot.analysis.relevance import befalls_object, names_object, own_topic, says_much

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.analysis.context import Context, Frame, Proposal
    from bot.analysis.figures import Clash
    from bot.analysis.held import Held

TOPIC, TOPIC_HANDS, TOPIC_LOOSE = 0.33, 0.4, 0.55
"""Topic from which a report bears on a claim: where the actor itself acts, where it may, where nobody is said
to. Set on the development scenarios."""
MAYBE_ACTOR = 0.75
"""Actor match from which the actor may be who acts. Set on the development scenarios."""
OWN_TOPIC = 0.35
"""Share of the claim's words that the event's own clause must name where the promise is done to nothing. Of
0.35 and 0.4 the one that cost no further development alert."""
DONE_TOPIC = 0.4
"""Topic from which an event is taken for the promised one. Set on the development scenarios."""
NOUN_TOPIC = 0.5
"""Share of the claim's things that an event noun must concern where the actor is not named. Set on the
development scenarios."""
DEADLINE_EXTRA = 0.04
"""What "still not, and the day is past" is surer of than a rule by itself. Set on the development
scenarios."""
HINDERED_EXTRA = 0.2
"""What is added to the topic where the thing itself is named and hindered. Set on the development
scenarios."""
_NAMED, _NAMED_LOOSE, _UNNAMED = 0.4, 0.5, 0.75
"""Topic from which an event of nobody in particular is about the promised thing: its object named and the
actor beside (`_BESIDE`), its object named, only words of the topic named. Set on the development
scenarios."""
_BESIDE, _LEAST_ACTOR, _LEAST_UNNAMED = 0.85, 0.6, 0.75


def from_event(held: Held) -> Iterator[Proposal]:
    """What an event says of a claim by being what was promised or its opposite: at most one proposal."""
    sign, how = clash(held)
    if not sign or not _bears(held, sign, how):
        return
    event, ctx = held.event, held.ctx
    refrain = ctx.claim["refrain"]
    if sign > 0:
        if not _is_off_it(held, how) and held.asserted and held.about >= DONE_TOPIC:
            yield from _done(held)
        return
    if event["mood"] == "future":
        sure = held.actor >= SURE_ACTOR or (held.actor >= _BESIDE and names_object(event, ctx))
        if sure and not _is_doubtful(held, how):
            yield held.against("reversal")
        return
    if not refrain and (event["neg"] or event["still"]):
        if ctx.running:
            return
        if ctx.overdue:
            yield held.against("deadline", extra=DEADLINE_EXTRA)
            return
    if _is_doubtful(held, how) or _meets_the_figure(held):
        return
    if how == "valence":
        yield held.against("hindered", about=held.about + HINDERED_EXTRA)
    elif event["neg"]:
        yield held.against("negation")
    else:
        yield held.against("forbidden" if refrain else "opposite")


def _done(held: Held) -> Iterator[Proposal]:
    """The promised act was done; or only a part of it, which breaks the promise where no more is to come."""
    event, report, ctx = held.event, held.report, held.ctx
    part = None if ctx.claim["refrain"] else part_done(event["n"])
    if part is None:
        figures = _figures(held)
        if figures is None or not figures.broken:
            yield held.in_favour("fulfilled")
        return
    no_more = ctx.overdue or event["still"] or report["still"] or report["least"]
    if no_more and not (ctx.running or ctx.claim["cond"]):
        yield held.against("number", figures=(part,))


def _figures(held: Held) -> Clash | None:
    """How the event's figures stand to the promised ones, as if there were no more time."""
    return clash_of_figures(held.ctx.claim["n"], held.event["n"], held.ctx.claim, progress=False)


def is_step_of_act(event: Frame, report: Frame, ctx: Context) -> bool:
    """Whether the event is rather a step of the promised act itself: "passed the bill repealing the tax"."""
    said = {*event["t"], *report["t"], event["v"]}
    own = (
        verb for verb, side in ctx.claim["v"] if side > 0 and says_much(verb) and verb not in ctx.claim["t"]
    )
    return any(verb in said for verb in own)


def _bears(held: Held, sign: int, how: str) -> bool:
    """Whether the event is real, and enough about what was promised, to say anything of the claim."""
    event, ctx = held.event, held.ctx
    refrain = ctx.claim["refrain"]
    if event["by"] == "force":
        return False  # somebody nameless acts by himself; only his figures count
    if event["mood"] == "unreal" or event["doubt"] or (event["before"] and sign < 0):
        return False
    if ctx.made is not None and event["years"] and max(event["years"]) < ctx.made.year:
        return False  # it was so before anything was promised
    if refrain and event["neg"] and sign < 0 and how != "verb":
        return False
    if event["noun"] and held.actor < SURE_ACTOR and ctx.claim["t"] and own_topic(event, ctx) < NOUN_TOPIC:
        return False
    if ctx.claim["t"].keys() - dict(ctx.claim["v"]).keys() and not held.names_any:
        return False  # of that kind, but of nothing that was promised
    floor = TOPIC if held.actor >= SURE_ACTOR else TOPIC_HANDS if held.actor >= MAYBE_ACTOR else TOPIC_LOOSE
    return held.about >= floor


def _is_doubtful(held: Held, how: str) -> bool:
    """Whether a clash is rather of something else: nobody's doing, a step of the promise itself, another
    thing."""
    event = held.event
    if held.actor < SURE_ACTOR and not _names_the_thing(held):
        return True
    if how == "verb":
        return not event["neg"] and _befalls_another(held)
    if how == "missing":
        return False
    if not event["neg"] and is_step_of_act(event, held.report, held.ctx):
        return True
    return how != "valence" and _is_of_another_thing(held, touching=how == "touch")


def _is_off_it(held: Held, how: str) -> bool:
    """Whether what seems to be the promised act is done to something else."""
    if how == "verb":
        return _befalls_another(held)
    return _is_of_another_thing(held, touching=how == "touch")


def _befalls_another(held: Held) -> bool:
    """Whether the promised verb befalls something else: "dismissed a complaint" is no layoff."""
    event, ctx = held.event, held.ctx
    has_object = not event["noun"] and len(event["of"]) > 1
    return bool(has_object and ctx.claim["obj"]) and not befalls_object(event, ctx)


def _is_of_another_thing(held: Held, *, touching: bool) -> bool:
    """Whether an event of the promised kind, or of one that touches it, is of another thing than promised."""
    event, ctx = held.event, held.ctx
    named = names_object(event, ctx)
    if named or not ctx.claim["t"]:
        return touching and not named
    if touching:
        return True
    if not ctx.claim["obj"]:
        things = ctx.claim["t"].keys() - dict(ctx.claim["v"]).keys()
        return bool(things) and own_topic(event, ctx) < OWN_TOPIC
    return not ((ctx.claim["acts"] or held.about >= SURE_TOPIC) and befalls_object(event, ctx))


def _meets_the_figure(held: Held) -> bool:
    """Whether the event keeps to the promised figure, whatever its verb: "stayed below its ceiling of 90"."""
    figures = None if held.event["neg"] else _figures(held)
    return figures is not None and figures.met


def _names_the_thing(held: Held) -> bool:
    """Whether an event that is nobody's in particular is surely about the promised thing: it names its
    object, and most of the topic."""
    ctx = held.ctx
    if not ctx.claim["t"] or held.actor < _LEAST_ACTOR:
        return False
    if held.actor < _LEAST_UNNAMED and not own_topic(held.event, ctx):
        return False  # of that kind, in a sentence that names others, and no word of the promise
    if names_object(held.event, ctx) or not ctx.claim["obj"]:
        return held.about >= (_NAMED if held.actor >= _BESIDE else _NAMED_LOOSE)
    return held.about >= _UNNAMED and held.actor >= _LEAST_UNNAMED
