"""Cutting quotes, contents, conditions and deadlines out of the parse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok, Tree

_STOPS = frozenset({";", "—", "–", "--"})
_TRAILING = frozenset(
    {",", ".", ";", ":", "!", "?", '"', "”", "“", "'", "’", "(", "-", "–", "—", "and", "but", "or", "..."}
)
_TIME_ENTS = frozenset({"DATE", "TIME"})
_TIME_WORDS = frozenset({"immediately", "soon", "forthwith", "tomorrow", "tonight", "overnight", "today"})
_LINKED = frozenset({"which", "who", "whose", "where", "saying", "adding", "citing", "according"})


@dataclass(frozen=True, slots=True)
class Content:
    """What is promised, cut out of the text."""

    tokens: tuple[Tok, ...]
    """Tokens of the content verb's phrase, in order, without its subject."""
    condition: tuple[Tok, ...] = ()
    deadline: tuple[Tok, ...] = ()


def content_of(head: Tok, limit: int | None = None, stop: Tok | None = None) -> Content:
    """The phrase of a content verb (or noun): from it to its last word; `limit` is an offset it must not pass
    (the end of a quotation), `stop` the first token of the next commitment."""
    kept: list[Tok] = []
    first = min(
        [head.i, *(c.i for c in head.children if c.dep in ("aux", "neg", "auxpass") and c.i < head.i)]
    )
    for tok in _phrase(head):
        if head.is_verb and tok.i < first:
            continue
        if stop is not None and tok.i >= stop.i:
            break
        if limit is not None and tok.idx >= limit:
            break
        if tok.text in _STOPS and tok.i > head.i:
            break
        kept.append(tok)
    kept = _trim(_unlinked(kept, head))
    return Content(tuple(kept), _condition(head, kept), _deadline(head, kept))


def given(verb: Tok) -> Content:
    """The content of a passive that tells what was pledged: "have been pledged by X for restoring land"."""
    below = [t for t in verb.subtree(frozenset({"nsubjpass", "advcl", "ccomp", "parataxis", "conj", "cc"}))]
    kept = [t for t in below if t.i >= verb.i]
    return Content(tuple(_trim(kept)), (), _deadline(verb, kept))


def _phrase(head: Tok) -> list[Tok]:
    """The subtree, less clauses that are coordinated with it, put in, or only joined on."""
    found, stack = [], [head]
    while stack:
        node = stack.pop()
        found.append(node)
        for child in node.children:
            if (
                node is head
                and child.dep in ("parataxis", "nsubj", "nsubjpass", "csubj", "mark", "ccomp")
                and child.i < head.i
            ):
                continue
            if child.dep == "parataxis":
                continue
            if child.dep == "conj" and any(x.low == "than" for x in node.kids("cc")):
                stack.append(child)
                continue
            if (
                node is head
                and child.dep in ("conj", "cc", "punct")
                and (child.dep != "conj" or child.subject is not None)
                and child.i > head.i
            ):
                if child.dep == "punct" and child.i < max((c.i for c in head.children), default=0):
                    stack.append(child)
                elif child.dep == "cc":
                    stack.append(child)
                continue
            stack.append(child)
    found.sort(key=lambda t: t.i)
    return found


def _unlinked(tokens: list[Tok], head: Tok) -> list[Tok]:
    """Cut at a comma that opens a loose relative clause, a participle or a remark."""
    for at, tok in enumerate(tokens):
        if tok.text == "," and at + 1 < len(tokens) and tok.i > head.i:
            nxt = tokens[at + 1]
            loose = nxt.low in _LINKED or (
                nxt.tag == "VBG"
                and nxt.dep == "advcl"
                and nxt.low not in ("beginning", "starting", "including")
            )
            if loose or nxt.low in ("but", "although", "though", "while", "whereas", "despite", "even"):
                return tokens[:at]
    return tokens


def _trim(tokens: list[Tok]) -> list[Tok]:
    while tokens and tokens[-1].low in _TRAILING:
        tokens = tokens[:-1]
    # What the parse joined on from further away is not part of the phrase.
    for at in range(1, len(tokens)):
        if tokens[at].i - tokens[at - 1].i > 12:
            return tokens[:at]
    return tokens


def _condition(head: Tok, kept: list[Tok]) -> tuple[Tok, ...]:
    for clause in head.kids("advcl", "prep"):
        inside = [t for t in clause.subtree() if t in kept or t.i > head.i]
        marks = {t.low for t in clause.kids("mark", "advmod", "aux")}
        begins = inside[0].low if inside else ""
        if clause.dep == "advcl" and (
            "if" in marks
            or "unless" in marks
            or begins in ("if", "unless", "provided", "providing", "should", "whenever", "once")
        ):
            return tuple(inside)
        if (
            clause.dep == "prep"
            and begins in ("in",)
            and len(inside) > 2
            and inside[1].low in ("return", "exchange")
            and inside[2].low == "for"
        ):
            return tuple(inside)
    return ()


def condition_before(head: Tok) -> tuple[Tok, ...]:
    """A condition that stands in front: "If the slump deepens, it will go further"."""
    node = head
    for _ in range(3):
        for clause in node.kids("advcl"):
            inside = clause.subtree()
            if (
                inside
                and inside[0].low in ("if", "unless", "provided", "should", "once")
                and clause.i < head.i
            ):
                return tuple(_trim(inside))
        if node.head is node:
            break
        node = node.head
    return ()


def _deadline(head: Tok, kept: list[Tok]) -> tuple[Tok, ...]:
    inside = set(kept)
    pool = [c for t in (head, *head.kids("dobj", "xcomp", "ccomp", "prep")) for c in t.children]
    for part in pool:
        phrase = [t for t in part.subtree() if t in inside]
        if not phrase or len(phrase) > 14 or part.i < head.i and part.dep not in ("npadvmod",):
            continue
        if part.dep in ("prep", "npadvmod", "advmod", "pcomp", "advcl", "mark", "nmod"):
            if any(t.ent in _TIME_ENTS for t in phrase) or phrase[0].low in _TIME_WORDS:
                if phrase[0].low in words("commissives", "deadline", "marks") or part.dep in (
                    "npadvmod",
                    "advmod",
                ):
                    return tuple(phrase)
            if phrase[0].low in ("until", "before", "by") and len(phrase) > 1:
                return tuple(phrase)
    return ()


def text_of(tree: Tree, tokens: tuple[Tok, ...] | list[Tok]) -> str | None:
    """The verbatim text of a stretch of tokens, None for none."""
    if not tokens:
        return None
    return tree.text[tokens[0].idx : tokens[-1].end]
