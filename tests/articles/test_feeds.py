"""Feeds: what is read from them, and the decisions when to look again and what to take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles.feeds import (
    FAILURES_TO_PAUSE,
    INTERVAL,
    LONGEST_WAIT,
    MAX_ENTRIES,
    Entry,
    Feed,
    choose,
    decide,
    parse,
)
from bot.errors import PageError

URL = "https://www.example.com/rss"
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


def rss(count: int) -> bytes:
    """A feed with this many entries, the newest first."""
    items = "".join(
        f"<item><title>Story &amp; {n}</title><link>https://www.example.com/a/{n}?utm_source=rss</link>"
        f"<pubDate>{(NOW - timedelta(minutes=n)).strftime('%a, %d %b %Y %H:%M:%S GMT')}</pubDate></item>"
        for n in range(count)
    )
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()


def test_rss() -> None:
    """Entries come with canonical address, title and date."""
    feed = parse(rss(2), content_type="application/rss+xml", url=URL)
    assert feed.title == "News"
    assert feed.entries[0] == Entry("https://www.example.com/a/0", "Story & 0", NOW)


def test_atom_with_relative_links() -> None:
    """Atom is read as well, and links are resolved against the feed's own address."""
    atom = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>N</title><entry><title>A</title>"
        b"<link href='/a/1'/><updated>2026-03-10T12:00:00Z</updated></entry></feed>"
    )
    assert parse(atom, content_type=None, url=URL).entries == (
        Entry("https://www.example.com/a/1", "A", NOW),
    )


@pytest.mark.parametrize(
    "body", [b"", b"/etc/passwd", b"<html><p>hello</p></html>", b"\x00\xff", b"http://a.com/"]
)
def test_what_is_no_feed(body: bytes) -> None:
    """Anything else is a PageError; a body that looks like a path or an address is not opened."""
    with pytest.raises(PageError, match="no feed"):
        parse(body, content_type=None, url=URL)


def test_five_hundred_entries_read_twice_are_taken_once() -> None:
    """Over as many days as the cap takes, each entry is chosen exactly once, the oldest first."""
    feed = parse(rss(MAX_ENTRIES), content_type=None, url=URL)
    known: list[str] = []
    now, day, today = NOW, None, 0
    while True:
        choice = choose(feed, known, now=now, day=day, today=today, cap=40)
        again = choose(
            feed, [*known, *(e.url for e in choice.entries)], now=now, day=choice.day, today=choice.today
        )
        assert not again.entries
        if not choice.entries:
            break
        assert len(choice.entries) == min(40, MAX_ENTRIES - len(known))
        known += [entry.url for entry in choice.entries]
        day, today, now = choice.day, choice.today, now + timedelta(days=1)
    assert len(known) == len(set(known)) == MAX_ENTRIES
    assert known[0].endswith(f"/{MAX_ENTRIES - 1}")


def test_the_cap_counts_over_a_day() -> None:
    """What was queued earlier on a day counts against its cap, what was queued the day before does not."""
    feed = Feed("N", tuple(Entry(f"https://a.com/{n}", "", NOW) for n in range(5)))
    same = choose(feed, [], now=NOW, day=NOW.date(), today=38, cap=40)
    assert (len(same.entries), same.today, same.left_out) == (2, 40, 3)
    later = choose(feed, [], now=NOW + timedelta(days=1), day=NOW.date(), today=40, cap=40)
    assert (len(later.entries), later.today) == (5, 5)


def test_the_past_of_a_feed_is_left_alone() -> None:
    """Entries dated before the following began are passed over, undated ones are not."""
    old = Entry("https://a.com/old", "", NOW - timedelta(days=2))
    new, undated = Entry("https://a.com/new", "", NOW), Entry("https://a.com/u", "", None)
    feed = Feed("N", (new, old, undated))
    chosen = choose(feed, [], now=NOW, day=None, today=0, since=NOW - timedelta(days=1))
    assert {entry.url for entry in chosen.entries} == {"https://a.com/new", "https://a.com/u"}


def test_a_working_feed_is_checked_at_its_interval() -> None:
    """Success forgets earlier failures."""
    decision = decide(failures=5, now=NOW)
    assert (decision.next_check, decision.failures, decision.paused) == (NOW + INTERVAL, 0, None)


def test_failures_back_off_and_pause() -> None:
    """Each failure waits longer, up to a limit, and the last one pauses with its reason."""
    failures, waits = 0, []
    while True:
        decision = decide(failures=failures, now=NOW, error="The site is out of order.")
        failures = decision.failures
        waits.append(decision.next_check - NOW)
        if decision.paused:
            break
    assert failures == FAILURES_TO_PAUSE
    assert "out of order" in decision.paused
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    assert sum(waits, timedelta()) > timedelta(days=3)


def test_a_feed_that_is_gone_is_paused_soon() -> None:
    """A failure that will not pass pauses at the second time."""
    first = decide(failures=0, now=NOW, error="It is gone.", final=True)
    assert not first.paused
    assert decide(failures=first.failures, now=NOW, error="It is gone.", final=True).paused


@settings(deadline=None)
@given(st.binary(max_size=2_000))
def test_random_feeds_end_in_page_errors(body: bytes) -> None:
    """Whatever the bytes, a feed or a PageError comes out."""
    for text in (body, b"<rss version='2.0'><channel><item>" + body, b"<feed><entry><link href='" + body):
        try:
            parse(text, content_type=None, url=URL)
        except PageError:
            continue
