"""The typed rules: how a reported event can clash with a promise, or fulfil it. Each gives a score from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from bot.analysis import names, senses
from bot.analysis.figures import clash
from bot.analysis.lexicon import words
from bot.analysis.phrases import kinds_of
from bot.analysis.themes import counterpart, coverage, other_thing, shared
from bot.models import Relation

Frame = dict[str, Any]

BASE = {
    "hindered": 0.78, "opposite": 0.86, "negation": 0.88, "forbidden": 0.88, "reversal": 0.86, "broken": 0.88, "number": 0.9, "deadline": 0.84, "moved": 0.86,
    "fulfilled": 0.8, "kept": 0.85,
}
"""How sure a rule is of its relation when actor and topic agree fully."""
TOPIC = 0.3
"""Coverage of the claim's topic from which a report bears on it."""
_QUIET = frozenset({"aspect", "keep-abandon", "achieve-miss", "increase-decrease", "give-withhold", "allow-ban"})
"""Dimensions that say nothing by themselves: they count only with a good share of the topic."""


@dataclass(frozen=True, slots=True)
class Context:
    """A claim as the rules see it."""

    claim: Frame
    keys: tuple[str, ...]
    published: date | None
    made: date | None
    same_article: bool

    @property
    def due(self) -> date | None:
        """The last day on which the promise is met."""
        return date.fromisoformat(self.claim["due"]) if self.claim.get("due") else None

    @property
    def overdue(self) -> bool:
        """Whether the report is from after the deadline."""
        return self.due is not None and self.published is not None and self.published >= self.due

    @property
    def out_of_force(self) -> bool:
        """Whether the promise does not hold on the day of the report: an omission not begun yet, or over."""
        if self.published is None:
            return False
        begins = self.claim.get("begins")
        if begins and self.published < date.fromisoformat(begins):
            return True
        return bool(self.claim["refrain"] and self.claim["ends"] and self.due and self.published > self.due)

    @property
    def running(self) -> bool:
        """Whether there is still time to keep the promise."""
        return self.due is not None and self.published is not None and self.published < self.due


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule proposes."""

    relation: Relation
    rule: str
    score: float
    event: Frame | None = None
    words: tuple[str, ...] = ()
    """The words that both share."""
    figures: tuple[Frame, ...] = ()
    details: Frame = field(default_factory=dict)


def proposals(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """All that the rules have to say of a report and a claim."""
    if set(ctx.claim["scope"]) & set(report["over"]) or ctx.out_of_force:
        return
    for event in report["events"]:
        actor = actor_match(event, report, ctx)
        if actor <= 0:
            continue
        yield from _by_event(event, report, ctx, actor)
    yield from _by_commitment(report, ctx)
    yield from _missing_still(report, ctx)
    yield from clashes_of_figures(report, ctx)


def actor_match(event: Frame, report: Frame, ctx: Context) -> float:
    """How surely the event is the claim's actor's doing, 0 to 1."""
    own, bodies = ctx.keys[: ctx.claim["own"]], (*ctx.keys[ctx.claim["own"] :], *ctx.claim.get("lands", ()))
    if event["by"] == "pair":
        return 0.9 if len(own) > 1 or _meet(own, (*report["keys"], *report["doc"])) else 0.5
    if _meet(own, event["a"]):
        return 1.0
    if _meet(own, event["ab"]):
        return 0.95
    if _meet(bodies, event["a"]):
        return 0.9
    if event["by"] in ("actor", "hands") and _meet(bodies, event["ab"]):
        return 0.8 if event["by"] == "hands" else 0.7
    if _nameless(own) and event["by"] in ("actor", "hands", "role") and _meet(ctx.claim["dctx"], (*event["a"], *event["ab"])):
        return 0.8
    if event["by"] == "actor":
        return 0.7 if _meet(ctx.claim.get("lands", ()), report.get("lands", ())) and not _meet(own, report["keys"]) else 0.0
    if event["by"] == "force":
        return 0.0 if not event["n"] else 0.8 if _meet(ctx.keys, (*report["keys"], *report["doc"])) else 0.0
    loose = event["by"] in ("none", "thing", "hands")
    if event["by"] == "role":
        return 0.9 if _meet(own, (*report["keys"], *report["doc"])) else 0.45
    if event["by"] == "phrase" and not event.get("state"):
        return 0.45 if _meet(own, report["keys"]) else 0.0
    if _meet(own, report["keys"]):
        return 0.88 if loose else 0.6
    if _meet(bodies, report["keys"]):
        return 0.8 if loose else 0.5
    if _nameless(own) and loose and any(k in names.seed() and k in ctx.claim["dctx"] for k in report["doc"]):
        return 0.75
    if ctx.same_article or _meet(ctx.keys, report["doc"]):
        # In a sentence that names somebody else who acts, what nobody is said to do is rather theirs.
        others = any(k in names.seed() for k in report["keys"])
        return (0.62 if others else 0.75) if loose else 0.5
    return 0.45 if loose else 0.0


def _nameless(own: Iterable[str]) -> bool:
    """Whether a promise is of parties that its article names elsewhere only: "the two sides", "armed groups"."""
    return not any(k in names.seed() for k in own) and all(kinds_of(k.split()[-1].removesuffix("s")) for k in own if k)


def _meet(one: Iterable[str], two: Iterable[str]) -> bool:
    return any(same_key(a, b) for a in one for b in two)


@lru_cache(maxsize=65536)
def same_key(a: str, b: str) -> bool:
    """Whether the key `b` in a report is the claim's actor `a`: equal, a seat of its government, its initials, or
    the one a short form of the other ("kraft", "kraft foods")."""
    if a == b or senses.stands_for(a, b) or a in senses.seat_of(b):
        return True
    short, long = sorted((a.split(), b.split()), key=len)
    if len(short) == 1 and 1 < len(short[0]) < 8 and len(long) > 1 and "".join(w[0] for w in long if w not in ("of", "the", "and", "for")) == short[0]:
        return True
    if len(short) == len(long) or len(short) > 2 or " ".join(short) in names.seed():
        return False
    return long[: len(short)] == short and len(short[0]) > 3 and short[0] not in words("modality", "generic", "nouns") and "'s" not in "".join(long)


def topic(event: Frame, report: Frame, ctx: Context, *, story: bool = True) -> float:
    """How far the event is about what was promised, 0 to 1: the share of the claim's words it takes up, the kind
    of event counting as one of them; halved where it is about another thing of the same name."""
    claim = ctx.claim["t"] | {"": EVENT_SHARE}
    same_kind = {"": 1.0} if _one_sense(event, ctx) or any(v == event["v"] and v not in _LIGHT for v, _ in ctx.claim["v"]) else {}
    if not ctx.claim["t"]:
        return 0.55 if same_kind else 0.0
    said = report["t"] | dict.fromkeys(report["c"], 1.0)
    near = coverage(claim, event["t"] | dict.fromkeys(event["c"], 1.0) | same_kind, ctx.claim["alt"])
    far = coverage(claim, said | same_kind, ctx.claim["alt"])
    found = max(near, 0.85 * far)
    if story and STORY_FLOOR <= found < STORY_CAP:
        whole = coverage(ctx.claim["t"], dict.fromkeys(report["story"], 1.0), ctx.claim["alt"])
        found = max(found, min(STORY_CAP, (found + whole) / 2))
    elsewhere = other_thing(ctx.claim["np"], event["np"], ctx.claim["t"], said) or counterpart(ctx.claim["t"], report["story"])
    return 0.5 * found if elsewhere else found


STORY_SURE = 0.7
"""Share of the claim's words in the whole article from which "the goal" or "the pledge" is the one promised."""
STORY_FLOOR, STORY_CAP = 0.2, 0.6
"""Between these, what the whole article is about counts for half: a sentence of a story on the promise says
"the warnings" for "the warnings on First Nations reserves"."""
EVENT_SHARE = 1.0
"""Weight of the kind of event in the topic: as much as one noun."""


