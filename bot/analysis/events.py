"""Parse → events: what is said to happen, to what, by whom, how surely; as JSON-ready rows that the rules compare.

Row of an event: `p` predicate lemma · `s` senses [[dimension, sign]] with negation applied · `neg` whether it is
denied · `mood` asserted, future or unreal · `still` · `t` theme (word → weight) · `n` quantities · `a` own keys of
who acts · `ab` keys of bodies that it acts for · `by` what acts: actor, phrase, hands, thing or none · `at` [start, end].
"""

from __future__ import annotations

from typing import Any

from bot.analysis import names, quantities, senses
from bot.analysis.actors import Cast
from bot.analysis.attribution import Attribution, subject_of
from bot.analysis.frames import phrase_lemma
from bot.analysis.lexicon import words
from bot.analysis.modality import Standing, standing
from bot.analysis.phrases import kinds_of
from bot.analysis.senses import Sense
from bot.analysis.themes import compounds, pairs, theme
from bot.analysis.tree import Tok, Tree

Row = dict[str, Any]
_COPULAS = frozenset({"be", "remain", "stay", "keep", "leave", "become", "stand", "lie", "find", "sit", "go", "hold", "get", "continue"})
_CLAUSAL = frozenset({"relcl", "advcl", "ccomp", "parataxis", "acl"})


def in_sentence(tree: Tree, cast: Cast, tokens: list[Tok], said: Attribution | None = None) -> list[Row]:
    """The events of one sentence."""
    rows: list[Row] = []
    for tok in tokens:
        if tok.is_verb and tok.dep not in ("aux", "auxpass") and tok.dep != "amod":
            row = of_verb(tree, cast, tok)
            if row is not None:
                rows.append(row)
        elif tok.pos == "NOUN" and (found := senses.of_noun(tok)) and not any(s.dimension == "aspect" for s in found):
            row = of_noun(tree, cast, tok, found)
            if row is not None:
                rows.append(row)
        if tok.pos == "NOUN" and tok.lemma in words("reversal", "broken", "nouns") and tok.dep in ("attr", "oprd", "dobj", "pobj", "ROOT", "ccomp", "appos"):
            rows.append(_row(tree, cast, tok, tok.lemma, frozenset(), standing(tok.head) if tok.head.is_verb else Standing("asserted", False), tok.subtree(frozenset({"relcl"})), None))
        if tok.pos in ("ADJ", "ADP", "VERB", "ADV", "NOUN", "SCONJ", "PART") and tok.dep not in ("aux", "mark", "amod", "det"):
            row = of_state(tree, cast, tok)
            if row is not None:
                rows.append(row)
    return rows


def clause_tokens(verb: Tok) -> list[Tok]:
    """The tokens of a verb's own clause: its subtree without other clauses that have their own subject."""
    found, stack = [], [verb]
    while stack:
        node = stack.pop()
        found.append(node)
        for child in node.children:
            if child.dep in ("parataxis",) or (child.is_verb and child.subject is not None and child.dep in ("conj", "advcl", "ccomp")):
                continue
            stack.append(child)
    found.sort(key=lambda t: t.i)
    return found


def of_verb(tree: Tree, cast: Cast, verb: Tok) -> Row | None:
    """The event a verb tells of; None for bare auxiliaries and for verbs of speech."""
    if verb.low == "according":
        return None
    if verb.lemma in ("be", "have", "do") and verb.kid("dobj", "attr", "acomp", "prep") is None:
        return None
    found = senses.of_verb(verb) | _composed(verb)
    return _row(tree, cast, verb, phrase_lemma(verb), found, standing(verb), clause_tokens(verb), subject_of(verb))


def _composed(verb: Tok) -> frozenset[Sense]:
    """Aspect composes: "resumed shelling" is shelling, "halted the withdrawal" its opposite."""
    aspect = next((s.sign for s in senses.of_verb(verb) if s.dimension == "aspect"), 0)
    if verb.lemma in words("modality", "light", "verbs"):
        aspect = aspect or 1
    falls = next((x.sign for x in senses.of_verb(verb) if x.dimension == "increase-decrease"), 0) if verb.kid("dobj") is None else 0
    found: set[Sense] = set()
    turn = aspect or falls
    if turn:
        for obj in [*verb.kids("dobj", "nsubjpass"), *(verb.kids("nsubj") if verb.kid("dobj") is None else ())]:
            for noun in obj.chain():
                whole = senses.of_verb(noun) if noun.tag == "VBG" else senses.of_noun(noun)
                found |= {Sense(s.dimension, s.sign * turn) for s in whole if s.dimension != "aspect"}
        gerunds = [*verb.kids("xcomp", "pcomp"), *(g for p in verb.kids("prep", "prt", "advmod") for g in p.kids("pcomp"))]
        for gerund in gerunds:
            if gerund.tag == "VBG" and aspect < 0:
                found |= {Sense(s.dimension, -s.sign) for s in senses.of_verb(gerund) if s.dimension != "aspect"}
    return frozenset(found)


