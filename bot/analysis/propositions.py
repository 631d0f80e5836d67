"""Doc → reports: what each sentence says happened, and what of it could be held against a promise.

Frame of a report: `events` (`events.py`) · `t` theme of the sentence ·
`n` quantities · `c` known noun phrases · `keys` actors of the sentence, `doc` of the article · `lands` states
that their names name · `commits` frames of its own commitments, with `keys` ·
`still`, `short`, `least` ("only", "barely") whether it says so · `over` what it says has ended ·
`contrast` whether it is set against what was said before · `only` [start, end] of the sentence whose
commitments it may be held against · `story` words of the whole article.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.analysis import events, names, quantities
from bot.analysis.frames import phrase_lemma
from bot.analysis.lexicon import words
from bot.analysis.likeness import normal
from bot.analysis.promises import lands
from bot.analysis.themes import NOUN, compounds, theme
from bot.analysis.tree import Sent
from bot.models import Report

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.attribution import Speech
    from bot.analysis.commitments import Found
    from bot.analysis.tree import Tok, Tree

MAX_DOC_KEYS = 40
"""Actors of the article that a report carries along; an article names about ten."""
_LONG_WORD = 4
"""Letters from which a word of the headline says what the article is about."""
_REACH = 5
"""Tokens after "short" in which the goal stands: "short of its annual target"."""
_SHORTEST_CLAUSE = 5
"""Tokens from which what follows a promise in its sentence is a clause that can be held against it."""


def reports(tree: Tree, cast: Cast, speech: Speech, found: list[Found], title: str) -> tuple[Report, ...]:
    """One report a sentence that tells of an event or states a figure, and one a clause set against a
    promise."""
    text = _Text(tree, cast, speech, _doc_keys(cast))
    whole = _doc_words(tree, cast, title)
    out = []
    for sent in tree.sents:
        commits = [f for f in found if sent.start <= f.commitment.start < sent.end]
        report = text.report(sent, commits)
        if report is not None:
            out.append(report)
        if commits and (after := text.after_commitment(sent, commits)) is not None:
            out.append(
                replace(after, frame={**after.frame, "contrast": True, "only": [sent.start, sent.end]})
            )
    return tuple(replace(r, frame={**r.frame, "story": whole}) for r in out)


@dataclass(frozen=True, slots=True)
class _Text:
    """An article as its reports are made."""

    tree: Tree
    cast: Cast
    speech: Speech
    doc_keys: list[str]

    def report(self, sent: Sent, commits: list[Found]) -> Report | None:
        """What a sentence or clause says happened; None where it tells of no event and no figure."""
        rows = events.in_sentence(self.tree, self.cast, sent.tokens)
        figures = [q.as_row() for q in quantities.find(sent.tokens, self.tree.text)]
        if not rows and not figures:
            return None
        named = [k for actor in self.cast.named_in(sent.tokens) for k in actor.keys]
        keys = list(dict.fromkeys([*(k for r in rows for k in (*r["a"], *r["ab"])), *named]))
        frame = {
            "events": rows,
            "n": figures,
            "keys": keys,
            "doc": self.doc_keys,
            "commits": [{**f.commitment.frame, "keys": list(f.commitment.actor_keys)} for f in commits],
            "lands": lands(tuple(keys)),
            **self._said(sent.tokens),
        }
        found = (*frame["t"], *(r["v"] for r in rows), *(d for r in rows for d, _ in r["s"]))
        return Report(
            quote=self.tree.text[sent.start : sent.end],
            start=sent.start,
            end=sent.end,
            actor_keys=tuple(dict.fromkeys([*keys, *self.doc_keys])),
            terms=" ".join(dict.fromkeys(found)),
            attributed_to=self._source(sent),
            frame=frame,
        )

    def _source(self, sent: Sent) -> str | None:
        """Who is said to say what the sentence tells: its root, or the clause that is the root's object."""
        root = sent.root if sent.root in sent.tokens else sent.tokens[-1]
        told = (self.speech.of(t).speaker for t in (root, *root.kids("ccomp")) if t in sent.tokens)
        return next((speaker.name for speaker in told if speaker is not None), None)

    def _said(self, tokens: list[Tok]) -> dict[str, Any]:
        """What the sentence is about as a whole, and the words in it that bear on a promise by themselves."""
        return {
            "t": theme(tokens, self.cast),
            "c": compounds(tokens),
            "still": any(t.low in ("still", "yet") and t.pos == "ADV" for t in tokens),
            "over": _over(tokens),
            "short": any(self._falls_short(t) for t in tokens),
            "contrast": any(t.low in words("modality", "adverbs", "contrast") for t in tokens),
            "least": any(t.low in words("modality", "adverbs", "only") for t in tokens),
        }

    def _falls_short(self, tok: Tok) -> bool:
        """ "Short of the target", "fell short."; not "short of money"."""
        if tok.low != "short":
            return False
        after = self.tree.tokens[tok.i + 1 : tok.i + 1 + _REACH]
        if after and after[0].low == "of":
            goals = words("reversal", "pledges", "sure")
            meant = (t.lemma in goals or t.pos == "NUM" or t.low in ("it", "that") for t in after[1:])
            return any(meant)
        return tok.head.lemma in ("fall", "come", "stop") and (not after or after[0].text in ".,;")

    def after_commitment(self, sent: Sent, commits: list[Found]) -> Report | None:
        """The clause set against a promise in the promise's own sentence: ", but since Saturday X is turned
        away"."""
        last = max(f.commitment.end for f in commits)
        rest = [t for t in sent.tokens if t.idx >= last]
        start = next((t for t in rest if t.low in words("modality", "marks", "turning")), None)
        if start is None:
            return None
        tokens = [t for t in rest if t.i > start.i]
        if len(tokens) < _SHORTEST_CLAUSE or not any(t.is_verb and t.subject for t in tokens):
            return None
        while tokens and tokens[-1].text in (".", '"', "”"):
            tokens = tokens[:-1]
        return self.report(Sent(sent.index, sent.paragraph, tokens), [])


def _doc_words(tree: Tree, cast: Cast, title: str) -> list[str]:
    """What the whole article is about: its content words that weigh as much as a noun, those of the headline
    too."""
    found = {w for w, x in theme(tree.tokens, cast).items() if x >= NOUN}
    found |= {
        *compounds(tree.tokens),
        *(t.lemma for t in tree.tokens if t.lemma in words("things", "places")),
    }
    found |= {normal(w) for w in names.plain(title).split() if len(w) >= _LONG_WORD}
    return sorted(found)


def _doc_keys(cast: Cast) -> list[str]:
    keys = [k for a in cast.title for k in a.keys] + [
        k for m in cast.mentions for k in cast.full(m.actor).keys
    ]
    return list(dict.fromkeys(keys))[:MAX_DOC_KEYS]


def _over(tokens: list[Tok]) -> list[str]:
    """What the sentence says has ended before: "three weeks after the truce ran out"."""
    if not any(t.low in words("modality", "marks", "past") for t in tokens):
        return []
    over = words("modality", "scope", "over")
    ended = [t for t in tokens if {phrase_lemma(t), t.lemma} & over]
    return sorted({normal(c.lemma) for t in ended for c in (*t.children, t.head) if c.pos == "NOUN"})