def _one_sense(event: Frame, ctx: Context) -> bool:
    """Whether event and promise are on one dimension, whichever side."""
    mine = {d for d, _ in ctx.claim["s"]} - _QUIET
    mine |= {o for d in mine for o, _ in senses.related(d)}
    return bool({d for d, _ in event["s"]} & mine)


def _by_event(event: Frame, report: Frame, ctx: Context, actor: float) -> Iterator[Proposal]:
    about = topic(event, report, ctx, story=actor >= SURE_ACTOR)
    met = tuple(shared(ctx.claim["t"], event["t"] | report["t"])[:4])
    sign, how = _clash_of_events(event, ctx, about)
    if not sign and event["mood"] == "asserted" and (_overdue(event, ctx, about, actor) or _failed(event, ctx, about, actor)):
        sign, how = -1, "missing"
    if not sign and event["mood"] == "asserted" and _persists(event, ctx, actor):
        sign, how = -1, "missing"
    if not sign and event["mood"] == "asserted":
        sign, how = _by_valence(event, ctx, actor), "valence"
    if sign:
        yield from _event_proposal(sign, how, event, report, ctx, actor, about, met)
    if event["mood"] == "asserted":
        yield from _broken_word(event, report, ctx, actor, about, met)


def _by_valence(event: Frame, ctx: Context, actor: float) -> int:
    """-1 where an act hinders what was promised, or furthers what was to end or to be left; whatever the verbs."""
    own = coverage(ctx.claim["t"], event["t"] | dict.fromkeys(event["c"], 1.0), ctx.claim["alt"])
    if not event["val"] or own < VALENCE_TOPIC or actor < 0.85 or not _same_object(event, ctx) or other_thing(ctx.claim["np"], event["np"], ctx.claim["t"], event["t"]):
        return 0
    return -1 if event["val"] * ctx.claim["val"] < 0 else 0


