"""An event of a report, held against a claim."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.analysis.context import Proposal, score_of
from bot.analysis.relevance import names_by_kind, words_met
from bot.models import Relation

if TYPE_CHECKING:
    from bot.analysis.context import Context, Frame


@dataclass(frozen=True, slots=True)
class Held:
    """An event of a report, held against a claim."""

    event: Frame
    report: Frame
    ctx: Context
    actor: float
    """How surely the event is the claim's actor's doing, 0 to 1."""
    about: float
    """How far it is about what was promised, 0 to 1."""

    @property
    def asserted(self) -> bool:
        """Whether the event is said to have taken place, or not to have."""
        return bool(self.event["mood"] == "asserted")

    @property
    def names_any(self) -> bool:
        """Whether the sentence takes up any word of the promise, were it by the kind of the event alone."""
        return bool(words_met(self.event, self.report, self.ctx)) or names_by_kind(self.event, self.ctx)

    def against(
        self,
        rule: str,
        *,
        actor: float | None = None,
        about: float | None = None,
        extra: float = 0.0,
        figures: tuple[Frame, ...] = (),
    ) -> Proposal:
        """The proposal that the event contradicts the claim; `extra` is added to the score."""
        return self._propose(Relation.CONTRADICTS, rule, actor, about, extra, figures)

    def in_favour(
        self, rule: str, *, about: float | None = None, figures: tuple[Frame, ...] = ()
    ) -> Proposal:
        """The proposal that the event shows the claim kept."""
        return self._propose(Relation.SUPPORTS, rule, None, about, 0.0, figures)

    def _propose(
        self,
        relation: Relation,
        rule: str,
        actor: float | None,
        about: float | None,
        extra: float,
        figures: tuple[Frame, ...],
    ) -> Proposal:
        actor = self.actor if actor is None else actor
        about = self.about if about is None else about
        score = score_of(rule, actor, about) + extra
        met = words_met(self.event, self.report, self.ctx)
        return Proposal(relation, rule, score, self.event, met, figures)
