"""Who is bound by a candidate, who says so, and towards whom; or that nobody is."""

from __future__ import annotations

from dataclasses import dataclass

from bot.analysis import names
from bot.analysis.actors import Cast
from bot.analysis.phrases import kinds_of
from bot.analysis.attribution import Attribution, Speech, subject_of
from bot.analysis.lexicon import words
from bot.analysis.mentions import Actor
from bot.analysis.tree import Tok, Tree
from bot.analysis.triggers import Candidate

_EMPTY = frozenset({"there", "it", "this", "that"})


@dataclass(frozen=True, slots=True)
class Bound:
    """Who binds itself, by whose word, towards whom."""

    actor: Actor
    speaker: Actor | None = None
    addressee: Actor | None = None


def who_is_bound(c: Candidate, tree: Tree, cast: Cast, speech: Speech) -> Bound | None:
    """The actor of a candidate, or None where the statement binds nobody."""
    if c.kind == "will":
        return _by_will(c, cast, speech)
    if c.kind == "noun":
        holder = _holder(c, cast, speech)
    elif c.holder is not None:
        holder = actor_at(c.holder, cast, speech)
    else:
        holder = _subject_actor(c.trigger, cast, speech)
    if holder is None or (c.kind == "state" and not holder.kinds - {"facility", "event", "region"}):
        return None
    if c.kind == "state" and c.trigger.low == "bound" and _involuntary(c.content):
        return None
    if _only_things(c, holder):
        return None
    addressee = _addressee(c, cast)
    said = speech.of(c.trigger)
    if c.frame == "that":
        return _by_clause(c, holder, addressee, cast)
    if _observer(said, cast):
        return None
    actor = cast.side(holder) if c.kind == "verb" and holder.is_person and _is_role(holder, cast) and not cast.roles(holder) else holder
    return Bound(actor, said.speaker if said.speaker is not None else (holder if actor is not holder else None), addressee)


def _only_things(c: Candidate, holder: Actor) -> bool:
    """"ruled out any link", "victory guarantees a medal": words that bind only where a person or body uses them."""
    if c.trigger.lemma == "rule" and c.content.lemma in words("commissives", "epistemic", "nouns"):
        return True
    bare = holder.keys[0] not in names.seed() and not kinds_of(holder.keys[0].split()[-1]) and holder.name.islower()
    return bare and c.trigger.lemma in ("guarantee", "threaten", "rule", "ready") and not holder.plural


def _subject_actor(trigger: Tok, cast: Cast, speech: Speech) -> Actor | None:
    node = trigger
    if trigger.dep in ("acomp", "oprd", "advmod") and trigger.head.is_verb:
        node = trigger.head
    subject = subject_of(node)
    if subject is None:
        return None
    return actor_at(subject, cast, speech)


def actor_at(subject: Tok, cast: Cast, speech: Speech) -> Actor | None:
    """The actor of a subject; any noun phrase that commits itself is one."""
    said = speech.of(subject)
    found = cast.of(subject, said.speaker)
    if found is not None:
        return found
    if subject.low in ("who", "which", "that") and subject.head.dep == "relcl":
        return actor_at(subject.head.head, cast, speech)
    if subject.low not in _EMPTY and (phrase := cast.phrase(subject)) is not None:
        return phrase
    if subject.pos == "PRON" and subject.low in ("it", "they", "we", "he", "she", "i", "who", "which"):
        fit = [a for a in cast.title if a.is_person == (subject.low in ("he", "she", "i"))]
        return fit[0] if fit else None
    return None


def _holder(c: Candidate, cast: Cast, speech: Speech) -> Actor | None:
    """Whose promise, plan or threat it is."""
    if c.holder is not None:
        return actor_at(c.holder, cast, speech)
    verb = c.trigger.head
    if c.trigger.dep in ("dobj", "attr", "nsubjpass") and verb.is_verb:
        subject = subject_of(verb)
        return actor_at(subject, cast, speech) if subject is not None else None
    for prep in c.trigger.kids("prep"):
        if prep.low in ("by", "from", "of") and (obj := prep.kid("pobj")):
            return cast.of(obj)
    if c.trigger.dep == "pobj" and c.trigger.head.low in ("with", "in", "on", "under", "of", "to") and (host := c.trigger.head.head).is_verb:
        subject = subject_of(host)
        return actor_at(subject, cast, speech) if subject is not None and c.trigger.lemma != "plan" else None
    return None


def _by_clause(c: Candidate, holder: Actor, addressee: Actor | None, cast: Cast) -> Bound | None:
    """"X assured Y that Z will …": Z is bound where Z is an actor, else the side of X."""
    subject = c.content.subject
    if _observing(holder, cast):
        return None
    inner = cast.of(subject, holder) if subject is not None else None
    if inner is None or (_is_thing(subject, inner, c.content) and inner.keys[0] != holder.keys[0]):
        return Bound(cast.side(holder), holder, addressee)
    if c.trigger.lemma not in _STRONG and not _speaks_for(holder, inner, cast, subject):
        return None
    return Bound(inner, holder, addressee)


