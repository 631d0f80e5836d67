"""Who says what: quotations, reported speech, "according to"."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor
from bot.analysis.quotations import near, quotations
from bot.analysis.speaking import after_comma, inverted, is_speech, last_named

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.tree import Sent, Tok, Tree

_SOURCES = ("according", "accord")
_SAID = ("ccomp",)
_MADE_CLEAR = ("ccomp", "advcl", "xcomp")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose word a clause is."""

    speaker: Actor | None = None
    verb: Tok | None = None
    """The speech verb ("said"), None for "according to" and for bare quotations."""
    quoted: bool = False
    """Whether the clause stands in quotation marks."""
    source: Tok | None = None
    """Head of the phrase that names the speaker."""


def subject_of(verb: Tok) -> Tok | None:
    """Who does what a verb says, through coordination, relative clauses, participles and infinitives."""
    node, steps = verb, 0
    while steps < 8:
        steps += 1
        own = node.subject
        if own is not None and own.dep != "expl" and not _is_opening(own):
            return own
        if node.dep in ("conj", "xcomp", "advcl", "pcomp", "acomp", "oprd") and node.head is not node:
            node = node.head
            if node.dep == "prep":
                node = node.head
        elif node.dep in ("acl", "relcl") and node.head is not node:
            return node.head
        elif node.dep == "ccomp" and node.tag in ("VB", "VBG", "VBN") and node.head is not node:
            node = node.head
        else:
            return _astray(node)
    return None


def _is_opening(subject: Tok) -> bool:
    """Whether a participle opens the sentence, taken for its subject: "Meeting in Bonn, X and Y agreed"."""
    if subject.tag != "VBG" or subject.i != subject.sent.tokens[0].i or subject.kids("det", "poss"):
        return False
    return any(t.text == "," for t in subject.sent.tokens if t.i < subject.head.i)


def _astray(verb: Tok) -> Tok | None:
    """The subject that the parse hung elsewhere: the noun phrase just before the verb."""
    tokens = verb.sent.tokens
    at = verb.i - tokens[0].i - 1
    while at >= 0 and tokens[at].pos in ("AUX", "ADV", "PART"):
        at -= 1
    if at < 0 or tokens[at].pos not in ("NOUN", "PROPN"):
        return None
    node = tokens[at]
    while (
        node.head is not node
        and node.dep in ("compound", "conj", "pobj", "prep", "appos")
        and node.head.i > tokens[0].i
    ):
        up = node.head
        if any(t.text == "," for t in tokens[up.i - tokens[0].i : node.i - tokens[0].i]) and up.dep in (
            "pobj",
            "prep",
            "npadvmod",
        ):
            break
        if node.dep == "pobj" and up.dep == "prep" and up.head is verb:
            return None
        node = up
    return node if node.pos in ("NOUN", "PROPN") and node is not verb else None


AUTHOR = Actor("the author", ("the author",), frozenset({"body"}))
"""Who speaks in a text that names nobody."""
_OURS = frozenset({"we", "our", "us", "i", "my"})


