"""Which names a text mentions, and which of them are the same.

Requires of the parse: tags and dependencies; uses entity labels where there are any. Known names come from the
seed table and the guild's aliases; unknown ones are runs of proper nouns.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache

from bot.analysis import names
from bot.analysis.lexicon import table, words
from bot.analysis.tree import Sent, Tok, Tree

ORGANISED = frozenset({"group", "company", "body", "party", "club"})
"""What an organisation of unknown kind may be."""

_LINKS = frozenset({"of", "for", "the", "and", "&", "de", "del", "al", "bin", "ibn", "van", "von", "da", "di", "-", "’s", "'s", "on"})
_ENT_KINDS: Mapping[str, frozenset[str]] = {
    "PERSON": frozenset({"person"}),
    "GPE": frozenset({"state", "city"}),
    "LOC": frozenset({"region"}),
    "NORP": frozenset({"group", "party"}),
    "ORG": ORGANISED,
    "FAC": frozenset({"facility"}),
    "PRODUCT": ORGANISED,
    "WORK_OF_ART": ORGANISED,
    "EVENT": frozenset({"event"}),
    "LAW": frozenset({"event"}),
}
_NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})


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

    @property
    def is_person(self) -> bool:
        """Whether it is a human being."""
        return "person" in self.kinds


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands: tokens `first` to `last` (inclusive), and whose it is."""

    first: int
    last: int
    actor: Actor
    adjective: bool = False
    """"Chinese" before a noun: it names the state, but the noun is who acts."""


def find(tree: Tree, aliases: Mapping[str, str] | None = None) -> list[Mention]:
    """All names in the text, in order, those of one actor joined (surnames, acronyms, short forms)."""
    own = {names.plain(a): n for a, n in (aliases or {}).items()}
    found: list[Mention] = []
    for sent in tree.sents:
        found.extend(_in_sentence(tree, sent, own))
    return _joined(tree, found)


def _in_sentence(tree: Tree, sent: Sent, own: Mapping[str, str]) -> list[Mention]:
    found, tokens, i = [], sent.tokens, 0
    while i < len(tokens):
        tok = tokens[i]
        taken = _known(tree, tokens, i, own) if tok.text[:1].isupper() or tok.low in own else None
        taken = taken or _unknown(tree, tokens, i)
        if taken is None:
            i += 1
            continue
        found.append(taken)
        i += taken.last - taken.first + 1
    return found


def _known(tree: Tree, tokens: list[Tok], i: int, own: Mapping[str, str]) -> Mention | None:
    limit = min(len(tokens), i + max(names.longest_alias(), 6))
    for j in range(limit, i, -1):
        if not tokens[j - 1].text[:1].isalnum():
            continue
        text = tree.text[tokens[i].idx : tokens[j - 1].end]
        short = names.plain(text)
        mine = own.get(short)
        known = names.seed().get(names.plain(mine) if mine else short)
        if known is None and mine is None:
            continue
        if j < len(tokens) and j - i == 1 and _goes_on(tokens, i, j):
            continue
        name = known.name if known else str(mine)
        kinds = frozenset({known.kind}) if known else ORGANISED
        keys = (names.plain(name), *(known.of if known else ()))
        adjective = short in names.demonyms() and tokens[j - 1].dep in ("amod", "compound", "nmod", "nn")
        return Mention(tokens[i].i, tokens[j - 1].i, Actor(name, keys, kinds), adjective)
    return None


def _goes_on(tokens: list[Tok], i: int, j: int) -> bool:
    """Whether a one-word name is only the beginning of a longer one ("Paris Saint-Germain", "Jordan Henderson")."""
    here, after = tokens[i], tokens[j]
    if names.plain(here.text) in names.demonyms():
        return after.ent != "" and here.ent == after.ent and here.ent in ("ORG", "PERSON")
    return here.ent == after.ent == "PERSON" and after.pos == "PROPN"


