"""Which words make up a name: where it starts, how far it goes, what its bearer may be.

Requires of the parse: tags and dependencies; uses entity labels where there are any.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from bot.analysis import names
from bot.analysis.lexicon import table, words
from bot.analysis.phrases import kinds_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.analysis.tree import Tok

ORGANISED = frozenset({"group", "company", "body", "party", "club"})
"""What an organisation of unknown kind may be."""

_PERSON = frozenset({"person"})
_ANYBODY = _PERSON | ORGANISED
_ENT_KINDS: Mapping[str, frozenset[str]] = {
    "PERSON": _PERSON,
    "GPE": frozenset({"state", "city"}),
    "LOC": frozenset({"region"}),
    "NORP": frozenset({"group", "party"}),
    "ORG": ORGANISED,
    "FAC": frozenset({"facility"}),
    "PRODUCT": ORGANISED,
    "WORK_OF_ART": ORGANISED,
    "EVENT": frozenset({"event"}),
    "LAW": frozenset({"event"}),
}
_NOT_NAMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "ORDINAL", "QUANTITY"})
_NAMES = ("PROPN", "NOUN", "ADJ")
_REMARKS = frozenset({"which", "who", "whose", "the", "a", "an", "its"})
"""Words that open a remark on a name."""


def goes_on(tokens: list[Tok], i: int, j: int) -> bool:
    """Whether a known name is only the beginning of a longer one ("Czech National Bank")."""
    if j >= len(tokens):
        return False
    here, after = tokens[j - 1], tokens[j]
    if not after.text[:1].isupper() or after.pos != "PROPN" or after.ent in _NOT_NAMES:
        return False
    short = names.plain(" ".join(t.text for t in tokens[i:j]))
    if after.low in _titles():
        return False
    if short in names.demonyms():
        return after.ent != "PERSON" or here.ent == "PERSON"
    return j - i == 1 and here.ent == after.ent == "PERSON"


def starts_name(tokens: list[Tok], i: int) -> bool:
    """Whether an unknown name starts at a token."""
    tok = tokens[i]
    if not (tok.text[:1].isupper() or _camel(tok.text)) or tok.pos not in _NAMES:
        return False
    if _month_as_name(tok):
        return True
    if _is_title(tokens, i):
        return False
    if _camel(tok.text):
        return True
    if tok.tag == "NNS" and i == 0:
        # "Swallows", but "Thales makes" and "Philips said it …": a plural form with a singular verb.
        return tok.dep == "nsubj" and tok.head.tag == "VBZ" and not tok.kids("det", "amod")
    if i == 0 and _is_set_off(tokens):
        return True
    if tok.ent in _NOT_NAMES or tok.tag == "NNS" or (tok.pos != "PROPN" and not tok.ent):
        return False
    # A capital that only the start of the sentence gives.
    return not (i == 0 and tok.pos != "PROPN" and tok.ent in ("", "ORG") and tok.low == tok.lemma)


def is_sort(word: str) -> bool:
    """Whether a word names a sort of body: congress, front, council."""
    return word in words("nouns", "sorts", "institution") or word in words("nouns", "names", "of_heads")


def _is_set_off(tokens: list[Tok]) -> bool:
    """ "Fjordline, which runs ferries, said": a bare singular word that a remark follows is a name."""
    tok, rest = tokens[0], [t.low for t in tokens[1:3]]
    bare = tok.tag in ("NN", "NNP") and tok.dep == "nsubj" and not tok.kids("det", "amod", "compound", "prep")
    said = tok.head.lemma in words("commissives", "speech", "verbs")
    will = any(a.tag == "MD" for a in tok.head.kids("aux"))
    return bare and (said or will) and len(rest) == 2 and rest[0] == "," and rest[1] in _REMARKS


def _camel(text: str) -> bool:
    """Whether a word has a capital inside, as only names have: "TikTok", "eBay"."""
    inside = text[1:]
    return not (inside.islower() or text.isupper()) and text.isalpha() and any(c.isupper() for c in inside)


def _is_title(tokens: list[Tok], i: int) -> bool:
    """Whether a word is a title before a name ("Chancellor Merkel", "Party leader"), not the first of it."""
    tok, nxt = tokens[i], tokens[i + 1] if i + 1 < len(tokens) else None
    if nxt is not None and (_before_full_name(tokens, i) or _is_portfolio(tokens, i)):
        return True
    if nxt is None or (tok.ent == nxt.ent == "ORG" and tok.low not in words("nouns", "titles", "office")):
        return False
    if tok.low in words("nouns", "titles", "also_names") and nxt.ent != "PERSON":
        return False
    if tok.low in _titles():
        return nxt.text[:1].isupper() and nxt.pos in _NAMES
    return i == 0 and nxt.low in _titles() and tok.low in _organ_kinds()


def _before_full_name(tokens: list[Tok], i: int) -> bool:
    """ "Bishop Karin Lindahl", which the model may take for a body: a person's title and two names."""
    title = tokens[i].low
    if title not in words("nouns", "stands", "person") or title in words("nouns", "titles", "also_names"):
        return False
    full = tokens[i + 1 : i + 3]
    return len(full) == 2 and all(
        t.pos == "PROPN" and t.text[:1].isupper() and not _tells_body(t) for t in full
    )


def _is_portfolio(tokens: list[Tok], i: int) -> bool:
    """ "Information Minister Ann Low": a word for what a minister is in charge of."""
    tok, office = tokens[i], tokens[i + 1]
    named = i + 2 < len(tokens) and tokens[i + 2].text[:1].isupper() and tokens[i + 2].pos == "PROPN"
    if not named or not office.text[:1].isupper() or office.low not in words("nouns", "titles", "portfolio"):
        return False
    place = tok.ent in ("GPE", "NORP", "LOC") or tok.low in names.demonyms() or tok.low in names.seed()
    return not place and tok.text.isalpha() and not tok.text.isupper()