def _same_object(event: Frame, ctx: Context) -> bool:
    """Whether the event names what the promised act is done to."""
    return any(senses.similarity(mine, word) >= 0.6 for mine in ctx.claim["obj"] for word in (*event["t"], *event["c"]))


VALENCE_TOPIC = 0.42
"""Share of the claim's things that an act must concern before furthering or hindering alone decides."""


SURE_ACTOR = 0.9
"""Actor match from which the actor itself is said to act. Below it, on the 152 development scenarios seven in eight
contradictions were false where the sentence did not name the promised thing; so there that is asked for."""
MANY, SURE_TOPIC = 8, 0.6
"""A promise on so many dimensions is of a vague verb ("reduce"): one shared dimension counts only with so much topic."""
RELATED_TOPIC = 0.35
"""Topic from which a touching dimension has a say."""


def _exists(event: Frame, ctx: Context, about: float) -> bool:
    """Whether the event brings about a thing that was not to be: "no carbon tax" and "introduce a carbon tax"."""
    own = coverage(ctx.claim["t"], event["t"])
    return bool(ctx.claim["exists"] and ctx.claim["refrain"] and own >= 0.8 and about >= 0.5 and not event["neg"] and event["p"] in words("reversal", "bringing", "verbs"))


def _overdue(event: Frame, ctx: Context, about: float, actor: float) -> bool:
    """Whether something about the promise is still missing after its deadline, or never came, whatever the verb."""
    if ctx.claim["refrain"] or ctx.running or not (event["neg"] or event["still"]):
        return False
    if ctx.overdue:
        return about >= 0.45 and actor >= 0.7
    return about >= 0.5 and actor >= 0.9 and event["neg"] and event["perfect"]


def _persists(event: Frame, ctx: Context, actor: float) -> bool:
    """Whether what was to end is said to be there still."""
    ending = ctx.claim["val"] < 0 and not ctx.claim["refrain"]
    return ending and event["still"] and not event["neg"] and not ctx.running and actor >= 0.75 and _same_object(event, ctx)


def _failed(event: Frame, ctx: Context, about: float, actor: float) -> bool:
    """Whether the actor is said to have failed in the matter, whatever the verb."""
    return bool(event.get("failed")) and not ctx.claim["refrain"] and not ctx.running and about >= 0.5 and actor >= 0.8


