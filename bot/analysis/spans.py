"""Cutting quotes, contents, conditions and deadlines out of the parse."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.analysis.tree import Tok, Tree

_STOPS = frozenset({";", "—", "–", "--"})
_TRAILING = frozenset({*",.;:!?\"”“'’(-–—", "and", "but", "or", "..."})
_TIME_ENTS = frozenset({"DATE", "TIME"})
_OWN_CLAUSE = frozenset({"parataxis", "nsubj", "nsubjpass", "csubj", "mark", "ccomp"})
"""What stands before a promised verb without being promised: its subject, the words of who says it."""
_DEADLINE_PARTS = frozenset({"prep", "npadvmod", "advmod", "pcomp", "advcl", "mark", "nmod"})
_LONGEST_DEADLINE = 14
"""Words; a longer phrase with a date in it tells more than when."""
_GAP = 12
"""Words that may be missing inside a phrase; past a wider gap the parse joined on what is not part of it."""
_DEADLINES = frozenset({"by", "before", "within", "until", "till", "from"})
"""Prepositions of a deadline that stands in front; "in 2019" there tells when it was said."""
_FRONT = 3
"""Heads above a promise to which a condition in front may be attached."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is promised, cut out of the text."""

    tokens: tuple[Tok, ...]
    """Tokens of the content verb's phrase, in order, without its subject."""
    condition: tuple[Tok, ...] = ()
    deadline: tuple[Tok, ...] = ()


def content_of(head: Tok, limit: int | None = None, stop: Tok | None = None) -> Content:
    """The phrase of a content verb (or noun), from it to its last word.

    `limit` is an offset it must not pass (the end of a quotation), `stop` the first token of the next
    commitment.
    """
    before = [c.i for c in head.kids("aux", "neg", "auxpass") if c.i < head.i]
    first = min([head.i, *before])
    kept: list[Tok] = []
    for tok in _phrase(head):
        if head.is_verb and tok.i < first:
            continue
        if (stop is not None and tok.i >= stop.i) or (limit is not None and tok.idx >= limit):
            break
        if tok.text in _STOPS and tok.i > head.i:
            break
        kept.append(tok)
    kept = _trim(_unlinked(kept, head))
    return Content(tuple(kept), _condition(head, kept), _deadline(head, kept))


def given(verb: Tok) -> Content:
    """The content of a passive that tells what was pledged: "have been pledged by X for restoring land"."""
    below = verb.subtree(frozenset({"nsubjpass", "advcl", "ccomp", "parataxis", "conj", "cc"}))
    kept = [t for t in below if t.i >= verb.i]
    return Content(tuple(_trim(kept)), (), _deadline(verb, kept))


def condition_before(head: Tok) -> tuple[Tok, ...]:
    """A condition that stands in front: "If the slump deepens, it will go further"."""
    node = head
    for _ in range(_FRONT):
        for clause in node.kids("advcl"):
            inside = clause.subtree()
            if clause.i < head.i and inside[0].low in words("commissives", "condition", "openings"):
                return tuple(_trim(inside))
        if node.head is node:
            break
        node = node.head
    return ()


def deadline_before(head: Tok) -> tuple[Tok, ...]:
    """A deadline that stands in front of what will be done: "By 2030, X will close it"."""
    for part in head.kids("prep"):
        phrase = part.subtree()
        opens = part.i < head.i and part.low in _DEADLINES and len(phrase) <= _LONGEST_DEADLINE
        if opens and _tells_when(part, phrase):
            return tuple(_trim(phrase))
    return ()


def text_of(tree: Tree, tokens: Sequence[Tok]) -> str | None:
    """The verbatim text of a stretch of tokens, None for none."""
    return tree.text[tokens[0].idx : tokens[-1].end] if tokens else None


def _phrase(head: Tok) -> list[Tok]:
    """The subtree, less clauses that are coordinated with it, put in, or only joined on."""
    found, stack = [], [head]
    while stack:
        node = stack.pop()
        found.append(node)
        stack.extend(c for c in node.children if _belongs(c, node, head))
    found.sort(key=lambda t: t.i)
    return found


