"""Parse → events: what is said to happen, to what, by whom, how surely; as JSON-ready rows that the rules
compare.

Row of an event: `p` predicate lemma · `v` the same normalised · `noun` whether a noun tells it · `s` senses
[[dimension, sign]] with negation applied · `val` valence, likewise · `neg` whether it is denied · `mood`
asserted, future or unreal · `still` · `failed` · `doubt` · `before` whether in the past perfect · `perfect`
· `t` theme (word → weight) · `c` known noun phrases · `np` things with what narrows them down · `in` where
they are · `n` quantities · `own` number of own keys · `a` own keys of who acts · `ab` keys of bodies that it
acts for · `by` what acts (`agency.Agency.kind`) · `moves` people who act on nothing · `at` and `h` [start,
end] of the clause and of its head · `state` for what is, not happens.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from bot.analysis import places, quantities, senses, valence
from bot.analysis.agency import agency
from bot.analysis.attribution import subject_of
from bot.analysis.frames import phrase_lemma
from bot.analysis.lexicon import words
from bot.analysis.likeness import normal
from bot.analysis.modality import ASSERTED, Standing, standing
from bot.analysis.themes import compounds, pairs, theme
from bot.analysis.things import objects_of

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.dimensions import Sense
    from bot.analysis.tree import Tok, Tree

Row: TypeAlias = dict[str, Any]
_NO_RELATIVE = frozenset({"relcl"})
_STATES = ("ADJ", "ADP", "VERB", "ADV", "NOUN", "SCONJ", "PART")


def in_sentence(tree: Tree, cast: Cast, tokens: list[Tok]) -> list[Row]:
    """The events of one sentence, in its order."""
    rows: list[Row | None] = []
    for tok in tokens:
        if tok.is_verb and tok.dep not in ("aux", "auxpass", "amod"):
            rows.append(of_verb(tree, cast, tok))
        elif tok.pos == "NOUN":
            rows.append(of_noun(tree, cast, tok))
        if tok.pos == "NOUN":
            rows.append(_of_breach(tree, cast, tok))
        if tok.pos in _STATES and tok.dep not in ("aux", "mark", "amod", "det"):
            rows.append(of_state(tree, cast, tok))
    return [row for row in rows if row is not None]


def clause_tokens(verb: Tok) -> list[Tok]:
    """The tokens of a verb's own clause: its subtree without other clauses that have their own subject."""
    found, stack = [], [verb]
    while stack:
        node = stack.pop()
        found.append(node)
        for child in node.children:
            own_subject = child.is_verb and child.subject is not None
            if child.dep == "parataxis" or (own_subject and child.dep in ("conj", "advcl", "ccomp")):
                continue
            if child.low == "without" and child.kid("pcomp") is not None:
                continue
            stack.append(child)
    found.sort(key=lambda t: t.i)
    return found


def of_verb(tree: Tree, cast: Cast, verb: Tok) -> Row | None:
    """The event a verb tells of; None for bare auxiliaries and for "according"."""
    if verb.low == "according":
        return None
    if verb.lemma in ("be", "have", "do") and verb.kid("dobj", "attr", "acomp", "prep") is None:
        return None
    found = senses.of_verb(verb) | senses.composed(verb)
    lemma = phrase_lemma(verb)
    return _row(tree, cast, verb, lemma, found, standing(verb), clause_tokens(verb), subject_of(verb))


def of_noun(tree: Tree, cast: Cast, noun: Tok) -> Row | None:
    """The event that a noun tells of, as far as the sentence asserts it: subject, object or "after the
    closure of"."""
    found = senses.of_noun(noun)
    if not found or any(s.dimension == "aspect" for s in found) or not _takes_place(noun):
        return None
    governor = noun.head
    stand = standing(governor) if governor.is_verb else ASSERTED
    if any(c.low == "any" for c in noun.kids("det")) and not stand.negated:
        return None  # "would answer any attack" tells of none
    counted = governor.is_verb and noun.dep in ("dobj", "nsubj", "nsubjpass", "attr")
    if not counted and any(c.low == "no" for c in noun.kids("det")):
        stand = Standing(stand.mood, not stand.negated, stand.still, stand.failed, stand.doubt)
    by = next((p.kid("pobj") for p in noun.kids("prep") if p.low == "by"), None)
    agent = noun.kid("poss") or by or (subject_of(governor) if noun.dep == "dobj" else None)
    return _row(tree, cast, noun, noun.lemma, found, stand, noun.subtree(_NO_RELATIVE), agent)


def _takes_place(noun: Tok) -> bool:
    """Whether the sentence says that a noun's event took place, and no verb's row tells it already."""
    verb = noun.head
    if noun.dep not in ("dobj", "nsubj", "nsubjpass", "attr") or not verb.is_verb:
        return noun.dep == "pobj" and verb.low in words("modality", "marks", "during")
    if verb.lemma in words("modality", "leaves_open", "verbs"):
        return False
    if noun.dep != "dobj" and not {phrase_lemma(verb), verb.lemma} & words("modality", "occurs", "verbs"):
        return False
    governing = senses.of_verb(verb)
    aspect = senses.sign_on(governing, "aspect") or senses.sign_on(governing, "increase-decrease")
    if aspect < 0 and noun.dep != "nsubj":
        return False  # told by the verb's own row, composed
    return not governing or bool(aspect) or noun.dep != "dobj"


