"""Who a phrase stands for: names, pronouns, "the group", "Moscow's forces", persons with their bodies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.analysis import mentions as finder
from bot.analysis import names, phrases, voices
from bot.analysis.antecedents import AGENTIVE, Antecedents, head_of, joint
from bot.analysis.fitting import GENDERS, is_public
from bot.analysis.headline import actors_in
from bot.analysis.lands import at_home
from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor, Mention
from bot.analysis.organs import is_only_home, issuer_of, organ, owner_in_front, owner_of, speaker_behind
from bot.analysis.phrases import kinds_of
from bot.analysis.repair import mend, mend_subject
from bot.analysis.roles import Roles

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.analysis.tree import Tok, Tree

_IT = frozenset({"it", "its", "itself"})
_THEY = frozenset({"they", "them", "their", "themselves", "theirs"})
_WE = frozenset({"we", "us", "our", "ourselves", "'s"})
_FIRST = _WE | {"i", "my", "me", "myself"}
_NAMING = ("nsubj", "nsubjpass", "pobj", "dobj", "poss")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


class Cast:
    """The actors of one text, and the resolution of phrases to them.

    `year` is the year in which the text was published: who spoke for which body then.
    """

    def __init__(
        self, tree: Tree, title: str = "", aliases: Mapping[str, str] | None = None, year: int | None = None
    ) -> None:
        self.tree = mend(tree)
        self.mentions = finder.find(tree, aliases, year)
        self._mend_subjects()
        self._names = {m.actor.keys[0]: m.actor for m in self.mentions}
        self.title = actors_in(title, self._names)
        self._index()
        self._noted: dict[int, Actor | None] = {}
        self._roles = Roles(self)
        self._search = self._antecedents()
        self._bring_home()
        self._add_phrases()
        land = self._search.land()
        for mention in self.mentions:
            self._roles.learn_bodies(mention)
            self._roles.learn_land(mention, land)
        self._noted.clear()

    def _bring_home(self) -> None:
        """Give "the Treasury" to the state that the text is about."""
        land = self._search.land()
        named = {k for m in self.mentions if m.actor.own == len(m.actor.keys) for k in m.actor.keys}
        self.mentions = [at_home(m, named, land) for m in self.mentions]
        self._index()

    def _mend_subjects(self) -> None:
        """Give verbs the subjects that the parse lost, now that the names are known."""
        for m in self.mentions:
            at = m.last + 1
            while at < len(self.tree.tokens) and self.tree.tokens[at].pos in ("AUX", "ADV"):
                at += 1
            if at < len(self.tree.tokens) and self.tree.tokens[at].pos == "VERB":
                mend_subject(self.tree.tokens[at], head_of(self.tree, m))

    def _index(self) -> None:
        self._at: dict[int, Mention] = {i: m for m in self.mentions for i in range(m.first, m.last + 1)}

    def _antecedents(self) -> Antecedents:
        return Antecedents(
            self.tree, self.mentions, self.title, self._roles.kinds, self._roles.genders, self._roles.titles
        )

    def _add_phrases(self) -> None:
        """Add actors named only by a noun ("the mayor of Leeds", "donors"): later pronouns may be them."""
        known = {m.actor.keys[0] for m in self.mentions}
        added = []
        for tok in self.tree.tokens:
            if tok.pos not in ("NOUN", "PROPN") or tok.dep not in _NAMING or tok.i in self._at:
                continue
            if not kinds_of(tok.lemma) and tok.lemma not in words("nouns", "acts", "member"):
                continue
            if any(self._at.get(c.i) for c in tok.kids("appos")):
                continue
            actor = self._noun(tok)
            named = tok.dep in ("nsubj", "nsubjpass") or (actor is not None and len(actor.keys) > actor.own)
            if actor is not None and named and actor.keys[0] not in known:
                kinds = kinds_of(tok.lemma) - {"pair"} or frozenset({"body"})
                added.append(Mention(tok.i, tok.i, replace(actor, kinds=kinds)))
        self.mentions = sorted([*self.mentions, *added], key=lambda m: m.first)
        self._noted.clear()
        self._search = self._antecedents()

    # -- what others ask ------------------------------------------------------------------------------------

    def of(self, tok: Tok, speaker: Actor | None = None) -> Actor | None:
        """The actor that a phrase (given by its head) stands for; None where it is no actor.

        `speaker` is whoever utters the quote the phrase stands in: "we" and "I" are then that speaker's side.
        """
        if tok.dep in ("nsubj", "nsubjpass") and tok.low in _RELATIVE:
            return self.of(tok.head.head, speaker) if tok.head.dep == "relcl" else None
        first = self.one(tok, speaker)
        if first is None or tok.pos == "PRON":
            return first
        others = [a for c in tok.chain()[1:] if (a := self.one(c, speaker))]
        distinct = {a.keys[0]: a for a in (first, *others)}
        return joint(list(distinct.values())) if len(distinct) > 1 else first

    def one(self, tok: Tok, speaker: Actor | None = None) -> Actor | None:
        """The same for the phrase alone, without what is coordinated with it."""
        if tok.low in _FIRST and (tok.pos == "PRON" or tok.low == "'s"):
            return self.side(speaker, tok.low in _WE) if speaker else None
        if speaker is not None and (own := voices.own_words(self, tok, speaker)) is not None:
            return own
        if tok.i not in self._noted:
            self._noted[tok.i] = None  # a phrase that leads back to itself is nobody
            self._noted[tok.i] = self._resolved(tok)
        return self._noted[tok.i]

    def full(self, actor: Actor) -> Actor:
        """The actor with the bodies that this text says it speaks for."""
        bodies = self._roles.bodies.get(actor.keys[0], ())
        extra = tuple(dict.fromkeys(k for b in bodies for k in b.keys if k not in actor.keys))
        return replace(actor, keys=actor.keys + extra) if extra else actor

    def side(self, speaker: Actor, plural: bool = True) -> Actor:
        """Whom a speaker's "we" binds: the body it speaks for where one is known, else the speaker."""
        if not plural or not (speaker.is_person or speaker.noun in words("nouns", "acts", "mouthpiece")):
            return speaker
        told = {b.keys[0]: b for b in self._roles.bodies.get(speaker.keys[0], ())}
        for body in speaker.keys[speaker.own :]:
            if (found := told.get(body) or self._names.get(body)) is not None:
                return found
            known = names.seed().get(body)
            if known is not None:
                return Actor(known.name, (body,), frozenset({known.kind}))
        return speaker

    def roles(self, actor: Actor) -> frozenset[str]:
        """The nouns that the text gives a person or body as titles: minister, spokesman, maker."""
        return frozenset(self._roles.titles.get(actor.keys[0], ()))

    def phrase(self, tok: Tok) -> Actor | None:
        """An actor named by its noun phrase as it stands; None for what is no noun or is abstract."""
        if not phrases.can_act(tok) or tok.pos == "ADJ":
            return None
        owner = owner_of(self, tok)
        if owner is not None and not (owner.is_person and not kinds_of(tok.lemma)):
            return organ(self, tok, owner)
        text = phrases.wording(self.tree, tok)
        person = tok.lemma.endswith(tuple(words("nouns", "names", "person_endings")))
        kinds = kinds_of(tok.lemma) or frozenset({"person" if person else "body"})
        return Actor(text, (names.plain(text),), kinds, plural=tok.tag == "NNS", noun=tok.lemma)

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

    # -- resolution -----------------------------------------------------------------------------------------

    def _resolved(self, tok: Tok) -> Actor | None:
        if tok.pos == "PRON" or tok.low in _THEY or tok.low in ("both", "neither", "all", "either"):
            return self._pronoun(tok)
        mention = self._at.get(tok.i)
        if mention is not None and voices.calls_member(tok, mention):
            person = self._search.search(tok, frozenset({"person"}))
            return self.full(person if person is not None else mention.actor)
        if mention is not None and not (mention.adjective and mention.last != tok.i):
            return self.full(mention.actor)
        named = next((m for c in tok.kids("appos") if (m := self._at.get(c.i))), None)
        if named is not None and (named.actor.is_person or kinds_of(tok.lemma)):
            return self.full(named.actor)
        return self._noun(tok)

    def _pronoun(self, tok: Tok) -> Actor | None:
        if tok.dep == "poss" and (owner := owner_in_front(self, tok)) is not None:
            return owner
        person = tok.low in GENDERS
        if person and (own := voices.own_speaker(self, tok)) is not None:
            return own
        if person:
            found = self._search.search(tok, frozenset({"person"}))
        elif tok.low in _IT:
            found = self._search.search(tok, AGENTIVE - {"person", "region"})
        elif tok.low in _THEY:
            found = self._search.search(tok, AGENTIVE - {"region"}, plural=True)
        elif tok.low in ("both", "neither", "either"):
            return self._search.pair(tok, self.one)
        else:
            return None
        if found is None:
            found = self._search.ahead(
                tok, frozenset({"person"}) if person else AGENTIVE - {"person", "region"}
            )
        return self.full(found) if found is not None else None

    def _noun(self, tok: Tok) -> Actor | None:
        """A phrase headed by a common noun: "Taliban fighters", "the group", "donors"."""
        if tok.pos not in ("NOUN", "PROPN", "ADJ", "NUM") or tok.ent in ("DATE", "TIME", "MONEY", "PERCENT"):
            return None
        kinds = kinds_of(tok.lemma)
        member = tok.lemma in words("nouns", "acts", "member")
        owner = owner_of(self, tok)
        if owner is not None and is_only_home(tok, owner):
            owner = None
        if owner is not None and (member or kinds or tok.lemma in words("nouns", "acts", "part")):
            if owner.noun:
                self._names.setdefault(owner.keys[0], owner)  # whom "we" of its spokesman is
            return organ(self, tok, owner)
        if tok.lemma in words("nouns", "acts", "announcer"):
            return issuer_of(self, tok)
        if kinds and phrases.is_definite(tok) and (known := self._taken_up(tok)) is not None:
            return known
        if is_public(tok) and (land := self._search.land()) is not None:
            return organ(self, tok, land)
        if kinds or member or tok.lemma in words("nouns", "acts", "observer"):
            text = phrases.wording(self.tree, tok) + phrases.of_phrase(self.tree, tok)
            kinds = kinds - {"pair"} or frozenset({"person"})
            return Actor(text, (names.plain(text),), kinds, plural=tok.tag == "NNS", noun=tok.lemma)
        return None

    def _taken_up(self, tok: Tok) -> Actor | None:
        """Whom "the group", "the bank", "the president" means here; None where nobody fits."""
        if phrases.is_pair(tok):
            return self._search.pair(tok, self.one)
        if (who := speaker_behind(self, tok)) is not None:
            return who
        kinds = kinds_of(tok.lemma) - {"pair"}
        found = self._search.search(tok, kinds, noun=tok.lemma) if kinds else None
        return self.full(found) if found is not None else None
