"""The analysis engine as the tracker sees it: text work in a process of its own, look-ups of names here."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.analysis import contradiction, names, sameness
from bot.analysis.service import AnalyseRequest, GroupRequest, JudgeRequest
from bot.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.analysis.nli_files import NliChoice
    from bot.models import Analysis, Claim, Commitment, Finding, Report

MEBIBYTE = 1024 * 1024


class Engine:
    """One worker with the model loaded."""

    def __init__(
        self,
        model: str | None,
        *,
        seconds: float,
        memory_mb: int,
        recycle_mb: int,
        nli: NliChoice | None = None,
    ) -> None:
        """Limits for one text: `seconds`, and `memory_mb` on top of the models. `nli`: the second opinion.

        A process that has grown by `recycle_mb` since it was loaded is replaced between two texts.
        """
        self._worker = Worker(
            "analysis",
            "bot.analysis.service:start",
            (model, nli),
            deadline=seconds,
            memory=memory_mb * MEBIBYTE,
            recycle_after=recycle_mb * MEBIBYTE,
        )

    async def start(self) -> None:
        """Load the model now rather than with the first text. Raises ModelError."""
        await self._worker.start()

    async def close(self) -> None:
        """End the process."""
        await self._worker.close()

    async def analyse(
        self, text: str, *, title: str, published: date | None, aliases: Mapping[str, str]
    ) -> Analysis:
        """What stands in one text."""
        request = AnalyseRequest(text, title=title, published=published, aliases=dict(aliases))
        return cast("Analysis", await self._worker.call(request))

    async def group(self, commitments: Sequence[Commitment], claims: Sequence[Claim]) -> list[str | int]:
        """For each commitment the claim that it tells."""
        request = GroupRequest(tuple(commitments), tuple(claims))
        return cast("list[str | int]", await self._worker.call(request))

    async def judge(
        self, reports: Sequence[Report], claims: Sequence[Claim], *, published: date | None, article_id: str
    ) -> list[Finding]:
        """What the reports say of the claims."""
        if not reports or not claims:
            return []
        request = JudgeRequest(tuple(reports), tuple(claims), published=published, article_id=article_id)
        return cast("list[Finding]", await self._worker.call(request))

    def key(self, name: str) -> str:
        """The key under which an actor of this name is filed."""
        return names.key(name)

    def knows(self, name: str) -> bool:
        """Whether the seed table has an actor of this name."""
        return names.plain(name) in names.seed()

    def fingerprint(self, commitment: Commitment) -> str:
        """Equal for two tellings that every report is held against alike."""
        return sameness.fingerprint(commitment)

    def threshold(self, level: str) -> float:
        """Score from which a contradiction is an alert."""
        return contradiction.ALERT_THRESHOLDS[level]
