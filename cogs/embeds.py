"""Drawing of articles and claims: values in, embeds out. No Discord connection, no clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.models import Relation
from cogs.drafting import (
    BLANK,
    COLOURS,
    DESCRIPTION,
    FIELD_NAME,
    FIELD_VALUE,
    NEUTRAL,
    SIGNS,
    TITLE,
    Draft,
    day,
    lines,
)
from cogs.markup import address, escape, plain, units
from cogs.phrases import (
    NAME,
    byline,
    confidence,
    count,
    people,
    posted,
    promise,
    quoted,
    site,
    source,
    terms,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Collection

    import discord

    from bot.models import Commitment, Telling
    from bot.review_answers import Listing, Query, Row
    from bot.tracker_answers import ClaimRecord, Match, Reading

REPLY_CLAIMS = 6
"""Claims that a reply lists: it stands in the middle of people's talk."""

CARD_TELLINGS = 3
"""Tellings on a card, so that evidence is left room for."""

SIGN_OF = {Relation.CONTRADICTS: "🔻", Relation.SUPPORTS: "🔹", Relation.NEUTRAL: "▫️"}
"""Before each piece of evidence; colour and shape differ, so that neither has to be seen."""


def reply(reading: Reading, *, told_before: Collection[str] = ()) -> discord.Embed:
    """The compact answer to a posted link; `told_before`: ids of the claims known from other articles."""
    stored, read = reading.stored, reading.stored.article
    title = escape(read.title if read else "", TITLE) or "Article"
    facts = [escape(site(stored), NAME), day(read.published if read else None)]
    if reading.known:
        facts.append(f"read before {posted(stored)}".rstrip())
    rows = [
        f"{count(len(stored.tellings), 'claim')} found"
        + (f", {known} known already" if (known := _known(reading, told_before)) else "")
        if stored.tellings
        else ""
        if reading.matches
        else "No claims found."
    ]
    rows = [row for row in rows if row]
    rows += [_found(f.claim_id, f.telling.commitment) for f in stored.tellings[:REPLY_CLAIMS]]
    if len(stored.tellings) > REPLY_CLAIMS:
        rows.append(f"… and {len(stored.tellings) - REPLY_CLAIMS} more")
    rows += _bearing(reading)
    if read and read.note:
        rows.append(f"*{escape(read.note, 300)}*")
    text = lines([" · ".join(fact for fact in facts if fact), *rows], DESCRIPTION)
    return Draft(title, colour=NEUTRAL, url=address(read.url if read else None), description=text).embed


def claims_page(listing: Listing) -> discord.Embed:
    """One page of /claims or /search: a row for each claim, however often it was told."""
    asked = listing.query
    subject = f"Claims of {escape(asked.name, 200)}" if asked.name else "Claims"
    footer = f"{count(listing.total, 'claim')} · page {listing.page + 1} of {listing.pages}"
    draft = Draft(subject, colour=NEUTRAL, description=_asked(asked, listing), footer=footer)
    for row in listing.rows:
        draft.field(_row_name(row), _row_text(row))
    return draft.embed


def claim_card(record: ClaimRecord, *, skip: int = 0) -> tuple[discord.Embed, int]:
    """The full card of a claim, its evidence from number `skip` on, and how much evidence it shows."""
    claim = record.claim
    newest = claim.tellings[-1].commitment
    told = f"Told {times(len(claim.tellings))}, first on {day(claim.made)}"
    sign = SIGNS[claim.status]
    head = [f"**{escape(claim.actor, NAME)}** promised {promise(claim, 600)}."]
    head += [part for part in (people(newest), terms(newest)) if part]
    head.append(f"{sign} **{claim.status.value.capitalize()}** · {told}")
    draft = Draft(
        f"Claim {claim.id} · {escape(claim.actor, NAME)}",
        colour=COLOURS[claim.status],
        description="\n".join(head),
        footer=f"Claim {claim.id}",
    )
    for telling in () if skip else claim.tellings[:CARD_TELLINGS]:
        draft.field(f"Told {day(telling.made)}", _telling(telling, record), keep=1_500)
    if not skip and len(claim.tellings) > CARD_TELLINGS:
        draft.field("Told again", _told_again(record), keep=1_200)
    shown = 0
    for match in record.matches[skip:]:
        if not draft.field(_evidence_name(match), evidence_text(match, FIELD_VALUE - 200), keep=120):
            break
        shown += 1
    left = len(record.matches) - skip - shown
    if not record.matches:
        draft.field("Reports", "No report on it has been read yet.")
    elif left:
        draft.field(BLANK, f"… and {count(left, 'older report')}")
    return draft.embed, shown


