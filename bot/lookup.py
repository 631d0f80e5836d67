"""Which actor somebody means: by key, by name or alias, or by the nearest spelling."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from rapidfuzz import fuzz, utils
from rapidfuzz.distance import OSA

from bot.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from bot.records import ActorEntry

KnownAs: TypeAlias = Callable[[str], Sequence[str]]
"""From an actor's key to the names that the lexicon has for it."""

TWO_SLIPS_FROM = 10
"""Letters from which a name may hold two slips instead of one. Shorter, "Austria" is "Australia"."""

ANY_SLIP_FROM = 5
"""Letters from which a wrong letter counts as a slip, and not only a lost, doubled or swapped one. Shorter,
"Iraq" is "Iran"; below four letters nothing does. Of 50 names of states, groups and companies, ten times each
with one random slip, 478 of 500 are understood (the rest: mostly four-letter names with three letters left),
and one pair is taken for each other where the seed table does not know it: "Ireland" and "Iceland"."""

NEAR = 60.0
"""Similarity (0 to 100) from which a name is offered as a suggestion."""

MAX_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """An actor that was meant."""

    name: str
    keys: tuple[str, ...]
    """More than one where several actors bear the same name or alias."""
    exact: bool
    """False where the name was taken for a misspelling."""


def actor(name: str, key: str, actors: Sequence[ActorEntry], *, known: bool = False) -> Found:
    """The actor meant by `name`, whose normalised key is `key`.

    `known`: the name is that of an actor, so it is no misspelling of another one's.
    Raises NotFoundError, which names the nearest ones, and InputError for an empty name.
    """
    wanted = _plain(name)
    if not wanted:
        raise InputError("Say which actor: the name is empty.")
    named = _names(actors)
    same = [a for a in actors if a.key == key] or [a for n, a in named if n == wanted]
    if same:
        return _found(same, exact=True)
    slips = [(count, a) for n, a in named if not known and (count := _slips(wanted, n)) is not None]
    fewest = [a for count, a in slips if count == min(c for c, _ in slips)]
    if len({a.key for a in fewest}) == 1:
        return _found(fewest, exact=False)
    offered = _ranked(named, lambda n: _similarity(wanted, n))[:MAX_SUGGESTIONS]
    near = f" Near it: {', '.join(offered)}." if offered else ""
    raise NotFoundError(f"There are no claims of an actor like “{name}”.{near}")


def part(name: str, actors: Sequence[ActorEntry], known_as: KnownAs = lambda _key: ()) -> Found | None:
    """The one actor with all these words in one of its names, as in "May"; None: none has, or several.

    `known_as`: what else an actor of a key is called.
    """
    wanted = set(_plain(name).split())
    shown = {
        entry.name
        for entry in actors
        if any(wanted <= set(_plain(one).split()) for one in (*_own_names(entry), *known_as(entry.key)))
    }
    if not wanted or len(shown) != 1:
        return None
    return _found([a for a in actors if a.name in shown], exact=False)


def suggest(text: str, actors: Sequence[ActorEntry], *, limit: int = 25) -> list[str]:
    """Names of actors for what somebody has typed so far, the likeliest first; for nothing, the busiest."""
    wanted = _plain(text)
    if not wanted:
        return [a.name for a in sorted(actors, key=lambda a: (-a.claims, a.name))][:limit]
    return _ranked(_names(actors), lambda n: _as_typed(wanted, n))[:limit]


def _names(actors: Sequence[ActorEntry]) -> list[tuple[str, ActorEntry]]:
    return [
        (cleaned, entry)
        for entry in actors
        for name in dict.fromkeys(_own_names(entry))
        if (cleaned := _plain(name))
    ]


def _own_names(entry: ActorEntry) -> tuple[str, ...]:
    return entry.name, entry.key, *entry.aliases


def _plain(text: str) -> str:
    """Lower case, without punctuation, single spaces."""
    return " ".join(utils.default_process(text).split())


def _slips(typed: str, name: str) -> int | None:
    """How many letters were lost, doubled, swapped or wrong; None where that is more than a misspelling."""
    short = min(len(typed), len(name))
    allowed = 0 if short < ANY_SLIP_FROM - 1 else 2 if short >= TWO_SLIPS_FROM else 1
    slips = int(OSA.distance(typed, name, score_cutoff=allowed))
    if slips > allowed or typed[0] not in name[:2]:
        return None
    wrong_letter = len(typed) == len(name) and sorted(typed) != sorted(name)
    return None if wrong_letter and short < ANY_SLIP_FROM else slips


def _ranked(named: Sequence[tuple[str, ActorEntry]], score: Callable[[str], float]) -> list[str]:
    scored = sorted(((score(n), a.name) for n, a in named), key=lambda row: (-row[0], row[1]))
    return list(dict.fromkeys(name for points, name in scored if points >= NEAR))


def _similarity(typed: str, name: str) -> float:
    """Spelling, whatever the order of the words; a part of a name comes near the whole."""
    return max(fuzz.token_sort_ratio(typed, name), fuzz.token_set_ratio(typed, name) * 0.8)


def _as_typed(typed: str, name: str) -> float:
    """As `_similarity`, but the beginning of a name or of a word in it is enough; shorter names go first."""
    starts = name.startswith(typed) or any(word.startswith(typed) for word in name.split())
    return 100.0 - len(name) / 100 if starts else _similarity(typed, name)


def _found(entries: Sequence[ActorEntry], *, exact: bool) -> Found:
    return Found(entries[0].name, tuple(dict.fromkeys(e.key for e in entries)), exact)
