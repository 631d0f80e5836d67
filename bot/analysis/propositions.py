"""Doc → reports (what each sentence says happened) and the frames of commitments (what would be true if kept)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.analysis import events, names, quantities, senses, triggers
from bot.analysis.actors import Cast
from bot.analysis.attribution import Speech
from bot.analysis.commitments import Found
from bot.analysis.lexicon import words
from bot.analysis.modality import own_negation
from bot.analysis.senses import Sense
from bot.analysis.themes import compounds, pairs, theme
from bot.analysis.tree import Sent, Tok, Tree
from bot.models import Report

MAX_DOC_KEYS = 40
"""Actors of the article that a report carries along; an article names about ten."""


_TIMES_OVER = {"double": 100.0, "triple": 200.0, "treble": 200.0, "quadruple": 300.0, "halve": 50.0}
"""Percent by which something changes that is doubled, trebled, halved."""


def reports(tree: Tree, cast: Cast, speech: Speech, found: list[Found], title: str) -> tuple[Report, ...]:
    """One report a sentence that tells of an event or states a figure."""
    doc_keys = _doc_keys(cast)
    whole = _doc_words(tree, cast, title)
    out = []
    for sent in tree.sents:
        report = _report(tree, cast, speech, sent, [f for f in found if sent.start <= f.commitment.start < sent.end], doc_keys)
        if report is not None:
            out.append(report)
        commits = [f for f in found if sent.start <= f.commitment.start < sent.end]
        if commits and (after := _after_commitment(tree, cast, speech, sent, commits, doc_keys)) is not None:
            out.append(replace(after, frame=after.frame | {"contrast": True, "only": [sent.start, sent.end]}))
    return tuple(replace(r, frame=r.frame | {"story": whole}) for r in out)


def _doc_words(tree: Tree, cast: Cast, title: str) -> list[str]:
    """What the whole article is about: its content words that weigh as much as a noun, those of the headline too."""
    found = {w for w, x in theme(tree.tokens, cast).items() if x >= 1.0}
    found |= set(compounds(tree.tokens)) | {t.lemma for t in tree.tokens if t.lemma in ("abroad", "home", "overseas")}
    found |= {senses.normal(w) for w in names.plain(title).split() if len(w) > 3}
    return sorted(found)


def _report(
    tree: Tree, cast: Cast, speech: Speech, sent: Sent, commits: list[Found], doc_keys: list[str]
) -> Report | None:
    rows = events.in_sentence(tree, cast, sent.tokens)
    figures = [q.as_row() for q in quantities.find(sent.tokens, tree.text)]
    if not rows and not figures:
        return None
    named = cast.named_in(sent.tokens)
    keys = list(dict.fromkeys([k for r in rows for k in (*r["a"], *r["ab"])] + [k for a in named for k in a.keys]))
    actor_words = frozenset(t.i for t in sent.tokens if (m := cast.mention_at(t)) and not m.adjective)
    whole = theme(sent.tokens, cast)
    said = speech.of(sent.tokens[-1] if sent.root not in sent.tokens else sent.root)
    source = said.speaker.name if said.speaker else None
    frame: dict[str, Any] = {
        "events": rows,
        "t": whole,
        "topic": theme(sent.tokens, cast, actor_words),
        "n": figures,
        "keys": keys,
        "doc": doc_keys,
        "commits": [f.commitment.frame | {"keys": list(f.commitment.actor_keys)} for f in commits],
        "still": any(t.low in ("still", "yet") and t.pos == "ADV" for t in sent.tokens),
        "over": _over(sent.tokens),
        "short": any(t.low == "short" and t.i + 1 < len(tree.tokens) and tree.tokens[t.i + 1].low in ("of", ".", ",") for t in sent.tokens),
        "least": any(t.low in words("modality", "adverbs", "only") for t in sent.tokens),
        "contrast": _contrasts(sent.tokens),
        "lands": lands(tuple(keys)),
        "spans": [[f.commitment.start, f.commitment.end] for f in commits],
        "c": compounds(sent.tokens),
        "late": any(t.low in ("late", "overdue", "behind", "delayed", "belated", "later", "past", "beyond") for t in sent.tokens),
    }
    terms = " ".join(dict.fromkeys([*whole, *(r["v"] for r in rows), *(d for r in rows for d, _ in r["s"])]))
    start, end = sent.start, sent.end
    return Report(
        quote=tree.text[start:end], start=start, end=end, actor_keys=tuple(dict.fromkeys([*keys, *doc_keys])),
        terms=terms, attributed_to=source, frame=frame,
    )


def _over(tokens: list[Tok]) -> list[str]:
    """What the sentence says has ended before: "three weeks after the truce ran out"."""
    if not any(t.low in ("after", "since", "past", "following", "once") for t in tokens):
        return []
    ended = [t for t in tokens if triggers.phrase_lemma(t) in words("modality", "scope", "over") or t.lemma in words("modality", "scope", "over")]
    return sorted({senses.normal(c.lemma) for t in ended for c in (*t.children, t.head) if c.pos == "NOUN"})


def _contrasts(tokens: list[Tok]) -> bool:
    """Whether the sentence is set against what was said before it."""
    return any(t.low in words("modality", "adverbs", "contrast") for t in tokens)


def _after_commitment(
    tree: Tree, cast: Cast, speech: Speech, sent: Sent, commits: list[Found], doc_keys: list[str]
) -> Report | None:
    """The clause set against a promise in the promise's own sentence: "... , but since Saturday X is turned away"."""
    last = max(f.commitment.end for f in commits)
    rest = [t for t in sent.tokens if t.idx >= last]
    start = next((t for t in rest if t.low in ("but", "yet", "although", "though", "while", "however")), None)
    if start is None:
        return None
    tokens = [t for t in rest if t.i > start.i]
    if len(tokens) < 5 or not any(t.is_verb and t.subject for t in tokens):
        return None
    while tokens and tokens[-1].text in (".", '"', "”"):
        tokens = tokens[:-1]
    part = Sent(sent.index, sent.paragraph, tokens)
    return _report(tree, cast, speech, part, [], doc_keys)


