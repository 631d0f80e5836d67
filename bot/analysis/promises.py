"""The frame of a commitment: what would be true if it were kept, in the form in which the rules compare it.

`p` lemma of the promised act · `s` senses and `v` verbs, signed as what holds if it is kept · `val` valence,
likewise · `t` topic (word → weight) · `dctx` pacts and names of its article · `np` things with what narrows
them down · `in` where they are · `obj` what the act is done to · `acts` whether that is an event itself ·
`alt` enumerations · `all` whether it is of all or every · `scope` what it lasts as long as · `own` number of
own keys · `lands` states that the actor's names name · `recalled` whether it is told as made before · `n`
quantities · `refrain` · `cond` whether conditional · `due`, `begins` ISO dates or None · `ends` whether an
omission ends with the deadline · `to_level` whether a figure is a level to reach · `exists` whether a thing
is to be (or not) · `w` [word, start, end] of the words of the topic, and of the promised verb under the word
"".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.analysis import names, places, promised, quantities, senses, valence
from bot.analysis.lexicon import words
from bot.analysis.likeness import normal
from bot.analysis.themes import NAME, pairs, placed, theme

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.commitments import Found
    from bot.analysis.dimensions import Sense
    from bot.analysis.tree import Tok, Tree

MAX_NAMES = 40
"""Names of the article that a promise carries along; an article names about ten."""
_POINTED = 0.8
"""Share of its weight that a word has which "it" points to. Set on the development scenarios."""
_ASIDE = 0.4
"""Share of its weight that a word has in a clause which only describes a thing of the promise: a report takes
up "pardoned his son", not what the son was found guilty of."""
_DESCRIBING = frozenset({"relcl", "acl", "advcl", "appos", "parataxis"})
_AMOUNTS = ("PERCENT", "MONEY", "QUANTITY", "CARDINAL")
_LEVEL_GAP = 12
"""Characters between "to" and the figure that is the level to reach ("to less than 30")."""


def frame(tree: Tree, cast: Cast, f: Found) -> dict[str, Any]:
    """The frame of a commitment."""
    head, sign = f.head, -1 if f.refrain else 1
    found, verbs = promised.act(head)
    content = _content(cast, f)
    topic = _topic(tree, cast, f, content)
    figures = quantities.find([t for t in content if t not in f.content.deadline], tree.text)
    if not figures and (times := quantities.times_over(head)) is not None:
        figures = [times]
    return {
        "p": head.lemma,
        "s": sorted([s.dimension, s.sign * sign] for s in _one_sided(found)),
        "v": sorted([v, x * sign] for v, x in verbs),
        "t": topic,
        "np": pairs(content),
        "in": places.named(content, cast),
        "obj": promised.object_words(head),
        "acts": any(senses.of_noun(t) for t in content if t.pos == "NOUN" and t.head is head),
        "alt": promised.alternatives(cast, content),
        "val": valence.of_promise(head) * sign,
        "dctx": sorted(_document_context(tree, cast)),
        "all": any(_is_whole(t) for t in content),
        "scope": sorted(_scope(head)),
        "own": f.bound.actor.own,
        "lands": lands(f.commitment.actor_keys),
        "recalled": _recalled(head),
        "n": [q.as_row() for q in figures],
        "refrain": f.refrain,
        "cond": f.commitment.condition is not None,
        "due": _due(f),
        "begins": _begins(f),
        "ends": any(t.low in words("modality", "scope", "ends") for t in f.content.deadline[:1]),
        "to_level": any(_leads_to(t, figures) for t in content if t.i > head.i),
        "w": _places(cast, head, content, topic),
        "exists": head.lemma in ("be", "have") or not head.is_verb,
    }


def lands(keys: tuple[str, ...]) -> list[str]:
    """States that actors' names name: "swiss national bank" → switzerland."""
    parts = [w for k in keys if " " in k for w in k.replace("'s", "").split()]
    found = [names.plain(names.demonyms()[w]) for w in parts if w in names.demonyms()]
    seed = names.seed()
    states = (w for w in parts if w in seed and seed[w].kind == "state")
    found += [w for w in states if names.plain(seed[w].name) == w]
    return [x for x in dict.fromkeys(found) if x not in keys]


def _content(cast: Cast, f: Found) -> list[Tok]:
    """The tokens that say what is promised: without deadline, condition and time, with a subject of its
    own."""
    head = f.head
    times = words("modality", "scope", "times")
    after = [c for c in head.children if c.i > head.i]
    beside = [
        c for c in after if c.dep == "advcl" or (c.dep == "prep" and c.low in times and not _is_amount(c))
    ]
    aside = {t for c in beside for t in c.subtree()} | {*f.content.deadline, *f.content.condition}
    content = [t for t in f.content.tokens if t not in aside]
    subject = head.subject if head.is_verb else None
    mover = cast.of(subject) if subject is not None else None
    if subject is not None and (mover is None or mover.keys[0] != f.commitment.actor_keys[0]):
        return [*subject.subtree(frozenset({"relcl"})), *content]
    return content