class Speech:
    """The attributions of one text."""

    def __init__(self, tree: Tree, cast: Cast) -> None:
        self.tree, self.cast = tree, cast
        self.quotes = quotations(tree)
        self._starts = [a for a, _ in self.quotes]
        self._speakers: dict[tuple[int, int], Attribution] = {}
        self._alone: bool | None = None

    def quote_at(self, tok: Tok) -> tuple[int, int] | None:
        """Offsets of the quotation that a token stands in."""
        at = bisect_right(self._starts, tok.idx) - 1
        if at >= 0 and self.quotes[at][0] <= tok.idx < self.quotes[at][1]:
            return self.quotes[at]
        return None

    def of(self, tok: Tok) -> Attribution:
        """Whose word the clause of this token is; an empty Attribution for the article's own."""
        quote = self.quote_at(tok)
        found = self._above(tok, quote) or self._beside(tok)
        if found is not None:
            return found
        if quote is not None:
            return self._of_quote(quote)
        found = self._according(tok.sent)
        if found is None and any(t.low in _OURS for t in tok.sent.tokens) and self._one_voice():
            return Attribution(AUTHOR)  # "we" in a manifesto, a release, a letter
        return found or Attribution()

    def announcing(self, verb: Tok) -> Attribution:
        """Whose word it is that something will be done: the author's, in a text of no other voice."""
        announced = verb.kid("nsubjpass") is not None or any(c.dep == "expl" for c in verb.children)
        if announced and self._one_voice() and not any(s.root.tag == "VBD" for s in self.tree.sents):
            return Attribution(AUTHOR)
        return Attribution()

    def is_programme(self) -> bool:
        """Whether the text is a list of what its author is to do ("Create a fund for …")."""
        bullets = sum(s.root.tag == "VB" and s.root.subject is None for s in self.tree.sents)
        return 2 * bullets >= len(self.tree.sents) and self._one_voice()

    def _one_voice(self) -> bool:
        """Whether nobody but the author speaks in the text."""
        if self._alone is None:
            self._alone = not self.quotes and not any(
                is_speech(t) and t.subject is not None and t.subject.low not in _OURS
                for t in self.tree.tokens
            )
        return self._alone

    def _above(self, tok: Tok, quote: tuple[int, int] | None) -> Attribution | None:
        """The nearest speech verb over the clause."""
        below = tok
        for node in tok.ancestors():
            outside = quote is None or not quote[0] <= node.idx < quote[1]
            if outside and below.dep in _SAID and is_speech(node):
                subject = inverted(node, below) or subject_of(node)
                if subject is not None and not subject.under(below):
                    return self._made(subject, node, quote is not None)
            if node.low == "clear" and node.head.lemma == "make" and below.dep in _MADE_CLEAR:
                subject = subject_of(node.head)
                if subject is not None:
                    return self._made(subject, node.head, False)
            below = node
        return None

    def _beside(self, tok: Tok) -> Attribution | None:
        """A speech verb put in after the clause: "X will close, it said"."""
        for node in (tok, *tok.ancestors()):
            for child in node.kids("parataxis", "conj"):
                joined = child.dep == "conj" and (node.kid("cc") is not None or child.i < tok.i)
                if child.lemma not in words("commissives", "speech", "verbs") or tok.under(child) or joined:
                    continue
                subject = child.subject or last_named(child)
                if subject is not None and not (child.dep == "conj" and not after_comma(child)):
                    return self._made(subject, child, self.quote_at(tok) is not None)
        return None

    def _made(self, subject: Tok, verb: Tok, quoted: bool) -> Attribution:
        if verb.kid("auxpass") is not None:
            # "clients were told": by somebody who is not named.
            agent = verb.kid("agent")
            by = agent.kid("pobj") if agent is not None else None
            return Attribution(self.cast.of(by) if by is not None else None, verb, quoted, by)
        owner = (
            subject.head.head
            if subject.low in ("who", "which", "that") and subject.head.dep == "relcl"
            else subject
        )
        return Attribution(self.cast.of(owner) or self.cast.phrase(owner), verb, quoted, subject)

    def _according(self, sent: Sent) -> Attribution | None:
        for t in sent.tokens:
            if (
                t.low in _SOURCES
                and t.i + 1 < len(self.tree.tokens)
                and self.tree.tokens[t.i + 1].low == "to"
            ):
                to = self.tree.tokens[t.i + 1]
                obj = (
                    to.kid("pobj")
                    or t.kid("pobj")
                    or next((c for c in t.children if c.pos in ("NOUN", "PROPN")), None)
                )
                if obj is not None:
                    return Attribution(self.cast.of(obj), None, False, obj)
        return None

    def _of_quote(self, quote: tuple[int, int]) -> Attribution:
        """The speaker of a quotation of any length: named in its sentences, or in the ones beside it."""
        if quote not in self._speakers:
            self._speakers[quote] = self._seek(quote)
        return self._speakers[quote]

    def _seek(self, quote: tuple[int, int]) -> Attribution:
        for sent in near(self.tree, quote):
            for t in sent.tokens:
                if is_speech(t) and t.subject is not None and self.quote_at(t) is None:
                    return self._made(t.subject, t, True)
        return Attribution(quoted=True)
