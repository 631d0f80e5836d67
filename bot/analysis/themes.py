"""What a clause is about: its content words with weights, and how far two clauses are about the same
thing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, TypeAlias

from bot.analysis import names
from bot.analysis.lexicon import table, words
from bot.analysis.likeness import is_known, may_be_one, normal, similarity
from bot.analysis.phrases import is_definite, kinds_of
from bot.analysis.things import thing_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.analysis.actors import Cast
    from bot.analysis.tree import Tok

NAME, NOUN, MODIFIER, VERB = 1.5, 1.0, 0.6, 0.5
"""Weights of a word by what it is. A name that two texts share says most, a shared verb least. Set on the
development scenarios."""
DESCRIBED = 0.8
"""Share of a name's weight that a description of it has ("the island"). Set on the development scenarios."""
GENERIC = 0.15
"""Weight of a word that fits any promise ("year", "people", "plan"). Set on the development scenarios."""
FULL_MASS = 1.0
"""Matched weight (one noun) from which a share of the topic counts in full: two generic words in common are
no topic."""
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})

Theme: TypeAlias = Mapping[str, float]
"""Normalised word → weight."""


def theme(tokens: Iterable[Tok], cast: Cast, skip: frozenset[int] = frozenset()) -> dict[str, float]:
    """Normalised content lemmas → weight; a name counts as one word, its actor's key.

    Tokens whose index is in `skip` (an actor's own name) are left out.
    """
    found: dict[str, float] = {}
    for word, weight, _ in placed(tokens, cast, skip):
        found[word] = max(weight, found.get(word, 0.0))
    return found


def placed(
    tokens: Iterable[Tok], cast: Cast, skip: frozenset[int] = frozenset()
) -> Iterator[tuple[str, float, Tok]]:
    """The words of a theme with their weights, each with a token that tells it."""
    for tok in tokens:
        if tok.i in skip:
            continue
        mention = cast.mention_at(tok)
        if mention is not None and mention.first <= tok.i <= mention.last:
            yield mention.actor.keys[0], NAME, tok
            continue
        if tok.pos == "NOUN" and is_definite(tok) and (named := _named(tok, cast)):
            yield named, NAME * DESCRIBED, tok
        if weight := _weight(tok):
            yield normal(tok.lemma), weight, tok


def is_generic(lemma: str) -> bool:
    """Whether a word fits any promise, so that sharing it shows no common topic."""
    return lemma in words("modality", "generic", "nouns")


def pairs(tokens: Iterable[Tok]) -> dict[str, list[str]]:
    """Things with what narrows them down: noun → its compounds, adjectives and "of" phrases ("archive" →
    "abuse")."""
    found: dict[str, list[str]] = {}
    for tok in tokens:
        if tok.pos in ("NOUN", "PROPN") and tok.ent not in _TIMES and (mods := _narrowed_by(tok)):
            found[normal(tok.lemma)] = sorted({normal(m.lemma) for m in mods})
    return found


def _narrowed_by(noun: Tok) -> list[Tok]:
    mods = [c for c in noun.kids("compound", "amod", "nmod") if c.i < noun.i]
    mods = [c for c in mods if _weight(c) and not is_generic(c.lemma)]
    for prep in noun.kids("prep"):
        if prep.low in words("things", "narrowing"):
            for obj in prep.kids("pobj"):
                heavy = _weight(obj) >= NOUN
                mods += [obj] if heavy else [c for c in obj.kids("compound", "amod") if _weight(c)]
    return mods


def other_thing(
    claim: Mapping[str, Sequence[str]], report: Mapping[str, Sequence[str]], topic: Theme, said: Theme
) -> bool:
    """Whether the report narrows down a thing of the claim's otherwise: archives on abuse, archives on the
    war; or is about its counterpart: at home, abroad."""
    for thing, mods in claim.items():
        others = report.get(thing)
        mine = [m for m in mods if m in topic]
        if others and mine and not any(may_be_one(m, o) for m in mine for o in others):
            # Names are told apart by names, common words by others: "Budweiser" and "alcohol" may be one.
            if any(topic[m] == NAME for m in mine) and any(said.get(o) == NAME for o in others):
                return True
            commons = any(topic[m] < NAME for m in mine) and any(_is_common(o, said) for o in others)
            if commons and not any(similarity(m, o) for m in mine for o in said):
                return True
    return counterpart(topic, list(said))


