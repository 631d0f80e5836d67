"""What a clause is about: its content words with weights, and how far two clauses are about the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bot.analysis import senses
from bot.analysis.actors import Cast
from bot.analysis.lexicon import table, words
from bot.analysis.phrases import is_definite, kinds_of
from bot.analysis.tree import Tok

NAME, NOUN, MODIFIER, VERB = 1.5, 1.0, 0.6, 0.5
"""Weights of a word by what it is. A name that two texts share says most, a shared verb least."""
GENERIC = 0.15
"""Weight of a word that fits any promise ("year", "people", "plan")."""
_TIMES = frozenset({"DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY"})

Theme = Mapping[str, float]


def theme(tokens: Iterable[Tok], cast: Cast, skip: frozenset[int] = frozenset()) -> dict[str, float]:
    """Normalised content lemmas → weight; a name counts as one word, its actor's key.

    Tokens whose index is in `skip` (an actor's own name) are left out.
    """
    found: dict[str, float] = {}
    for tok in tokens:
        mention = cast.mention_at(tok)
        if mention is not None and tok.i not in skip and mention.first <= tok.i <= mention.last:
            found[mention.actor.keys[0]] = NAME
            continue
        if tok.pos == "NOUN" and tok.i not in skip and is_definite(tok) and (named := _named(tok, cast)):
            found[named] = max(found.get(named, 0.0), NAME * 0.8)
        weight = _weight(tok)
        if weight and tok.i not in skip:
            lemma = senses.normal(tok.lemma)
            found[lemma] = max(weight, found.get(lemma, 0.0))
    return found


def pairs(tokens: Iterable[Tok]) -> dict[str, list[str]]:
    """Things with what narrows them down: noun → its compounds, adjectives and "of" phrases ("archive" → "abuse")."""
    found: dict[str, list[str]] = {}
    for tok in tokens:
        if tok.pos not in ("NOUN", "PROPN") or tok.ent in _TIMES:
            continue
        mods = [c for c in tok.children if c.dep in ("compound", "amod", "nmod") and c.i < tok.i and _weight(c) and c.lemma not in words("modality", "generic", "nouns")]
        for prep in tok.kids("prep"):
            if prep.low in ("of", "on", "against", "about", "for", "in", "from"):
                for obj in prep.kids("pobj"):
                    mods += [obj] if _weight(obj) >= NOUN else [c for c in obj.kids("compound", "amod") if _weight(c)]
        if mods:
            found[senses.normal(tok.lemma)] = sorted({senses.normal(m.lemma) for m in mods})
    return found


def other_thing(claim: Mapping[str, Sequence[str]], report: Mapping[str, Sequence[str]], topic: Theme, said: Theme) -> bool:
    """Whether the report narrows down a thing of the claim's otherwise: archives on abuse, archives on the war;
    or is about its counterpart: at home, abroad."""
    for thing, mods in claim.items():
        others = report.get(thing)
        mine = [m for m in mods if m in topic]
        if not others or not mine or any(senses.similarity(m, o) for m in mine for o in others):
            continue
        # A name is told apart by another name, a common word by another: "Budweiser" and "alcohol" may be one.
        names_ = any(topic[m] == NAME for m in mine) and any(said.get(o) == NAME for o in others)
        commons = any(topic[m] < NAME for m in mine) and any(said.get(o, NAME) < NAME for o in others)
        if names_ or (commons and not any(senses.similarity(m, o) for m in mine for o in said)):
            return True
    return counterpart(topic, list(said))


def counterpart(topic: Theme, said: Sequence[str]) -> bool:
    """Whether what is said is of the counterpart of what is promised: at home, not abroad."""
    return any(a in topic and a not in said and b in said and b not in topic for one, two in _opposed() for a, b in ((one, two), (two, one)))


def opposed_words() -> frozenset[str]:
    """The words that set things apart."""
    return frozenset(w for pair in _opposed() for w in pair)


def _opposed() -> Sequence[tuple[str, str]]:
    return [(a, b) for a, b in table("modality")["opposed"]["pairs"]]


def _named(tok: Tok, cast: Cast) -> str | None:
    """The key of the known actor or place that a description stands for: "the island", "the company"."""
    if not kinds_of(tok.lemma) - {"person", "pair"}:
        return None
    who = cast.of(tok)
    return who.keys[0] if who is not None and who.is_known else None


def compounds(tokens: Iterable[Tok]) -> list[str]:
    """Noun phrases of two or more words that the object groups know ("waste water", "aid convoy")."""
    found = {lemma for t in tokens if t.pos == "NOUN" for lemma in senses.thing_lemmas(t) if " " in lemma and senses.is_known(lemma)}
    return sorted(found)


def _weight(tok: Tok) -> float:
    if tok.ent in _TIMES or not tok.low[:1].isalpha() or len(tok.low) < 2:
        return 0.0
    if tok.pos == "PROPN" or (tok.ent and tok.text[:1].isupper()):
        return NAME
    if tok.pos == "NOUN":
        return GENERIC if tok.lemma in words("modality", "generic", "nouns") else NOUN
    if tok.low in ("abroad", "overseas", "home"):
        return MODIFIER
    if tok.pos in ("ADJ", "ADV"):
        return 0.0 if tok.pos == "ADV" or tok.lemma in words("modality", "generic", "nouns") else MODIFIER
    if tok.pos == "VERB":
        return 0.0 if tok.lemma in words("modality", "generic", "nouns") else VERB
    return 0.0


FULL_MASS = 1.0
"""Matched weight (one noun) from which a share of the topic counts in full: two generic words in common are no topic."""


def coverage(claim: Theme, report: Theme, alternatives: Sequence[Sequence[str]] = ()) -> float:
    """How much of a claim's theme a report takes up, 0 to 1: weights of the claim's words, each times the
    similarity of the nearest word in the report; scaled down where what matched weighs less than FULL_MASS."""
    units = _units(claim, alternatives)
    total = sum(max(claim[w] for w in unit) for unit in units)
    if not total:
        return 0.0
    met = sum(max(claim[w] * _nearest(w, report) for w in unit) for unit in units)
    return met / total * min(1.0, met / FULL_MASS)


def _units(claim: Theme, alternatives: Sequence[Sequence[str]]) -> list[list[str]]:
    """The claim's words, those of one enumeration together: one of "A, B and C" is as good as all."""
    grouped = [[w for w in alt if w in claim] for alt in alternatives]
    taken = {w for unit in grouped for w in unit}
    return [unit for unit in grouped if unit] + [[w] for w in claim if w not in taken]


def _nearest(word: str, report: Theme) -> float:
    return 1.0 if word in report else max((senses.similarity(word, other) for other in report), default=0.0)


def shared(claim: Theme, report: Theme) -> list[str]:
    """The claim's words that the report takes up, heaviest first."""
    met = [w for w in claim if w in report or any(senses.similarity(w, r) > 0 for r in report)]
    return sorted(met, key=lambda w: -claim[w])
