"""The second opinion: a neural model is asked about what the rules could not settle, and no more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from bot.analysis import calibration, nli
from bot.analysis.candidates import Candidate, unsettled
from bot.analysis.contradiction import EVIDENCE_THRESHOLD
from bot.analysis.explain import undertaking
from bot.analysis.hypothesis import kept
from bot.models import Finding, Relation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.analysis.calibration import Calibration
    from bot.analysis.nli import NliModel, Opinion
    from bot.analysis.nli_files import NliChoice
    from bot.models import Claim, Report

RULE = "second opinion"
"""Name under which the model's findings are kept."""

MAX_ASKED = 48
"""Pairs of one article that are asked about, the nearest in topic: about three seconds of a small model. An
article of the development scenarios has four."""

NOTED = 0.9
"""Share for contradiction from which a model without a calibration is worth a note."""


class SecondOpinion:
    """A loaded model with its calibration, if it has one."""

    def __init__(self, model: NliModel, fitted: Calibration | None) -> None:
        self._model, self._fitted = model, fitted

    def add(
        self,
        findings: Sequence[Finding],
        reports: Sequence[Report],
        claims: Sequence[Claim],
        *,
        published: date | None,
        article_id: str,
    ) -> list[Finding]:
        """The rules' findings with what the model says of the pairs they could not settle, best first.

        With a calibration a pair gets the combined score, in place of the rules' weaker one. Without one,
        a note is added to what the rules found; scores and relations stay as they are.
        """
        asked = unsettled(reports, claims, published=published, article_id=article_id)[:MAX_ASKED]
        opinions = opinions_on(self._model, asked)
        found = {_pair(f.claim_id, f.report): f for f in findings}
        for candidate, opinion in zip(asked, opinions, strict=True):
            pair = _pair(candidate.claim.id, candidate.report)
            before = found.get(pair)
            if self._fitted is None:
                if before is not None and opinion.contradiction >= NOTED:
                    found[pair] = _noted(before, opinion)
            elif (after := _combined(candidate, opinion, self._fitted, before)) is not None:
                found[pair] = after
        return sorted(found.values(), key=lambda f: (-f.score, f.report.start))


def opinions_on(model: NliModel, asked: Sequence[Candidate]) -> list[Opinion]:
    """What the model says of each: the report's sentence against the kept promise, no title before it."""
    return model.ask([(c.report.quote, kept(c.telling.commitment)) for c in asked])


def load(choice: NliChoice) -> SecondOpinion:
    """Load the model that is set, and its calibration where one is set. Raises ModelError."""
    model = nli.load(choice)
    fitted = calibration.load(Path(choice.calibration), model.digest) if choice.calibration else None
    return SecondOpinion(model, fitted)


def _pair(claim_id: str, report: Report) -> tuple[str, int, int]:
    return claim_id, report.start, report.end


def _combined(
    candidate: Candidate, opinion: Opinion, fitted: Calibration, before: Finding | None
) -> Finding | None:
    """The finding on a pair with the combined score; None where what the rules found stays."""
    score = round(fitted.score(calibration.features(candidate, opinion)), 3)
    if before is not None and before.relation is Relation.CONTRADICTS:
        # Never dropped: what the rules saw stays on the record, however little the model believes it.
        return replace(before, score=max(score, EVIDENCE_THRESHOLD))
    if score < EVIDENCE_THRESHOLD or (before is not None and before.score >= score):
        return None
    report = candidate.report
    return Finding(
        claim_id=candidate.claim.id,
        report=report,
        relation=Relation.CONTRADICTS,
        score=score,
        rule=RULE,
        explanation=_sentence(candidate, opinion),
        marks=candidate.marks,
        telling_id=candidate.telling.id,
    )


def _sentence(candidate: Candidate, opinion: Opinion) -> str:
    said = candidate.report.attributed_to
    source = f"what {said} says" if said else "what the report says"
    return (
        f"{undertaking(candidate.claim)}; {source} goes against that, "
        f"as a language model reads it ({opinion.contradiction:.0%}); no rule knows these words."
    )


def _noted(finding: Finding, opinion: Opinion) -> Finding:
    reading = f"A language model that is not calibrated reads a contradiction ({opinion.contradiction:.0%})."
    return replace(finding, explanation=f"{finding.explanation} {reading}")
