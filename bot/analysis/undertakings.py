"""A new undertaking of the same actor that is the opposite of the old one, or says another figure or day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bot.analysis.clashes import PLAIN, sides
from bot.analysis.context import Proposal, score_of
from bot.analysis.figures import clash
from bot.analysis.places import differ
from bot.analysis.relevance import MAX_WORDS, is_quiet, says_much
from bot.analysis.themes import VERB, coverage, shared
from bot.models import Relation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.analysis.context import Context, Frame

OPPOSED_TOPIC = 0.4
"""Topic from which two undertakings are of one matter where the one is the opposite of the other. Set on the
development scenarios, as are the next three."""
OPPOSED_TOPIC_BACK = 0.25
"""Share of the new one's words in the old one that is asked for as well."""
SAME_TOPIC, SAME_TOPIC_BACK = 0.55, 0.4
"""Share of the old one's words in the new one, and of the new one's in the old one, from which they are one
undertaking with another figure or day."""
QUIET_TOPIC = 0.55
"""Topic from which a dimension has a say that says little by itself."""
EXISTS_TOPIC = 0.9
"""Topic from which undertaking a thing is the opposite of undertaking that it would not be."""
_NO_WORDS = 0.5
"""Topic of an undertaking without words of its own ("resign")."""
_SAME_VERB = 1.5
"""Weight of the verb itself against PLAIN, that of a dimension."""
MOVED_DAYS = 20
"""Days from which a deadline has been moved: "by March" and "by 31 March" are one."""


def from_commitments(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """What the commitments told in the sentence say of the claim."""
    if ctx.same_article:
        return
    for new in report["commits"]:
        if not set(new["keys"]) & set(ctx.keys) or _is_elsewhere(new, ctx.claim):
            continue
        about = _share(ctx.claim, new)
        sign = _sign(new, ctx, about)
        if sign < 0:
            if about >= OPPOSED_TOPIC and _share(new, ctx.claim) >= OPPOSED_TOPIC_BACK:
                yield _proposal("reversal", new, ctx, about)
        elif about >= SAME_TOPIC and _share(new, ctx.claim) >= SAME_TOPIC_BACK:
            yield from _changed(new, ctx, about)


def _is_elsewhere(new: Frame, claim: Frame) -> bool:
    return differ(claim.get("in", {}), new.get("in", {}), new["t"])


def _changed(new: Frame, ctx: Context, about: float) -> Iterator[Proposal]:
    figures = clash(ctx.claim["n"], new["n"], ctx.claim, progress=False)
    due = date.fromisoformat(new["due"]) if new.get("due") else None
    if figures is not None and figures.broken:
        yield _proposal("number", new, ctx, about, figures=figures.rows)
    elif ctx.due and due and (due - ctx.due).days > MOVED_DAYS:
        yield _proposal("moved", new, ctx, about, details={"due": new["due"]})


def _proposal(
    rule: str,
    new: Frame,
    ctx: Context,
    about: float,
    figures: tuple[Frame, ...] = (),
    details: Frame | None = None,
) -> Proposal:
    score = score_of(rule, 1.0, about)
    met = tuple(shared(ctx.claim["t"], new["t"])[:MAX_WORDS])
    return Proposal(Relation.CONTRADICTS, rule, score, None, met, figures, details or {})


def _share(one: Frame, other: Frame) -> float:
    """How much of one undertaking's topic the other takes up, 0 to 1."""
    if not one["t"]:
        return _NO_WORDS
    return coverage(one["t"], other["t"] | {verb: VERB for verb, _ in other["v"]})


def _sign(new: Frame, ctx: Context, about: float) -> int:
    """-1 where the new undertaking is the opposite of the old one, +1 where it is the same, 0 where
    neither."""
    mine, total = sides(ctx.claim["s"]), 0.0
    for dimension, side in new["s"]:
        own = mine.get(dimension)
        if own and len(own) == 1 and (not is_quiet(dimension) or about >= QUIET_TOPIC):
            total += PLAIN if side in own else -PLAIN
    verbs = dict(new["v"])
    for verb, side in ctx.claim["v"]:
        if verb in verbs and says_much(verb):
            total += _SAME_VERB if verbs[verb] == side else -_SAME_VERB
    if total:
        return 1 if total > 0 else -1
    now_to_be = ctx.claim["exists"] and ctx.claim["refrain"] and not new["refrain"]
    return -1 if now_to_be and about >= EXISTS_TOPIC else 0
