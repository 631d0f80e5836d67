"""A light, immutable-by-convention copy of a parsed `Doc` that the rules walk.

The rules visit every token many times; attribute access on spaCy's tokens costs a C call each, so the parse
is copied once into plain objects (about 2 ms for 1,000 words). Where the model's reading is known to be
wrong,
`repair.py` mends the copy before the rules see it. Requires of the parse: `token.dep`, `token.head`,
`token.tag`, `token.pos`, `token.lemma`, sentence starts; uses `token.ent_type` where there is one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis.lexicon import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from spacy.tokens import Doc, Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "expl"})
_OBJECTS = frozenset({"us", "him", "them", "me", "whom"})
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "parataxis", "acl"})


class Tok:
    """One token with its links; `i` is its index in the text, `idx`/`end` its character offsets."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "ent",
        "head",
        "i",
        "idx",
        "lemma",
        "low",
        "pos",
        "sent",
        "tag",
        "text",
    )

    head: Tok
    sent: Sent

    def __init__(
        self, i: int, text: str, idx: int, lemma: str, pos: str, tag: str, dep: str, ent: str
    ) -> None:
        self.i, self.text, self.idx, self.end = i, text, idx, idx + len(text)
        self.low, self.lemma, self.pos, self.tag, self.dep, self.ent = text.lower(), lemma, pos, tag, dep, ent
        self.children: list[Tok] = []

    def __repr__(self) -> str:
        return f"<{self.text}/{self.dep}>"

    def kids(self, *deps: str) -> list[Tok]:
        """Children with one of these dependency labels."""
        return [c for c in self.children if c.dep in deps]

    def kid(self, *deps: str) -> Tok | None:
        """The first child with one of these dependency labels."""
        return next((c for c in self.children if c.dep in deps), None)

    @property
    def subject(self) -> Tok | None:
        """The grammatical subject, or None; of two before the verb the one nearer to it."""
        found = [c for c in self.children if c.dep in _SUBJECTS]
        before = [c for c in found if c.i < self.i and c.dep == "nsubj" and c.low not in _OBJECTS]
        return before[-1] if len(before) > 1 else found[0] if found else None

    @property
    def is_verb(self) -> bool:
        """Whether it is a verb or an auxiliary."""
        return self.pos in ("VERB", "AUX")

    @property
    def is_root(self) -> bool:
        """Whether it heads its sentence."""
        return self.head is self

    def ancestors(self) -> Iterator[Tok]:
        """The heads above, nearest first."""
        node = self
        while node.head is not node:
            node = node.head
            yield node

    def subtree(self, without: frozenset[str] = frozenset()) -> list[Tok]:
        """The token and all below it, in text order; children with a label in `without` are left out."""
        found, stack = [], [self]
        while stack:
            node = stack.pop()
            found.append(node)
            stack.extend(c for c in node.children if c.dep not in without)
        found.sort(key=lambda t: t.i)
        return found

    def under(self, other: Tok) -> bool:
        """Whether `other` is this token or above it."""
        return self is other or any(a is other for a in self.ancestors())

    def chain(self) -> list[Tok]:
        """The token with all its conjuncts to the right."""
        found = [self]
        for node in found:
            found.extend(c for c in node.children if c.dep == "conj")
        return found

    def hang(self, head: Tok, dep: str) -> None:
        """Hang the token, with all below it, on another head; nothing where that stands below it."""
        if head.under(self):
            return
        if self.head is not self:
            self.head.children.remove(self)
        self.head, self.dep = head, dep
        head.children.append(self)
        head.children.sort(key=lambda t: t.i)

    def first_conjunct(self) -> Tok:
        """The head of the coordination that the token stands in."""
        node = self
        while node.dep == "conj" and node.head is not node:
            node = node.head
        return node


class Sent:
    """One sentence: its tokens, and its place in the text."""

    __slots__ = ("index", "paragraph", "tokens")

    def __init__(self, index: int, paragraph: int, tokens: list[Tok]) -> None:
        self.index, self.paragraph, self.tokens = index, paragraph, tokens

    @property
    def start(self) -> int:
        """Character offset of its first token."""
        return self.tokens[0].idx

    @property
    def end(self) -> int:
        """Character offset after its last token."""
        return self.tokens[-1].end

    @property
    def root(self) -> Tok:
        """The head of the sentence."""
        return next((t for t in self.tokens if t.head is t), self.tokens[0])


class Tree:
    """A whole parsed text."""

    __slots__ = ("sents", "text", "tokens")

    def __init__(self, text: str, tokens: list[Tok], sents: list[Sent]) -> None:
        self.text, self.tokens, self.sents = text, tokens, sents

    def span(self, tokens: Iterable[Tok]) -> tuple[int, int]:
        """Character offsets of the smallest stretch of text that holds the tokens."""
        listed = list(tokens)
        return min(t.idx for t in listed), max(t.end for t in listed)


def clause_of(tok: Tok) -> Tok:
    """The head of the clause that a token stands in: the nearest verb above it with a clause of its own."""
    node = tok
    while node.head is not node and not (node.is_verb and (node.subject or node.dep in _CLAUSES)):
        node = node.head
    return node


def _lemma(t: Token) -> str:
    """The lemma in lower case, right where the model's rules go wrong ("axed" -> "ax")."""
    known = _wrong_lemmas().get((t.pos_, t.lower_))
    return known or t.lemma_.lower()


@cache
def _wrong_lemmas() -> Mapping[tuple[str, str], str]:
    """(part of speech, form) -> lemma, from `lexicon/lemmas.toml`."""
    tables = {"VERB": "verbs", "AUX": "verbs", "NOUN": "nouns", "PROPN": "nouns"}
    return {
        (pos, form): str(lemma)
        for pos, name in tables.items()
        for form, lemma in table("lemmas")[name].items()
    }


def grow(doc: Doc) -> Tree:
    """Copy a parsed Doc. White-space tokens are left out; a line break starts a new paragraph."""
    made: dict[int, Tok] = {}
    groups: list[list[Tok]] = []
    tokens = list(doc)
    new = True
    for t in tokens:
        new = new or bool(t.is_sent_start)
        if t.is_space:
            continue
        tok = Tok(len(made), t.text, t.idx, _lemma(t), t.pos_, t.tag_, t.dep_, t.ent_type_)
        made[t.i] = tok
        if new:
            groups.append([])
            new = False
        groups[-1].append(tok)
    _link(tokens, made)
    return Tree(doc.text, list(made.values()), _sentences(doc.text, groups))


def _link(tokens: list[Token], made: dict[int, Tok]) -> None:
    """Hang each token on its head, past white space."""
    for t in tokens:
        if t.i not in made:
            continue
        tok, head = made[t.i], t.head
        while head.i not in made and head.head.i != head.i:
            head = head.head
        tok.head = made.get(head.i, tok)
        if tok.head is not tok:
            tok.head.children.append(tok)


def _sentences(text: str, groups: list[list[Tok]]) -> list[Sent]:
    sents: list[Sent] = []
    paragraph = last = 0
    for tokens in groups:
        paragraph += "\n" in text[last : tokens[0].idx]
        last = tokens[-1].end
        sent = Sent(len(sents), paragraph, tokens)
        for tok in tokens:
            tok.sent = sent
        sents.append(sent)
    return sents