def _is_amount(prep: Tok) -> bool:
    """ "By 40 percent", unlike "by 2040"."""
    obj = prep.kid("pobj")
    return prep.low == "by" and obj is not None and obj.ent in _AMOUNTS


def _topic(tree: Tree, cast: Cast, f: Found, content: list[Tok]) -> dict[str, float]:
    """What the promise is about, without its actor; "it" and "them" stand for what they point to."""
    own = set(f.commitment.actor_keys)
    things = [t for t in content if t is not f.head or not t.is_verb]
    aside = {t for c in things if c.dep in _DESCRIBING and c is not f.head for t in c.subtree()}
    topic = {
        w: x * (1 if x >= NAME else _ASIDE)
        for w, x in theme([t for t in things if t in aside], cast).items()
        if w not in own
    }
    core = theme([t for t in things if t not in aside], cast)
    topic |= {w: x for w, x in core.items() if w not in own}
    for tok in content:
        pointing = tok.pos == "PRON" and tok.low in words("modality", "pointing", "pronouns")
        if pointing and tok.dep in ("dobj", "pobj", "nsubjpass", "nsubj"):
            meant = promised.referent(tree, cast, tok, own)
            topic |= {w: x * _POINTED for w, x in meant.items() if w not in topic}
    return topic


def _places(cast: Cast, head: Tok, content: list[Tok], topic: dict[str, float]) -> list[list[Any]]:
    found = [[word, tok.idx, tok.end] for word, _, tok in placed(content, cast) if word in topic]
    return [["", head.idx, head.end], *found]


def _one_sided(found: frozenset[Sense]) -> frozenset[Sense]:
    """The senses without the dimensions that a promise is on both sides of."""
    return frozenset(s for s in found if s.times(-1) not in found)


def _is_whole(tok: Tok) -> bool:
    """Whether something is said of all or every one: "all prisoners", "only green power"."""
    parts = tok.kids("det", "predet", "amod", "advmod")
    return any(d.low in words("modality", "short", "all") for d in parts)


def _scope(head: Tok) -> set[str]:
    """What an undertaking lasts as long as: "while the truce holds", "during the talks"."""
    found: set[str] = set()
    for child in head.kids("advcl", "prep"):
        inside = child.subtree()
        if inside[0].low in words("modality", "scope", "opens"):
            found |= {normal(t.lemma) for t in inside if t.pos == "NOUN"}
    return found


def _leads_to(tok: Tok, figures: list[quantities.Quantity]) -> bool:
    return tok.low == "to" and any(q.start >= tok.idx and q.start - tok.end < _LEVEL_GAP for q in figures)


def _due(f: Found) -> str | None:
    """The deadline, or the year that the promise names for its being kept ("a target of only X by 2015")."""
    if f.commitment.due:
        return f.commitment.due.isoformat()
    for tok in f.content.tokens:
        is_year = len(tok.text) == 4 and tok.text.isdigit()
        if is_year and tok.dep == "pobj" and tok.head.low in ("by", "before", "until"):
            return f"{int(tok.text) - (tok.head.low == 'before')}-12-31"
    return None


def _begins(f: Found) -> str | None:
    """The day from which an omission is promised: "sell no petrol cars from 2035", "by 2035"."""
    for tok in f.content.tokens:
        if len(tok.text) == 4 and tok.text.isdigit() and 1990 < int(tok.text) < 2100:
            before = {a.low for a in (tok.head, tok.head.head)} | {c.low for c in tok.children}
            if before & {"until", "before"}:
                continue
            if before & {"from", "after", "beginning", "starting"} or (f.refrain and "by" in before):
                return f"{tok.text}-01-01"
    return None


def _document_context(tree: Tree, cast: Cast) -> set[str]:
    """Pacts and names that the article speaks of: by them a later report of a broken accord finds its
    promises."""
    nouns = (t for t in tree.tokens if t.pos == "NOUN")
    pacts = {normal(t.lemma) for t in nouns if t.lemma in words("reversal", "pledges", "pacts")}
    return pacts | {m.actor.keys[0] for m in cast.mentions[:MAX_NAMES]}


def _recalled(head: Tok) -> bool:
    """Whether the promise is told as one made before: "had promised", "undertook in 2013", "under the
    accord"."""
    below = head
    for node in (head, *head.ancestors()):
        # "Had ordered a halt and would make no arrests": the second was not made before.
        own = below.dep == "conj" and below.head is node and below.kids("aux")
        if not own and any(a.low in ("had", "'d") and a.lemma == "have" for a in node.kids("aux")):
            return True
        below = node
        times = node.kids("prep", "npadvmod") + (node.head.kids("prep") if node.dep == "conj" else [])
        if any(_is_dated(t) for p in times if p.i < head.i for t in p.subtree()):
            return True
    root = head.sent.root
    under = (c for c in root.kids("prep") if c.low in ("in", "under"))
    pacts = words("modality", "recalled", "nouns")
    return root.tag == "VBD" and any(t.low in pacts for c in under for t in c.subtree())


def _is_dated(tok: Tok) -> bool:
    return tok.ent == "DATE" and any(c.isdigit() for c in tok.text)
