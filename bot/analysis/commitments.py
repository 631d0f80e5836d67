"""Doc → commitments, as ANNOTATION.md defines them.

A candidate (`triggers.py`) becomes a commitment when the statement binds somebody: it is not asked, expected,
feared, doubted or refused, and whoever is bound speaks for itself, is spoken for, or acts in the article's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.analysis import frames, triggers
from bot.analysis.actors import Cast
from bot.analysis.attribution import Attribution, Speech, subject_of
from bot.analysis.binding import who_is_bound
from bot.analysis.bound import Bound
from bot.analysis.deadlines import due
from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor
from bot.analysis.spans import Content, condition_before, content_of, text_of
from bot.analysis.tree import Tok, Tree
from bot.analysis.triggers import Candidate
from bot.models import Commitment, Polarity, Strength


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
    candidates = sorted(triggers.find(tree), key=lambda c: (c.kind == "will", c.trigger.i))
    for candidate in candidates:
        if candidate.content.i in taken or cancelled(candidate):
            continue
        bound = who_is_bound(candidate, tree, cast, speech)
        if bound is None:
            continue
        heads = _conjuncts(candidate)
        for at, head in enumerate(heads):
            if head.i in taken:
                continue
            taken.add(head.i)
            stop = _opening(heads[at + 1]) if at + 1 < len(heads) else None
            made = _build(tree, speech, candidate, head, at == 0, stop, bound, published)
            if made is not None:
                found.append(made)
        taken.update(t.i for h in heads for t in h.subtree() if t.is_verb and candidate.kind != "will" and t.dep in ("ccomp", "xcomp", "conj"))
    found.sort(key=lambda f: (f.commitment.start, f.commitment.end))
    return found


def cancelled(c: Candidate) -> bool:
    """Whether the sentence takes the commitment back: denied, asked, expected, possible, conditional or a question."""
    tok = c.trigger if c.kind != "will" else c.content
    if tok.sent.tokens[-1].text == "?" or (len(tok.sent.tokens) > 1 and tok.sent.tokens[-2].text == "?"):
        return True
    if c.kind != "will":
        if c.kind == "noun" and c.refrain and c.strength == "strong":
            return True
        if _negated(tok) and not (c.kind in ("noun", "verb") and c.strength == "weak"):
            return True
        modals = {x.lemma for x in tok.kids("aux")} & words("commissives", "cancel", "modals")
        if tok.lemma in ("guarantee", "promise", "assure", "rule"):
            modals -= {"can"}
        if c.kind == "noun" and tok.dep == "nsubj" and any(d.low in ("a", "an") for d in tok.kids("det")) and any(x.tag == "MD" for x in tok.head.kids("aux")):
            return True
        if modals and not (c.kind == "state" or tok.tag != "VB"):
            return True
        if c.kind == "verb" and tok.tag == "VB" and not tok.kids("aux") and tok.dep in ("xcomp", "ccomp", "acl", "advcl", "pcomp"):
            return True
    return _under_doubt(tok, c)


def _under_doubt(tok: Tok, c: Candidate) -> bool:
    below = tok
    for node in (tok, *tok.ancestors()):
        marks = {m.low for m in node.kids("mark")}
        if node is not c.content and node.dep in ("advcl",) and marks & {"if", "unless", "whether"}:
            return True
        if node is tok and c.kind == "will" and marks & {"if", "whether", "unless"}:
            return True
        if marks & {"whether"}:
            return True
        if node is not tok and below.dep in ("xcomp", "ccomp", "pcomp", "advcl", "acl", "prep", "dobj", "acomp", "conj", "relcl"):
            if _doubts(node, below, c):
                return True
            if below.dep == "conj":
                below = node
                continue
        if below is not node and node.is_verb and below.dep in ("relcl", "advcl") and node is not tok:
            break
        below = node
    return False


def _doubts(node: Tok, below: Tok, c: Candidate) -> bool:
    """Whether the word above is one of asking, doubting, refusing."""
    doubting = words("commissives", "cancel", "verbs")
    if node.lemma in doubting and node.is_verb and below.dep in ("xcomp", "ccomp", "pcomp", "prep", "dobj"):
        if c.kind == "noun" and below.dep == "dobj" and node.lemma not in ("deny", "refuse", "seek", "demand", "want", "reject", "expect", "discuss", "consider"):
            return False
        if node.lemma in ("tell", "warn") and below.dep == "ccomp":
            return False
        if node.lemma in ("reject", "dispute") and below.dep == "ccomp":
            return True
        return True
    if node.low in words("commissives", "cancel", "adjectives") and below.dep in ("xcomp", "ccomp"):
        return True
    if node.pos == "NOUN" and below.dep in ("acl", "ccomp") and node.lemma in ("hope", "fear", "call", "demand", "need", "chance", "risk", "possibility", "question", "doubt", "expectation", "refusal", "failure", "request", "speculation", "rumour", "rumor"):
        return True
    return False


def _negated(tok: Tok) -> bool:
    if any(n.low != "never" or tok.lemma not in ("promise", "vow") for n in tok.kids("neg")):
        return True
    subject = tok.subject
    return subject is not None and (
        subject.low in words("commissives", "refrain", "subjects") or any(d.low in ("no", "neither") for d in subject.kids("det"))
    )


def _conjuncts(c: Candidate) -> list[Tok]:
    """The promised acts: one, or several where each has its own object ("to cut A and to avoid B")."""
    heads = [c.content]
    if c.frame in ("np", "to_np", "np_event"):
        return heads
    pool = list(c.content.chain()[1:])
    if c.frame in ("to", "ing"):
        pool += [t for t in c.content.sent.tokens if t.i > c.content.i and t.dep == "conj" and is_again(t, c.content)]
    if c.content.dep in ("pcomp", "pobj"):
        pool += [v for prep in c.content.kids("conj") if prep.low == "to" for v in prep.kids("pcomp", "pobj") if v.is_verb]
        pool += [v for prep in c.content.head.kids("conj") if prep.low == c.content.head.low for v in prep.kids("pcomp", "pobj") if v.is_verb]
    for nxt in sorted(set(pool), key=lambda t: t.i):
        if not nxt.is_verb or (nxt.subject is not None and nxt.subject.i > c.content.i):
            continue
        if nxt.dep == "conj" and any(x.low in ("than", "as") for x in nxt.head.kids("cc")):
            continue
        same = c.content.tag == nxt.tag or {c.content.tag, nxt.tag} <= {"VB", "VBP"}
        between = [t for t in c.content.subtree(frozenset({"conj", "cc", "punct"})) if heads[-1].i < t.i < nxt.i]
        own = any(t.dep not in ("advmod", "punct", "cc") for t in between) if len(heads) == 1 else True
        if same and own:
            heads.append(nxt)
    return heads


def is_again(verb: Tok, content: Tok) -> bool:
    """Whether an infinitive or gerund further on takes up the first one: "plans to start ... and to extend ..."."""
    if content.tag == "VB":
        return frames.is_infinitive(verb) and verb.head.under(content)
    return False


def _opening(head: Tok) -> Tok:
    """The first token of a conjoined promise: its "to", its auxiliary, or its verb."""
    return min([head, *head.kids("aux", "neg", "auxpass", "prep") ], key=lambda t: t.i if t.i < head.i else head.i)


def _build(
    tree: Tree, speech: Speech, c: Candidate, head: Tok, first: bool, stop: Tok | None, bound: Bound, published: date | None
) -> Found | None:
    quote = speech.quote_at(head)
    outside = quote is not None and speech.quote_at(c.trigger) == quote
    content = content_of(head, quote[1] if quote and outside else None, stop)
    if not content.tokens:
        return None
    opening = _start(c, head, first, bound)
    last = max(content.tokens[-1].i, opening.i)
    last_tok = tree.tokens[last]
    if c.kind != "will" and first and c.trigger.i > last:
        return None
    refrain = _refrains(c, head, first)
    condition = content.condition or (condition_before(c.trigger if c.kind != "will" else head))
    deadline = text_of(tree, content.deadline)
    commitment = Commitment(
        actor=bound.actor.name,
        actor_keys=bound.actor.keys,
        quote=tree.text[opening.idx : last_tok.end],
        start=opening.idx,
        end=last_tok.end,
        content=_plain(tree, head, content, c),
        polarity=Polarity.REFRAIN if refrain else Polarity.DO,
        strength=Strength(c.strength) if first or c.kind != "will" else Strength.STRONG,
        speaker=bound.speaker.name if bound.speaker and bound.speaker.keys[0] != bound.actor.keys[0] else None,
        addressee=bound.addressee.name if bound.addressee else None,
        condition=text_of(tree, condition),
        deadline=deadline,
        due=due(deadline, published) if deadline else None,
    )
    return Found(commitment, head, content, bound, refrain)


def _start(c: Candidate, head: Tok, first: bool, bound: Bound) -> Tok:
    """Where the quote starts (ANNOTATION.md, conventions)."""
    if not first:
        return _opening(head)
    subject = head.subject
    if c.kind == "will" and _fronted_no(c.trigger, head):
        front = [t for t in c.trigger.sent.tokens if t.i < c.trigger.i][-6:]
        at = next(i for i, t in enumerate(front) if t.low in words("commissives", "refrain", "fronted"))
        return front[at - 1] if at and front[at - 1].pos in ("ADP", "SCONJ") else front[at]
    if c.kind == "will":
        if subject is not None and subject.i < c.trigger.i and _empty(subject):
            return min(subject.subtree(), key=lambda t: t.i) if subject.low != "there" else subject
        return c.trigger if c.frame != "going" else min([c.trigger, *c.trigger.kids("aux")], key=lambda t: t.i)
    if c.kind in ("verb", "goal"):
        return min([c.trigger, *(a for a in c.trigger.kids("aux", "auxpass") if a.low != "to")], key=lambda t: t.i)
    if c.kind == "state":
        cop = c.trigger.head if c.trigger.dep in ("acomp", "oprd", "advmod", "xcomp") and c.trigger.head.is_verb else c.trigger
        if cop is c.trigger:
            return min([c.trigger, *c.trigger.kids("auxpass", "aux")], key=lambda t: t.i)
        return min([cop, *cop.kids("aux")], key=lambda t: t.i) if c.trigger.i - cop.i < 5 else c.trigger
    if c.refrain and c.trigger.head.is_verb and c.trigger.dep == "dobj":
        return c.trigger.head
    return c.trigger


def _empty(subject: Tok) -> bool:
    return subject.low in words("commissives", "refrain", "subjects") or subject.dep == "expl" or any(
        d.low in ("no", "not", "neither") for d in subject.kids("det", "neg", "predet")
    ) or (subject.low == "one" and any(d.low == "no" for d in subject.kids("det")))


def _refrains(c: Candidate, head: Tok, first: bool) -> bool:
    """Whether what is promised is an omission."""
    turned = c.refrain
    if c.kind == "verb" and c.strength == "weak" and c.trigger.kids("neg"):
        turned = not turned
    owner = head if first or not head.kids("neg") else head
    if owner.kids("neg") or any(a.low in ("never", "neither", "nor") for a in owner.kids("advmod", "preconj", "cc")):
        turned = not turned
    elif not first and c.content.kids("neg") and head.dep == "conj" and any(x.low == "or" for x in head.head.kids("cc")):
        turned = not turned
    elif any(a.low == "longer" and any(n.low == "no" for n in a.children) for a in head.kids("advmod")):
        turned = not turned
    elif head.subject is not None and _empty(head.subject) and head.subject.dep != "expl":
        turned = not turned
    else:
        objects = head.kids("dobj", "attr", "nsubj") if head.lemma in ("be", "have", "make", "take", "see", "impose", "introduce", "accept", "allow", "build", "send") else head.kids("dobj")
        if any(d.low in ("no", "neither") for o in objects for d in o.kids("det")):
            turned = not turned
    if c.kind == "will" and _fronted_no(c.trigger, head):
        turned = not turned
    if c.frame == "to" and c.trigger.kids("neg") and c.kind == "verb" and all(n.low == "never" for n in c.trigger.kids("neg")):
        turned = not turned
    if frames.phrase_lemma(head) in words("commissives", "refrain", "verbs") or head.lemma in words("commissives", "refrain", "verbs"):
        turned = not turned
    return turned


def _fronted_no(aux: Tok, head: Tok) -> bool:
    """"Under no circumstances will X", "Never again will X": the negation stands in front, the subject behind."""
    subject = head.subject
    if subject is None or subject.i < aux.i:
        return False
    front = [t for t in aux.sent.tokens if t.i < aux.i]
    return any(t.low in words("commissives", "refrain", "fronted") for t in front[-6:])


def _plain(tree: Tree, head: Tok, content: Content, c: Candidate) -> str:
    """The content as a plain infinitive phrase, without condition and deadline."""
    dropped = set(content.deadline) | set(content.condition)
    rest = [t for t in content.tokens if t not in dropped]
    if not head.is_verb:
        return tree.text[rest[0].idx : rest[-1].end] if rest else head.text
    skip = {t for t in head.kids("aux", "auxpass", "neg") if t.i < head.i} | {t for t in head.kids("advmod") if t.low in ("never", "longer", "also", "now", "not")}
    skip |= {x for t in list(skip) if t.low == "longer" for x in t.children}
    after = [t for t in rest if t.i > head.i]
    before = [t for t in rest if t.i < head.i and t not in skip and t.low not in ("to", "not", "never", "no", "longer", "also", "now")]
    tail = _joined(tree, after)
    front = _joined(tree, before)
    verb = head.lemma
    passive = head.kid("nsubjpass") or (head.subject if bound_thing(head, c) else None)
    if passive is not None and passive.dep != "expl":
        thing = _joined(tree, passive.subtree(frozenset({"relcl"})))
        return " ".join(x for x in (verb, thing, tail) if x)
    return " ".join(x for x in (front, verb, tail) if x)


def bound_thing(head: Tok, c: Candidate) -> bool:
    """Whether the clause's subject is a thing and not who is bound."""
    subject = head.subject
    return c.frame in ("that", "will") and subject is not None and subject.pos == "NOUN" and head.lemma in words("commissives", "will", "things")


def _joined(tree: Tree, tokens: list[Tok]) -> str:
    """The tokens as they stand in the text, with gaps closed."""
    parts: list[str] = []
    for at, tok in enumerate(tokens):
        if at and tok.idx > tokens[at - 1].end:
            parts.append(" ")
        parts.append(tok.text)
    return "".join(parts).strip(" ,")


__all__ = ["Actor", "Attribution", "Found", "cancelled", "find", "subject_of"]
