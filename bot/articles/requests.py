"""What the process that reads pages is asked; apart from it, since asking need not load what reading does."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Read a page; answered with an Article."""

    body: bytes
    content_type: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class FeedRequest:
    """Read a feed; answered with a `feeds.Feed`."""

    body: bytes
    content_type: str | None
    url: str
