"""Whether an event is what was promised or its opposite: by dimension, by verb, by valence, by being
missing."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from bot.analysis.context import SURE_ACTOR
from bot.analysis.dimensions import related
from bot.analysis.lexicon import words
from bot.analysis.likeness import SYNONYM, similarity
from bot.analysis.relevance import (
    befalls_object,
    is_other_thing,
    is_quiet,
    names_object,
    own_topic,
    says_much,
    told_in_story,
)
from bot.analysis.themes import coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.analysis.context import Context, Frame
    from bot.analysis.held import Held

Vote: TypeAlias = tuple[int, float]
"""+1 for what was promised, -1 for its opposite; and how much it weighs."""

TOUCHING, QUIET, PLAIN, SAME_VERB, BROUGHT_ABOUT = 0.6, 0.5, 1.0, 1.2, 1.5
"""Weights of a vote: by a dimension that touches the promised one, by one that says little, by the promised
one, by the verb itself, by the thing's being brought about. Only their order matters, and that two do not
outvote a verb of the promise by chance."""
MANY, SURE_TOPIC = 8, 0.6
"""A promise on so many dimensions is of a vague verb ("reduce"): one shared dimension counts only with so
much topic. Set on the development scenarios."""
RELATED_TOPIC = 0.35
"""Topic from which a touching dimension has a say. Set on the development scenarios."""
QUIET_TOPIC = 0.5
"""Topic from which a dimension has a say that says little by itself. Set on the development scenarios."""
VALENCE_TOPIC = 0.36
"""Share of the claim's things that an act must concern before furthering or hindering alone decides. Set on
the development scenarios."""
VALENCE_ACTOR = 0.85
"""Actor match from which furthering or hindering alone decides. Set on the development scenarios."""

BROUGHT_TOPIC, BROUGHT_THING = 0.5, 0.8
"""Topic, and share of the claim's things in the event's own words, from which bringing a thing about breaks a
promise that it would not be. Set on the development scenarios."""
OVERDUE_TOPIC, OVERDUE_ACTOR = 0.45, 0.7
"""Topic and actor match from which anything that is missing after the deadline is what was promised. Set on
the development scenarios, as are the next three."""
NEVER_TOPIC = 0.5
"""Topic from which "has not" says that it never came, without a deadline."""
FAILED_TOPIC, FAILED_ACTOR = 0.5, 0.8
"""Topic and actor match from which failing is failing in what was promised."""
ABSENT_STORY = 0.6
"""Share of the claim's words in the whole article from which a thing that is not there is the promised one. A
choice: more than half."""
PERSISTS_ACTOR = 0.75
"""Actor match from which what was to end and is there still is the actor's."""


def clash(held: Held) -> tuple[int, str]:
    """(-1 where the event is the opposite of what was promised, +1 where it is that, 0 where neither; by
    what).

    By what: `verb`, `sense`, `touch`, `missing` or `valence`; for 0 it says nothing.
    """
    sign, how = _by_kind(held.event, held.ctx, held.about)
    if sign or not held.asserted:
        return sign, how
    if _is_overdue(held) or _has_failed(held) or _persists(held) or _is_absent(held):
        return -1, "missing"
    return _by_valence(held), "valence"


