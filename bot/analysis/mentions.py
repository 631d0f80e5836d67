"""Which names a text mentions, and which of them are the same.

Requires of the parse: tags and dependencies; uses entity labels where there are any. Known names come from
the seed table and the guild's aliases; unknown ones are runs of proper nouns.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.analysis import names, naming
from bot.analysis.lexicon import words
from bot.analysis.naming import ORGANISED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.analysis.names import Known
    from bot.analysis.tree import Sent, Tok, Tree

_PERSON = frozenset({"person"})
_MODIFIER = ("amod", "compound", "nmod", "nn")
_ACTING = ("nsubj", "nsubjpass", "poss", "dative", "agent", "conj")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a display name, the keys it is filed under, and what it may be."""

    name: str
    keys: tuple[str, ...]
    """Its own key first (several where several act jointly), then those of bodies it acts for."""
    kinds: frozenset[str]
    plural: bool = False
    own: int = 1
    """How many of `keys` are its own."""
    noun: str = ""
    """Lemma of the common noun that heads its phrase ("spokesman"); empty for a proper name."""

    @property
    def is_person(self) -> bool:
        """Whether it may be a human being."""
        return "person" in self.kinds

    @property
    def is_known(self) -> bool:
        """Whether the seed table knows it."""
        return self.keys[0] in names.seed()


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: tokens `first` to `last` (inclusive), and whose it is."""

    first: int
    last: int
    actor: Actor
    adjective: bool = False
    """"Chinese" before a noun: it names the state, but the noun is who acts."""


def find(tree: Tree, aliases: Mapping[str, str] | None = None, year: int | None = None) -> list[Mention]:
    """All names in the text, in order, those of one actor joined (surnames, acronyms, short forms).

    `year` is the year of the text: it tells which body a leader spoke for.
    """
    return _Finder(tree, aliases or {}, year).all()


class _Finder:
    """One search of one text."""

    def __init__(self, tree: Tree, aliases: Mapping[str, str], year: int | None) -> None:
        self.tree, self.year = tree, year
        self.own = {names.plain(a): n for a, n in aliases.items()}
        self.municipal = any(t.lemma in words("nouns", "names", "municipal") for t in tree.tokens)
        self.reach = max((len(a.split()) for a in self.own), default=1)

    def all(self) -> list[Mention]:
        found = [m for sent in self.tree.sents for m in self._in_sentence(sent)]
        found = self._doubtful(_joined(self.tree, found))
        return [self._leader(m, {k for x in found for k in x.actor.keys}) for m in found]

    def _in_sentence(self, sent: Sent) -> list[Mention]:
        found, tokens, i = [], sent.tokens, 0
        while i < len(tokens):
            taken = self._known(tokens, i) or self._unknown(tokens, i)
            if taken is None:
                i += 1
                continue
            found.append(taken)
            i += taken.last - taken.first + 1
        return found

    def _known(self, tokens: list[Tok], i: int) -> Mention | None:
        """The longest name of the seed table, or of the guild, that starts here."""
        first = tokens[i]
        if first.pos == "DET" or not (first.text[:1].isupper() or self.own):
            return None
        begins = names.plain(first.text)
        limit = max(
            names.lengths().get(begins.partition("-")[0], 0) if first.text[:1].isupper() else 0, self.reach
        )
        for j in range(min(len(tokens), i + limit), i, -1):
            if tokens[j - 1].tag == "POS" or not tokens[j - 1].text[:1].isalnum():
                continue
            short = names.plain(self.tree.text[first.idx : tokens[j - 1].end])
            mine = self.own.get(short)
            known = names.seed().get(names.plain(mine) if mine else short)
            if mine is None and (
                known is None or not first.text[:1].isupper() or naming.goes_on(tokens, i, j)
            ):
                continue
            actor = self._actor(known) if known else Actor(str(mine), (names.plain(str(mine)),), ORGANISED)
            adjective = short in names.demonyms() and tokens[j - 1].dep in _MODIFIER
            return Mention(first.i, tokens[j - 1].i, actor, adjective)
        return None

    def _actor(self, known: Known) -> Actor:
        return Actor(
            known.name, (names.plain(known.name), *known.speaks_for(self.year)), frozenset({known.kind})
        )

    def _unknown(self, tokens: list[Tok], i: int) -> Mention | None:
        """A run of proper nouns that starts here."""
        if not naming.starts_name(tokens, i):
            return None
        first, j = tokens[i], i + 1
        while j < len(tokens) and (naming.continues(tokens, i, j) or naming.linked(tokens, i, j)):
            j += 1
        i, j = naming.split(tokens, i, j)
        first, last = tokens[i], tokens[j - 1]
        name = self.tree.text[first.idx : last.end]
        kinds = naming.kinds(tokens[i:j])
        return Mention(first.i, last.i, Actor(name, (names.plain(name),), kinds), last.dep in _MODIFIER)

    def _doubtful(self, found: list[Mention]) -> list[Mention]:
        """Forms that may mean several things, where the text tells which: "Madrid said", "in Madrid"."""
        named = {k for m in found for k in m.actor.keys}
        return [self._meant(m, named) if not m.actor.is_known else m for m in found]

    def _meant(self, m: Mention, named: set[str]) -> Mention:
        short = names.plain(_text(self.tree, m))
        able = {k.name: k for k in names.doubtful().get(short, ())}
        last = self.tree.tokens[m.last]
        seat = any(k.kind in ("state", "region") and names.plain(k.name) in named for k in able.values())
        able = {n: k for n, k in able.items() if k.kind != "region" or names.plain(n) in named}
        if not able or (last.ent == "PERSON" and not seat):
            return m
        if len(able) > 1:
            states = {n: k for n, k in able.items() if k.kind == "state"}
            told = {n: k for n, k in able.items() if names.plain(n) in named or set(k.of) & named}
            place = last.dep == "pobj" and last.head.low in words("nouns", "names", "locative")
            if len(states) == 1 and (
                short in names.demonyms() or (last.dep in _ACTING and not self.municipal)
            ):
                able = states
            elif place or last.dep in _ACTING:
                able = {n: k for n, k in able.items() if k.kind == "city"}
            else:
                able = told
        if len(able) != 1:
            return m
        adjective = last.dep in _MODIFIER and short in names.demonyms()
        return replace(m, actor=self._actor(next(iter(able.values()))), adjective=adjective)

    def _leader(self, m: Mention, named: set[str]) -> Mention:
        """A surname alone that can only be one known leader's: "Merkel", in a text on Germany."""
        actor = m.actor
        if not actor.is_person or actor.is_known or " " in actor.name:
            return m
        able = [k for k in names.surnames().get(actor.keys[0], ()) if k.speaks_for(self.year)]
        near = [k for k in able if set(k.speaks_for(self.year)) & named]
        bodies = {k.speaks_for(self.year) for k in near}
        if len(bodies) != 1:
            return m
        return replace(m, actor=self._actor(near[0]), adjective=False)