def _tells_body(tok: Tok) -> bool:
    """Whether a word of a name says that its bearer is a body, a firm or a place."""
    sorts = (_organ_kinds(), words("nouns", "names", "firms"), words("nouns", "names", "places"))
    return any(tok.low in known for known in sorts)


def _month_as_name(tok: Tok) -> bool:
    """ "May said", "Theresa May": a month that does something is a person."""
    if tok.ent != "DATE" or tok.pos != "PROPN" or tok.low not in words("nouns", "names", "months"):
        return False
    return tok.dep == "nsubj" or any(c.dep == "compound" and c.pos == "PROPN" for c in tok.children)


def continues(tokens: list[Tok], i: int, j: int) -> bool:
    """Whether token `j` goes on with the name that starts at `i`."""
    first, nxt = tokens[i], tokens[j]
    if not nxt.text[:1].isupper() or nxt.pos not in _NAMES:
        return False
    if nxt.ent in _NOT_NAMES and not _month_as_name(nxt):
        return False
    if nxt.low in _titles() and not (nxt.ent == first.ent and first.ent in ("ORG", "PERSON")):
        return False
    return not (first.ent and nxt.ent and first.ent != nxt.ent and not _month_as_name(nxt))


def split(tokens: list[Tok], i: int, j: int) -> tuple[int, int]:
    """Where two names run together ("At Glasgow Brazil signed"): the first alone, if the second is known."""
    if tokens[0].pos not in ("ADP", "SCONJ") or not any(
        t.low in words("nouns", "names", "locative") for t in tokens[max(0, i - 2) : i]
    ):
        return i, j
    for k in range(i + 1, j):
        if names.plain(" ".join(t.text for t in tokens[k:j])) in names.seed():
            return i, k
    return i, j


def linked(tokens: list[Tok], i: int, j: int) -> bool:
    """Whether a small word goes on with the name: "City of Edinburgh Council"."""
    first, nxt = tokens[i], tokens[j]
    if nxt.low not in words("nouns", "names", "links"):
        return False
    following = [t for t in tokens[j + 1 : j + 3] if t.text[:1].isupper()]
    if not following:
        return False
    if (
        nxt.low in words("nouns", "names", "particles")
        and nxt.text == nxt.low
        and following[0].i == nxt.i + 1
    ):
        return True
    if nxt.low in ("'", "’"):
        return tokens[j - 1].tag in ("NNPS", "NNS") and following[0].low in _organ_kinds()
    if nxt.ent and nxt.ent == first.ent == following[0].ent:
        return nxt.low not in ("and", "&", "on") or nxt.ent == "ORG"
    heads = words("nouns", "names", "of_heads")
    return (
        nxt.low == "of"
        and tokens[j - 1].low in heads
        and following[0].i == nxt.i + 1
        and first.ent != "PERSON"
    )


def kinds(tokens: list[Tok]) -> frozenset[str]:
    """What the bearer of an unknown name may be, by its entity label and by the words of the name."""
    ent = next((t.ent for t in tokens if t.ent), "")
    parts = [names.plain(t.text) for t in tokens]
    if parts[-1] in words("nouns", "names", "places") and (len(parts) > 1 or ent != "PERSON"):
        return frozenset({"facility"})
    if len(parts) > 1 and (tokens[-1].tag == "NNPS" or parts[-1] in words("nouns", "names", "firms")):
        return ORGANISED
    told = [kinds for p in (parts[-1], parts[0]) if (kinds := _organ_kinds().get(p))]
    if told and len(parts) > 1:
        return told[0]
    if _month_as_name(tokens[-1]) or (len(parts) > 1 and _called_person(tokens[-1])):
        return _PERSON
    if ent == "PERSON":
        # The small model takes many firms of one word for persons.
        return _PERSON if len(parts) > 1 else _ANYBODY
    if ent == "ORG" and len(parts) == 2 and _speaks(tokens[-1]):
        return _ANYBODY
    return _ENT_KINDS.get(ent, _ANYBODY)


def _speaks(head: Tok) -> bool:
    """Whether a name without an article says something: many persons' names are labelled as bodies'."""
    said = head.dep == "nsubj" and head.head.lemma in words("commissives", "speech", "verbs")
    return said and not head.kids("det", "amod")


def _called_person(head: Tok) -> bool:
    """Whether the words beside a name say that it is a person: "a spokesman, X", "X, a farmer"."""
    beside = [c.lemma for c in head.kids("appos") if c.pos == "NOUN"]
    if head.dep == "appos" and head.head.pos == "NOUN":
        beside.append(head.head.lemma)
    beside += [c.low for c in head.kids("compound") if c.pos in ("NOUN", "PROPN")]
    return any(kinds_of(noun) == _PERSON for noun in beside)


@cache
def _organ_kinds() -> Mapping[str, frozenset[str]]:
    """Words in a name that tell what its bearer is: ministry, bank, group."""
    stands = table("nouns")["stands"]
    found: dict[str, set[str]] = {}
    for kind in ("company", "body", "group", "party", "club"):
        for noun in stands[kind]:
            found.setdefault(noun, set()).add(kind)
    return {noun: frozenset(kinds) for noun, kinds in found.items()}


@cache
def _titles() -> frozenset[str]:
    """Words before a person's name that are no part of it."""
    return words("nouns", "stands", "person") | words("nouns", "titles", "words")