def sides(senses: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    """Dimension → the sides that a promise is on."""
    found: dict[str, set[int]] = {}
    for dimension, side in senses:
        found.setdefault(dimension, set()).add(side)
    return found


def _by_kind(event: Frame, ctx: Context, about: float) -> tuple[int, str]:
    mine = sides(ctx.claim["s"])
    votes = [*_by_dimensions(event, ctx, about, mine), *_by_verb(event, ctx), *_by_thing(event, ctx)]
    if _is_brought_about(event, ctx, about):
        votes.append((-1, BROUGHT_ABOUT))
    total = sum(sign * weight for sign, weight in votes)
    vague = len(votes) == 1 and votes[0][1] <= PLAIN and len(mine) >= MANY and about < SURE_TOPIC
    if not total or vague:
        return 0, ""
    return (1 if total > 0 else -1), _by_what(votes)


def _by_what(votes: Sequence[Vote]) -> str:
    """What decided: the promised verb, its dimension, or one that only touches it."""
    strongest = max(weight for _, weight in votes)
    return "verb" if strongest > PLAIN else "touch" if strongest == TOUCHING else "sense"


def _by_dimensions(event: Frame, ctx: Context, about: float, mine: dict[str, set[int]]) -> Iterator[Vote]:
    near = sides((other, side * turn) for own, side in ctx.claim["s"] for other, turn in related(own))
    for dimension, side in event["s"]:
        quiet = is_quiet(dimension)
        own, touching = mine.get(dimension), near.get(dimension)
        if own is None and touching and len(touching) == 1 and about >= RELATED_TOPIC:
            yield (1 if side in touching else -1), TOUCHING
        if own and len(own) == 1 and (not quiet or about >= QUIET_TOPIC):
            yield (1 if side in own else -1), (QUIET if quiet else PLAIN)


def _by_verb(event: Frame, ctx: Context) -> Iterator[Vote]:
    for verb, side in ctx.claim["v"]:
        if verb == event["v"] and says_much(verb):
            yield side * (-1 if event["neg"] else 1), SAME_VERB


def _by_thing(event: Frame, ctx: Context) -> Iterator[Vote]:
    """A thing that was (not) to be, told by its verb: "no power cuts" and "cut off power"."""
    verb = event["v"]
    if not ctx.claim["exists"] or event["noun"] or verb not in ctx.claim["obj"] or not says_much(verb):
        return
    parts = {part for whole in ctx.claim["obj"] if " " in whole for part in whole.split() if part != verb}
    if not parts or parts & event["t"].keys():
        yield (-1 if ctx.claim["refrain"] != event["neg"] else 1), PLAIN


def _is_brought_about(event: Frame, ctx: Context, about: float) -> bool:
    """Whether the event brings about a thing that was not to be: "no carbon tax" and "introduce a carbon
    tax"."""
    if not (ctx.claim["exists"] and ctx.claim["refrain"]) or event["neg"] or about < BROUGHT_TOPIC:
        return False
    brings = event["p"] in words("reversal", "bringing", "verbs")
    return brings and coverage(ctx.claim["t"], event["t"]) >= BROUGHT_THING


def _is_overdue(held: Held) -> bool:
    """Whether something about the promise is still missing after its deadline, or never came, whatever the
    verb."""
    event, ctx = held.event, held.ctx
    if ctx.claim["refrain"] or ctx.running or not (event["neg"] or event["still"]):
        return False
    if ctx.claim["exists"] and event["p"] in ("be", "have"):
        return False  # that is asked more narrowly: `_is_absent`
    if ctx.overdue:
        own = own_topic(event, ctx) > 0
        return own and held.about >= OVERDUE_TOPIC and held.actor >= OVERDUE_ACTOR
    never = event["neg"] and event["perfect"]
    sure = never and held.about >= NEVER_TOPIC and held.actor >= SURE_ACTOR
    return bool(sure and names_object(event, ctx))


def _is_absent(held: Held) -> bool:
    """Whether a thing that was to be is said not to be: "there is no doctor"."""
    event, ctx = held.event, held.ctx
    if ctx.claim["refrain"] or not ctx.claim["exists"] or ctx.running:
        return False
    lacks = event["p"] in words("valence", "absent", "verbs")
    if not lacks and not (event["neg"] and event["p"] in ("be", "have")):
        return False
    # Such a sentence is short: which doctor there is not, the story says.
    sure = held.actor >= PERSISTS_ACTOR and told_in_story(held.report, ctx) >= ABSENT_STORY
    said = (*event["t"], *event["c"])
    return sure and any(similarity(mine, word) >= SYNONYM for mine in ctx.claim["obj"] for word in said)


def _has_failed(held: Held) -> bool:
    """Whether the actor is said to have failed in the matter, whatever the verb."""
    ctx = held.ctx
    if not held.event.get("failed") or ctx.claim["refrain"] or ctx.running:
        return False
    return held.about >= FAILED_TOPIC and held.actor >= FAILED_ACTOR


def _persists(held: Held) -> bool:
    """Whether what was to end is said to be there still."""
    event, ctx = held.event, held.ctx
    ending = ctx.claim["val"] < 0 and not ctx.claim["refrain"]
    if not ending or ctx.running or not event["still"] or event["neg"]:
        return False
    return held.actor >= PERSISTS_ACTOR and names_object(event, ctx)


def _by_valence(held: Held) -> int:
    """-1 where an act hinders what was promised, or furthers what was to end or to be left; whatever the
    verbs."""
    event, ctx = held.event, held.ctx
    if event["val"] * ctx.claim["val"] >= 0 or held.actor < VALENCE_ACTOR:
        return 0
    act = ctx.claim["p"]
    brings = ctx.claim["exists"] or act in words("reversal", "bringing", "verbs") or not says_much(act)
    if ctx.claim["refrain"] and not brings:
        return 0  # not to sell a station is no promise against stations
    if own_topic(event, ctx) < VALENCE_TOPIC or not befalls_object(event, ctx) or is_other_thing(event, ctx):
        return 0
    return -1