def _is_common(word: str, said: Theme) -> bool:
    """Whether a word is no name of somebody known: "the Second World War" is what a war is, too."""
    return said.get(word, NAME) < NAME or word not in names.seed()


def counterpart(topic: Theme, said: Sequence[str]) -> bool:
    """Whether what is said is of the counterpart of what is promised: at home, not abroad."""
    return any(a in topic and a not in said and b in said and b not in topic for a, b in _opposed())


@cache
def _opposed() -> tuple[tuple[str, str], ...]:
    """Words that set two things of one name apart, both ways round."""
    pairs_ = [(a, b) for a, b in table("modality")["opposed"]["pairs"]]
    return tuple(pairs_ + [(b, a) for a, b in pairs_])


def compounds(tokens: Iterable[Tok]) -> list[str]:
    """Noun phrases of two or more words that the object groups know ("waste water", "aid convoy")."""
    lemmas = (lemma for t in tokens if t.pos == "NOUN" for lemma in thing_lemmas(t))
    return sorted({lemma for lemma in lemmas if " " in lemma and is_known(lemma)})


def coverage(claim: Theme, report: Theme, alternatives: Sequence[Sequence[str]] = ()) -> float:
    """How much of a claim's theme a report takes up, 0 to 1: weights of the claim's words, each times the
    similarity of the nearest word in the report; scaled down where what matched weighs less than
    FULL_MASS."""
    units = _units(claim, alternatives)
    total = sum(max(claim[w] for w in unit) for unit in units)
    if not total:
        return 0.0
    # A word that the claim has too says that word, and stands for no other of the claim's.
    others = [w for w in report if w not in claim]
    met = sum(max(claim[w] * _nearest(w, report, others) for w in unit) for unit in units)
    return met / total * min(1.0, met / FULL_MASS)


def shared(claim: Theme, report: Theme) -> list[str]:
    """The claim's words that the report takes up, heaviest first."""
    met = [w for w in claim if w in report or any(similarity(w, r) > 0 for r in report)]
    return sorted(met, key=lambda w: -claim[w])


def _units(claim: Theme, alternatives: Sequence[Sequence[str]]) -> list[list[str]]:
    """The claim's words, those of one enumeration together: one of "A, B and C" is as good as all."""
    grouped = [[w for w in alt if w in claim] for alt in alternatives]
    taken = {w for unit in grouped for w in unit}
    return [unit for unit in grouped if unit] + [[w] for w in claim if w not in taken]


def _nearest(word: str, report: Theme, others: Sequence[str]) -> float:
    return 1.0 if word in report else max((similarity(word, other) for other in others), default=0.0)


def _named(tok: Tok, cast: Cast) -> str | None:
    """The key of the known actor or place that a description stands for: "the island", "the company"."""
    if not kinds_of(tok.lemma) - {"person", "pair"}:
        return None
    who = cast.of(tok)
    return who.keys[0] if who is not None and who.is_known else None


def _weight(tok: Tok) -> float:
    """How much a word says of what a clause is about, 0 to NAME."""
    if tok.ent in _TIMES or not tok.low[:1].isalpha() or len(tok.low) < 2:
        return 0.0
    if tok.pos == "PROPN" or (tok.ent and tok.text[:1].isupper()):
        return NAME
    if tok.pos == "NOUN":
        return GENERIC if is_generic(tok.lemma) else NOUN
    if tok.low in words("things", "places"):
        return MODIFIER
    if tok.pos in ("ADJ", "VERB") and not is_generic(tok.lemma):
        return MODIFIER if tok.pos == "ADJ" else VERB
    return 0.0