def _clash_of_events(event: Frame, ctx: Context, about: float) -> tuple[int, str]:
    """-1 where the event is the opposite of what was promised, +1 where it is that, 0 where neither; and by what."""
    mine: dict[str, set[int]] = {}
    for dimension, side in ctx.claim["s"]:
        mine.setdefault(dimension, set()).add(side)
    near: dict[str, set[int]] = {}
    for dimension, side in ctx.claim["s"]:
        for other_name, turn in senses.related(dimension):
            near.setdefault(other_name, set()).add(side * turn)
    votes: list[tuple[int, float]] = []
    for dimension, side in event["s"]:
        touching = near.get(dimension)
        if dimension not in mine and touching and len(touching) == 1 and about >= RELATED_TOPIC:
            votes.append((1 if side in touching else -1, 0.6))
        other = mine.get(dimension)
        if not other or len(other) > 1 or (dimension in _QUIET and about < 0.5):
            continue
        votes.append((1 if side in other else -1, 0.5 if dimension in _QUIET else 1.0))
    for verb, side in ctx.claim["v"]:
        if verb == event["v"] and verb not in _LIGHT:
            votes.append((side * (-1 if event["neg"] else 1), 1.2))
    if _exists(event, ctx, about):
        votes.append((-1, 1.5))
    total = sum(s * w for s, w in votes)
    if not total or (len(votes) == 1 and votes[0][1] <= 1 and len(mine) >= MANY and about < SURE_TOPIC):
        return 0, ""
    return (1 if total > 0 else -1), ("verb" if any(w > 1 for _, w in votes) else "sense")


_LIGHT = frozenset({"be", "have", "do", "make", "take", "get", "give", "go", "keep", "put", "say", "let", "set", "see"})


def _names_the_thing(event: Frame, ctx: Context, about: float, actor: float) -> bool:
    """Whether an event that is nobody's in particular is surely about the promised thing: it names its object, and
    most of the topic."""
    if not ctx.claim["t"] or actor < 0.6:
        return False
    if _same_object(event, ctx) or not ctx.claim["obj"]:
        return about >= (0.4 if actor >= 0.85 else 0.5)
    return about >= 0.75 and actor >= 0.75


def _is_the_act(event: Frame, report: Frame, ctx: Context) -> bool:
    """Whether the event is rather a step of the promised act itself: "passed the bill repealing the tax"."""
    said = set(event["t"]) | set(report["t"])
    return any(verb in said or verb == event["v"] for verb, side in ctx.claim["v"] if side > 0 and verb not in _LIGHT)


def _event_proposal(
    sign: int, how: str, event: Frame, report: Frame, ctx: Context, actor: float, about: float, met: tuple[str, ...]
) -> Iterator[Proposal]:
    refrain = ctx.claim["refrain"]
    if event["mood"] == "unreal" or event["doubt"] or (event["before"] and sign < 0 and not refrain):
        return
    if refrain and event["neg"] and sign < 0 and how != "verb":
        return
    if event["noun"] and actor < 0.9 and coverage(ctx.claim["t"], event["t"], ctx.claim["alt"]) < 0.5 and ctx.claim["t"]:
        return
    floor = TOPIC if actor >= 0.9 else 0.4 if actor >= 0.75 else 0.55
    if about < floor:
        return
    if sign > 0:
        if event["mood"] == "asserted" and not ctx.claim["cond"] and about >= 0.4:
            yield Proposal(Relation.SUPPORTS, "fulfilled", _score("fulfilled", actor, about), event, met)
        return
    if event["mood"] == "future":
        if actor < 0.9:
            return
        yield Proposal(Relation.CONTRADICTS, "reversal", _score("reversal", actor, about), event, met)
        return
    missing = not refrain and (event["neg"] or event["still"])
    if missing and ctx.running:
        return
    if missing and ctx.overdue:
        yield Proposal(Relation.CONTRADICTS, "deadline", _score("deadline", actor, about) + 0.04, event, met)
        return
    if actor < SURE_ACTOR and not _names_the_thing(event, ctx, about, actor):
        return
    if how in ("sense", "valence") and not event["neg"] and _is_the_act(event, report, ctx):
        return
    if how == "sense" and ctx.claim["obj"] and not ctx.claim["acts"] and not _same_object(event, ctx) and about < SURE_TOPIC:
        return
    if how == "valence":
        yield Proposal(Relation.CONTRADICTS, "hindered", _score("hindered", actor, about + 0.2), event, met)
        return
    rule = "forbidden" if refrain and not event["neg"] else "negation" if event["neg"] else "opposite"
    yield Proposal(Relation.CONTRADICTS, rule, _score(rule, actor, about), event, met)


