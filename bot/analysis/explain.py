"""One plain sentence that says what clashed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.analysis.lexicon import words
from bot.models import Polarity

if TYPE_CHECKING:
    from bot.analysis.context import Proposal
    from bot.models import Claim, Report

MAX_CONTENT = 140
"""Characters of a claim's content that an explanation repeats: about two lines in Discord."""
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
    """ "Taliban undertook to cut ties with X; according to the UN, this has not been done."""
    told = report.attributed_to
    source = f"according to {_with_article(told)}," if told else "the report says that"
    extra = ""
    if proposal.figures:
        start, end = (proposal.figures[0][side] - report.start for side in ("start", "end"))
        extra = f" ({report.quote[start:end]})" if 0 <= start < end else ""
    if proposal.rule == "moved":
        extra = f" (to {proposal.details['due']})"
    return f"{undertaking(claim)}; {source} {_SAYS[proposal.rule]}{extra}."


def _with_article(source: str) -> str:
    """ "report" -> "the report"; a name, or several of a kind ("residents"), as it is."""
    plural = source.partition(" ")[0].endswith("s") if " of " in source else source.endswith("s")
    return source if not source.islower() or plural else f"the {source}"


def undertaking(claim: Claim) -> str:
    """ "Taliban undertook not to shelter X": the first half of an explanation."""
    first = claim.content.split(" ", 1)[0]
    told = first in words("commissives", "refrain", "verbs")
    verb = "undertook not to" if claim.polarity is Polarity.REFRAIN and not told else "undertook to"
    content = claim.content
    if len(content) > MAX_CONTENT:
        content = content[: MAX_CONTENT - 1].rsplit(" ", 1)[0] + "…"
    return f"{claim.actor} {verb} {content}"
