"""Reviewers' judgements as labelled scenarios, so that a community can measure and improve the rules.

A scenario is an earlier and a later text with what was promised and what the later one means for it; the
format is that of `tests/labels`. No ids of people or servers are in it; the articles' texts are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bot.errors import NotFoundError
from bot.models import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.models import Claim, Evidence, Telling
    from bot.records import ActorEntry, Judged, StoredArticle

PARTS = ("earlier", "later")


class Record(Protocol):
    """What is needed of the store."""

    async def judged(self, guild: str) -> list[Judged]:
        """Evidence that stands decided."""
        ...

    async def claim(self, guild: str, claim_id: str) -> Claim:
        """A claim; NotFoundError."""
        ...

    async def article(self, guild: str, article_id: str) -> StoredArticle:
        """An article; NotFoundError."""
        ...

    async def actors(self, guild: str) -> list[ActorEntry]:
        """The actors with claims."""
        ...


class Labelling:
    """Makes scenarios of a guild's verdicts. May raise StorageError."""

    def __init__(self, record: Record) -> None:
        self._record = record

    async def scenarios(self, guild: str) -> list[dict[str, Any]]:
        """One scenario for each two articles between which something was judged, the first judged first."""
        names = {entry.key: (entry.name, *entry.aliases) for entry in await self._record.actors(guild)}
        pairs: dict[tuple[str, str], list[tuple[Judged, Telling]]] = {}
        for item in reversed(await self._record.judged(guild)):
            try:
                claim = await self._record.claim(guild, item.evidence.claim_id)
            except NotFoundError:
                continue  # taken off the record since
            telling = _held_against(item.evidence, claim)
            pairs.setdefault((telling.article_id, item.evidence.article_id), []).append((item, telling))
        made: list[dict[str, Any]] = []
        for (first, second), items in pairs.items():
            earlier = await self._record.article(guild, first)
            later = await self._record.article(guild, second)
            if earlier.article and later.article and first != second:
                made.append(_scenario(f"labelled-{len(made) + 1:03}", earlier, later, items, names))
        return made


def _held_against(evidence: Evidence, claim: Claim) -> Telling:
    wanted = evidence.finding.telling_id
    return next((t for t in claim.tellings if t.id == wanted), claim.tellings[0])


def _scenario(
    name: str,
    earlier: StoredArticle,
    later: StoredArticle,
    items: Sequence[tuple[Judged, Telling]],
    names: dict[str, tuple[str, ...]],
) -> dict[str, Any]:
    filed = [(part, f) for part, stored in zip(PARTS, (earlier, later), strict=True) for f in stored.tellings]
    first: dict[str, int] = {}
    place: dict[str, int] = {}
    commitments = []
    for index, (part, item) in enumerate(filed):
        told = item.telling.commitment
        known = (told.actor, *(n for key in told.actor_keys for n in names.get(key, ())))
        place[item.telling.id] = index
        commitments.append(
            {
                "doc": part,
                "actor": told.actor,
                "speaker": told.speaker,
                "addressee": told.addressee,
                "quote": told.quote,
                "content": told.content,
                "polarity": told.polarity.value,
                "strength": told.strength.value,
                "condition": told.condition,
                "deadline": told.deadline,
                "actor_names": list(dict.fromkeys(known)),
                "claim": first.setdefault(item.claim_id, index),
            }
        )
    relations = [
        {
            "commitment": place[telling.id],
            "doc": "later",
            "quote": item.evidence.finding.report.quote,
            "label": _label(item.evidence),
            "type": item.evidence.finding.rule if item.evidence.decision == "confirmed" else item.reason,
        }
        for item, telling in items
        if telling.id in place
    ]
    return {
        "id": name,
        "domain": "community",
        "earlier": _text(earlier),
        "later": _text(later),
        "commitments": commitments,
        "relations": relations,
    }


def _label(evidence: Evidence) -> str:
    return str(evidence.finding.relation) if evidence.decision == "confirmed" else str(Relation.NEUTRAL)


def _text(stored: StoredArticle) -> dict[str, str | None]:
    read = stored.article
    assert read is not None  # noqa: S101 - for the type checker: only articles that were read get here
    day = read.published.isoformat() if read.published else None
    return {"date": day, "title": read.title, "text": read.text}