_STRONG = frozenset({"promise", "pledge", "vow", "swear", "guarantee", "assure", "reassure", "undertake", "agree"})


def _by_will(c: Candidate, cast: Cast, speech: Speech) -> Bound | None:
    verb = c.content
    said = speech.of(verb)
    subject = _will_subject(verb)
    if subject is None:
        return None
    if _only_foreseen(said) or _in_side_clause(verb) or _unreal(verb):
        return None
    who = _meant(subject, said, cast) or cast.of(subject, said.speaker)
    if who is None and subject.low in ("it", "they", "he", "she"):
        who = actor_at(subject, cast, speech)
    empty = subject.low in words("commissives", "refrain", "subjects") or subject.low in ("there", "one") or any(d.low == "no" for d in subject.kids("det"))
    if who is not None and not _is_thing(subject, who, verb) and not empty:
        return _agent_will(c, who, said, subject, cast)
    return _thing_will(c, said, cast, empty)


def _unreal(verb: Tok) -> bool:
    """"would have gone", "it would be a mistake to", "boys will be boys"."""
    if any(a.lemma == "have" for a in verb.kids("aux")) and any(a.low in ("would", "'d", "’d") for a in verb.kids("aux")):
        return True
    subject = verb.subject
    if subject is None or verb.lemma != "be":
        return False
    attr = verb.kid("attr", "acomp")
    if subject.low == "it" and attr is not None and (verb.kids("xcomp", "ccomp", "csubj") or attr.kids("acl", "xcomp")):
        return True
    return attr is not None and attr.lemma == subject.lemma


def _meant(subject: Tok, said: Attribution, cast: Cast) -> Actor | None:
    """"X said it would": X itself, or the body X speaks for."""
    if said.speaker is None or said.quoted or subject.low not in ("it", "they", "he", "she"):
        return None
    if subject.low in ("he", "she"):
        return said.speaker if said.speaker.is_person else None
    if not said.speaker.is_person or (said.speaker.keys[0] not in names.seed() and " " not in said.speaker.name and not cast.roles(said.speaker)):
        return said.speaker
    side = cast.side(said.speaker)
    return side if side is not said.speaker else None


def _will_subject(verb: Tok) -> Tok | None:
    own = verb.subject
    if own is not None:
        return own
    if verb.dep == "conj":
        return subject_of(verb)
    return subject_of(verb) if verb.dep in ("relcl", "ROOT", "ccomp", "xcomp") else None


def _agent_will(c: Candidate, who: Actor, said: Attribution, subject: Tok, cast: Cast) -> Bound | None:
    """Somebody who can bind itself will do something."""
    verb = c.content
    lemma = verb.lemma
    own = said.speaker is not None and _speaks_for(said.speaker, who, cast, subject)
    if _involuntary(verb) and not (own and lemma in words("commissives", "will", "willed")):
        return None
    if verb.kid("auxpass") is not None and not own:
        return None
    if said.speaker is not None and not own:
        return None
    if said.speaker is None and said.quoted and subject.low not in ("we", "i"):
        return None
    if said.speaker is None and (c.trigger.low in ("would", "'d") or subject.dep == "nsubjpass"):
        return None
    if who.kinds <= {"event", "facility", "region"} or _observing(who, cast):
        return None
    if said.speaker is None and any(d.low in ("a", "an") for d in subject.kids("det")):
        return None
    actor = who
    if own and said.speaker is not None and who.keys[0] == said.speaker.keys[0] and _is_role(said.speaker, cast) and not cast.roles(said.speaker):
        actor = cast.side(who)
    return Bound(actor, said.speaker, None)


def _thing_will(c: Candidate, said: Attribution, cast: Cast, empty: bool) -> Bound | None:
    """A thing will open, close, be built: its owner is bound if the owner says so."""
    verb = c.content
    speaker = said.speaker
    if speaker is None or _observing(speaker, cast) or verb.dep == "relcl":
        return None
    passive = verb.kid("auxpass") is not None
    attr = verb.kid("attr")
    if empty and verb.lemma == "be" and attr is not None and attr.lemma in words("commissives", "will", "not_promised"):
        return None
    given = said.verb is not None and said.verb.lemma in words("commissives", "speech", "giving_word") and verb.lemma in words("commissives", "will", "given")
    if not (passive or empty or given or verb.lemma in words("commissives", "will", "things")):
        return None
    if passive and verb.kid("agent") is not None:
        return None
    if not (empty or given) and verb.lemma in words("commissives", "will", "involuntary") - words("commissives", "will", "things"):
        return None
    if said.verb is not None and said.verb.lemma in words("commissives", "speech", "foretelling"):
        return None
    return Bound(cast.side(speaker), speaker, None)


def _involuntary(verb: Tok) -> bool:
    phrase = {f"{verb.lemma} {c.low}" for c in verb.kids("prt", "dobj")} | {verb.lemma}
    if verb.lemma == "be" and any(a.low == "able" for a in verb.kids("acomp")):
        return True
    if verb.kid("dobj") is not None and verb.lemma in words("commissives", "will", "willed") - {"have", "get", "hit", "lose", "suffer", "cost"}:
        return False
    return bool(phrase & words("commissives", "will", "involuntary"))


