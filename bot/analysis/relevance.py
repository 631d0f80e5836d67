"""How far an event is about what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.dimensions import kinds_named, related
from bot.analysis.lexicon import words
from bot.analysis.likeness import is_people, may_be_one, similarity
from bot.analysis.places import differ
from bot.analysis.themes import NAME, counterpart, coverage, other_thing, shared

if TYPE_CHECKING:
    from bot.analysis.context import Context, Frame
    from bot.analysis.themes import Theme

MAX_WORDS = 4
"""Shared words that a proposal carries along, for its explanation."""
STORY_SURE = 0.7
"""Share of the claim's words in the whole article from which "the goal" or "the pledge" is the one promised.
Set on the development scenarios."""
STORY_FLOOR, STORY_CAP = 0.2, 0.6
"""Between these, what the whole article is about counts for half: a sentence of a story on the promise says
"the warnings" for "the warnings on First Nations reserves". Set on the development scenarios."""
EVENT_SHARE = 1.0
"""Weight of the kind of event in the topic: as much as one noun."""
_KIND_ALONE = 0.55
"""Topic of an event of the promised kind where the promise names no thing ("resign"). Set on the development
scenarios."""
_ELSEWHERE_IN_SENTENCE = 0.85
"""Worth of a word that stands in the event's sentence but not in its clause. Set on the development
scenarios."""
THIN = 1.3
"""Weight of all words of a promise under which its article says what it is of: a noun and a generic word.
Of 0, 1.3 and 2 the one with the fewest false alarms of strangers for each seen alert that it cost."""
AROUND = 3
"""Names besides the actor's that tell what an article is of; fewer may be missing by chance. A choice."""
_OTHER_THING = 0.25
"""What is left of a topic that is another thing of the same name."""


def topic(event: Frame, report: Frame, ctx: Context, *, story: bool = True) -> float:
    """How far the event is about what was promised, 0 to 1: the share of the claim's words it takes up, the
    kind of event counting as one of them; little is left where it is about another thing of the same name.

    `story`: whether what the whole article is about may help.
    """
    claim = ctx.claim
    kind = _told_by_kind(event, ctx)
    if not claim["t"]:
        return _KIND_ALONE if kind and not is_of_other_matter(report, ctx) else 0.0
    wanted = claim["t"] | ({"": EVENT_SHARE} if _has_kind(claim) else {})
    said = report["t"] | dict.fromkeys(report["c"], 1.0)
    near = coverage(wanted, _things(event) | kind, claim["alt"])
    far = coverage(wanted, said | kind, claim["alt"])
    found = max(near, _ELSEWHERE_IN_SENTENCE * far)
    if story and STORY_FLOOR <= found < STORY_CAP:
        found = max(found, min(STORY_CAP, (found + told_in_story(report, ctx)) / 2))
    return found * _OTHER_THING if found and _is_of_another(event, report, ctx, said) else found


def _is_of_another(event: Frame, report: Frame, ctx: Context, said: Theme) -> bool:
    """Whether the event is about another thing of the same name, another place, or another matter."""
    claim = ctx.claim
    return (
        other_thing(claim["np"], event["np"], claim["t"], said)
        or differ(claim.get("in", {}), event.get("in", {}), report["t"])
        or counterpart(claim["t"], report["story"])
        or is_of_other_matter(report, ctx)
    )


def is_of_other_matter(report: Frame, ctx: Context) -> bool:
    """Whether the report's whole article names none of the names of the promise.

    A promise that says little by itself ("end the violence") is known by the names of its own article: the
    violence is that of its article.
    """
    if ctx.same_article:
        return False
    told, own = {*report["doc"], *report["keys"], *report["story"], *report["t"]}, set(ctx.keys)
    named = [word for word, weight in ctx.claim["t"].items() if weight >= NAME and word not in own]
    if named:
        parts = {part for word in told for part in word.split()}  # "Hunter" is told by "Hunter Biden"
        met = any(parts.intersection(name.split()) for name in named)
        return not met and not any(similarity(name, word) for name in named for word in told)
    if sum(ctx.claim["t"].values()) >= THIN:
        return False
    around = set(ctx.claim["dctx"]) - set(ctx.own)
    return len(around) >= AROUND and not around & told


