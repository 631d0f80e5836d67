"""Feeds: what is in one, and when to look again. Pure: the clock and the record are the caller's."""

from __future__ import annotations

import calendar
import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

import feedparser

from bot.articles.urls import canonical
from bot.errors import InputError, PageError

if TYPE_CHECKING:
    from collections.abc import Iterable

INTERVAL = timedelta(minutes=30)
"""Between two checks of a feed that works. News feeds ask for 15 to 60 minutes in their `ttl`."""
LONGEST_WAIT = timedelta(hours=12)
"""Between two checks of one that fails, however often it failed."""
FAILURES_TO_PAUSE = 12
"""Failed checks in a row after which a feed is paused: about three days, so that a weekend is survived."""
DAILY_CAP = 40
"""New articles a day of one feed, unless said otherwise."""
MAX_ENTRIES = 500
"""Entries of one feed that are looked at, the newest first as feeds list them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article that a feed announces."""

    url: str
    """Canonical."""
    title: str
    published: datetime | None
    """In UTC."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as read."""

    title: str
    entries: tuple[Entry, ...]
    """In the feed's order, each address once."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from a check."""

    next_check: datetime
    failures: int
    """In a row, this check included."""
    paused: str | None = None
    """Why the feed is not checked any more, in a sentence; None: it is."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is queued of a feed's entries."""

    entries: tuple[Entry, ...]
    day: date
    today: int
    """Articles queued on `day`, these included."""
    left_out: int
    """New entries over the daily cap; they are chosen later, if they are still in the feed."""


def parse(body: bytes, *, content_type: str | None, url: str) -> Feed:
    """The feed in these bytes. Raises PageError where there is none."""
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        # A stream, never bytes: feedparser would take short ones for the name of a file and open it.
        parsed = feedparser.parse(io.BytesIO(body), response_headers=headers)
    except (MemoryError, PageError):
        raise
    except Exception as error:  # whatever a broken feed makes the parsers stumble over
        raise PageError(f"The feed is broken and cannot be read ({type(error).__name__}).") from error
    if not parsed.get("version") and not parsed.entries:
        raise PageError("This is no feed (neither RSS nor Atom).")
    entries: dict[str, Entry] = {}
    for item in parsed.entries[:MAX_ENTRIES]:
        if entry := _entry(item, url):
            entries.setdefault(entry.url, entry)
    return Feed(_words(parsed.feed.get("title")), tuple(entries.values()))


def decide(*, failures: int, now: datetime, error: str | None = None, final: bool = False) -> Decision:
    """When a feed is checked again.

    `failures`: failed checks in a row before this one. `error`: the sentence why this one failed, None if it
    did not. `final`: the failure will not pass (the address is gone or refused); twice in a row pauses.
    """
    if error is None:
        return Decision(now + INTERVAL, 0)
    failures += 1
    wait = min(INTERVAL * 2 ** min(failures, 10), LONGEST_WAIT)
    stop = failures >= (2 if final else FAILURES_TO_PAUSE)
    return Decision(now + wait, failures, f"It failed {failures} times in a row: {error}" if stop else None)


def choose(
    feed: Feed,
    known: Iterable[str],
    *,
    now: datetime,
    day: date | None,
    today: int,
    cap: int = DAILY_CAP,
    since: datetime | None = None,
) -> Choice:
    """The entries to be queued: new ones, the oldest first, up to the daily cap.

    `known`: canonical addresses queued before. `day`, `today`: how many were queued on which day so far.
    `since`: entries dated before it are passed over (so that following a feed does not import its past).
    """
    current = now.astimezone(UTC).date()
    used = today if day == current else 0
    seen = set(known)
    new = [
        e for e in feed.entries if e.url not in seen and not (since and e.published and e.published < since)
    ]
    new.reverse()
    new.sort(key=lambda e: e.published or now)
    chosen = new[: max(cap - used, 0)]
    return Choice(tuple(chosen), current, used + len(chosen), len(new) - len(chosen))


def _entry(item: Any, base: str) -> Entry | None:
    link = item.get("link") or next((each.get("href") for each in item.get("links") or ()), None)
    if not isinstance(link, str):
        return None
    try:
        address = canonical(urljoin(base, link.strip()))
    except (InputError, ValueError):
        return None
    return Entry(address, _words(item.get("title")), _when(item))


def _when(item: Any) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        moment = item.get(name)
        try:
            if moment:
                return datetime.fromtimestamp(calendar.timegm(moment), UTC)
        except (ValueError, OverflowError, TypeError, OSError):
            continue
    return None


def _words(title: Any) -> str:
    plain = re.sub(r"<[^<>]{0,500}>", "", title) if isinstance(title, str) else ""
    return " ".join(plain.split())[:300]