def _is_thing(subject: Tok | None, who: Actor, verb: Tok) -> bool:
    """Whether a subject that looks like a name is rather a thing that somebody else opens or closes."""
    if subject is None:
        return True
    if subject.low in ("it", "they", "he", "she", "we", "i"):
        return False
    thing_verb = verb.lemma in words("commissives", "will", "things") or verb.kid("auxpass") is not None
    unknown = who.keys[0] not in names.seed() and not (who.is_person and subject.pos == "PROPN" and subject.dep == "nsubj" and verb.lemma not in ("open", "close"))
    if who.kinds <= {"event", "facility", "region"}:
        return True
    return thing_verb and (who.kinds <= {"facility", "event", "region", "city"} or (unknown and (subject.pos == "NOUN" and not any(d.low in ("the", "its") for d in subject.kids("det", "poss")) or verb.lemma in ("open", "close") or not kinds_of(subject.lemma) and subject.pos == "NOUN")))


def _speaks_for(speaker: Actor, who: Actor, cast: Cast, subject: Tok | None = None) -> bool:
    """Whether the speaker's word binds the other: itself, its body, or the body it belongs to."""
    if set(speaker.keys) & set(who.keys):
        return True
    if _observing(speaker, cast) or len(speaker.keys) > speaker.own:
        return False
    if who.is_person:
        return _is_role(speaker, cast) and not cast.roles(speaker) and not who.name.islower() and not speaker.is_person | speaker.plural
    if _is_role(speaker, cast):
        return True
    fronted = subject is not None and subject.head.dep == "ccomp" and subject.head.i < subject.head.head.i and not who.is_person
    if speaker.is_person and fronted:
        return True
    back = subject is not None and (subject.pos == "PRON" or any(d.low in ("the", "his", "her", "their") for d in subject.kids("det", "poss")))
    return speaker.is_person and back


def _is_role(actor: Actor, cast: Cast) -> bool:
    """Whether it is a spokesman, a minister, a statement: somebody who speaks for a body that is not named beside."""
    if _observing(actor, cast):
        return False
    roles = words("nouns", "acts", "member") | words("nouns", "acts", "announcer")
    return bool(_titles(actor, cast) & roles)


def _observing(actor: Actor, cast: Cast) -> bool:
    """Whether it is somebody who only watches: an analyst, a resident, a critic."""
    return bool(_titles(actor, cast) & words("nouns", "acts", "observer")) and not _titles(actor, cast) & {"minister", "spokesman", "spokeswoman", "president", "chief executive"}


def _titles(actor: Actor, cast: Cast) -> frozenset[str]:
    if actor.keys[0] in names.seed():
        return cast.roles(actor)
    last = actor.keys[0].split()[-1] if actor.keys[0] else ""
    return cast.roles(actor) | ({last, last.removesuffix("s"), last.removesuffix("es")} if not actor.is_person or last == actor.name.split()[-1].lower() and actor.name.islower() else frozenset())


def _observer(said: Attribution, cast: Cast) -> bool:
    return False if said.speaker is None else _observing(said.speaker, cast) and said.verb is not None and said.verb.lemma in words("commissives", "speech", "unbinding")


def _only_foreseen(said: Attribution) -> bool:
    """Whether the word above is one of foreseeing, fearing or asking."""
    return said.verb is not None and said.verb.lemma in words("commissives", "speech", "unbinding")


def _in_side_clause(verb: Tok) -> bool:
    """Whether the clause is a condition, a comparison or a relative clause on a thing."""
    for node in (verb, *verb.ancestors()):
        if node.dep == "advcl" and {m.low for m in node.kids("mark", "advmod")} & {"if", "unless", "when", "until", "as", "so", "because", "than", "whenever", "while", "after", "before", "although", "though", "since"}:
            return True
        if node.dep in ("ccomp", "conj", "parataxis"):
            continue
        if node is verb and node.dep == "relcl":
            return False
        if node.dep in ("acl", "relcl") and node is not verb:
            return True
    return False


def _addressee(c: Candidate, cast: Cast) -> Actor | None:
    for host in (c.trigger, c.trigger.head if c.kind == "noun" else c.trigger):
        for child in host.kids("dative", "dobj", "iobj"):
            if child is not c.content and child.low not in ("itself", "themselves", "himself", "herself") and (found := cast.of(child)):
                return found
        for prep in host.kids("prep", "dative"):
            if prep.low in ("to", "with") and (obj := prep.kid("pobj")) and obj is not c.content and (found := cast.of(obj)):
                return found
    pact = next((p for p in c.trigger.kids("prep") if p.low in ("in", "under") and p.i < c.trigger.i), None)
    if pact is not None and (deal := pact.kid("pobj")) is not None:
        for prep in deal.kids("prep"):
            if prep.low in ("with", "to") and (obj := prep.kid("pobj")):
                return cast.of(obj)
    return None


__all__ = ["Bound", "Tree", "actor_at", "who_is_bound"]
