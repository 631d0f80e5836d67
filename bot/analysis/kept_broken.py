"""The promise itself is said to be broken, dropped or kept: "broke its pledge", "in breach of the accord"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis.context import SURE_ACTOR
from bot.analysis.happenings import DONE_TOPIC, is_step_of_act
from bot.analysis.lexicon import words
from bot.analysis.likeness import normal
from bot.analysis.relevance import STORY_SURE, names_object, told_in_story

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.analysis.context import Frame, Proposal
    from bot.analysis.held import Held

WORD_TOPIC = 0.25
"""Topic from which "its word" is the word given in the claim. Set on the development scenarios."""
_ACTS, _NEAR, _WATCHES = 0.85, 0.75, 0.6
"""Actor match from which the actor is said to break its word; from which it is about in a story on the
promise; from which a broken word counts as the actor's though somebody else tells it. Set on the development
scenarios."""
_BROKEN_TOPIC, _KEPT_TOPIC = 0.5, 0.4
"""Topic that a broken or kept word counts as at the least: the word stands for what was promised. Set on the
development scenarios."""
_DROPPED_TOPIC = 0.55
"""Topic from which something dropped is what was promised though it goes by another name. Set on the
development scenarios."""
_LOSING = frozenset({"achieve-miss", "keep-abandon"})
"""The dimensions on which a promise's own fate is told."""


def from_word(held: Held) -> Iterator[Proposal]:
    """What an asserted event says of the promise as a promise: at most one proposal."""
    if not held.asserted:
        return
    event, ctx, about = held.event, held.ctx, held.about
    sure = set(event["of"]) & _pledges("sure")
    broken, kept = _fate(event, bool(sure) and not ctx.running)
    if not (broken or kept):
        return
    if _is_meant(held, bool(sure)):
        if broken and not (ctx.same_article and not ctx.claim["recalled"]):
            actor = max(held.actor, _ACTS) if held.actor >= _WATCHES else held.actor
            yield held.against("broken", actor=actor, about=max(about, _BROKEN_TOPIC))
        elif kept and held.actor >= _ACTS and not ctx.claim["cond"]:
            yield held.in_favour("kept", about=max(about, _KEPT_TOPIC))
    elif broken and about >= DONE_TOPIC and held.actor >= _ACTS and _is_dropped(held):
        yield held.against("reversal")


def is_on_word(event: Frame) -> bool:
    """Whether an event is only of the promise's being broken or kept: "has not broken its word to do X"."""
    named = set(event["of"])
    if named & _pledges("plans") and _fate(event, sure=False)[0]:
        return True
    return bool(named & _pledges("sure")) and any(_fate(event, sure=True))


def _fate(event: Frame, sure: bool) -> tuple[bool, bool]:
    """Whether the event breaks or keeps something; `sure` where it is said of a word given."""
    verbs, nouns = words("reversal", "broken", "verbs"), words("reversal", "broken", "nouns")
    broken = event["p"] in verbs | nouns or event["p"].split()[0] in verbs
    kept = event["p"] in words("reversal", "kept", "verbs") | words("reversal", "kept", "nouns")
    fails = event["val"] < 0 or any(d in _LOSING and side < 0 for d, side in event["s"])
    broken = broken or (sure and fails)
    return (kept, broken) if event["neg"] and not fails else (broken, kept)


def _is_meant(held: Held, sure: bool) -> bool:
    """Whether the word or pact that is spoken of is the one of the claim."""
    event, ctx = held.event, held.ctx
    if sure:
        if held.about >= WORD_TOPIC:
            return True
        if held.actor >= _NEAR and told_in_story(held.report, ctx) >= STORY_SURE:
            return True
    said, pacts = set(event["t"]), _pledges("pacts")
    own = {*ctx.claim["dctx"], *ctx.claim["t"], *(verb for verb, _ in ctx.claim["v"])}
    if not said & pacts or not own & pacts:
        return False
    return held.about >= WORD_TOPIC or bool((set(ctx.claim["dctx"]) & said) - pacts - set(ctx.keys))


def _is_dropped(held: Held) -> bool:
    """Whether the event drops what was to be done, and is no step of doing it."""
    event, ctx = held.event, held.ctx
    if event["neg"] or event["p"] not in words("reversal", "broken", "verbs"):
        return False
    if set(event["of"]) & _pledges("plans"):
        return held.actor >= SURE_ACTOR and not ctx.claim["refrain"]
    meant = names_object(event, ctx) or (held.actor >= SURE_ACTOR and held.about >= _DROPPED_TOPIC)
    doing = not ctx.claim["refrain"] and ctx.claim["val"] > 0
    return meant and doing and not is_step_of_act(event, held.report, ctx)


@cache
def _pledges(part: str) -> frozenset[str]:
    return frozenset(normal(word) for word in words("reversal", "pledges", part))
