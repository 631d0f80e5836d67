"""Rows to values and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.models import (
    Article,
    Commitment,
    Evidence,
    Finding,
    PageKind,
    Polarity,
    Relation,
    Report,
    Strength,
    Telling,
)
from storage.ids import Kind, render

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Row


def commitment_values(commitment: Commitment) -> dict[str, Any]:
    """The columns of `commitments` that reading fills."""
    return {
        "quote": commitment.quote,
        "start_at": commitment.start,
        "end_at": commitment.end,
        "actor": commitment.actor,
        "actor_keys": list(commitment.actor_keys),
        "content": commitment.content,
        "polarity": commitment.polarity.value,
        "strength": commitment.strength.value,
        "speaker": commitment.speaker,
        "addressee": commitment.addressee,
        "condition": commitment.condition,
        "deadline": commitment.deadline,
        "due": commitment.due,
        "frame": commitment.frame,
    }


def commitment(row: Row[Any]) -> Commitment:
    """A row of `commitments`, with what people corrected."""
    read = Commitment(
        actor=row.actor,
        actor_keys=tuple(row.actor_keys),
        quote=row.quote,
        start=row.start_at,
        end=row.end_at,
        content=row.content,
        polarity=Polarity(row.polarity),
        strength=Strength(row.strength),
        speaker=row.speaker,
        addressee=row.addressee,
        condition=row.condition,
        deadline=row.deadline,
        due=row.due,
        frame=row.frame,
    )
    return replace(read, **_corrected(row.corrected)) if row.corrected else read


CORRECTABLE = ("actor", "actor_keys", "content", "polarity", "frame")
"""What of a commitment people can set."""


def plain(values: dict[str, Any]) -> dict[str, Any]:
    """Fields of a correction as cells."""
    return {name: _cell(value) for name, value in values.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.value if isinstance(value, Polarity) else value


def _corrected(values: dict[str, Any]) -> dict[str, Any]:
    made = dict(values)
    if "actor_keys" in made:
        made["actor_keys"] = tuple(made["actor_keys"])
    if "polarity" in made:
        made["polarity"] = Polarity(made["polarity"])
    return made


def telling(row: Row[Any]) -> Telling:
    """A row of `commitments` joined with its article's `published`."""
    return Telling(
        id=render(Kind.TELLING, row.id),
        article_id=render(Kind.ARTICLE, row.article_id),
        made=row.published,
        commitment=commitment(row),
        gone=row.gone_at is not None,
    )


def report_values(report: Report) -> dict[str, Any]:
    """The columns of `reports` that reading fills."""
    return {
        "quote": report.quote,
        "start_at": report.start,
        "end_at": report.end,
        "actor_keys": list(report.actor_keys),
        "terms": report.terms,
        "attributed_to": report.attributed_to,
        "frame": report.frame,
    }


def report(values: Any) -> Report:
    """A row of `reports`, or the mapping that evidence keeps of one."""
    return Report(
        quote=values["quote"],
        start=values["start_at"],
        end=values["end_at"],
        actor_keys=tuple(values["actor_keys"]),
        terms=values["terms"],
        attributed_to=values["attributed_to"],
        frame=values["frame"],
    )


def evidence_values(finding: Finding) -> dict[str, Any]:
    """The columns of `evidence` that judging fills."""
    return {
        "relation": finding.relation.value,
        "score": finding.score,
        "rule": finding.rule,
        "explanation": finding.explanation,
        "report": report_values(finding.report),
        "marks": [list(span) for span in finding.marks],
        "claim_marks": [list(span) for span in finding.claim_marks],
    }


def evidence(row: Row[Any]) -> Evidence:
    """A row of `evidence`."""
    claim_id = render(Kind.CLAIM, row.claim_id)
    return Evidence(
        id=render(Kind.EVIDENCE, row.id),
        claim_id=claim_id,
        article_id=render(Kind.ARTICLE, row.article_id),
        finding=Finding(
            claim_id=claim_id,
            report=report(row.report),
            relation=Relation(row.relation),
            score=row.score,
            rule=row.rule,
            explanation=row.explanation,
            marks=_spans(row.marks),
            claim_marks=_spans(row.claim_marks),
            telling_id=None if row.telling_id is None else render(Kind.TELLING, row.telling_id),
        ),
        alert=row.alert,
        found=row.found,
        decision=row.decision,
        gone=row.gone_at is not None,
        by=row.by,
    )


def _spans(values: list[list[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((first, last) for first, last in values)


def article_values(article: Article) -> dict[str, Any]:
    """The columns of `articles` that reading fills."""
    return {
        "url": article.url,
        "title": article.title,
        "site": article.site,
        "author": article.author,
        "published": article.published,
        "language": article.language,
        "kind": article.kind.value,
        "note": article.note,
    }


def article(row: Row[Any]) -> Article | None:
    """A row of `articles` joined with its current version's `text`; None while nothing was read."""
    if row.version == 0:
        return None
    published: date | None = row.published
    return Article(
        text=row.text,
        title=row.title,
        url=row.url,
        site=row.site,
        author=row.author,
        published=published,
        language=row.language,
        kind=PageKind(row.kind),
        note=row.note,
    )