def of_noun(tree: Tree, cast: Cast, noun: Tok, found: frozenset[Sense]) -> Row | None:
    """The event that a noun tells of, as far as the sentence asserts it: subject, object or "after the closure of"."""
    governor = noun.head
    stand = standing(governor) if governor.is_verb else Standing("asserted", False)
    if noun.dep in ("dobj", "nsubj", "nsubjpass", "attr") and governor.is_verb:
        if governor.lemma in words("modality", "leaves_open", "verbs"):
            return None
        if noun.dep != "dobj" and phrase_lemma(governor) not in words("modality", "occurs", "verbs") and governor.lemma not in words("modality", "occurs", "verbs"):
            return None
        aspect = next((s.sign for s in senses.of_verb(governor) if s.dimension in ("aspect", "increase-decrease")), 0)
        if aspect < 0 and noun.dep != "nsubj":
            return None  # told by the verb's own row, composed
        if senses.of_verb(governor) and not aspect and noun.dep == "dobj":
            return None
    elif noun.dep != "pobj" or governor.low not in words("modality", "marks", "during"):
        return None
    if any(c.low in ("no", "any") for c in noun.kids("det")):
        stand = Standing(stand.mood, not stand.negated, stand.still, stand.failed, stand.doubt)
    owner = noun.kid("poss")
    agent = owner or next((p.kid("pobj") for p in noun.kids("prep") if p.low == "by"), None) or (subject_of(governor) if noun.dep == "dobj" else None)
    return _row(tree, cast, noun, noun.lemma, found, stand, noun.subtree(frozenset({"relcl"})), agent)


def of_state(tree: Tree, cast: Cast, tok: Tok) -> Row | None:
    """The state that an adjective, participle or phrase tells of: "remain behind bars", "is still open"."""
    if tok.is_verb and tok.tag not in ("VBN", "VBD"):
        return None
    if not senses.is_state(tok):
        return None
    verb = tok.head if tok.head.is_verb else tok
    if not verb.is_verb and tok.pos != "ADJ":
        return None
    bearer = verb.kid("dobj") if verb.lemma in ("keep", "leave", "find", "hold") and verb.kid("dobj") else subject_of(verb)
    found = senses.of_state(tok, bearer)
    if not found:
        return None
    if verb.lemma not in _COPULAS and not (tok.dep in ("advcl", "acl", "oprd") or tok is verb):
        return None
    if tok.pos == "ADP" and verb.lemma not in _COPULAS:
        return None
    stand = standing(verb)
    tokens = clause_tokens(verb)
    row = _row(tree, cast, tok, tok.lemma, found, stand, tokens, subject_of(verb) if verb.lemma in ("keep", "leave", "hold") else None)
    if row is not None:
        row["state"] = True
        row["still"] = stand.still or verb.lemma in ("remain", "stay", "keep", "continue")
        if bearer is not None:
            row["t"] |= theme(bearer.subtree(frozenset({"relcl"})), cast)
    return row


