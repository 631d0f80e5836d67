"""Verbs of speech, and the speakers that the parse did not find."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok


def is_speech(node: Tok) -> bool:
    """Whether a verb tells what somebody says: "said", "made clear"."""
    if not node.is_verb:
        return False
    if node.lemma in words("commissives", "speech", "verbs"):
        return True
    return node.lemma == "make" and any(c.low in ("clear", "plain") for c in node.children)


def inverted(verb: Tok, clause: Tok) -> Tok | None:
    """The speaker behind its verb: '"…", read the statement'."""
    if (
        verb.subject is not None
        or clause.i > verb.i
        or verb.lemma not in words("commissives", "speech", "inverted")
    ):
        return None
    return next((o for o in verb.kids("dobj", "attr") if o.i > verb.i), None)


def after_comma(verb: Tok) -> bool:
    """Whether a comma stands somewhere before a put-in speech verb: "…, X told them"."""
    near = [t for t in verb.sent.tokens if t.i < verb.i][-12:]
    return any(t.text in (",", "”", '"', "''") for t in near)


def last_named(verb: Tok) -> Tok | None:
    """The subject of a put-in speech verb, where the parse lost it: "…, its director, X, told them"."""
    before = [t for t in verb.sent.tokens if t.i < verb.i]
    if len(before) < 2 or before[-1].text != ",":
        return None
    name = before[-2]
    while name.dep in ("compound", "flat") and name.head.i < verb.i:
        name = name.head
    if name.pos != "PROPN":
        return None
    return name.head if name.dep == "appos" and name.head.pos == "NOUN" else name
