"""What runs in the analysis process: one handler for the three requests the tracker makes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.analysis import pipeline, second_opinion
from bot.analysis.contradiction import judge
from bot.analysis.language import foreign
from bot.analysis.matching import group
from bot.errors import AnalysisError
from bot.models import Analysis, Claim, Commitment, Report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from bot.analysis.nli_files import NliChoice


@dataclass(frozen=True, slots=True)
class AnalyseRequest:
    """Find commitments and reports in a text."""

    text: str
    title: str = ""
    published: date | None = None
    aliases: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GroupRequest:
    """File commitments under claims (`matching.group`)."""

    commitments: tuple[Commitment, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class JudgeRequest:
    """Hold the reports of one article against claims (`contradiction.judge`)."""

    reports: tuple[Report, ...]
    claims: tuple[Claim, ...]
    published: date | None
    article_id: str


def start(model: str | None = None, nli: NliChoice | None = None) -> Callable[[object], object]:
    """Load the model, and the NLI model where one is set, and return the handler. Raises ModelError."""
    loaded = pipeline.load(model)
    second = second_opinion.load(nli) if nli else None

    def handle(request: object) -> object:
        match request:
            case AnalyseRequest(text, title, published, aliases):
                if code := foreign(text):
                    return Analysis(note=f"The text is not English ({code}), so nothing was looked for.")
                return loaded.analyse(text, title=title, published=published, aliases=aliases)
            case GroupRequest(commitments, claims):
                return group(commitments, claims)
            case JudgeRequest(reports, claims, published, article_id):
                found = judge(reports, claims, published=published, article_id=article_id)
                if second is None:
                    return found
                return second.add(found, reports, claims, published=published, article_id=article_id)
            case _:
                raise AnalysisError(f"the analysis process knows no request of type {type(request).__name__}")

    return handle
