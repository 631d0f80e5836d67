"""Doc → commitments, as ANNOTATION.md defines them.

A candidate (`triggers.py`) becomes a commitment when the statement binds somebody: it is not asked, expected,
feared, doubted or refused (`doubt.py`), and whoever is bound speaks for itself, is spoken for, or acts in the
article's own words (`binding.py`, `will.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis import triggers
from bot.analysis.binding import who_is_bound
from bot.analysis.conjuncts import heads_of
from bot.analysis.deadlines import due
from bot.analysis.doubt import cancelled
from bot.analysis.polarity import refrains
from bot.analysis.spans import Content, condition_before, content_of, deadline_before, given, text_of
from bot.analysis.wording import opening, plain, start
from bot.models import Commitment, Polarity, Strength

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from bot.analysis.actors import Cast
    from bot.analysis.attribution import Speech
    from bot.analysis.bound import Bound
    from bot.analysis.tree import Tok, Tree
    from bot.analysis.triggers import Candidate


@dataclass(frozen=True, slots=True)
class Found:
    """A commitment with the tokens it came from, for the frame that the rules compare."""

    commitment: Commitment
    head: Tok
    content: Content
    bound: Bound
    refrain: bool


def find(tree: Tree, cast: Cast, speech: Speech, published: date | None) -> list[Found]:
    """The commitments of a text, in order."""
    found: list[Found] = []
    taken: set[int] = set()
    # A commissive word goes before the "will" in its clause.
    for c in sorted(triggers.find(tree), key=lambda c: (c.kind == "will", c.trigger.i)):
        if c.content.i in taken or cancelled(c):
            continue
        bound = who_is_bound(c, tree, cast, speech)
        if bound is None:
            continue
        heads = [h for h in heads_of(c) if h.i not in taken]
        found.extend(_Maker(tree, speech, c, bound, published).make(heads))
        taken.update(h.i for h in heads)
        if c.kind != "will":
            below = (t for h in heads for t in h.subtree())
            taken.update(t.i for t in below if t.is_verb and t.dep in ("ccomp", "xcomp", "conj"))
    found.sort(key=lambda f: (f.commitment.start, f.commitment.end))
    return found


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the commitments of one candidate."""

    tree: Tree
    speech: Speech
    candidate: Candidate
    bound: Bound
    published: date | None

    def make(self, heads: list[Tok]) -> Iterator[Found]:
        for at, head in enumerate(heads):
            stop = opening(heads[at + 1]) if at + 1 < len(heads) else None
            made = self._one(head, head is self.candidate.content, stop)
            if made is not None:
                yield made

    def _one(self, head: Tok, first: bool, stop: Tok | None) -> Found | None:
        c = self.candidate
        content = self._content(head, stop)
        if not content.tokens:
            return None
        begin = start(c, head, first)
        last = self.tree.tokens[max(content.tokens[-1].i, begin.i)]
        if c.kind != "will" and first and c.trigger.i > last.i:
            return None
        return Found(
            self._commitment(head, first, content, (begin, last)),
            head,
            content,
            self.bound,
            refrains(c, head, first),
        )

    def _content(self, head: Tok, stop: Tok | None) -> Content:
        if self.candidate.frame == "given":
            return given(head)
        quote = self.speech.quote_at(head)
        inside = quote is not None and self.speech.quote_at(self.candidate.trigger) == quote
        return content_of(head, quote[1] if quote and inside else None, stop)

    def _commitment(self, head: Tok, first: bool, content: Content, ends: tuple[Tok, Tok]) -> Commitment:
        c, bound, tree = self.candidate, self.bound, self.tree
        begin, last = ends
        refrain = refrains(c, head, first)
        condition = content.condition or condition_before(c.trigger if c.kind != "will" else head)
        deadline = text_of(tree, content.deadline or (deadline_before(head) if c.kind == "will" else ()))
        spoken = bound.speaker is not None and bound.speaker.keys[0] != bound.actor.keys[0]
        return Commitment(
            actor=bound.actor.name,
            actor_keys=bound.actor.keys,
            quote=tree.text[begin.idx : last.end],
            start=begin.idx,
            end=last.end,
            content=plain(tree, head, content, c, refrain=refrain),
            polarity=Polarity.REFRAIN if refrain else Polarity.DO,
            strength=Strength(c.strength) if first or c.kind != "will" else Strength.STRONG,
            speaker=bound.speaker.name if bound.speaker is not None and spoken else None,
            addressee=bound.addressee.name if bound.addressee else None,
            condition=text_of(tree, condition),
            deadline=deadline,
            due=due(deadline, self.published) if deadline else None,
        )
