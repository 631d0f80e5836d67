"""Drawing of alerts, the digest, histories and figures: values in, embeds out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs.drafting import (
    BLANK,
    COLOURS,
    CONFIRMED,
    DESCRIPTION,
    DISMISSED,
    FIELD_VALUE,
    NEUTRAL,
    OPEN_ALERT,
    SIGNS,
    Draft,
    day,
    lines,
)
from cogs.markup import escape, person, plain, units
from cogs.phrases import NAME, byline, confidence, count, people, promise, quoted, shared, site, source, terms

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from bot.models import Claim, Verdict
    from bot.review_answers import AlertView, Precision

REASONS = {
    "not the same claim": "The report is about something else that the actor undertook.",
    "not a violation": "It is about this claim, but does not break it.",
    "not said so": "The article does not say that.",
    "other": "Something else is wrong with it.",
}
"""Why an alert is dismissed, with what each means."""

OUTLETS = 8
"""Outlets that an alert names when several report one event."""

DIGEST_ROWS = 20
"""Alerts in one digest; its menu holds 25."""


def marker(alert_id: str) -> str:
    """What the footer of an alert's message begins with: found again after a crash."""
    return f"Alert {alert_id} ·"


def alert_card(view: AlertView) -> discord.Embed:
    """The card: both quotes, their sources, the reason; its colour and title say where the review stands."""
    claim, evidence = view.match.claim, view.match.evidence
    title, colour = {
        "confirmed": ("✅ Contradiction confirmed", CONFIRMED),
        "dismissed": ("☑️ Alert dismissed", DISMISSED),
    }.get(evidence.decision or "", ("⚠️ Reported to contradict", OPEN_ALERT))
    draft = Draft(
        title,
        colour=colour,
        description=f"**{escape(claim.actor, NAME)}** promised {promise(claim, 500)}.",
        footer=f"{marker(view.alert.id)} claim {claim.id}",
    )
    draft.field(*_promised(view))
    draft.field(*_reported(view))
    draft.field("Why", escape(evidence.finding.explanation, 600))
    draft.field("Confidence", confidence(evidence.finding.score), inline=True)
    if evidence.finding.report.attributed_to:
        draft.field("Attributed to", escape(evidence.finding.report.attributed_to, NAME), inline=True)
    draft.field("Claim", f"{SIGNS[claim.status]} {claim.status.value}", inline=True)
    if len(view.outlets) > 1:
        draft.field(f"Reported by {count(len(view.outlets), 'article')}", _outlets(view))
    if evidence.decision:
        draft.field("Review", _review(view))
    return draft.embed


def taken_off(alert_id: str) -> discord.Embed:
    """An alert whose claim or evidence is no longer on record."""
    text = "The claim or the report was taken off the record."
    footer = f"{marker(alert_id)} settled"
    return Draft("☑️ Alert withdrawn", colour=DISMISSED, description=text, footer=footer).embed


def digest_line(view: AlertView) -> str:
    """An alert as one row of the digest, at most 195 units: 20 of them fit into a description."""
    claim = view.match.claim
    outlet = escape(site(view.match.article), 30)
    tail = f" · {outlet}" if outlet else ""
    # The id in bold stands first: `digest_rows` finds it again.
    return (
        f"- **{view.alert.id}** {escape(claim.actor, 35)} promised {promise(claim, 80)}{tail} · `#{claim.id}`"
    )


def digest(when: date, rows: Sequence[str]) -> discord.Embed:
    """The alerts of a day beyond the guild's daily number, in one message."""
    text = "\n".join(["The daily number of alerts is used up; these came after it.", *rows])
    draft = Draft(
        "⚠️ More reports that contradict claims",
        colour=OPEN_ALERT,
        description=lines(text.split("\n"), DESCRIPTION),
        footer=f"{digest_marker(when)} {count(len(rows), 'alert')}",
    )
    return draft.embed


def digest_marker(when: date) -> str:
    """What the footer of a day's digest begins with."""
    return f"Digest {when.isoformat()} ·"


def digest_rows(embed: discord.Embed) -> dict[str, str]:
    """The rows of a digest by the ids of their alerts: the message itself is the record of what it shows."""
    rows = [row for row in (embed.description or "").split("\n") if row.startswith("- **")]
    return {row[4 : row.index("**", 4)]: row for row in rows if "**" in row[4:]}


def history(claim: Claim, verdicts: Sequence[Verdict]) -> discord.Embed:
    """Who decided what and when, the latest first."""
    rows = [decision(verdict) for verdict in verdicts]
    return Draft(
        f"History of claim {claim.id} · {escape(claim.actor, NAME)}",
        colour=COLOURS[claim.status],
        description=lines(rows, DESCRIPTION, more="and {} earlier")
        if rows
        else "Nobody has decided anything.",
    ).embed