def _text(tree: Tree, m: Mention) -> str:
    return tree.text[tree.tokens[m.first].idx : tree.tokens[m.last].end]


def _joined(tree: Tree, found: list[Mention]) -> list[Mention]:
    """Mentions of one actor get one Actor: "Looney" is "Bernard Looney", "RSF" the "Rapid Support Forces"."""
    longer: dict[str, Actor] = {}
    sorts: dict[str, Actor] = {}
    links = words("nouns", "names", "links")
    for m in found:
        parts = m.actor.keys[0].split()
        if len(parts) < 2:
            continue
        if m.actor.kinds == _PERSON:
            longer.setdefault(parts[-1], m.actor)
            longer.setdefault(names.plain(_text(tree, m)).split()[-1], m.actor)
        elif not m.actor.is_person:
            initials = "".join(w[0] for w in parts if w not in links)
            if len(initials) > 2:
                longer.setdefault(initials, m.actor)
            longer.setdefault(parts[0], m.actor)
            if naming.is_sort(parts[-1]):
                sorts.setdefault(parts[-1], m.actor)
    out = []
    for m in found:
        text = names.plain(_text(tree, m))
        full = longer.get(text)
        if full is not None and full is not m.actor and (text not in names.seed() or full.kinds == _PERSON):
            m = replace(m, actor=full)
        elif text in sorts and not m.adjective:
            m = replace(m, actor=sorts[text])  # "the Congress", of the Ceylon Workers' Congress
        out.append(m)
    return out
