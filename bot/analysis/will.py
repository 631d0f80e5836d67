"""Who is bound by "will" and "would": an actor that acts, or the owner of a thing whose fate it tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.attribution import Attribution, Speech, subject_of
from bot.analysis.bound import Bound, actor_at
from bot.analysis.deeds import is_involuntary, is_willed, thing_is_given
from bot.analysis.lexicon import words
from bot.analysis.phrases import is_definite, kinds_of
from bot.analysis.standing import is_nameless_role, is_observer, is_place, passes_on, speaks_for

if TYPE_CHECKING:
    from bot.analysis.actors import Cast
    from bot.analysis.mentions import Actor
    from bot.analysis.tree import Tok
    from bot.analysis.triggers import Candidate

_THIRD = frozenset({"it", "they", "he", "she"})
_PERSONAL = _THIRD | {"we", "i"}
_WOULD = frozenset({"would", "'d", "’d"})


def by_will(c: Candidate, cast: Cast, speech: Speech) -> Bound | None:
    """Who is bound by a will-phrase, or None where it only foresees, supposes or describes."""
    verb = c.content
    said = speech.of(verb)
    if said == Attribution():
        said = speech.announcing(verb)
    subject = _subject(verb)
    if subject is None or only_foreseen(said) or _in_side_clause(verb, said) or _unreal(c, subject, speech):
        return None
    who = _meant(subject, said, cast) or cast.of(subject, said.speaker)
    if who is None and subject.low in _THIRD:
        who = actor_at(subject, cast, speech)
    nobody = is_nobody(subject)
    if who is not None and not nobody and not is_thing(subject, who, verb):
        return _agent(c, who, said, subject, cast)
    return _thing(verb, said, cast, nobody)


def only_foreseen(said: Attribution) -> bool:
    """Whether the word above is one of foreseeing, fearing or asking."""
    return said.verb is not None and said.verb.lemma in words("commissives", "speech", "unbinding")


def is_nobody(subject: Tok) -> bool:
    """Whether a subject is empty: "there", "nobody", "no ships"."""
    if subject.low in words("commissives", "refrain", "subjects") or subject.low in ("there", "one"):
        return True
    return any(d.low in ("no", "neither", "not") for d in subject.kids("det", "neg"))


def is_thing(subject: Tok | None, who: Actor, verb: Tok) -> bool:
    """Whether what looks like a name is rather a thing that somebody else opens, closes or gives away."""
    if subject is None:
        return True
    if subject.low in _PERSONAL:
        return False
    if is_place(who):
        return True
    passive = verb.kid("auxpass") is not None
    acting = verb.kid("dobj", "xcomp", "ccomp") is not None
    if not (passive or (verb.lemma in words("commissives", "will", "things") and not acting)):
        return False
    if passive and not who.noun:
        return True
    if who.is_known or (who.is_person and subject.pos == "PROPN" and verb.lemma not in ("open", "close")):
        return False
    definite = any(d.low in ("the", "its") for d in subject.kids("det", "poss"))
    noun = subject.pos == "NOUN" and not (definite and kinds_of(subject.lemma))
    return noun or who.kinds <= {"city", "facility"} or verb.lemma in ("open", "close")


def _subject(verb: Tok) -> Tok | None:
    own = verb.subject
    return own if own is not None else subject_of(verb)


def _meant(subject: Tok, said: Attribution, cast: Cast) -> Actor | None:
    """ "X said it would": X itself, or the body X speaks for."""
    speaker = said.speaker
    if speaker is None or said.quoted:
        return None
    if _announced_before(subject, said, speaker, cast):
        return cast.side(speaker)
    if subject.low not in _THIRD:
        return None
    if subject.low in ("he", "she"):
        return speaker if speaker.is_person else None
    if speaker.noun and speaker.is_person:
        side = cast.side(speaker)
        return side if side is not speaker else None
    if not speaker.is_person or (
        not speaker.is_known and " " not in speaker.name and not cast.roles(speaker)
    ):
        return speaker
    side = cast.side(speaker)
    return side if side is not speaker else None


def _announced_before(subject: Tok, said: Attribution, speaker: Actor, cast: Cast) -> bool:
    """ "The airline would cut jobs, Lufthansa said": a noun that takes up nobody before is the speaker."""
    clause = subject.head
    if said.verb is None or clause.dep != "ccomp" or clause.i > said.verb.i or not is_definite(subject):
        return False
    who = cast.of(subject)
    side = cast.side(speaker)
    return (
        who is not None
        and bool(who.noun)
        and len(who.keys) == who.own
        and bool(kinds_of(subject.lemma) & side.kinds)
    )


def _agent(c: Candidate, who: Actor, said: Attribution, subject: Tok, cast: Cast) -> Bound | None:
    """Somebody who can bind itself will do something."""
    verb, speaker = c.content, said.speaker
    own = speaker is not None and speaks_for(speaker, who, cast, subject)
    if is_involuntary(verb) and not (own and is_willed(verb)):
        return None
    watching = is_observer(who, cast) and (speaker is None or not own or is_observer(speaker, cast))
    if is_place(who) or watching or (verb.kid("auxpass") is not None and not own):
        return None
    if speaker is None and not _told_plainly(c, said, subject):
        return None
    if speaker is not None and not own and not passes_on(said, who, verb, cast):
        return None
    if own and speaker is not None and who.keys[0] == speaker.keys[0] and is_nameless_role(speaker, cast):
        who = cast.side(who)
    return Bound(who, speaker, None)


def _under_pact(verb: Tok) -> bool:
    """ "Under the deal the army would release …": what a pact binds its party to."""
    pacts = words("commissives", "pact", "duties")
    return any(p.low == "under" and any(t.lemma in pacts for t in p.subtree()) for p in verb.kids("prep"))


def _told_plainly(c: Candidate, said: Attribution, subject: Tok) -> bool:
    """Whether the article itself announces what somebody will do."""
    if said.quoted and subject.low not in ("we", "i"):
        return False
    would = c.trigger.low in _WOULD and said.verb is None and not _under_pact(c.content)
    if would or subject.dep == "nsubjpass":
        return False
    return not any(d.low in ("a", "an") for d in subject.kids("det"))


def _thing(verb: Tok, said: Attribution, cast: Cast, nobody: bool) -> Bound | None:
    """A thing will open, close, be built: its owner is bound if the owner says so."""
    speaker = said.speaker
    if speaker is None or is_observer(speaker, cast) or verb.dep == "relcl":
        return None
    if said.verb is not None and said.verb.lemma in words("commissives", "speech", "foretelling"):
        return None
    attr = verb.kid("attr")
    if (
        nobody
        and verb.lemma == "be"
        and attr is not None
        and attr.lemma in words("commissives", "will", "not_promised")
    ):
        return None
    agent = verb.kid("agent")
    by = agent.kid("pobj") if agent is not None else None
    if by is not None and (cast.of(by) is not None or by.pos == "PROPN"):
        return None
    return Bound(cast.side(speaker), speaker, None) if thing_is_given(verb, said, nobody) else None


def _unreal(c: Candidate, subject: Tok, speech: Speech) -> bool:
    """ "would have gone", "if I were younger I would", "it would be a mistake to", "boys will be boys"."""
    verb, would = c.content, c.trigger.low in _WOULD
    if would and any(a.lemma == "have" for a in verb.kids("aux")):
        return True
    quote = speech.quote_at(c.trigger)
    if would and quote is not None and speech.quote_at(subject) == quote:
        return True  # in direct speech a promise is "will"
    if subject.low == "it" and verb.lemma == "take" and verb.kid("xcomp", "advcl") is not None:
        return True  # "it will take years to rebuild"
    if verb.lemma != "be":
        return False
    attr = verb.kid("attr", "acomp")
    judged = bool(verb.kids("xcomp", "ccomp", "csubj")) or (
        attr is not None and bool(attr.kids("acl", "xcomp"))
    )
    if subject.low == "it" and attr is not None and judged:
        return True
    return attr is not None and attr.lemma == subject.lemma


def _is_restrictive(clause: Tok) -> bool:
    """Whether a relative clause tells which one is meant: "the man who will pay"."""
    noun = clause.head
    if clause.subject is None or clause.subject.low != "who":
        return False
    tokens = clause.sent.tokens
    between = tokens[noun.i - tokens[0].i : clause.i - tokens[0].i]
    return noun.pos != "PROPN" and all(t.text != "," for t in between)


def _in_side_clause(verb: Tok, said: Attribution) -> bool:
    """Whether the clause is a condition, a reason, a comparison, or part of a relative clause on a thing."""
    for node in (verb, *verb.ancestors()):
        if node is said.verb:
            return False
        if node.dep == "advcl" and {m.low for m in node.kids("mark", "advmod")} & words(
            "commissives", "will", "side_marks"
        ):
            return True
        if node is not verb and node.dep in ("acl", "relcl"):
            return True
        if node is verb and node.dep == "relcl":
            return _is_restrictive(verb)
    return False