def _score(rule: str, actor: float, about: float) -> float:
    return BASE[rule] * (0.35 + 0.65 * actor) * (0.62 + 0.38 * min(1.0, about / 0.8))


def _broken_word(event: Frame, report: Frame, ctx: Context, actor: float, about: float, met: tuple[str, ...]) -> Iterator[Proposal]:
    """The promise itself is said to be broken, dropped or kept."""
    said = set(event["t"])
    sure = said & {senses.normal(w) for w in words("reversal", "pledges", "sure")}
    pacts = {senses.normal(w) for w in words("reversal", "pledges", "pacts")}
    pact = (said & pacts) and (set(ctx.claim["dctx"]) | set(ctx.claim["t"]) | {v for v, _ in ctx.claim["v"]}) & pacts
    broken = event["p"] in words("reversal", "broken", "verbs") or event["p"].split()[0] in words("reversal", "broken", "verbs") or event["p"] in words("reversal", "broken", "nouns")
    kept = event["p"] in words("reversal", "kept", "verbs") or event["p"] in words("reversal", "kept", "nouns")
    fails = event["val"] < 0 or any(d in ("achieve-miss", "keep-abandon") and x < 0 for d, x in event["s"])
    broken = broken or bool(sure and fails)
    if event["neg"] and not fails:
        broken, kept = kept, broken
    if not (broken or kept):
        return
    named = bool(set(ctx.claim["dctx"]) & said - pacts - set(ctx.keys)) or about >= 0.25
    story = coverage(ctx.claim["t"], dict.fromkeys(report["story"], 1.0), ctx.claim["alt"])
    if sure and (about >= 0.25 or (story >= STORY_SURE and actor >= 0.75)) or pact and named:
        if broken and not (ctx.same_article and not ctx.claim["recalled"]):
            yield Proposal(Relation.CONTRADICTS, "broken", _score("broken", max(actor, 0.85 if actor >= 0.6 else actor), max(about, 0.5)), event, met)
        elif actor >= 0.85 and not ctx.claim["cond"]:
            yield Proposal(Relation.SUPPORTS, "kept", _score("kept", actor, max(about, 0.4)), event, met)
    elif broken and about >= 0.4 and actor >= 0.85 and not event["neg"] and event["p"] in words("reversal", "broken", "verbs") and not ctx.claim["refrain"] and ctx.claim["val"] > 0 and not _is_the_act(event, report, ctx):
        yield Proposal(Relation.CONTRADICTS, "reversal", _score("reversal", actor, about), event, met)


