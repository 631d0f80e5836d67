"""What a text says of its own actors: titles, kinds, gender, and the bodies that persons speak for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.antecedents import AGENTIVE, head_of
from bot.analysis.lexicon import words
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from bot.analysis.mentions import Actor, Mention
    from bot.analysis.resolving import Resolver
    from bot.analysis.tree import Tok

_OF = ("of", "at", "for", "from", "with")
_HOME = frozenset({"state", "city", "region"})
_MODIFIERS = ("compound", "amod", "nmod")


class Roles:
    """What is said beside the names; all tables by an actor's first key."""

    def __init__(self, cast: Resolver) -> None:
        self._cast = cast
        self.titles: dict[str, set[str]] = {}
        """Nouns that the text gives it: minister, spokesman, maker."""
        self.kinds: dict[str, set[str]] = {}
        """The kinds of actor that these nouns stand for."""
        self.genders: dict[str, str] = {}
        """`m` or `f`, where a title tells."""
        self.bodies: dict[str, list[Actor]] = {}
        """The bodies that a person speaks for."""
        for mention in cast.mentions:
            self._learn_titles(mention)

    def _learn_titles(self, m: Mention) -> None:
        if m.adjective and not m.actor.is_person:
            return
        key = m.actor.keys[0]
        for noun in _titles(head_of(self._cast.tree, m)):
            if noun.lemma in words("nouns", "acts", "observer") and _is_superlative(noun):
                self.kinds.setdefault(key, set()).add("company")  # "Norway's largest farmer" is no farmer
                continue
            self.titles.setdefault(key, set()).add(noun.lemma)
            self.kinds.setdefault(key, set()).update(kinds_of(noun.lemma))
            if noun.dep == "appos" and noun.lemma in words("nouns", "names", "places"):
                self.kinds[key].add("facility")
            for gender in ("m", "f"):
                if noun.lemma in words("nouns", "gender", gender):
                    self.genders[key] = gender

    def learn_bodies(self, m: Mention) -> None:
        """Note the bodies named in a person's own phrase: "chief executive of X", "who runs X"."""
        if not m.actor.is_person or (m.adjective and m.actor.kinds != {"person"}):
            return
        head = head_of(self._cast.tree, m)
        tops = [head, *(t for t in _titles(head) if t.dep in ("appos", "compound", "nmod") or t is head.head)]
        own = self.bodies.setdefault(m.actor.keys[0], [])
        for top in tops:
            for body in self._beside(top, head, m):
                if body.keys[0] not in (*m.actor.keys, *(b.keys[0] for b in own)):
                    own.append(body)

    def learn_land(self, m: Mention, land: Actor | None) -> None:
        """Note that a minister of no named body is one of the state that the text is about."""
        key = m.actor.keys[0]
        office = self.titles.get(key, set()) & words("nouns", "titles", "of_land")
        if land is not None and office and len(m.actor.keys) == m.actor.own and not self.bodies.get(key):
            self.bodies[key] = [land]

    def _beside(self, top: Tok, head: Tok, m: Mention) -> list[Actor]:
        """The bodies among the modifiers of a name or title."""
        found: list[Actor | None] = []
        for child in top.children:
            if child.dep in (*_MODIFIERS, "poss"):
                found.append(self._modifier(child, top, head, m))
            elif child.dep == "appos" and child.ent == "ORG":
                found.append(self._body(child))
            elif child.dep == "relcl" and child.lemma in words("nouns", "titles", "leading"):
                found.extend(self._body(o) for o in child.kids("dobj"))
            elif child.dep == "prep" and child.low in _OF and (top is not head or _titles(head)):
                found.extend(self._body(t) for o in child.kids("pobj") for t in o.chain())
        return [body for body in found if body is not None]

    def _modifier(self, child: Tok, top: Tok, head: Tok, m: Mention) -> Actor | None:
        named = self._cast.mention_at(child)
        if named is m:
            return None
        home = named is not None and named.actor.kinds <= _HOME and m.actor.kinds != {"person"}
        if home and not _of_state(top, head):
            return None  # "Norway's largest farmer, X" is no organ of Norway
        if named is None:
            return self._body(child) if child.dep == "poss" else None
        nationality = (
            named.adjective and named.actor.kinds & {"state", "city", "region"} and child.dep != "poss"
        )
        # With an office of state a nationality names the body: "French minister", not "French swimmer".
        return None if nationality and not _of_state(top, head) else self._body(child)

    def _body(self, tok: Tok) -> Actor | None:
        named = self._cast.mention_at(tok)
        body = named.actor if named is not None else self._cast.one(tok)
        if body is None or not body.kinds & AGENTIVE or body.kinds == {"person"}:
            return None
        return body


def _titles(head: Tok) -> list[Tok]:
    """The nouns that stand beside a name as titles."""
    near = head.kids("compound", "appos", "nmod")
    if head.dep == "appos":
        near.append(head.head)
    return [t for t in near if t.pos == "NOUN" or kinds_of(t.low)]


def _is_superlative(noun: Tok) -> bool:
    return any(c.tag == "JJS" or c.low.endswith("est") for c in noun.kids("amod"))


def _of_state(top: Tok, head: Tok) -> bool:
    """Whether the titles are those of an office of state."""
    titles = {t.lemma for t in (top, *_titles(head))} | {t.low for t in _titles(head)}
    between = {c.low for t in (top, head) for c in t.kids(*_MODIFIERS) if c.pos == "NOUN"} - titles
    known = words("nouns", "titles", "words") | words("nouns", "titles", "office")
    return bool(titles & words("nouns", "titles", "office")) and between <= known