def evidence_text(match: Match, limit: int) -> str:
    """A report as it stands on a card: its quote, where it stands, why it bears on the claim."""
    finding = match.evidence.finding
    why = escape(finding.explanation, 220)
    where = source(match.article, None, 420, gone=match.evidence.gone)
    if finding.report.attributed_to:
        where = f"attributed to {escape(finding.report.attributed_to, NAME)} · {where}"
    room = max(limit - units(why) - units(where) - 12, 120)
    return f"{quoted(finding.report.quote, room, finding.marks)}\n{byline(where)}\n{why}"


def _known(reading: Reading, told_before: Collection[str]) -> int:
    return len({filed.claim_id for filed in reading.stored.tellings} & set(told_before))


def _found(claim_id: str, told: Commitment) -> str:
    said = people(told)
    opening = "not to " if told.polarity.value == "refrain" else "to "
    what = escape(told.content.removeprefix("to "), 180)
    return f"- **{escape(told.actor, NAME)}** {opening}{what}{' – ' + said if said else ''} · `#{claim_id}`"


def _bearing(reading: Reading) -> list[str]:
    """How many claims the article's reports bear on: the alerts say the rest."""
    found = {relation: set[str]() for relation in SIGN_OF}
    for match in reading.matches:
        found[match.evidence.finding.relation].add(match.claim.id)
    rows = []
    for relation, verb in ((Relation.CONTRADICTS, "contradict"), (Relation.SUPPORTS, "support")):
        if ids := sorted(found[relation], key=lambda i: (len(i), i)):
            which = ", ".join(f"`#{i}`" for i in ids[:8]) + (" …" if len(ids) > 8 else "")
            rows.append(f"{SIGN_OF[relation]} reported to {verb} {which}")
    return rows


def _asked(asked: Query, listing: Listing) -> str:
    parts = []
    if asked.taken_for:
        parts.append(f"“{escape(asked.taken_for, NAME)}” is taken for {escape(asked.name, NAME)}")
    if asked.status:
        parts.append(f"{SIGNS[asked.status]} {asked.status.value}")
    if asked.since:
        parts.append(f"told since {day(asked.since)}")
    if asked.text:
        held = "none holds all of" if listing.nearest else "with"
        parts.append(f"{held} “{escape(asked.text, NAME)}”" + ("; the nearest" if listing.nearest else ""))
    if not listing.rows:
        return " · ".join([*parts, "nothing like that on record"])
    return " · ".join(parts)


def _row_name(row: Row) -> str:
    claim = row.claim
    name = f"{SIGNS[claim.status]} #{claim.id} · {claim.status.value} · {day(claim.tellings[-1].made)}"
    return plain(name, FIELD_NAME)


def _row_text(row: Row) -> str:
    claim, told = row.claim, row.claim.tellings[-1].commitment
    text = f"**{escape(claim.actor, NAME)}** {promise(claim, 320)}"
    facts = [people(told), terms(told)]
    if len(claim.tellings) > 1:
        facts.append(f"told {times(len(claim.tellings))}")
    if row.contradicted:
        word = "confirmed" if row.confirmed else "reported"
        facts.append(f"🔻 contradicted by {count(row.contradicted, 'article')} ({word})")
    if row.supported:
        facts.append(f"🔹 supported by {count(row.supported, 'article')}")
    tail = " · ".join(fact for fact in facts if fact)
    return f"{text}\n{tail}" if tail else text


def _telling(telling: Telling, record: ClaimRecord) -> str:
    told = telling.commitment
    where = source(record.articles.get(telling.article_id), telling.made, 500, gone=telling.gone, dated=False)
    said = people(told)
    where = byline(said, where)
    return f"{quoted(told.quote, FIELD_VALUE - units(where) - 8)}\n{where}"


def _told_again(record: ClaimRecord) -> str:
    rows = [
        f"- {source(record.articles.get(t.article_id), t.made, 300, gone=t.gone)}"
        for t in record.claim.tellings[CARD_TELLINGS:]
    ]
    return lines(rows, FIELD_VALUE)


def _evidence_name(match: Match) -> str:
    evidence = match.evidence
    verb = {Relation.CONTRADICTS: "contradict", Relation.SUPPORTS: "support"}.get(
        evidence.finding.relation, "concern"
    )
    parts = [f"{SIGN_OF[evidence.finding.relation]} Reported to {verb} it"]
    if evidence.by:
        parts.append("attached by hand")
    else:
        parts.append(f"confidence {confidence(evidence.finding.score)}")
    if evidence.decision:
        parts.append(evidence.decision)
    return " · ".join(parts)