def _missing_still(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """"Still", "not yet" of the promised thing after the deadline, whatever the grammar."""
    if not ctx.overdue or ctx.claim["refrain"] or not report["still"]:
        return
    about = coverage(ctx.claim["t"], report["t"] | dict.fromkeys(report["c"], 1.0), ctx.claim["alt"])
    own = ctx.keys[: ctx.claim["own"]]
    if about >= 0.6 and _meet(own, (*report["keys"], *report["doc"])):
        yield Proposal(Relation.CONTRADICTS, "deadline", _score("deadline", 0.9, about), None, tuple(shared(ctx.claim["t"], report["t"])[:4]))


def _by_commitment(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """A new undertaking of the same actor that is the opposite of the old one, or says another figure."""
    if ctx.same_article:
        return
    for new in report["commits"]:
        if not set(new["keys"]) & set(ctx.keys):
            continue
        about = coverage(ctx.claim["t"], new["t"] | {v: 0.5 for v, _ in new["v"]}) if ctx.claim["t"] else 0.5
        back = coverage(new["t"], ctx.claim["t"] | {v: 0.5 for v, _ in ctx.claim["v"]}) if new["t"] else 0.5
        met = tuple(shared(ctx.claim["t"], new["t"])[:4])
        sign = _sign_of_commitments(new, ctx, about)
        if sign < 0 and about >= 0.4:
            yield Proposal(Relation.CONTRADICTS, "reversal", _score("reversal", 1.0, about), None, met)
        elif about >= 0.55 and back >= 0.4 and sign >= 0:
            clashing = clash(ctx.claim["n"], new["n"], ctx.claim, progress=False)
            if clashing is not None and clashing.broken:
                yield Proposal(Relation.CONTRADICTS, "number", _score("number", 1.0, about), None, met, clashing.rows)
            elif ctx.due and new.get("due") and date.fromisoformat(new["due"]) > ctx.due and (date.fromisoformat(new["due"]) - ctx.due).days > 20:
                yield Proposal(Relation.CONTRADICTS, "moved", _score("moved", 1.0, about), None, met, details={"due": new["due"]})


def _sign_of_commitments(new: Frame, ctx: Context, about: float) -> int:
    mine: dict[str, set[int]] = {}
    for dimension, side in ctx.claim["s"]:
        mine.setdefault(dimension, set()).add(side)
    total = 0.0
    for dimension, side in new["s"]:
        other = mine.get(dimension)
        if other and len(other) == 1 and (dimension not in _QUIET or about >= 0.55):
            total += 1 if side in other else -1
    verbs = dict(new["v"])
    for verb, side in ctx.claim["v"]:
        if verb in verbs and verb not in _LIGHT:
            total += 1.5 * (1 if verbs[verb] == side else -1)
    if not total and ctx.claim["exists"] and ctx.claim["refrain"] and not new["refrain"] and about >= 0.9:
        return -1
    return 0 if not total else 1 if total > 0 else -1


def clashes_of_figures(report: Frame, ctx: Context) -> Iterator[Proposal]:
    """A reported figure that breaks a promised one."""
    if not ctx.claim["n"] and not ctx.claim["all"]:
        return
    for event in report["events"]:
        actor = actor_match(event, report, ctx)
        if actor < NUMBER_ACTOR or event["mood"] == "unreal" or event["neg"]:
            continue
        about = topic(event, report, ctx)
        units = {q["unit"] for q in ctx.claim["n"]} & {q["unit"] for q in event["n"]} - _COMMON_UNITS
        same = ctx.claim["obj"] and _same_object(event, ctx)
        if about < (UNIT_TOPIC if units or same else NUMBER_TOPIC):
            continue
        met = tuple(shared(ctx.claim["t"], event["t"] | report["t"])[:4])
        if report["short"] and ctx.claim["n"] and not ctx.running and not ctx.claim["refrain"]:
            yield Proposal(Relation.CONTRADICTS, "number", _score("number", actor, about), event, met)
        figures = event["n"] or (report["n"] if event["t"] and about >= 0.6 else [])
        # Short of a goal without a deadline is progress, unless the report says that it is all.
        progress = ctx.running or not (ctx.overdue or report["least"])
        found = clash(ctx.claim["n"], figures, ctx.claim, progress=progress)
        if found is None:
            continue
        if found.broken:
            yield Proposal(Relation.CONTRADICTS, "number", _score("number", actor, about), event, met, found.rows)
        elif found.met and event["mood"] == "asserted":
            yield Proposal(Relation.SUPPORTS, "fulfilled", _score("fulfilled", actor, about), event, met, found.rows)


NUMBER_ACTOR = 0.75
"""Actor match from which a figure is held against a promised one: of those below, on the development scenarios
more were false than right."""
NUMBER_TOPIC, UNIT_TOPIC = 0.5, 0.35
"""Coverage from which two figures are taken to be of one thing; less where both are in a rare unit (kilograms)."""
_COMMON_UNITS = frozenset({"", "percent", "dollar", "pound", "euro", "people", "person", "point", "country", "man", "woman", "time", "member"})
