"""Who is bound by a commissive word, who says so, and towards whom; or that nobody is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.attribution import AUTHOR, Attribution, Speech, subject_of
from bot.analysis.bound import Bound, actor_at
from bot.analysis.deeds import is_involuntary, thing_is_given
from bot.analysis.lexicon import words
from bot.analysis.phrases import kinds_of
from bot.analysis.standing import is_nameless_role, is_observer, is_place, passes_on, speaks_for
from bot.analysis.will import by_will, is_nobody, is_thing, only_foreseen

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.mentions import Actor
    from bot.analysis.tree import Tok, Tree
    from bot.analysis.triggers import Candidate


def who_is_bound(c: Candidate, tree: Tree, cast: Cast, speech: Speech) -> Bound | None:
    """The actor of a candidate, or None where the statement binds nobody."""
    if c.frame == "bullet":
        return Bound(AUTHOR) if speech.is_programme() else None
    if c.kind == "will":
        return by_will(c, cast, speech)
    holder = _holder(c, tree, cast, speech)
    if holder is None or _binds_nobody(c, holder):
        return None
    addressee = _addressee(c, cast)
    if c.frame == "that":
        return _by_clause(c, holder, addressee, cast)
    said = speech.of(c.trigger)
    if said.speaker is not None and is_observer(said.speaker, cast) and only_foreseen(said):
        return None
    actor = cast.side(holder) if c.kind == "verb" and is_nameless_role(holder, cast) else holder
    return Bound(actor, said.speaker or (holder if actor is not holder else None), addressee)


def _binds_nobody(c: Candidate, holder: Actor) -> bool:
    """ "ruled out any link", "victory guarantees a medal", "the rouble is bound to fall"."""
    if c.trigger.lemma == "rule" and c.content.lemma in words("commissives", "epistemic", "nouns"):
        return True
    if c.kind == "state" and (is_place(holder) or (c.trigger.low == "bound" and is_involuntary(c.content))):
        return True
    thing = holder.noun and not kinds_of(holder.noun) and not holder.plural and len(holder.keys) == holder.own
    return bool(thing) and c.trigger.lemma in words("commissives", "epistemic", "of_things")


def _holder(c: Candidate, tree: Tree, cast: Cast, speech: Speech) -> Actor | None:
    """Whose promise, plan or threat it is."""
    if c.holder is not None:
        return actor_at(c.holder, cast, speech)
    if c.kind != "noun":
        above = c.trigger.dep in ("acomp", "oprd", "advmod") and c.trigger.head.is_verb
        subject = subject_of(c.trigger.head if above else c.trigger)
        return actor_at(subject, cast, speech) if subject is not None else None
    verb = c.trigger.head
    if c.trigger.dep in ("dobj", "attr", "nsubjpass") and verb.is_verb:
        subject = subject_of(verb)
        found = actor_at(subject, cast, speech) if subject is not None else None
        return (
            found
            if verb.lemma not in words("commissives", "cancel", "receiving")
            else _giver(c, tree, cast, speech)
        )
    for prep in c.trigger.kids("prep"):
        if prep.low in ("by", "from", "of") and (obj := prep.kid("pobj")):
            return cast.of(obj)
    if c.trigger.dep == "conj" and c.trigger.tag == "NNS" and c.trigger.head.dep == "dobj":
        # "X sees the problem and promises to act": a verb that the parse took for a noun.
        subject = subject_of(c.trigger.head.head)
        return actor_at(subject, cast, speech) if subject is not None else None
    return _beside(c.trigger, cast, speech) or _giver(c, tree, cast, speech)


def _beside(noun: Tok, cast: Cast, speech: Speech) -> Actor | None:
    """ "X went ahead with a pledge to …": the subject of the verb that the noun depends on."""
    if noun.dep != "pobj" or noun.head.low not in ("with", "in", "under", "of", "to") or noun.lemma == "plan":
        return None
    verb = noun.head.head
    passive = verb.kid("auxpass") is not None  # "sold on the promise": somebody else gave it
    subject = subject_of(verb) if verb.is_verb and not passive else None
    return actor_at(subject, cast, speech) if subject is not None else None


def _giver(c: Candidate, tree: Tree, cast: Cast, speech: Speech) -> Actor | None:
    """Who gave a promise told without its giver: "… after an assurance that … . The company gave it …"."""
    after = c.trigger.sent.index + 1
    if after >= len(tree.sents):
        return None
    for tok in tree.sents[after].tokens:
        if tok.lemma in words("commissives", "pact", "giving") and tok.subject is not None:
            obj = tok.kid("dobj")
            if obj is not None and obj.low in ("it", "them", "one", "that", c.trigger.low):
                return actor_at(tok.subject, cast, speech)
    return None


def _by_clause(c: Candidate, holder: Actor, addressee: Actor | None, cast: Cast) -> Bound | None:
    """ "X assured Y that Z will …": Z is bound where Z is an actor, else the side of X."""
    subject, verb = c.content.subject, c.content
    strong = c.kind == "noun" or c.trigger.lemma in words("commissives", "strong", "lemmas")
    inner = cast.of(subject, holder) if subject is not None else None
    if inner is None and subject is not None and subject.low in ("it", "they", "he", "she"):
        inner = holder
    if is_observer(holder, cast) and (inner is None or inner.keys[0] != holder.keys[0]):
        return None
    if inner is not None and subject is not None and _is_holders(subject, verb, inner, holder, strong):
        inner = holder if not holder.is_person and subject.low in ("it", "they") else None
    nobody = subject is not None and is_nobody(subject)
    if inner is None or nobody or (is_thing(subject, inner, verb) and inner.keys[0] != holder.keys[0]):
        said = Attribution(holder, c.trigger)
        if not strong and (is_involuntary(verb) or not thing_is_given(verb, said, nobody)):
            return None
        if c.trigger.lemma == "agree" and c.trigger.tag in ("VBP", "VBZ"):
            return None  # "most economists agree that tariffs will hurt": an opinion
        return Bound(cast.side(holder), holder, addressee)
    if not strong and not speaks_for(holder, inner, cast, subject):
        return (
            Bound(inner, holder, addressee)
            if passes_on(Attribution(holder, c.trigger), inner, verb, cast)
            else None
        )
    return Bound(inner, holder, addressee)


def _is_holders(subject: Tok, verb: Tok, inner: Actor, holder: Actor, strong: bool) -> bool:
    """Whether the clause is the holder's to bring about, whoever its subject seems to be.

    "X gave Y its word that it would …", "X guaranteed that it would be honoured", "X promised that workers
    would keep their jobs".
    """
    if set(inner.keys) & set(holder.keys):
        return False
    if subject.low in ("it", "they"):
        return not holder.is_person or verb.kid("auxpass") is not None
    people = bool(inner.noun) and inner.plural and inner.kinds == {"person"}
    owned = len(inner.keys) > inner.own and not any(p.pos == "PRON" for p in subject.kids("poss"))
    return strong and people and not owned


def _addressee(c: Candidate, cast: Cast) -> Actor | None:
    """To whom it is promised: the person told, "to X", or the other party of the pact."""
    for host in (c.trigger, c.trigger.head if c.kind == "noun" else c.trigger):
        for child in host.kids("dative", "dobj", "iobj"):
            other = child is not c.content and not child.low.endswith(("self", "selves"))
            if other and child is not c.holder and (found := cast.of(child)):
                return found
        for prep in host.kids("prep", "dative"):
            obj = prep.kid("pobj") if prep.low in ("to", "with") else None
            if obj is not None and obj is not c.content and (found := cast.of(obj)):
                return found
    return _other_party(c.trigger, cast)


def _other_party(trigger: Tok, cast: Cast) -> Actor | None:
    """ "Under a deal with X it undertook …"."""
    for pact in trigger.kids("prep"):
        deal = pact.kid("pobj") if pact.low in ("in", "under") and pact.i < trigger.i else None
        for prep in deal.kids("prep") if deal is not None else []:
            if prep.low in ("with", "to") and (obj := prep.kid("pobj")):
                return cast.of(obj)
    return None
