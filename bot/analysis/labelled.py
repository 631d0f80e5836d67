"""Scenarios with labels (the format of the annotation guide): which pairs the model would be asked about, and
which of them are contradictions. Rows are checked as they are read: people write them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from bot.analysis.candidates import SETTLED, Candidate, unsettled
from bot.analysis.contradiction import judge
from bot.analysis.matching import group
from bot.errors import InputError
from bot.models import Claim, Relation, Status, Telling

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from bot.analysis.pipeline import Pipeline
    from bot.models import Analysis

PARTS = ("earlier", "later")

SAME_PASSAGE = 0.5
"""Token F1 from which two quotes are the same passage: what the scenarios are scored with from outside."""

CONTAINED, CONTAINED_RATIO = 5, 4
"""A quote of so many words that lies within one at most so many times longer is the same passage too."""

Scenario = dict[str, Any]

_WORD = re.compile(r"[\w’'$%]+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair that the rules could not settle, with what people say of it."""

    candidate: Candidate
    contradicts: bool
    story: str
    """Pairs of one story are never on both sides of a split."""
    alert: tuple[str, str, str]
    """Story, part and claim: however many sentences say it, it is one alert."""
    raised: bool
    """Whether the rules raise that alert by themselves."""


def read(files: Iterable[Path]) -> list[Scenario]:
    """The scenarios of JSON-lines files. Raises InputError that names file and line."""
    found: list[Scenario] = []
    for file in files:
        try:
            lines = file.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{file} cannot be read: {error}.") from error
        for number, line in enumerate(lines, 1):
            if line.strip():
                found.append(_scenario(line, f"{file}, line {number}"))
    return found


def pairs(loaded: Pipeline, scenario: Scenario) -> list[Labelled]:
    """The pairs of one scenario that the rules could not settle, without those that two readers judged
    differently."""
    analyses = {part: analysed(loaded, scenario[part]) for part in PARTS}
    claims, gold = claims_in(scenario, analyses)
    said, story = _said(scenario), str(scenario["earlier"]["text"])
    found = []
    for part in PARTS:
        reports, day = analyses[part].reports, day_of(scenario[part])
        sure = {
            f.claim_id
            for f in judge(reports, claims, published=day, article_id=part)
            if f.relation is Relation.CONTRADICTS and f.score >= SETTLED
        }
        for candidate in unsettled(reports, claims, published=day, article_id=part):
            claim = candidate.claim.id
            rows = said.get((gold.get(claim, -1), part), [])
            labels = {label for quote, label in rows if same_passage(candidate.report.quote, quote)}
            if "arguable" not in labels:
                key = (story, part, claim)
                found.append(Labelled(candidate, "contradicts" in labels, story, key, claim in sure))
    return found


def same_passage(a: str, b: str) -> bool:
    """Whether two quotes are the same passage."""
    one, two = _tokens(a), _tokens(b)
    common = sum((Counter(one) & Counter(two)).values())
    if common and 2 * common / (len(one) + len(two)) >= SAME_PASSAGE:
        return True
    short, long = sorted((one, two), key=len)
    inside = f" {' '.join(short)} " in f" {' '.join(long)} "
    return len(short) >= CONTAINED and len(long) <= CONTAINED_RATIO * len(short) and inside


def _scenario(line: str, where: str) -> Scenario:
    try:
        row = json.loads(line)
        for part in PARTS:
            day_of(row[part])
            row[part]["text"] + row[part]["title"]
        tellings = [(c["doc"], c["quote"] + "", c["claim"]) for c in row["commitments"]]
        for relation in row["relations"]:
            tellings[relation["commitment"]], relation["doc"], relation["quote"] + "", relation["label"] + ""
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise InputError(f"{where} is not a labelled scenario: {type(error).__name__} {error}.") from error
    return dict(row)


def day_of(document: dict[str, str]) -> date:
    """The day on which a text was published."""
    return date.fromisoformat(document["date"])


def analysed(loaded: Pipeline, document: dict[str, str]) -> Analysis:
    """What is found in a text."""
    return loaded.analyse(document["text"], title=document["title"], published=day_of(document))


def claims_in(scenario: Scenario, analyses: dict[str, Analysis]) -> tuple[list[Claim], dict[str, int]]:
    """The claims that come of both texts, oldest first, and the labelled claim that each stands for."""
    claims: dict[str, Claim] = {}
    gold: dict[str, int] = {}
    for part in PARTS:
        found = analyses[part].commitments
        labels = [c for c in scenario["commitments"] if c["doc"] == part]
        groups = group(found, list(claims.values()))
        for at, (commitment, where) in enumerate(zip(found, groups, strict=True)):
            claim_id = where if isinstance(where, str) else f"{part} {where}"
            telling = Telling(f"{part} {at}", part, day_of(scenario[part]), commitment)
            claims[claim_id] = _with(claims.get(claim_id), claim_id, telling)
            stands_for = [c["claim"] for c in labels if same_passage(commitment.quote, c["quote"])]
            if stands_for:
                gold[claim_id] = min(gold.get(claim_id, stands_for[0]), *stands_for)
    return list(claims.values()), gold


def _with(claim: Claim | None, claim_id: str, telling: Telling) -> Claim:
    if claim is not None:
        return replace(claim, tellings=(*claim.tellings, telling))
    c = telling.commitment
    return Claim(
        claim_id, "", c.actor, c.actor_keys, c.content, c.polarity, Status.NOT_RATED, tellings=(telling,)
    )


def _said(scenario: Scenario) -> dict[tuple[int, str], list[tuple[str, str]]]:
    """Quotes and labels of the reports by labelled claim and part."""
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for relation in scenario["relations"]:
        claim = scenario["commitments"][relation["commitment"]]["claim"]
        found.setdefault((claim, relation["doc"]), []).append((relation["quote"], relation["label"]))
    return found


def _tokens(text: str) -> list[str]:
    plain = text.replace("’s ", " ").replace("'s ", " ")
    return [word.strip("’'").lower() for word in _WORD.findall(plain)]
