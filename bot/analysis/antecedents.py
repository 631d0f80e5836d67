"""Whom a pronoun, "the group" or "both sides" takes up: the most salient actor named before."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING

from bot.analysis.fitting import fits, is_counted
from bot.analysis.lands import land
from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor, Mention
from bot.analysis.naming import ORGANISED
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from bot.analysis.tree import Tok, Tree

AGENTIVE = frozenset({"person", "state", "region", "city", "group", "company", "body", "party", "club"})
_ACTING_TOGETHER = frozenset({"state", "group", "company", "body", "party", "club"})
_REACH = 8
"""Sentences back in which an antecedent is looked for first; farther ones only where none is near."""
_TITLE_AWAY = 3
"""Sentences that a name found only in the headline counts as being away: swept 2 to 6 on the scenarios."""

# What makes an actor salient, in sentences of distance. Set by hand on the development scenarios.
_ROOT_SUBJECT, _SUBJECT, _OBJECT, _ADJECTIVE, _PLACE = 2.0, 1.2, -0.3, -1.5, -2.0
_SAME_TITLE = 4.0
"""For a person whom the text gives the very title ("the minister"): it outweighs nearness."""
_ONLY_REGION = -2.0
"""For a region as "the government": some have one, but mostly a state's is meant."""
_OTHER_NOUN = -3.0
"""For a body called by another noun of the same sort: the church, of a diocese."""
_SAME_NOUN, _KIND_TOLD, _KIND_UNKNOWN, _OTHER_TITLE = 2.5, 1.0, -0.5, -1.5
_ONE_OF_SEVERAL = -1.0
"""For "it" and "the company" after "X and Y": set by hand."""
_EACH_NAMING, _IN_TITLE, _SAME_VERB, _NOT_PLURAL, _PLURAL = 0.3, 0.8, -3.0, -1.5, 2.5


_MERE_PLACE = _PLACE + 1.0
"""A standing up to here is that of a place named in passing."""


