"""Figures in a text: value, unit, and how they bound ("at least", "no more than", "barely half")."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.analysis.tree import Tok

_PLAIN = re.compile(r"^[£$€¥]?(\d+(?:,\d{3})*(?:\.\d+)?)(?:m|bn|k|tn)?$")
_SUFFIX = {"m": 1e6, "bn": 1e9, "k": 1e3, "tn": 1e12}
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "dozen": 12.0, "m": 1e6, "bn": 1e9, "mn": 1e6, "tonne": 1.0}
_WORDS = {w: float(n) for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split())} | {
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "seventy": 70.0, "eighty": 80.0, "ninety": 90.0}
_FRACTIONS = {"half": 50.0, "third": 33.3, "quarter": 25.0, "tenth": 10.0, "fifth": 20.0}
_MONEY = {"$": "dollar", "£": "pound", "€": "euro", "¥": "yen", "dollar": "dollar", "pound": "pound", "euro": "euro", "franc": "franc", "yen": "yen", "yuan": "yuan", "rouble": "rouble", "ruble": "rouble", "rupee": "rupee", "peso": "peso", "crown": "crown", "krona": "crown", "rand": "rand", "naira": "naira", "shilling": "shilling", "real": "real", "lira": "lira", "won": "won", "dinar": "dinar", "us$": "dollar", "a$": "dollar", "c$": "dollar"}
_AT_LEAST = ("at least", "no less than", "no fewer than", "not less than", "a minimum of", "more than", "over", "above", "upwards of", "minimum", "up from")
_AT_MOST = ("no more than", "at most", "not more than", "up to", "a maximum of", "less than", "fewer than", "under", "below", "within", "beyond", "capped at", "cap of", "maximum", "ceiling of", "limit of", "exceed", "exceeding", "past")


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure."""

    value: float
    unit: str
    """`percent`, a currency, or the lemma of what is counted; empty where unclear."""
    bound: str
    """`least`, `most` or `exact`."""
    start: int
    end: int
    by: bool = False
    """Whether it is a change ("by 40 %") and not a level."""

    def as_row(self) -> dict[str, Any]:
        """JSON-ready form."""
        return asdict(self)


def find(tokens: list[Tok], text: str) -> list[Quantity]:
    """The figures among the tokens of one clause or sentence; dates, ages and years are left out."""
    found: list[Quantity] = []
    i = 0
    while i < len(tokens):
        tok = tokens[i]
        value = _value(tok)
        if value is None or (tok.ent in ("DATE", "TIME") and not _counts(tokens, i)):
            fraction = _fraction(tokens, i)
            if fraction is not None:
                found.append(Quantity(fraction, "percent", _bound(tokens, i, text), tok.idx, tok.end, False))
            i += 1
            continue
        j = i + 1
        while j < len(tokens) and tokens[j].lemma in _SCALES and (tokens[j].pos == "NUM" or tokens[j].low in ("dozen", "m", "bn", "million", "billion", "thousand", "hundred")):
            value *= _SCALES[tokens[j].lemma]
            j += 1
        unit, end = _unit(tokens, i, j)
        year = unit == "" and 1900 <= value <= 2100 and value == int(value)
        if not year and unit not in ("year", "month", "day", "week", "hour", "minute", "century", "decade", "o'clock", "am", "pm"):
            found.append(Quantity(value, unit, _bound(tokens, i, text), tokens[max(i - 1, 0)].idx if tokens[i - 1].text in _MONEY and i else tok.idx, tokens[end - 1].end, i > 0 and tokens[i - 1].low == "by"))
        i = max(end, i + 1)
    return _with_shares(found, text)


def _with_shares(found: list[Quantity], text: str) -> list[Quantity]:
    """Units filled in from a neighbour, and "N of (the) M" as a percentage too."""
    out: list[Quantity] = []
    for at, q in enumerate(found):
        unit = q.unit
        nxt = found[at + 1] if at + 1 < len(found) else None
        if nxt is not None and text[q.end : nxt.start].strip().lower() in ("of", "of the", "of its", "of their", "out of", "out of the") or nxt is not None and q.unit and re.fullmatch(r"\s*(?:of|out of)(?: the| its| their| some| all)?\s*", text[q.end : nxt.start].lower()):
            unit = unit or nxt.unit
            if nxt.value > q.value > 0 and nxt.unit != "percent":
                out.append(Quantity(round(100 * q.value / nxt.value, 1), "percent", "exact", q.start, nxt.end))
        elif not unit and at and found[at - 1].unit not in ("", "percent"):
            unit = found[at - 1].unit
        out.append(replace(q, unit=unit) if unit != q.unit else q)
    return out


def _value(tok: Tok) -> float | None:
    low = tok.low
    match = _PLAIN.match(low)
    if match:
        suffix = low[len(match.group(0).rstrip("mbnkt")) :] if low[-1:] in "mnk" else ""
        return float(match[1].replace(",", "")) * _SUFFIX.get(suffix, 1.0)
    if tok.pos in ("NUM", "DET", "NOUN") and low in _WORDS and low != "one":
        return _WORDS[low]
    if low in ("million", "billion", "trillion", "thousand", "hundred", "dozen") and any(c.low in ("a", "one") for c in (*tok.children, *tok.head.children) if c.i == tok.i - 1):
        return _SCALES[low]
    return None


def _counts(tokens: list[Tok], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].pos == "NOUN" and tokens[i + 1].lemma not in ("year", "month", "day", "week", "hour", "january", "minute")


def _fraction(tokens: list[Tok], i: int) -> float | None:
    tok = tokens[i]
    base = _FRACTIONS.get(tok.lemma)
    if base is None or tok.ent in ("DATE", "TIME") or (tok.low in ("third", "fifth") and tok.pos == "ADJ"):
        return None
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    if after not in ("of", "the", "its", "their", "all", "as", "that", "what"):
        return None
    before = tokens[i - 1].low if i else ""
    times = _WORDS.get(before.removesuffix("-"), 1.0)
    return min(base * times, 100.0)


def _unit(tokens: list[Tok], i: int, j: int) -> tuple[str, int]:
    """What is counted, and the token after the quantity."""
    before = tokens[i - 1].low if i else ""
    sign = _MONEY.get(before) or _MONEY.get(tokens[i].text[:1])
    if sign:
        return sign, j
    if j < len(tokens) and tokens[j].low in ("%", "percent", "per", "pc", "percentage"):
        return "percent", j + (2 if tokens[j].low == "per" else 1)
    k = j
    while k < len(tokens) and k < j + 5:
        nxt = tokens[k]
        if nxt.lemma in _MONEY and nxt.lemma not in ("real", "won", "crown") or (nxt.lemma in ("crown",) and k == j):
            return _MONEY[nxt.lemma], k + 1
        if nxt.pos in ("NOUN", "PROPN"):
            if k + 1 < len(tokens) and tokens[k + 1].pos == "NOUN" and tokens[k + 1].head is not nxt and nxt.dep == "compound":
                k += 1
                continue
            return nxt.lemma, k + 1
        if nxt.pos not in ("ADJ", "ADV", "NUM") and nxt.low not in ("of", "the", "its", "-", "more", "other", "further"):
            break
        k += 1
    return "", j


def _bound(tokens: list[Tok], i: int, text: str) -> str:
    lead = text[tokens[max(0, i - 6)].idx : tokens[i].idx].lower().rstrip(" $£€")
    for phrase in _AT_MOST:
        if lead.endswith(phrase) or lead.endswith(phrase + " of"):
            return "most"
    for phrase in _AT_LEAST:
        if lead.endswith(phrase):
            return "least"
    return "exact"