def _row(
    tree: Tree, cast: Cast, head: Tok, lemma: str, found: frozenset[Sense], stand: Standing, tokens: list[Tok], agent: Tok | None
) -> Row | None:
    actor_tok = _agent_of(head, agent)
    who = None
    if actor_tok is not None:
        who = cast.of(actor_tok) or (cast.of(actor_tok.first_conjunct()) if actor_tok.dep == "conj" else None)
    own: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()
    kind = "none"
    skip: frozenset[int] = frozenset()
    if who is not None and actor_tok is not None:
        own, bodies = who.keys[: who.own], who.keys[who.own :]
        kind = "pair" if actor_tok.lemma in ("side", "party", "camp", "neither", "both") and _two(actor_tok) else "actor"
        skip = frozenset(t.i for t in actor_tok.subtree(frozenset({"relcl", "prep"})))
        if len(who.keys) == who.own == 1 and (who.name.islower() or actor_tok.pos == "NOUN") and cast.mention_at(actor_tok) is None:
            kind = "role" if _is_role(actor_tok) else "phrase"
            if actor_tok.lemma in words("modality", "tools", "nouns"):
                kind, own = "thing", ()
            if actor_tok.lemma in words("modality", "agents", "hands"):
                bodies, kind = _land(cast, head), "hands"
    elif actor_tok is not None and actor_tok.lemma in ("side", "party", "camp", "neither", "both") and _two(actor_tok):
        kind = "pair"
    elif actor_tok is not None and actor_tok.lemma in words("modality", "agents", "hands"):
        bodies, kind = _land(cast, head), "hands"
    elif actor_tok is not None and actor_tok.pos in ("NOUN", "PROPN", "PRON"):
        kind = _thing(head, actor_tok)
    sign = -1 if stand.negated else 1
    words_ = theme([t for t in tokens if t is not head], cast, skip)
    if who is not None and actor_tok is not None and actor_tok.lemma in words("modality", "tools", "nouns") and not set(who.keys) & set(names.seed()):
        kind, own, bodies = "thing", (), ()
    if actor_tok is not None and kind == "thing" and actor_tok.pos == "PROPN":
        kind, own = "actor", (names.plain(actor_tok.text),)
    return {
        "p": lemma,
        "val": -valence(head, lemma) if stand.negated else valence(head, lemma),
        "noun": head.pos == "NOUN",
        "before": any(a.low == "had" for a in head.kids("aux")) and head.dep in ("relcl", "acl"),
        "perfect": any(a.lemma == "have" for a in head.kids("aux")),
        "v": senses.normal(head.lemma),
        "s": sorted([s.dimension, s.sign * sign] for s in found),
        "neg": stand.negated,
        "mood": stand.mood,
        "still": stand.still,
        "failed": stand.failed,
        "doubt": stand.doubt,
        "t": words_,
        "c": compounds(tokens),
        "np": pairs(tokens),
        "own": len(own),
        "n": [q.as_row() for q in quantities.find(tokens, tree.text)],
        "a": list(own),
        "ab": list(bodies),
        "by": kind,
        "at": [tokens[0].idx, tokens[-1].end] if tokens else [head.idx, head.end],
        "h": [head.idx, head.end],
    }


def _agent_of(head: Tok, agent: Tok | None) -> Tok | None:
    """Who acts: the subject, or in the passive whoever "by" names."""
    passive = head.kid("nsubjpass") is not None or (head.tag == "VBN" and head.dep in ("acl", "relcl") and head.subject is None)
    if not passive:
        return agent
    by = head.kid("agent")
    return by.kid("pobj") if by is not None else None


def _thing(head: Tok, subject: Tok) -> str:
    """What an unresolved subject is: people (`phrase`), a thing that acts on others by itself (`force`: "the rains
    cut off the roads"), or a thing that something happens to or that its owner acts with (`thing`)."""
    if subject.pos == "NOUN" and (senses.is_people(subject.lemma) or kinds_of(subject.lemma)):
        return "phrase"
    own_means = words("modality", "tools", "nouns") | words("modality", "tools", "instruments") | words("nouns", "acts", "announcer")
    if head.is_verb and head.kid("dobj") is not None and subject.pos == "NOUN" and subject.lemma not in own_means and head.kid("nsubjpass") is None:
        return "force"
    return "thing"


def _is_role(tok: Tok) -> bool:
    """"The hosts", "the authorities": somebody known who acts for a body not named beside."""
    definite = any(c.low in ("the", "its", "their") for c in tok.kids("det", "poss"))
    return definite and (tok.lemma in words("nouns", "acts", "member") or bool(kinds_of(tok.lemma) - {"person", "pair"}))


def _two(tok: Tok) -> bool:
    """Both sides, neither party, the two camps."""
    return tok.low in ("neither", "both") or any(c.low in ("both", "neither", "either", "two", "warring", "rival") for c in tok.children)


def _land(cast: Cast, head: Tok) -> tuple[str, ...]:
    """The states and places that the sentence names: whose hands unnamed soldiers are."""
    return tuple(k for a in cast.named_in(head.sent.tokens) if a.kinds & {"state", "region", "city"} for k in a.keys)


def valence(head: Tok, lemma: str) -> int:
    """+1 where the act furthers its object, -1 where it hinders it, 0 where neither is known."""
    for part, sign in (("furthers", 1), ("hinders", -1)):
        if head.is_verb and lemma in words("valence", part, "verbs"):
            return sign
        if not head.is_verb and head.pos == "NOUN" and lemma in words("valence", part, "nouns"):
            return sign
    for part, sign in (("furthers", 1), ("hinders", -1)):
        if head.is_verb and head.lemma in words("valence", part, "verbs"):
            return sign
    if head.low in words("valence", "missing", "words") or any(c.low in words("valence", "missing", "words") for c in head.kids("acomp", "attr", "oprd", "advcl")):
        return -1
    return 0
