"""An engine whose answers are written into the text, for tests of the tracker on a real store.

A line `promise ACTOR: CONTENT` is a commitment, `breaks ACTOR: CONTENT @0.9` a report that contradicts it
with that score, `keeps ACTOR: CONTENT` one that supports it; anything else is nothing.
"""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.models import Analysis, Claim, Commitment, Finding, Relation, Report

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.errors import PledgewatchError

LINE = re.compile(r"^(promise|breaks|keeps) ([^:]+): ([^@\n]+?)(?: @([\d.]+))?$", re.MULTILINE)


class ScriptedEngine:
    """Finds what the text says is to be found. Gives way at each step, so that tasks interleave."""

    def __init__(self, error: PledgewatchError | None = None) -> None:
        self.error = error
        self.analysed: list[str] = []

    async def start(self) -> None:
        """Nothing to load."""

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """The lines of the text."""
        await asyncio.sleep(0)
        self.analysed.append(text)
        if self.error:
            raise self.error
        commitments, reports = [], []
        for found in LINE.finditer(text):
            kind, actor, content, score = found.groups()
            quote, start, end = found[0], found.start(), found.end()
            keys = (self.key(actor),)
            if kind == "promise":
                commitments.append(Commitment(actor, keys, quote, start, end, content))
            else:
                frame = {"kind": kind, "content": content, "score": float(score or 0.9)}
                reports.append(Report(quote, start, end, keys, content, frame=frame))
        return Analysis(tuple(commitments), tuple(reports))

    async def group(self, commitments: Sequence[Commitment], claims: Sequence[Claim]) -> list[str | int]:
        """By actor and content, letter for letter."""
        await asyncio.sleep(0)
        stored = {(c.actor_keys[0], c.content): c.id for c in claims}
        first: dict[tuple[str, str], int] = {}
        answer: list[str | int] = []
        for index, told in enumerate(commitments):
            same = (told.actor_keys[0], told.content)
            answer.append(stored.get(same) or first.setdefault(same, index))
        return answer

    async def judge(
        self, reports: Sequence[Report], claims: Sequence[Claim], *, published: date | None, article_id: str
    ) -> list[Finding]:
        """A report bears on the claim of its actor with its content, if it was not published before."""
        await asyncio.sleep(0)
        found = []
        for report in reports:
            for claim in claims:
                early = published and claim.made and published < claim.made
                same = set(report.actor_keys) & set(claim.actor_keys)
                if same and not early and report.frame["content"] == claim.content:
                    against = report.frame["kind"] == "breaks"
                    relation = Relation.CONTRADICTS if against else Relation.SUPPORTS
                    score = report.frame["score"]
                    found.append(Finding(claim.id, report, relation, score, "scripted", "It says so."))
        return sorted(found, key=lambda f: -f.score)

    def key(self, name: str) -> str:
        """Lower case."""
        return name.lower()

    def knows(self, name: str) -> bool:
        """Nobody."""
        return False

    def fingerprint(self, commitment: Commitment) -> str:
        """Content, letter for letter."""
        return commitment.content

    def threshold(self, level: str) -> float:
        """Three levels, far apart."""
        return {"strict": 0.95, "balanced": 0.7, "wide": 0.3}[level]