def _belongs(child: Tok, node: Tok, head: Tok) -> bool:
    """Whether what hangs on a node of the phrase is part of it."""
    if child.dep == "parataxis":
        return False
    if node is not head or child.i < head.i:
        return node is not head or child.dep not in _OWN_CLAUSE
    if child.dep == "conj":
        if any(a.lemma == "do" for a in child.kids("aux")):
            return False  # "will fight it but does not mean to leave"
        compared = any(x.low == "than" for x in node.kids("cc"))
        return compared or child.subject is None
    # A comma belongs where more of the phrase follows.
    return child.dep != "punct" or child.i < max(c.i for c in head.children)


def _unlinked(tokens: list[Tok], head: Tok) -> list[Tok]:
    """Cut at a comma that opens a loose relative clause, a participle or a remark."""
    for at, (tok, nxt) in enumerate(pairwise(tokens)):
        if tok.text != "," or tok.i < head.i:
            continue
        participle = nxt.tag == "VBG" and nxt.dep == "advcl"
        if nxt.low in words("commissives", "parse", "loose") or (
            participle and nxt.low not in words("commissives", "parse", "participles_kept")
        ):
            return tokens[:at]
    return tokens


def _trim(tokens: list[Tok]) -> list[Tok]:
    """Without punctuation at the end, and without what stands too far off."""
    while tokens and tokens[-1].low in _TRAILING:
        tokens = tokens[:-1]
    for at in range(1, len(tokens)):
        if tokens[at].i - tokens[at - 1].i > _GAP:
            return tokens[:at]
    return tokens


def _condition(head: Tok, kept: Iterable[Tok]) -> tuple[Tok, ...]:
    """A condition behind the promise: "if the slump deepens", "in return for money"."""
    own = set(kept)
    for clause in head.kids("advcl", "prep"):
        inside = [t for t in clause.subtree() if t in own or t.i > head.i]
        begins = [t.low for t in inside[:3]]
        if clause.dep == "advcl":
            marks = {t.low for t in clause.kids("mark", "advmod", "aux")} | set(begins[:1])
            if marks & {"if", "unless"} or (
                begins[:1] and begins[0] in words("commissives", "condition", "openings")
            ):
                return tuple(inside)
        elif begins in (["in", "return", "for"], ["in", "exchange", "for"]):
            return tuple(inside)
    return ()


def _deadline(head: Tok, kept: Iterable[Tok]) -> tuple[Tok, ...]:
    """The phrase that tells by when, from when or for how long."""
    inside = set(kept)
    for part in (c for t in (head, *head.kids("dobj", "xcomp", "ccomp", "prep")) for c in t.children):
        if part.dep not in _DEADLINE_PARTS or (part.i < head.i and part.dep != "npadvmod"):
            continue
        phrase = [t for t in part.subtree() if t in inside]
        if phrase and len(phrase) <= _LONGEST_DEADLINE and _tells_when(part, phrase):
            return tuple(phrase)
    return ()


_AMOUNT_ENTS = frozenset({"PERCENT", "MONEY", "QUANTITY"})


_RATES = frozenset({"a", "an", "per", "each", "every"})
"""Words that open a rate and no deadline: "400,000 homes a year", "each night"."""
_LONGEST_RATE = 4


def _tells_when(part: Tok, phrase: list[Tok]) -> bool:
    begins = phrase[0].low
    if begins in _RATES and len(phrase) < _LONGEST_RATE:
        return False
    timed = any(t.ent in _TIME_ENTS for t in phrase)
    amount = any(t.ent in _AMOUNT_ENTS or t.text == "%" or (t.pos == "NUM" and not timed) for t in phrase)
    if amount:
        return False
    if begins in ("until", "before") and len(phrase) > 1:
        return True
    timed = any(
        t.ent in _TIME_ENTS or t.lemma in words("commissives", "deadline", "nouns") for t in phrase
    ) or begins in words("commissives", "deadline", "adverbs")
    return timed and (
        part.dep in ("npadvmod", "advmod") or begins in words("commissives", "deadline", "marks")
    )
