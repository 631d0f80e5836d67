"""Answers as JSON: those of the batch interface, which is a contract, of `claims` and of `read`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.texts import cleaned

if TYPE_CHECKING:
    from datetime import date

    from bot.models import Article, Commitment
    from bot.records import StoredArticle
    from bot.tracker_answers import ClaimRecord, Match, Reading

Json = dict[str, Any]


def line(answer: Json | list[Json]) -> str:
    """One line of JSON. Lone surrogates cannot be written as UTF-8, so everything but ASCII is escaped."""
    return json.dumps(answer, ensure_ascii=True)


def reading(guild: str, document_id: str, text: str, found: Reading) -> Json:
    """The answer to one document, as DESIGN.md's "Batch interface" says.

    `text` is the text as given: quotes are cut from it. A match whose report stands in an article that was
    read before (the promise was posted late) names that article, and its offsets are that article's.
    """
    same = cleaned(text)
    answer: Json = {"guild": guild, "id": document_id}
    answer["commitments"] = [
        {"id": filed.telling.id, "claim_id": filed.claim_id, **commitment(filed.telling.commitment, text)}
        for filed in found.stored.tellings
        if _stands(filed.telling.commitment, same)
    ]
    answer["matches"] = [
        match(m, text if m.article.id == found.stored.id else None)
        for m in found.matches
        if m.article.id != found.stored.id or _stands(m.evidence.finding.report, same)
    ]
    note = found.stored.article.note if found.stored.article else None
    return answer | {"note": note} if note else answer


def commitment(told: Commitment, text: str | None = None) -> Json:
    """A commitment's fields; its quote cut from `text` where that is given."""
    return {
        "actor": told.actor,
        "speaker": told.speaker,
        "addressee": told.addressee,
        "quote": told.quote if text is None else text[told.start : told.end],
        "start": told.start,
        "end": told.end,
        "content": told.content,
        "polarity": str(told.polarity),
        "strength": str(told.strength),
        "condition": told.condition,
        "deadline": told.deadline,
    }


def match(found: Match, text: str | None) -> Json:
    """Evidence; its quote cut from `text`, or with the article that holds it where `text` is None."""
    finding, report = found.evidence.finding, found.evidence.finding.report
    answer: Json = {
        "claim_id": found.claim.id,
        "claim": found.claim.content,
        "quote": report.quote if text is None else text[report.start : report.end],
        "start": report.start,
        "end": report.end,
        "relation": str(finding.relation),
        "score": round(finding.score, 3),
        "rule": finding.rule,
        "explanation": finding.explanation,
        "attributed_to": report.attributed_to,
        "alert": found.evidence.alert,
    }
    return answer | {"article": article(found.article)} if text is None else answer


def article(stored: StoredArticle) -> Json:
    """Where something stands."""
    read = stored.article
    return {
        "id": stored.source_id or stored.id,
        "url": read.url if read else None,
        "site": read.site if read else None,
        "title": read.title if read else "",
        "date": _day(read.published if read else None),
    }


def claim(record: ClaimRecord) -> Json:
    """A claim with its tellings and evidence."""
    told = record.claim
    return {
        "id": told.id,
        "guild": told.guild,
        "actor": told.actor,
        "content": told.content,
        "polarity": str(told.polarity),
        "status": str(told.status),
        "made": _day(told.made),
        "tellings": [
            {
                "id": telling.id,
                "date": _day(telling.made),
                **commitment(telling.commitment),
                "article": article(record.articles[telling.article_id]),
                **({"gone": True} if telling.gone else {}),
            }
            for telling in told.tellings
        ],
        "evidence": [match(m, None) for m in record.matches],
    }


def page(read: Article) -> Json:
    """What `read` found on a page."""
    answer: Json = {
        "url": read.url,
        "site": read.site,
        "title": read.title,
        "author": read.author,
        "date": _day(read.published),
        "language": read.language,
        "kind": str(read.kind),
        "text": read.text,
    }
    return answer | {"note": read.note} if read.note else answer


def _stands(passage: Any, text: str) -> bool:
    return bool(text[passage.start : passage.end] == passage.quote)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
