"""One plain sentence that says what clashed."""

from __future__ import annotations

from bot.analysis.rules import Proposal
from bot.models import Claim, Polarity, Relation, Report

_SAYS = {
    "negation": "this has not been done",
    "opposite": "the opposite is happening",
    "hindered": "this has been stopped or held up",
    "forbidden": "this has been done all the same",
    "reversal": "this has been reversed or dropped",
    "broken": "the undertaking has been broken",
    "number": "the figure differs from the one promised",
    "deadline": "this was not done by the deadline",
    "moved": "the deadline has been moved",
    "fulfilled": "this is being done or has been done",
    "kept": "the undertaking is being kept",
}


def sentence(proposal: Proposal, claim: Claim, report: Report) -> str:
    """"Taliban undertook to cut ties with X; the UN is reported as saying that this has not been done"."""
    verb = "undertook not to" if claim.polarity is Polarity.REFRAIN else "undertook to"
    content = claim.content if len(claim.content) <= 140 else claim.content[:139].rsplit(" ", 1)[0] + "…"
    source = f"{report.attributed_to} is reported as saying" if report.attributed_to else "the report says"
    said = _SAYS[proposal.rule]
    extra = ""
    if proposal.figures:
        extra = f" ({report.quote[proposal.figures[0]['start'] - report.start : proposal.figures[0]['end'] - report.start]})"
    if proposal.rule == "moved":
        extra = f" (to {proposal.details['due']})"
    shared = f"; both speak of {', '.join(proposal.words[:3])}" if proposal.words and proposal.relation is Relation.CONTRADICTS else ""
    return f"{claim.actor} {verb} {content}; {source} that {said}{extra}{shared}."