class Antecedents:
    """The actors of one text as antecedents.

    `learned` gives the kinds that titles and appositions told of unknown names ("the maker, X"); `genders`
    the
    pronouns that fit a person, where that is known; `titles` the nouns given to each.
    """

    def __init__(
        self,
        tree: Tree,
        mentions: list[Mention],
        title: list[Actor],
        learned: Mapping[str, set[str]],
        genders: Mapping[str, str],
        titles: Mapping[str, set[str]],
    ) -> None:
        self.tree, self.mentions, self.title = tree, mentions, title
        self._learned, self._genders, self._titles = learned, genders, titles
        self._starts = [m.first for m in mentions]
        self._heads = [head_of(tree, m) for m in mentions]
        self._beside = self._coordinated()
        counts = Counter(m.actor.keys[0] for m in mentions)
        titled = {a.keys[0] for a in title}
        self._worth = [
            self._standing(m, h, counts, titled) for m, h in zip(mentions, self._heads, strict=True)
        ]

    def _coordinated(self) -> list[list[Actor]]:
        """For each mention the actors named in one coordination with it, itself among them."""
        by_head: dict[int, dict[str, Actor]] = {}
        tops = [head.first_conjunct().i for head in self._heads]
        for m, top in zip(self.mentions, tops, strict=True):
            if not m.adjective:
                by_head.setdefault(top, {}).setdefault(m.actor.keys[0], m.actor)
        return [list(by_head.get(top, {}).values()) for top in tops]

    @staticmethod
    def _standing(m: Mention, head: Tok, counts: Counter[str], titled: set[str]) -> float:
        """The part of the salience that does not depend on who asks."""
        top = head.first_conjunct()
        if top.dep == "appos" and top.head.pos in ("NOUN", "PROPN"):
            top = top.head.first_conjunct()  # "the company, X, offered": X stands where the company does
        score = min(counts[m.actor.keys[0]], 4) * _EACH_NAMING + _IN_TITLE * (m.actor.keys[0] in titled)
        if top.dep in ("nsubj", "nsubjpass"):
            vague = bool(m.actor.noun) and any(d.low in ("a", "an", "any", "every") for d in top.kids("det"))
            return score + (_ROOT_SUBJECT if top.head.is_root else 0.0 if vague else _SUBJECT)
        if m.adjective:
            return score + _ADJECTIVE
        if top.dep == "pobj" and top.head.low in words("nouns", "names", "locative"):
            return score + (_OBJECT if _is_employer(top) else _PLACE)
        if (
            top.dep == "pobj"
            and top.head.low == "of"
            and top.head.head.low in words("nouns", "names", "compass")
        ):
            return score + _PLACE
        return score + (_OBJECT if top.dep in ("pobj", "dobj") else 0.0)

    def search(
        self, tok: Tok, kinds: frozenset[str], *, plural: bool = False, noun: str = ""
    ) -> Actor | None:
        """The most salient actor before `tok` that may be of one of `kinds`; None where there is none.

        `noun` is the noun that takes it up ("bank"), `plural` whether the pronoun is "they".
        """
        counted = is_counted(tok)
        plural = plural or counted
        best, found = float("-inf"), None
        for at in range(bisect_left(self._starts, tok.i) - 1, -1, -1):
            m, away = self.mentions[at], tok.sent.index - self._heads[at].sent.index
            if away > _REACH and found is not None:
                break
            if m.last >= tok.i or self._heads[at].first_conjunct() is tok.first_conjunct():
                continue
            if not self.kinds(m.actor) & kinds or not self._fits(m.actor, tok):
                continue
            if counted and not m.actor.plural and len(self._beside[at]) < 2:
                continue
            score = self._worth[at] - min(away, _REACH) - (4.0 if away > _REACH else 0.0)
            score += self._asked(at, tok, away, plural) + self._called(m.actor, noun)
            if score > best:
                several = plural and len(self._beside[at]) > 1
                best, found = score, joint(self._beside[at]) if several else m.actor
        for actor in () if counted else self.title:
            if self.kinds(actor) & kinds and self._fits(actor, tok):
                score = _SUBJECT - min(tok.sent.index, _TITLE_AWAY) + self._called(actor, noun)
                if score > best:
                    best, found = score, actor
        return found

    def ahead(self, tok: Tok, kinds: frozenset[str]) -> Actor | None:
        """The actor named after a pronoun in its own sentence: "Her promise bought Theresa May time"."""
        for at in range(bisect_left(self._starts, tok.i), len(self.mentions)):
            if self._heads[at].sent is not tok.sent:
                return None
            m = self.mentions[at]
            if self._heads[at] is tok.head:
                continue  # "its owner" is not its own owner
            if m.actor.kinds & kinds and self._fits(m.actor, tok) and not m.adjective:
                return m.actor
        return None

    def land(self) -> Actor | None:
        """The state that the text is about."""
        return land(zip(self.mentions, self._heads, strict=True), self.title)

    def kinds(self, actor: Actor) -> frozenset[str]:
        """What an actor may be, by its name and by what the text calls it."""
        learned = self._learned.get(actor.keys[0])
        if learned == {"facility"}:
            return frozenset(learned)
        if learned and actor.kinds >= ORGANISED:
            return frozenset(learned) & actor.kinds or actor.kinds
        told = frozenset(learned or ()) - {"pair", "person"}
        if told and not actor.is_known and not told & actor.kinds and not actor.noun:
            return told  # "X, a chip maker": the model took the name for a town's or a person's
        return actor.kinds

    def _fits(self, actor: Actor, tok: Tok) -> bool:
        key = actor.keys[0]
        return fits(actor, tok, self._genders.get(key), self._titles.get(key, ()))

    def _asked(self, at: int, tok: Tok, away: int, plural: bool) -> float:
        score, m = 0.0, self.mentions[at]
        top = self._heads[at].first_conjunct()
        several = len(self._beside[at]) > 1
        if away == 0 and top.head is tok.head and top.dep != "poss":
            score += _SAME_VERB  # subject and object of one verb are two actors
        if plural:
            one = bool(m.actor.kinds & {"person", "state"} or m.actor.noun) and not m.actor.plural
            score += _NOT_PLURAL if one and not several else 0.0
            score += _PLURAL if m.actor.plural or several else 0.0
        elif several:
            score += _ONE_OF_SEVERAL
        return score

    def _called(self, actor: Actor, noun: str) -> float:
        if not noun:
            return 0.0
        if noun in actor.keys[0].split():
            return _SAME_NOUN
        if "region" in actor.kinds and noun in words("nouns", "sorts", "sovereign"):
            return _ONLY_REGION
        if actor.noun and actor.noun != noun and kinds_of(noun) == {"body"}:
            return _OTHER_NOUN
        titles = {t for t in self._titles.get(actor.keys[0], ()) if "person" in kinds_of(t)}
        if titles and actor.is_person and "person" in kinds_of(noun):
            return _SAME_TITLE if noun in titles else _OTHER_TITLE
        if (self._learned.get(actor.keys[0], set()) | kinds_of(actor.noun)) & kinds_of(noun):
            return _KIND_TOLD
        return _KIND_UNKNOWN if actor.kinds >= ORGANISED and not actor.is_known else 0.0

    def pair(self, tok: Tok, resolve: Callable[[Tok], Actor | None]) -> Actor | None:
        """The two actors named together last, else the two named last that can act: who "both sides" are."""
        recent: list[Actor] = []
        for at in range(bisect_left(self._starts, tok.i) - 1, -1, -1):
            m, head = self.mentions[at], self._heads[at]
            mates = [a for t in head.first_conjunct().chain() if (a := resolve(t)) is not None]
            if (
                len(mates) == 2
                and mates[0].keys[0] != mates[1].keys[0]
                and all(a.kinds & _ACTING_TOGETHER for a in mates)
            ):
                return joint(mates)
            new = m.actor.keys[0] not in (a.keys[0] for a in recent)
            if new and self._worth[at] > _MERE_PLACE and not m.adjective and _acts_together(m.actor):
                recent.append(m.actor)
        return joint(recent[1::-1]) if len(recent) > 1 else None


def _is_employer(place: Tok) -> bool:
    """Whether "at X" tells where somebody works, not where something happens: "a vice president at X"."""
    holder = place.head.head
    return place.head.low == "at" and kinds_of(holder.lemma) == {"person"}


def _acts_together(actor: Actor) -> bool:
    """Whether it may be one of two sides: no person, and no town."""
    return bool(actor.kinds & _ACTING_TOGETHER) and not actor.kinds & {"city", "person"}


def head_of(tree: Tree, m: Mention) -> Tok:
    """The token of the mention that the rest of the sentence hangs on."""
    inside = tree.tokens[m.first : m.last + 1]
    return next((t for t in inside if not (m.first <= t.head.i <= m.last) or t.head is t), inside[-1])


def joint(actors: list[Actor]) -> Actor:
    """Several actors that act as one: filed under the keys of each."""
    own = tuple(dict.fromkeys(k for a in actors for k in a.keys[: a.own]))
    rest = tuple(dict.fromkeys(k for a in actors for k in a.keys[a.own :] if k not in own))
    name = ", ".join(a.name for a in actors[:-1]) + f" and {actors[-1].name}"
    return Actor(name, own + rest, frozenset(k for a in actors for k in a.kinds), plural=True, own=len(own))