def _doc_keys(cast: Cast) -> list[str]:
    keys = [k for a in cast.title for k in a.keys] + [k for m in cast.mentions for k in cast.full(m.actor).keys]
    return list(dict.fromkeys(keys))[:MAX_DOC_KEYS]


def frame(tree: Tree, cast: Cast, f: Found, title_words: dict[str, float]) -> dict[str, Any]:
    """The frame of a commitment. `s` and `v` are signed as what holds if it is kept."""
    head, sign = f.head, -1 if f.refrain else 1
    found, verbs = _promised(head)
    aside = {t for c in head.kids("advcl") if c.i > head.i for t in c.subtree()}
    aside |= {t for c in head.kids("prep") if c.i > head.i and c.low in words("modality", "scope", "times") for t in c.subtree()}
    content = [t for t in f.content.tokens if t not in f.content.deadline and t not in f.content.condition and t not in aside]
    subject = head.subject if head.is_verb else None
    mover = cast.of(subject) if subject is not None else None
    if subject is not None and (mover is None or mover.keys[0] != f.commitment.actor_keys[0]):
        content = [*subject.subtree(frozenset({"relcl"})), *content]
    own = set(f.commitment.actor_keys)
    topic = {w: x for w, x in theme([t for t in content if t is not head or not head.is_verb], cast).items() if w not in own}
    for tok in content:
        if tok.pos == "PRON" and tok.low in ("it", "them", "this", "that", "so", "these", "those") and tok.dep in ("dobj", "pobj", "nsubjpass", "nsubj"):
            topic |= {w: x * 0.8 for w, x in _referent(tree, cast, tok, own).items() if w not in topic}
    context = {w for w in theme(head.sent.tokens, cast) if w not in topic} | set(title_words)
    figures = quantities.find([t for t in content if t not in f.content.deadline], tree.text)
    if head.lemma in _TIMES_OVER and not figures:
        figures = [quantities.Quantity(_TIMES_OVER[head.lemma], "percent", "least", head.idx, head.end, True)]
    both = {d for d, x in ((s.dimension, s.sign) for s in found) if Sense(d, -x) in found}
    found = frozenset(s for s in found if s.dimension not in both)
    return {
        "p": head.lemma,
        "s": sorted([s.dimension, s.sign * sign] for s in found),
        "v": sorted([v, x * sign] for v, x in verbs),
        "t": topic,
        "ctx": sorted(context),
        "np": pairs(content),
        "obj": _object_words(head),
        "acts": any(senses.of_noun(t) for t in content if t.pos == "NOUN" and t.head is head),
        "alt": _alternatives(tree, cast, content),
        "val": _valence_of(head) * sign,
        "dctx": sorted(_document_context(tree, cast)),
        "all": any(d.low in words("modality", "short", "all") for t in content for d in t.kids("det", "predet", "amod", "advmod")),
        "scope": sorted({senses.normal(t.lemma) for c in head.kids("advcl", "prep") for t in c.subtree() if t.pos == "NOUN" and c.subtree()[0].low in words("modality", "scope", "opens")}),
        "own": f.bound.actor.own,
        "lands": lands(f.commitment.actor_keys),
        "recalled": _recalled(head),
        "n": [q.as_row() for q in figures],
        "refrain": f.refrain,
        "weak": f.commitment.strength.value == "weak",
        "cond": f.commitment.condition is not None,
        "due": _due(f),
        "begins": _begins(f),
        "ends": any(t.low in ("before", "until", "till", "for", "this", "through") for t in f.content.deadline[:1]),
        "to_level": any(t.low == "to" and t.i > head.i and any(q.start >= t.idx and q.start - t.end < 12 for q in figures) for t in content),
        "exists": head.lemma in ("be", "have") or (not head.is_verb),
    }