def told_in_story(report: Frame, ctx: Context) -> float:
    """How much of what was promised the whole article speaks of, 0 to 1."""
    return coverage(ctx.claim["t"], dict.fromkeys(report["story"], 1.0), ctx.claim["alt"])


def own_topic(event: Frame, ctx: Context) -> float:
    """How much of what was promised the event's own clause names, 0 to 1."""
    return coverage(ctx.claim["t"], _things(event), ctx.claim["alt"])


def words_met(event: Frame, report: Frame, ctx: Context) -> tuple[str, ...]:
    """The words of the promise that the sentence takes up, heaviest first."""
    return tuple(shared(ctx.claim["t"], event["t"] | report["t"])[:MAX_WORDS])


def names_object(event: Frame, ctx: Context) -> bool:
    """Whether the event names what the promised act is done to, or a name that the promise names."""
    said = (*event["t"], *event["c"], *_told_by_kind(event, ctx))
    if any(weight >= NAME and word in event["t"] for word, weight in ctx.claim["t"].items()):
        return True
    return any(may_be_one(mine, word) for mine in ctx.claim["obj"] for word in said)


def befalls_object(event: Frame, ctx: Context) -> bool:
    """Whether the event befalls what the promised act is done to, or something of a name that the promise
    names; not where it only takes place there ("held a parade in the town")."""
    places = {key for keys in event.get("in", {}).values() for key in keys}
    named = (word for word, weight in ctx.claim["t"].items() if weight >= NAME)
    if any(word in event["t"] and word not in places for word in named):
        return True
    said = (*event["of"], *event["c"])
    return any(
        may_be_one(mine, word) or (mine == "people" and is_people(word))
        for mine in ctx.claim["obj"]
        for word in said
    )


def is_other_thing(event: Frame, ctx: Context) -> bool:
    """Whether the event's own clause is about another thing of the same name."""
    return other_thing(ctx.claim["np"], event["np"], ctx.claim["t"], event["t"])


def says_much(verb: str) -> bool:
    """Whether a verb says by itself what happens, unlike "make", "have", "go"."""
    return verb not in words("modality", "generic", "verbs")


def is_quiet(dimension: str) -> bool:
    """Whether a dimension says little by itself, so that it counts only with a good share of the topic."""
    return dimension in words("related", "quiet")


def _has_kind(claim: Frame) -> bool:
    """Whether the promised act says by itself what is to happen, unlike "have a cabinet of 25"."""
    return bool(claim["s"]) or any(says_much(verb) for verb, _ in claim["v"])


def names_by_kind(event: Frame, ctx: Context) -> bool:
    """Whether the kind of the event names a word of the promise: who shells tells of an attack."""
    return len(_told_by_kind(event, ctx)) > 1


def _told_by_kind(event: Frame, ctx: Context) -> dict[str, float]:
    """What the kind of the event says of what was promised: that it is of that kind (""), and the words of
    the promise that name that kind themselves: who shells a town tells of an attack."""
    if not is_of_one_kind(event, ctx):
        return {}
    shared_kinds = {d for d, _ in ctx.claim["s"] if not is_quiet(d)} & {d for d, _ in event["s"]}
    named = (word for word in ctx.claim["t"] if kinds_named(word) & shared_kinds)
    return {"": EVENT_SHARE} | dict.fromkeys(named, EVENT_SHARE)


def _things(event: Frame) -> dict[str, float]:
    return dict(event["t"]) | dict.fromkeys(event["c"], 1.0)


def is_of_one_kind(event: Frame, ctx: Context) -> bool:
    """Whether event and promise are on one dimension or of one verb, whichever side."""
    if says_much(event["v"]) and any(verb == event["v"] for verb, _ in ctx.claim["v"]):
        return True
    mine = {dimension for dimension, _ in ctx.claim["s"] if not is_quiet(dimension)}
    mine |= {other for dimension in mine for other, _ in related(dimension) if not is_quiet(other)}
    return any(dimension in mine for dimension, _ in event["s"])