def _unknown(tree: Tree, tokens: list[Tok], i: int) -> Mention | None:
    tok = tokens[i]
    if i + 1 < len(tokens) and tok.low in _titles() and tokens[i + 1].text[:1].isupper() and tokens[i + 1].pos in ("PROPN", "NOUN", "ADJ"):
        return None
    if tok.ent in _NOT_NAMES or not tok.text[:1].isupper() or tok.pos not in ("PROPN", "NOUN", "ADJ"):
        return None
    if tok.pos != "PROPN" and not tok.ent:
        return None
    j = i + 1
    while j < len(tokens):
        nxt = tokens[j]
        if nxt.text[:1].isupper() and nxt.pos in ("PROPN", "NOUN", "ADJ") and nxt.ent not in _NOT_NAMES:
            if tok.ent and nxt.ent and tok.ent != nxt.ent:
                break
            j += 1
        elif nxt.low in _LINKS and _linked(tokens, i, j):
            j += 1
        else:
            break
    name = tree.text[tok.idx : tokens[j - 1].end]
    ent = next((t.ent for t in tokens[i:j] if t.ent), "")
    kinds = _ENT_KINDS.get(ent, frozenset({"person"}) | ORGANISED)
    if kinds == frozenset({"person"}) and any(names.plain(t.text) in _ORG_WORDS() for t in tokens[i:j]):
        kinds = ORGANISED
    last = tokens[j - 1]
    return Mention(tok.i, last.i, Actor(name, (names.plain(name),), kinds), last.dep in ("amod", "compound", "nmod"))


def _linked(tokens: list[Tok], i: int, j: int) -> bool:
    """Whether a small word goes on with the name: "Organisation for the Prohibition", "City of Edinburgh Council"."""
    first, nxt = tokens[i], tokens[j]
    following = [t for t in tokens[j + 1 : j + 3] if t.text[:1].isupper()]
    if not following:
        return False
    if nxt.ent and nxt.ent == first.ent == following[0].ent:
        return True
    return (
        nxt.low == "of" and tokens[j - 1].low in _BODIES and following[0].i == nxt.i + 1 and first.ent != "PERSON"
    )


_BODIES = frozenset({"city", "bank", "university", "house", "council", "ministry", "department", "church", "kingdom", "republic", "organisation", "organization", "association", "federation", "union", "league", "court", "front", "party", "office", "institute", "society", "board", "committee"})


@cache
def _titles() -> frozenset[str]:
    """Words before a person's name that are no part of it."""
    return words("nouns", "stands", "person") | words("nouns", "titles", "words")


def _ORG_WORDS() -> frozenset[str]:  # noqa: N802 - reads as the constant it is, but is loaded late
    nouns = table("nouns")["stands"]
    return frozenset(nouns["company"]) | frozenset(nouns["body"]) | frozenset(nouns["group"])


def _joined(tree: Tree, found: list[Mention]) -> list[Mention]:
    """Mentions of one actor get one Actor: "Looney" is "Bernard Looney", "RSF" the "Rapid Support Forces"."""
    longer: dict[str, Actor] = {}
    for m in found:
        words = names.plain(m.actor.name).split()
        if len(words) > 1:
            text = names.plain(tree.text[tree.tokens[m.first].idx : tree.tokens[m.last].end])
            if m.actor.is_person:
                longer.setdefault(words[-1], m.actor)
                longer.setdefault(text.split()[-1], m.actor)
            initials = "".join(w[0] for w in names.plain(m.actor.name).split() if w not in _LINKS)
            if len(initials) > 2 and not m.actor.is_person:
                longer.setdefault(initials, m.actor)
    out = []
    for m in found:
        text = names.plain(tree.text[tree.tokens[m.first].idx : tree.tokens[m.last].end])
        full = longer.get(text)
        if full is not None and full is not m.actor and (text not in names.seed() or full.is_person):
            m = replace(m, actor=full)
        out.append(m)
    return out