def decisions(verdicts: Sequence[Verdict]) -> discord.Embed:
    """The latest decisions on all claims."""
    rows = [decision(verdict, claim=True) for verdict in verdicts]
    text = lines(rows, DESCRIPTION, more="and {} earlier") if rows else "Nobody has decided anything."
    return Draft("Latest decisions", colour=NEUTRAL, description=text).embed


def decision(verdict: Verdict, *, claim: bool = False) -> str:
    """One verdict as a line: what, by whom, when, why; struck through where it was undone."""
    text = _what(verdict)
    if claim:
        text = f"claim {verdict.claim_id}: {text}"
    if verdict.undone:
        text = f"~~{text}~~ (undone)"
    reason = f" – {escape(verdict.reason, 120)}" if verdict.reason else ""
    return (
        f"- `{verdict.id}` {text} by {person(verdict.by)}, {discord.utils.format_dt(verdict.at, 'f')}{reason}"
    )


def figures(found: Precision, level: str) -> discord.Embed:
    """The guild's own alert precision."""
    decided = found.confirmed + found.dismissed
    share = "nothing decided yet" if found.share is None else f"{found.share:.0%} of {decided} decided"
    draft = Draft("How right the alerts are here", colour=NEUTRAL)
    draft.field("Confirmed", str(found.confirmed), inline=True)
    draft.field("Dismissed", str(found.dismissed), inline=True)
    draft.field("Open", str(found.open), inline=True)
    draft.field("Precision", share, inline=True)
    moved = f"{found.shift:+.2f} by your verdicts" if found.shift else "not moved yet"
    draft.field("Threshold", f"{plain(level, 40)}, {moved}", inline=True)
    if found.reasons:
        rows = [f"{escape(reason, NAME)}: {number}" for reason, number in found.reasons]
        draft.field("Why dismissed", lines(rows, FIELD_VALUE))
    return draft.embed


def _promised(view: AlertView) -> tuple[str, str]:
    telling, told = view.telling, view.telling.commitment
    where = source(view.source, telling.made, 420, gone=telling.gone, dated=False)
    foot = byline(people(told), where)
    if extra := terms(told):
        foot += f"\n{extra}"
    finding = view.match.evidence.finding
    # The rules mark what clashed in the report; where they mark nothing here, what both speak of is marked.
    marks = finding.claim_marks or shared(told.quote, finding.report.quote)
    return f"Promised · {day(telling.made)}", f"{quoted(told.quote, _room(foot), marks)}\n{foot}"


def _reported(view: AlertView) -> tuple[str, str]:
    finding, stored = view.match.evidence.finding, view.match.article
    when = stored.article.published if stored.article else None
    foot = byline(source(stored, when, 420, gone=view.match.evidence.gone, dated=False))
    return f"Reported · {day(when)}", f"{quoted(finding.report.quote, _room(foot), finding.marks)}\n{foot}"


def _room(foot: str) -> int:
    return max(FIELD_VALUE - units(foot) - 8, 40)


def _outlets(view: AlertView) -> str:
    rows = [f"- {source(stored, None, 240)}" for stored in view.outlets[:OUTLETS]]
    if len(view.outlets) > OUTLETS:
        rows.append(f"… and {len(view.outlets) - OUTLETS} more")
    return lines(rows, FIELD_VALUE) or BLANK


def _review(view: AlertView) -> str:
    verdict = view.verdict
    if verdict is None:
        return view.match.evidence.decision or BLANK
    when = discord.utils.format_dt(verdict.at, "f")
    text = f"{verdict.decision.capitalize()} by {person(verdict.by)}, {when}"
    return f"{text}\nReason: {escape(verdict.reason, 300)}" if verdict.reason else text


_WORDS = {
    "confirmed": "evidence confirmed",
    "dismissed": "evidence dismissed",
    "rejected": "taken off as no commitment",
    "added": "added by hand",
    "attached": "report attached",
    "merged": "another claim merged into it",
    "split": "split off from another claim",
    "undo": "a decision undone",
}


def _what(verdict: Verdict) -> str:
    if verdict.decision == "status":
        before, after = verdict.before.get("status"), verdict.after.get("status")
        return f"rated **{escape(str(after), 40)}**" + (f" (was {escape(str(before), 40)})" if before else "")
    if verdict.decision == "corrected":
        parts = [
            f"{name} “{escape(str(verdict.before[name]), 80)}” → “{escape(str(verdict.after[name]), 80)}”"
            for name in ("actor", "polarity", "content")
            if name in verdict.before
        ]
        return "corrected " + "; ".join(parts) if parts else "corrected"
    text = _WORDS.get(verdict.decision, escape(verdict.decision, 40))
    if verdict.decision == "confirmed" and (rated := verdict.after.get("status")):
        text += f", claim rated **{escape(str(rated), 40)}**"
    return text
