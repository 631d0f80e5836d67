"""Who a phrase stands for: names, pronouns, "the group", "Moscow's forces", "both sides", persons and their bodies."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from bot.analysis import mentions as finder
from bot.analysis import names
from bot.analysis.lexicon import table, words
from bot.analysis.mentions import ORGANISED, Actor, Mention
from bot.analysis.tree import Tok, Tree

_SINGULAR_IT = frozenset({"it", "its", "itself"})
_PERSONAL = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_PLURAL = frozenset({"they", "them", "their", "themselves", "theirs"})
_FIRST = frozenset({"i", "we", "us", "our", "my", "me", "ourselves", "myself", "'s"})
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
_DEFINITE = frozenset({"the", "its", "their", "his", "her", "this", "that", "these", "those", "both", "our", "my", "neither", "either", "two"})
_AGENTIVE = frozenset({"person", "state", "region", "city", "group", "company", "body", "party", "club"})
_REACH = 8
"""Sentences back in which an antecedent is looked for first; farther ones only where none is near."""


@cache
def kinds_of(noun: str) -> frozenset[str]:
    """The kinds of actor that a common noun can stand for ("rebel" -> group); empty for others."""
    return frozenset(kind for kind, nouns in table("nouns")["stands"].items() if noun in nouns)


class Cast:
    """The actors of one text, and the resolution of phrases to them."""

    def __init__(self, tree: Tree, title: str = "", aliases: Mapping[str, str] | None = None) -> None:
        self.tree = tree
        self.mentions = finder.find(tree, aliases)
        self._starts = [m.first for m in self.mentions]
        self._at: dict[int, Mention] = {i: m for m in self.mentions for i in range(m.first, m.last + 1)}
        self._counts = Counter(m.actor.keys[0] for m in self.mentions)
        self._bodies: dict[str, tuple[str, ...]] = {}
        self._names = {m.actor.keys[0]: m.actor for m in self.mentions}
        self._noun_kinds: dict[str, set[str]] = {}
        self._roles: dict[str, set[str]] = {}
        self.title = _in_title(title, self._names)
        self._learn()
        self._add_persons()

    # -- what the text says of its own actors ---------------------------------------------------------------

    def _learn(self) -> None:
        """Note whom each person speaks for, and of what kind an unknown organisation is ("the maker, X")."""
        for m in self.mentions:
            head = self._head(m)
            if m.adjective and not m.actor.is_person:
                continue
            for noun in self._titles(head):
                self._noun_kinds.setdefault(m.actor.keys[0], set()).update(kinds_of(noun.lemma.lower()))
                self._roles.setdefault(m.actor.keys[0], set()).add(noun.lemma.lower())
            if m.actor.is_person:
                bodies = self._bodies_in(head, m)
                if bodies:
                    known = self._bodies.get(m.actor.keys[0], ())
                    self._bodies[m.actor.keys[0]] = tuple(dict.fromkeys((*known, *bodies)))

    def _add_persons(self) -> None:
        """Persons named only by what they are ("the mayor of Leeds"), as subjects: "she" may be them."""
        added = []
        for tok in self.tree.tokens:
            if tok.pos == "NOUN" and tok.dep in ("nsubj", "nsubjpass") and tok.tag == "NN" and tok.i not in self._at and "person" in kinds_of(tok.lemma):
                if any(self._at.get(c.i) for c in tok.kids("appos")):
                    continue
                actor = self._one(tok, None)
                if actor is not None and (actor.is_person or actor.kinds & {"state", "body"}) and not any(actor.keys[0] == m.actor.keys[0] for m in self.mentions):
                    added.append(Mention(tok.i, tok.i, replace(actor, kinds=frozenset({"person"}))))
        self.mentions = sorted([*self.mentions, *added], key=lambda m: m.first)
        self._starts = [m.first for m in self.mentions]

    def _titles(self, head: Tok) -> list[Tok]:
        near = [*head.kids("compound", "appos", "nmod")]
        if head.dep == "appos":
            near.append(head.head)
        return [t for t in near if t.pos == "NOUN" or kinds_of(t.low)]

    def _bodies_in(self, head: Tok, mention: Mention) -> list[str]:
        """Keys of the bodies named in a person's own phrase: "chief executive of X", "X's minister", "who runs X"."""
        pool: list[Tok] = []
        for top in (head, head.head if head.dep == "appos" else head):
            for child in top.children:
                if child.dep in ("compound", "appos", "poss", "nmod", "amod"):
                    pool.extend(child.subtree(frozenset({"relcl", "advcl", "conj"})))
                elif child.dep == "relcl":
                    pool.extend(t for o in child.kids("dobj", "attr") for t in o.subtree(frozenset({"relcl"})))
                elif child.dep == "prep" and child.low in ("of", "at", "for", "from"):
                    pool.extend(child.subtree(frozenset({"relcl"})))
        found = []
        for tok in pool:
            m = self._at.get(tok.i)
            if m and m is not mention and not m.actor.is_person and m.actor.kinds & _AGENTIVE:
                found.append(m.actor.keys[0])
            elif tok.dep == "poss" and tok.pos == "PRON":
                owner = self._pronoun(tok)
                if owner is not None and not owner.is_person:
                    found.extend(owner.keys[: owner.own])
            elif tok.pos == "NOUN" and tok.dep in ("pobj", "dobj", "appos") and kinds_of(tok.lemma) - {"person", "pair"}:
                body = self.antecedent(tok)
                if body is not None and not body.is_person:
                    found.extend(body.keys[: body.own])
        return list(dict.fromkeys(found))

    def roles(self, actor: Actor) -> frozenset[str]:
        """The nouns that the text gives a person or body as titles: minister, spokesman, maker."""
        return frozenset(self._roles.get(actor.keys[0], ()))

    # -- resolution -----------------------------------------------------------------------------------------

    def of(self, tok: Tok, speaker: Actor | None = None) -> Actor | None:
        """The actor that a phrase (given by its head) stands for; None where it is no actor.

        `speaker` is whoever utters the quote the phrase stands in: "we" and "I" are then that speaker's side.
        """
        if tok.dep in ("nsubj", "nsubjpass") and tok.low in _RELATIVE:
            owner = tok.head.head if tok.head.dep == "relcl" else None
            return self.of(owner, speaker) if owner is not None else None
        first = self._one(tok, speaker)
        others = [a for c in tok.kids("conj") if (a := self._one(c, speaker))]
        if first is None or not others or tok.pos == "PRON":
            return first
        return _joint([first, *others])

    def _one(self, tok: Tok, speaker: Actor | None) -> Actor | None:
        if tok.low in _FIRST:
            return self.side(speaker, tok.low in ("we", "us", "our", "ourselves")) if speaker else None
        if tok.pos == "PRON" or tok.low in _PLURAL or tok.low in ("both", "neither", "all", "either"):
            return self._pronoun(tok)
        mention = self._at.get(tok.i)
        if mention is not None and not (mention.adjective and mention.last != tok.i):
            head = self._head(mention)
            if head is tok or mention.first <= tok.i <= mention.last:
                return self.full(mention.actor)
        named = next((m for c in tok.kids("appos") if (m := self._at.get(c.i)) and m.actor.is_person), None)
        if named is not None and (kinds_of(tok.lemma) & {"person"} or tok.low == "one" or tok.pos == "NOUN"):
            return self.full(named.actor)
        return self._noun(tok)

    def phrase(self, tok: Tok) -> Actor | None:
        """An actor named by its noun phrase as it stands; None for what is no noun or is abstract."""
        if tok.pos not in ("NOUN", "PROPN", "NUM") or tok.ent in ("DATE", "TIME", "MONEY", "PERCENT") or not tok.low[:1].isalpha():
            return None
        if tok.lemma.endswith(tuple(table("nouns")["abstract"]["endings"])) and not kinds_of(tok.lemma):
            return None
        text = " ".join(t.text for t in tok.subtree(frozenset({"relcl", "acl", "appos", "conj", "cc", "punct", "prep", "advmod", "det", "poss"})))
        person = frozenset({"person"}) if tok.lemma.endswith(("er", "or", "ist", "man", "woman", "ian")) else frozenset({"body"})
        return Actor(text, (names.plain(text),), kinds_of(tok.lemma) or person, plural=tok.tag == "NNS")

    def full(self, actor: Actor) -> Actor:
        """The actor with the bodies that this text says it speaks for."""
        extra = tuple(k for k in self._bodies.get(actor.keys[0], ()) if k not in actor.keys)
        return replace(actor, keys=actor.keys + extra) if extra else actor

    def side(self, speaker: Actor, plural: bool = True) -> Actor:
        """Whom a speaker's "we" binds: the body it speaks for where one is known, else the speaker."""
        if plural and speaker.is_person:
            for body in speaker.keys[speaker.own :]:
                if body in self._names:
                    return self._names[body]
                known = names.seed().get(body)
                if known is not None:
                    return Actor(known.name, (body,), frozenset({known.kind}))
        return speaker

    def _noun(self, tok: Tok) -> Actor | None:
        """A phrase headed by a common noun: "Taliban fighters", "the group", "Hungary's parliament", "donors"."""
        if tok.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or tok.ent in ("DATE", "TIME", "MONEY", "PERCENT"):
            return None
        lemma = tok.lemma
        kinds = kinds_of(lemma)
        owner = self._owner(tok)
        if owner is not None and kinds & {"company", "group", "club"} and not self._possessed(tok):
            owner = None if "state" in owner.kinds or "city" in owner.kinds else owner
        member = lemma in words("nouns", "acts", "member")
        if owner is not None and (member or kinds or lemma in words("nouns", "acts", "tool")):
            return self._organ(tok, owner)
        if lemma in words("nouns", "acts", "announcer"):
            return self._issuer(tok)
        definite = any(c.low in _DEFINITE for c in tok.kids("det", "poss", "predet", "nummod"))
        if kinds and definite:
            known = self.antecedent(tok)
            if known is not None:
                return known
        if kinds or member or lemma in words("nouns", "acts", "observer"):
            text = self._phrase(tok)
            return Actor(text, (names.plain(text),), kinds or frozenset({"person"}), plural=tok.tag == "NNS")
        return None

    def _issuer(self, tok: Tok) -> Actor | None:
        """Who speaks in a statement, a notice, a letter."""
        owner = self._owner(tok)
        if owner is not None:
            return owner
        for prep in tok.kids("prep"):
            if prep.low in ("from", "by", "of") and (obj := prep.kid("pobj")) is not None:
                return self._one(obj, None)
        return None

    def _owner(self, tok: Tok) -> Actor | None:
        """The body named in a phrase's modifiers: Taliban fighters, Moscow's forces, ministers of France."""
        for child in tok.children:
            if child.dep in ("compound", "amod", "poss", "nmod") or (child.dep == "appos" and tok.i > child.i):
                m = self._at.get(child.i)
                if m is not None and not m.actor.is_person and m.actor.kinds & _AGENTIVE:
                    return m.actor
                if child.dep == "poss" and child.low in (*_SINGULAR_IT, *_PLURAL, *_PERSONAL):
                    owner = self._pronoun(child)
                    if owner is not None:
                        return owner
                if child.dep == "poss" and child.pos == "NOUN":
                    owner = self._noun(child)
                    if owner is not None:
                        return owner
            elif child.dep == "prep" and child.low in ("of", "for", "from", "in") and (obj := child.kid("pobj")):
                m = self._at.get(obj.i)
                if m is not None and not m.actor.is_person and m.actor.kinds & _AGENTIVE:
                    return self.full(m.actor)
        return None

    def _possessed(self, tok: Tok) -> bool:
        """Whether the owner is named as one: "Moscow's forces", but not "the British group"."""
        return tok.kid("poss") is not None or tok.tag == "NNS" or tok.lemma in ("army", "force", "military", "government")

    def _organ(self, tok: Tok, owner: Actor) -> Actor:
        """A part of a body: it acts for it. A state's government is the state."""
        if owner.is_person and kinds_of(tok.lemma) & {"state", "body"}:
            return self.side(owner)
        if tok.lemma in words("nouns", "acts", "government") and "state" in owner.kinds:
            return owner
        text = self._phrase(tok, owner)
        kinds = kinds_of(tok.lemma) or frozenset({"body"})
        return Actor(text, (names.plain(text), *owner.keys), kinds, plural=tok.tag == "NNS")

    def _phrase(self, tok: Tok, owner: Actor | None = None) -> str:
        """The noun with its modifiers, as a name: "regional leaders"; the owner by its own name."""
        mods = [
            c for c in tok.children
            if c.dep in ("compound", "amod", "nmod") and (m := self._at.get(c.i)) is None and c.i < tok.i and c.low not in ("new", "latest", "same", "own", "former")
        ]
        text = " ".join(t.text for t in [*sorted(mods, key=lambda t: t.i), tok])
        of = next((c for c in tok.kids("prep") if c.low in ("of", "for") and c.i == tok.i + 1), None)
        if owner is None and of is not None and (obj := of.kid("pobj")) is not None:
            text += f" {of.text} " + " ".join(t.text for t in obj.subtree(frozenset({"relcl", "acl", "prep", "punct", "conj", "cc"})))
        return f"{owner.name}'s {text}" if owner is not None else text

    def _pronoun(self, tok: Tok) -> Actor | None:
        if tok.low in _PERSONAL:
            return self._search(tok, frozenset({"person"}), None)
        if tok.low in _SINGULAR_IT:
            return self._search(tok, _AGENTIVE - {"person", "region"}, False)
        if tok.low in _PLURAL:
            return self._search(tok, _AGENTIVE - {"region"}, True)
        if tok.low in ("both", "neither", "either"):
            return self.pair(tok)
        return None

    def antecedent(self, tok: Tok) -> Actor | None:
        """Whom "the group", "the bank", "the president" means here; None where nobody fits."""
        kinds = kinds_of(tok.lemma)
        two = any(c.low in ("both", "two", "neither") for c in tok.kids("det", "nummod", "predet", "amod"))
        if two or (tok.tag == "NNS" and tok.lemma in ("side", "party", "camp")):
            return self.pair(tok)
        kinds -= {"pair"}
        if not kinds:
            return None
        found = self._search(tok, kinds, None, noun=tok.lemma)
        return found

    def pair(self, tok: Tok) -> Actor | None:
        """The two actors last named together: who "both sides" are."""
        recent: list[Actor] = []
        before = [m for m in self.mentions if m.first < tok.i]
        for m in reversed(before):
            if m.actor.is_person or not m.actor.kinds & _AGENTIVE:
                continue
            if m.actor.keys[0] not in (a.keys[0] for a in recent):
                recent.append(m.actor)
            head = self._head(m)
            mates = [self._one(t, None) for t in head.first_conjunct().chain()]
            joint = [a for a in mates if a is not None]
            if len(joint) == 2:
                return _joint(joint)
        return _joint(recent[1::-1]) if len(recent) > 1 else None

    def _search(self, tok: Tok, kinds: frozenset[str], plural: bool | None, noun: str = "") -> Actor | None:
        """The most salient earlier actor of one of these kinds."""
        best: tuple[float, Actor] | None = None
        for m in self.mentions[: bisect_left(self._starts, tok.i)]:
            if not self._kinds(m.actor) & kinds or m.last >= tok.i:
                continue
            score = self._salience(m, tok, plural)
            if noun and noun in m.actor.keys[0].split():
                score += 2.5
            elif noun and self._noun_kinds.get(m.actor.keys[0], set()) & kinds_of(noun):
                score += 1.0
            elif noun and m.actor.kinds >= ORGANISED and m.actor.keys[0] not in names.seed():
                score -= 0.5
            if best is None or score >= best[0]:
                best = (score, m.actor)
        if best is None:
            fit = [a for a in self.title if self._kinds(a) & kinds]
            return fit[0] if fit else None
        return self.full(best[1])

    def _kinds(self, actor: Actor) -> frozenset[str]:
        learned = self._noun_kinds.get(actor.keys[0])
        if learned and actor.kinds >= ORGANISED:
            return frozenset(learned) & actor.kinds or actor.kinds
        return actor.kinds

    def _salience(self, m: Mention, tok: Tok, plural: bool | None) -> float:
        head = self._head(m)
        away = tok.sent.index - head.sent.index
        score = -1.0 * min(away, _REACH) - (4.0 if away > _REACH else 0.0)
        top = head.first_conjunct()
        if top.dep in ("nsubj", "nsubjpass"):
            score += 2.0 if top.head.is_root else 1.2
        elif m.adjective:
            score -= 1.5
        elif top.dep in ("pobj", "dobj"):
            score -= 0.3
        score += min(self._counts[m.actor.keys[0]], 4) * 0.3
        if any(a.keys[0] == m.actor.keys[0] for a in self.title):
            score += 0.8
        if away == 0 and top.head is tok.head and top.dep != "poss":
            score -= 3.0  # subject and object of one verb are two actors
        if plural and m.actor.kinds & {"person", "state"}:
            score -= 1.5
        return score

    def _head(self, m: Mention) -> Tok:
        """The token of the mention that the rest of the sentence hangs on."""
        inside = self.tree.tokens[m.first : m.last + 1]
        return next((t for t in inside if not (m.first <= t.head.i <= m.last) or t.head is t), inside[-1])

    def named_in(self, tokens: list[Tok]) -> list[Actor]:
        """The actors named among the tokens, adjectives included."""
        seen: dict[str, Actor] = {}
        for t in tokens:
            m = self._at.get(t.i)
            if m is not None:
                seen.setdefault(m.actor.keys[0], self.full(m.actor))
        return list(seen.values())

    def mention_at(self, tok: Tok) -> Mention | None:
        """The name that a token is part of."""
        return self._at.get(tok.i)


def _joint(actors: list[Actor]) -> Actor:
    own = tuple(dict.fromkeys(k for a in actors for k in a.keys[: a.own]))
    rest = tuple(dict.fromkeys(k for a in actors for k in a.keys[a.own :] if k not in own))
    name = ", ".join(a.name for a in actors[:-1]) + f" and {actors[-1].name}"
    kinds = frozenset(k for a in actors for k in a.kinds)
    return Actor(name, own + rest, kinds, plural=True, own=len(own))


def _in_title(title: str, known: Mapping[str, Actor]) -> list[Actor]:
    """Actors that a headline names, those the text names too first."""
    tokens = title.split()
    found: list[Actor] = []
    i = 0
    while i < len(tokens):
        for j in range(min(len(tokens), i + 6), i, -1):
            short = names.plain(" ".join(tokens[i:j]))
            hit = known.get(names.key(short))
            if hit is None and tokens[i][:1].isupper() and (seed := names.seed().get(short)):
                hit = Actor(seed.name, (names.plain(seed.name), *seed.of), frozenset({seed.kind}))
            if hit is not None:
                found.append(hit)
                i = j - 1
                break
        i += 1
    return found