def _object_words(head: Tok) -> list[str]:
    """What the promised act is done to: the heads of its objects, and their compounds."""
    if not head.is_verb:
        things = [head, *senses.noun_objects(head)]
    else:
        node, things = head, []
        for _ in range(3):
            things = [t for c in node.kids("dobj", "nsubjpass", "attr", "oprd") for t in c.chain()]
            nxt = next((c for c in node.kids("xcomp", "pcomp", "ccomp") if c.is_verb), None)
            if things or nxt is None:
                break
            node = nxt
        if not things:
            things = [o for p in node.kids("prep", "prt") for o in p.kids("pobj")] or ([head.subject] if head.subject else [])
        things += [o for t in things for p in t.kids("prep") if p.low == "of" for o in p.kids("pobj")]
    found = [senses.normal(t.lemma) for t in things if t.pos in ("NOUN", "PROPN") and t.lemma not in words("modality", "generic", "nouns")]
    return list(dict.fromkeys([*found, *compounds([t for t in things if t.pos == "NOUN"])]))


def _due(f: Found) -> str | None:
    """The deadline, or the year that the promise names for its being kept ("a target of only X by 2015")."""
    if f.commitment.due:
        return f.commitment.due.isoformat()
    for tok in f.content.tokens:
        if tok.dep == "pobj" and tok.head.low in ("by", "before", "until") and len(tok.text) == 4 and tok.text.isdigit():
            return f"{int(tok.text) - (tok.head.low == 'before')}-12-31"
    return None


def _begins(f: Found) -> str | None:
    """The day from which an omission is promised: "sell no petrol cars from 2035", "by 2035"."""
    for tok in f.content.tokens:
        if len(tok.text) == 4 and tok.text.isdigit() and 1990 < int(tok.text) < 2100:
            before = {a.low for a in (tok.head, tok.head.head)} | {c.low for c in tok.children}
            if before & {"from", "after", "beginning", "starting"} or (f.refrain and "by" in before):
                return f"{tok.text}-01-01"
    return None


def _alternatives(tree: Tree, cast: Cast, content: list[Tok]) -> list[list[str]]:
    """The enumerations in a promise: "the ports of A, B and C"."""
    found = []
    for tok in content:
        if tok.pos in ("NOUN", "PROPN") and tok.dep != "conj":
            chain = [t for t in tok.chain() if t in content]
            if len(chain) > 1:
                found.append([w for t in chain for w in theme([t], cast)])
    return [alt for alt in found if len(alt) > 1]


def _valence_of(head: Tok) -> int:
    """Whether the promised act furthers its object (+1, also where nothing is known) or hinders it (-1)."""
    sign, node = 1, head
    for _ in range(4):
        found = events.valence(node, triggers.phrase_lemma(node))
        nxt = next((c for c in node.kids("xcomp", "pcomp") if c.is_verb), None) or next((v for p in node.kids("prep") for v in p.kids("pcomp")), None)
        if nxt is None:
            return sign * (found or 1)
        sign *= -1 if found < 0 else 1
        node = nxt
    return sign


def _document_context(tree: Tree, cast: Cast) -> set[str]:
    """Pacts and names that the article speaks of: by them a later report of a broken accord finds its promises."""
    pacts = {senses.normal(t.lemma) for t in tree.tokens if t.pos == "NOUN" and t.lemma in words("reversal", "pledges", "pacts")}
    return pacts | {m.actor.keys[0] for m in cast.mentions[:MAX_DOC_KEYS]}


