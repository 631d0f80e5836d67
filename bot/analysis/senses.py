"""What kind of event a word tells of where it stands: its senses, by what it governs and what follows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.dimensions import Entry, Sense, entries, nominals, split
from bot.analysis.lexicon import words
from bot.analysis.things import groups_of_all, noun_objects, objects_of, thing_groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.analysis.tree import Tok

_WINDOW = 7
"""Tokens after a verb in which the rest of its phrase ("cut ... ties with") is looked for: a phrase's object
of up to four words fits in."""
MAX_LOOSE = 2
"""Dimensions that a verb may have for its sense to be taken though its object is of no known group."""


def of_verb(verb: Tok) -> frozenset[Sense]:
    """The senses of a verb with what it governs. Where several phrases fit, the longest decides."""
    rows = entries("verbs").get(verb.lemma, ())
    if not rows:
        return frozenset()
    things = objects_of(verb)
    groups = groups_of_all(things)
    if things and not any(e.fits(groups) for e in rows):
        loose = {e.sense for e in rows if not e.rest and not groups & e.nonobjects}
        return frozenset(loose) if len({s.dimension for s in loose}) <= MAX_LOOSE else frozenset()
    near = _window(verb)
    own = {t.lemma for t in things}
    best, longest = set(), 0
    for entry in rows:
        if len(entry.rest) < longest:
            break
        if not near.issuperset(entry.rest) or not entry.fits(groups):
            continue
        if not entry.rest or _follows(verb, entry.rest):
            best.add(entry.sense)
            if not own.intersection(entry.rest):
                # "Give up" is no giving; "call an election" is a call all the same.
                longest = max(longest, len(entry.rest))
    return frozenset(best)


def composed(verb: Tok) -> frozenset[Sense]:
    """What a verb of aspect makes of its object: "resumed shelling" is shelling, "halted the withdrawal" its
    opposite."""
    own = of_verb(verb)
    aspect = sign_on(own, "aspect")
    if verb.lemma in words("modality", "light", "verbs"):
        aspect = aspect or 1
    falls = sign_on(own, "increase-decrease")
    turn = aspect or (falls if verb.kid("dobj") is None else 0)
    if not turn:
        return frozenset()
    found: set[Sense] = set()
    for obj in [*verb.kids("dobj", "nsubjpass"), *(verb.kids("nsubj") if verb.kid("dobj") is None else ())]:
        for noun in obj.chain():
            whole = of_verb(noun) if noun.tag == "VBG" else of_noun(noun)
            found |= {s.times(turn) for s in whole if s.dimension != "aspect"}
    if aspect < 0:
        for gerund in _gerunds(verb):
            found |= {s.times(-1) for s in of_verb(gerund) if s.dimension != "aspect"}
    return frozenset(found)


def sign_on(found: frozenset[Sense], dimension: str) -> int:
    """The side of a dimension that senses are on, 0 where on neither."""
    return max((s.sign for s in found if s.dimension == dimension), default=0)


def _gerunds(verb: Tok) -> list[Tok]:
    below = [g for p in verb.kids("prep", "prt", "advmod") for g in p.kids("pcomp")]
    return [g for g in (*verb.kids("xcomp", "pcomp"), *below) if g.tag == "VBG"]


def of_noun(noun: Tok) -> frozenset[Sense]:
    """The senses of an event noun: its own entries, else those of the verb it stands for."""
    things = noun_objects(noun)
    groups = groups_of_all(things)
    rows = entries("nouns")
    found = {
        entry.sense
        for entry in rows.get(noun.lemma, ())
        if (not entry.rest or _adjacent(noun, entry.rest)) and (not things or entry.fits(groups))
    }
    first, *rest = " ".join([*(c.lemma for c in noun.kids("compound")), noun.lemma]).split() or [""]
    if rest:
        found |= {entry.sense for entry in rows.get(first, ()) if entry.rest == tuple(rest)}
    if found:
        return frozenset(found)
    return _of_nominal(noun, groups)


def _of_nominal(noun: Tok, groups: frozenset[str]) -> frozenset[Sense]:
    verb = nominals().get(noun.lemma)
    if verb is None:
        return frozenset()
    first, *rest = split(verb)
    rows = entries("verbs").get(first, ())
    return frozenset(e.sense for e in rows if e.rest == tuple(rest) and e.fits(groups))


def is_state(tok: Tok) -> bool:
    """Whether a state may start with this token."""
    return tok.lemma in entries("states") or tok.low in entries("states")


def of_state(tok: Tok, bearer: Tok | None = None) -> frozenset[Sense]:
    """The senses of an adjective, participle or phrase ("behind bars") that starts with this token and is
    said of `bearer`."""
    found = set()
    longest = 0
    groups = thing_groups(bearer) if bearer is not None else frozenset()
    rows: Iterable[Entry] = (*entries("states").get(tok.lemma, ()), *entries("states").get(tok.low, ()))
    for entry in rows:
        if entry.objects and not groups & entry.objects:
            continue
        if len(entry.rest) >= longest and _adjacent(tok, entry.rest):
            found.add(entry.sense)
            longest = len(entry.rest)
    return frozenset(found)


def _window(first: Tok) -> frozenset[str]:
    """The words in which the rest of a phrase can stand: a quick test before the exact one."""
    tokens = first.sent.tokens
    at = first.i - tokens[0].i + 1
    return frozenset(word for t in tokens[at : at + _WINDOW] for word in (t.lemma, t.low))


def _follows(first: Tok, rest: Iterable[str]) -> bool:
    """Whether the rest of a phrase stands after its first word, in order, with other words between allowed; a
    particle must be the verb's own or stand right behind what was matched."""
    tokens = first.sent.tokens
    own = (first, *first.kids("dobj", "prt", "advmod", "prep"))
    at = first.i - tokens[0].i + 1
    end = min(len(tokens), at + _WINDOW)
    for word in rest:
        before = at
        while at < end and ((tokens[at].lemma != word and tokens[at].low != word) or _is_of_time(tokens[at])):
            at += 1
        if at >= end:
            return False
        if at > before and tokens[at].pos in ("ADP", "PART", "ADV") and tokens[at].head not in own:
            return False
        at += 1
    return True


def _is_of_time(prep: Tok) -> bool:
    """ "On" in "walked out on Monday" is no part of the phrase."""
    return prep.pos == "ADP" and any(o.ent in ("DATE", "TIME") for o in prep.kids("pobj"))


def _adjacent(first: Tok, rest: tuple[str, ...]) -> bool:
    tokens = first.sent.tokens
    at = first.i - tokens[0].i + 1
    for word in rest:
        if at < len(tokens) and tokens[at].pos == "DET" and tokens[at].low != word:
            at += 1
        if at >= len(tokens) or word not in (tokens[at].lemma, tokens[at].low):
            return False
        at += 1
    return True