def _of_breach(tree: Tree, cast: Cast, noun: Tok) -> Row | None:
    """ "In breach of", "a U-turn": a noun that says that a word was broken."""
    if noun.lemma not in words("reversal", "broken", "nouns"):
        return None
    if noun.dep not in ("attr", "oprd", "dobj", "pobj", "ROOT", "ccomp", "appos"):
        return None
    stand = standing(noun.head) if noun.head.is_verb else ASSERTED
    return _row(tree, cast, noun, noun.lemma, frozenset(), stand, noun.subtree(_NO_RELATIVE), None)


def of_state(tree: Tree, cast: Cast, tok: Tok) -> Row | None:
    """The state that an adjective, participle or phrase tells of: "remain behind bars", "is still open"."""
    verb = tok.head if tok.head.is_verb else tok
    if not senses.is_state(tok) or not _says_what_is(tok, verb):
        return None
    caused = verb.kid("dobj") if verb.lemma in words("modality", "copulas", "causing") else None
    bearer = caused or subject_of(verb)
    found = senses.of_state(tok, bearer)
    if not found:
        return None
    stand = standing(verb)
    agent = subject_of(verb) if verb.lemma in words("modality", "copulas", "agentive") else None
    row = _row(tree, cast, tok, tok.lemma, found, stand, clause_tokens(verb), agent)
    row["state"] = True
    row["still"] = stand.still or verb.lemma in words("modality", "copulas", "lasting")
    if bearer is not None:
        row["t"] |= theme(bearer.subtree(_NO_RELATIVE), cast)
    return row


def _says_what_is(tok: Tok, verb: Tok) -> bool:
    """Whether a token stands where a state is said: after a copula, in apposition, as a predicate."""
    if (tok.is_verb and tok.tag not in ("VBN", "VBD")) or (not verb.is_verb and tok.pos != "ADJ"):
        return False
    if verb.lemma in words("modality", "copulas", "verbs"):
        return True
    if tok is verb and tok.subject is not None and tok.kid("dobj") is not None:
        return False  # "activists freed the miners" is a deed, not how the activists are
    return tok.pos != "ADP" and (tok is verb or tok.dep in ("advcl", "acl", "oprd"))


def _is_background(head: Tok) -> bool:
    """Whether the event lies before what is told: "that had held", "introduced long before"."""
    if head.dep not in ("relcl", "acl"):
        return False
    if head.dep == "acl" and head.tag == "VBN" and head.kid("agent") is None:
        return not any(t.ent in ("DATE", "TIME") for t in head.subtree())  # "bombs made to carry gas"
    earlier = words("modality", "adverbs", "earlier")
    return any(a.low == "had" for a in head.kids("aux")) or any(
        t.low in earlier for c in head.kids("advmod", "prep") for t in c.subtree()
    )


def _bearers(head: Tok, subject: Tok | None) -> list[Tok]:
    """What the event befalls or who acts: the subject and the objects, without phrases of time or company."""
    aside = words("modality", "adverbs", "aside")
    objects = [t for t in objects_of(head) if t.head.low not in aside] if head.is_verb else [head]
    return [*([subject] if subject is not None else []), *objects]


def year_of(text: str) -> int | None:
    """The year or decade that a token names ("2019", "1980s"), None for others."""
    digits = text.removesuffix("s")
    return int(digits) if len(digits) == 4 and digits.isdigit() and digits[:2] in ("18", "19", "20") else None


def _is_since(year: Tok) -> bool:
    """ "Since 2018", "since November 2010": until now, not before."""
    return "since" in (year.head.low, year.head.head.low)


def _row(
    tree: Tree,
    cast: Cast,
    head: Tok,
    lemma: str,
    found: frozenset[Sense],
    stand: Standing,
    tokens: list[Tok],
    subject: Tok | None,
) -> Row:
    who = agency(cast, head, subject)
    sign = -1 if stand.negated else 1
    return {
        "p": lemma,
        "val": sign * valence.of_event(head, lemma),
        "noun": head.pos == "NOUN",
        "before": _is_background(head),
        "years": sorted({y for t in tokens if (y := year_of(t.text)) is not None and not _is_since(t)}),
        "of": [normal(t.lemma) for t in _bearers(head, subject)],
        "perfect": any(a.lemma == "have" for a in head.kids("aux")),
        "v": normal(head.lemma),
        "s": sorted([s.dimension, s.sign * sign] for s in found),
        "neg": stand.negated,
        "mood": stand.mood,
        "still": stand.still,
        "failed": stand.failed,
        "doubt": stand.doubt,
        "t": theme([t for t in tokens if t is not head], cast, who.skip),
        "c": compounds(tokens),
        "np": pairs(tokens),
        "own": len(who.own),
        "n": [q.as_row() for q in quantities.find(tokens, tree.text)],
        "a": list(who.own),
        "ab": list(who.bodies),
        "by": who.kind,
        "moves": who.moves,
        "in": places.named(tokens, cast),
        "at": [tokens[0].idx, tokens[-1].end] if tokens else [head.idx, head.end],
        "h": [head.idx, head.end],
    }