def lands(keys: tuple[str, ...]) -> list[str]:
    """States that actors' names name: "swiss national bank" -> switzerland."""
    parts = [w for k in keys if " " in k for w in k.replace("'s", "").split()]
    found = [names.plain(names.demonyms()[w]) for w in parts if w in names.demonyms()]
    found += [w for w in parts if (known := names.seed().get(w)) is not None and known.kind == "state" and names.plain(known.name) == w]
    return [x for x in dict.fromkeys(found) if x not in keys]


def _recalled(head: Tok) -> bool:
    """Whether the promise is told as one made before: "had promised", "undertook in 2013"."""
    for node in (head, *head.ancestors()):
        if any(a.low in ("had", "'d") and a.lemma == "have" for a in node.kids("aux")):
            return True
        if any(t.ent == "DATE" and any(c.isdigit() for c in t.text) for p in (*node.kids("prep", "npadvmod"), *(node.head.kids("prep") if node.dep == "conj" else ())) if p.i < head.i for t in p.subtree()):
            return True
    return head.sent.root.tag == "VBD" and any(c.low in ("in", "under") and any(t.low in ("agreement", "deal", "accord", "treaty", "bid", "manifesto", "campaign") for t in c.subtree()) for c in head.sent.root.kids("prep"))


def _promised(head: Tok) -> tuple[frozenset[Sense], set[tuple[str, int]]]:
    """Senses and verbs of what is promised, nested verbs included ("keep the site open", "go on working")."""
    found: set[Sense] = set()
    verbs: set[tuple[str, int]] = set()
    sign, node = 1, head
    if not head.is_verb and head.lemma in words("modality", "light", "nouns"):
        event = next((o for o in senses.noun_objects(head) if senses.of_noun(o)), None)
        if event is not None:
            return senses.of_noun(event), {(senses.normal(event.lemma), 1)}
    seen: set[int] = set()
    while node.i not in seen:
        seen.add(node.i)
        for part in _shared_object(node):
            if part.is_verb:
                found |= {Sense(s.dimension, s.sign * sign) for s in senses.of_verb(part) | events._composed(part)}
            else:
                found |= {Sense(s.dimension, s.sign * sign) for s in senses.of_noun(part)}
            verbs.add((senses.normal(part.lemma), sign))
        bearer = node.kid("dobj") or node.subject
        for state in node.kids("acomp", "oprd", "attr", "advmod", "ccomp", "prep"):
            found |= {Sense(s.dimension, s.sign * sign) for s in senses.of_state(state, bearer)}
        flips = node.lemma in words("modality", "implies_not", "verbs") or node.lemma in words("commissives", "refrain", "verbs")
        if node.lemma in words("commissives", "refrain", "verbs"):
            flips = False  # told by the polarity of the commitment already
        nxt = next((c for c in node.kids("xcomp", "ccomp", "pcomp") if c.is_verb), None)
        if nxt is None:
            nxt = next((v for p in node.kids("prep") for v in p.kids("pcomp")), None)
        if nxt is None:
            event = next((o for o in node.kids("dobj") if o.pos == "NOUN" and senses.of_noun(o)), None)
            if event is not None and node.lemma in words("commissives", "refrain", "verbs"):
                found |= {Sense(s.dimension, s.sign * sign) for s in senses.of_noun(event)}
                verbs.add((senses.normal(event.lemma), sign))
            break
        sign = -sign if flips or own_negation(nxt) else sign
        node = nxt
    return frozenset(found), verbs


def _shared_object(node: Tok) -> list[Tok]:
    """A verb with those that share its object ("declare and destroy its stock")."""
    return [t for t in node.chain() if t is node or (t.is_verb == node.is_verb and not (t.kid("dobj") and node.kid("dobj")))]


def _referent(tree: Tree, cast: Cast, tok: Tok, own: set[str]) -> dict[str, float]:
    """What "it" or "them" in a promise most likely is: the last thing named before it that is no actor."""
    back = [t for t in tree.tokens[max(0, tok.i - 45) : tok.i] if t.dep in ("dobj", "pobj", "nsubj", "nsubjpass", "attr") and t.pos in ("NOUN", "PROPN")]
    plural = tok.low in ("them", "these", "those")
    for noun in reversed(back):
        who = cast.of(noun)
        if (who is not None and (noun.pos == "PROPN" or set(who.keys) & own)) or noun.ent in ("DATE", "TIME", "PERSON", "MONEY") or (noun.tag in ("NNS", "NNPS")) != plural:
            continue
        return {w: x for w, x in theme(noun.subtree(frozenset({"relcl", "acl"})), cast).items() if w not in own}
    return {}
