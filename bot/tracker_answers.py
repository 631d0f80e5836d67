"""What the tracker answers: frozen values with all that a reader needs, for command line and cogs to draw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.models import Claim, Evidence
    from bot.records import StoredArticle


@dataclass(frozen=True, slots=True)
class Match:
    """Evidence with what a reader needs beside it."""

    evidence: Evidence
    claim: Claim
    article: StoredArticle
    """The article whose report it is."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading one article."""

    stored: StoredArticle
    known: bool
    """Whether it had been read before, so that nothing changed."""
    matches: tuple[Match, ...]
    """What its reports say of claims, and what stored reports say of the claims that it tells; best first."""


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A claim with all that is known of it."""

    claim: Claim
    matches: tuple[Match, ...]
    """Newest article first."""
    articles: Mapping[str, StoredArticle]
    """The articles that tell it, by id."""


@dataclass(frozen=True, slots=True)
class ClaimPage:
    """Claims of one actor."""

    name: str
    """The actor as filed."""
    exact: bool
    """False where the name given was taken for a misspelling of it."""
    claims: tuple[ClaimRecord, ...]
    """Newest first."""
