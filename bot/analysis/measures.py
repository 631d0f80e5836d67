"""How a figure is written: its digits or words, its scale, what it counts, and how it bounds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.analysis.lexicon import table, words

if TYPE_CHECKING:
    from bot.analysis.tree import Tok

_PLAIN = re.compile(r"^[£$€¥]?(\d+(?:,\d{3})*(?:\.\d+)?)(?:m|bn|k|tn)?$")
_SUFFIXES = {"m": 1e6, "bn": 1e9, "k": 1e3, "tn": 1e12}
_UNIT_WINDOW = 5
"""Tokens after a figure in which what it counts is looked for ("30 new coal-fired power plants")."""
_LEAD = 6
"""Tokens before a figure in which a bound is looked for; the longest phrase has four words."""


def value_of(tok: Tok) -> float | None:
    """The value of one token, None where it is no figure."""
    low = tok.low
    match = _PLAIN.match(low)
    if match:
        suffix = low[len(match.group(0).rstrip("mbnkt")) :] if low[-1:] in ("m", "n", "k") else ""
        return float(match[1].replace(",", "")) * _SUFFIXES.get(suffix, 1.0)
    numbers: dict[str, float] = table("quantities")["numbers"]
    if tok.pos in ("NUM", "DET", "NOUN") and low in numbers:
        return numbers[low]
    scales: dict[str, float] = table("quantities")["scales"]
    if low in words("quantities", "counted_scales"):
        beside = (c.low for c in (*tok.children, *tok.head.children) if c.i == tok.i - 1)
        if any(word in ("a", "one") for word in beside):
            return scales[low]
    return None


def scale(tokens: list[Tok], j: int) -> tuple[float, int]:
    """The factor that the words from `j` on multiply a figure by ("million"), and the token after them."""
    scales: dict[str, float] = table("quantities")["scales"]
    factor = 1.0
    while j < len(tokens) and tokens[j].lemma in scales:
        if tokens[j].pos != "NUM" and tokens[j].low not in words("quantities", "scale_words"):
            break
        factor *= scales[tokens[j].lemma]
        j += 1
    return factor, j


def is_count(tokens: list[Tok], i: int) -> bool:
    """Whether a figure that the model takes for a date counts things: "30 plants"."""
    if i + 1 >= len(tokens):
        return False
    return tokens[i + 1].pos == "NOUN" and tokens[i + 1].lemma not in words("quantities", "of_dates")


def fraction(tokens: list[Tok], i: int) -> float | None:
    """The percentage that "half of", "two thirds of" name, 0 to 100; None for anything else."""
    tok = tokens[i]
    base: float | None = table("quantities")["fractions"].get(tok.lemma)
    ordinal = tok.low in ("third", "fifth") and tok.pos == "ADJ"
    if base is None or tok.ent in ("DATE", "TIME") or ordinal:
        return None
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if after not in words("quantities", "after_fractions"):
        return None
    before = tokens[i - 1].low.removesuffix("-") if i else ""
    times: float = table("quantities")["numbers"].get(before, 1.0)
    return min(base * times, 100.0)


def unit(tokens: list[Tok], i: int, j: int) -> tuple[str, int]:
    """What the figure at `i`, whose scale ends before `j`, counts; and the token after the quantity."""
    money: dict[str, str] = table("quantities")["money"]
    sign = money.get(tokens[i - 1].low if i else "") or money.get(tokens[i].text[:1])
    if sign:
        return sign, j
    if j < len(tokens) and tokens[j].low in words("quantities", "percent"):
        return "percent", j + (2 if tokens[j].low == "per" else 1)
    k = j
    while k < len(tokens) and k < j + _UNIT_WINDOW:
        nxt = tokens[k]
        doubtful = nxt.lemma in words("quantities", "doubtful_money")
        if nxt.lemma in money and (not doubtful or (nxt.lemma == "crown" and k == j)):
            return money[nxt.lemma], k + 1
        if nxt.pos in ("NOUN", "PROPN") and not _modifies_next(tokens, k):
            return nxt.lemma, k + 1
        if nxt.pos == "NUM" and any(t.low == "of" for t in tokens[j:k]):
            break  # "12 of the 48 prisoners": the whole tells what is counted
        counted = nxt.pos in ("NOUN", "PROPN", "ADJ", "ADV", "NUM")
        if not counted and nxt.low not in words("quantities", "before_units"):
            break
        k += 1
    return "", j


def _modifies_next(tokens: list[Tok], k: int) -> bool:
    """Whether a noun is part of a compound that goes on."""
    tok = tokens[k]
    return (
        tok.dep == "compound"
        and k + 1 < len(tokens)
        and tokens[k + 1].pos == "NOUN"
        and tokens[k + 1].head is not tok
    )


def bound(tokens: list[Tok], i: int, text: str) -> str:
    """`most`, `least` or `exact`, by the words before the figure at `i`."""
    lead = text[tokens[max(0, i - _LEAD)].idx : tokens[i].idx].lower().rstrip(" $£€")
    if any(lead.endswith((phrase, phrase + " of")) for phrase in words("quantities", "at_most")):
        return "most"
    if any(lead.endswith(phrase) for phrase in words("quantities", "at_least")):
        return "least"
    return "exact"


def is_rate(tokens: list[Tok], end: int) -> bool:
    """Whether a figure that ends before `end` is so much in a stretch of time: "a year", "annually"."""
    after = [t.low for t in tokens[end : end + 2]]
    if after and after[0] in words("quantities", "by_time"):
        return True
    return (
        len(after) > 1 and after[0] in words("quantities", "per") and after[1] in words("quantities", "times")
    )
