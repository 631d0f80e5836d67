"""Feeds, health, alerts to be sent again, pages that changed: on the command line, with real pages."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest

from storage.store import Store
from tests.articles.servers import page, site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.articles.servers import Site
    from tests.cli.conftest import Line

PROMISE = "promise Iran: open the sites\n\npromise Norway: build a dam\n\nNothing else was said by anybody."
SHORTER = "promise Iran: open the sites\n\nNothing else was said by anybody. This page was corrected."


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site in a thread of its own: commands have event loops of theirs."""
    ready, over = Event(), Event()
    made: list[Site] = []

    async def serve() -> None:
        async with site() as one:
            made.append(one)
            ready.set()
            await asyncio.to_thread(over.wait)

    thread = Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    ready.wait()
    monkeypatch.setenv("PLEDGEWATCH_FETCH_ALLOW", f"127.0.0.1:{made[0].port}")
    yield made[0]
    over.set()
    thread.join()


def publish(web: Site, path: str, text: str, *headers: str) -> str:
    """Put a text on the site; its address."""
    web.answers[path] = page(text.encode(), *headers, content_type="text/plain; charset=utf-8")
    return web.url(path)


def feed(web: Site, urls: list[str]) -> str:
    """Put a feed of these articles on the site; its address."""
    day = format_datetime(datetime.now(UTC))
    items = "".join(f"<item><link>{u}</link><title>T</title><pubDate>{day}</pubDate></item>" for u in urls)
    body = f'<rss version="2.0"><channel><title>The Daily</title>{items}</channel></rss>'
    web.answers["/feed"] = page(body.encode(), content_type="application/rss+xml")
    return web.url("/feed")


def test_a_feed_is_followed_read_and_left(op: Line, web: Site) -> None:
    """Each of its articles is read once, however often the feed is looked at; what was read stays."""
    url = feed(web, [publish(web, f"/{n}", PROMISE.replace("sites", f"site {n}")) for n in range(3)])
    assert op("feeds").out == "No feeds are followed.\n"
    said = op("follow", url)
    assert "Following The Daily (f1)" in said.out, said.err
    assert "3 articles read." in op("feeds", "--read").out
    with closing(sqlite3.connect("bot.db")) as opened:
        opened.execute("UPDATE feeds SET next_check = checked")
        opened.commit()
    said = op("feeds", "--read")
    assert "0 articles read." in said.out
    assert "3 articles" in said.out
    assert op("unfollow", url).status == 0
    assert op("unfollow", url).status == 1
    assert "site 2" in op("claims", "Iran").out


def test_what_is_no_feed_is_not_followed(op: Line, web: Site) -> None:
    """A page, an address that is not there, and one that may not be fetched: a sentence each."""
    for url in (publish(web, "/page", PROMISE), web.url("/missing"), "http://127.0.0.2/feed"):
        said = op("follow", url)
        assert (said.status, said.err.count("\n")) == (1, 1), url
    assert op("feeds").out == "No feeds are followed.\n"


def test_a_feed_that_keeps_failing_is_paused_and_said_so(op: Line, web: Site) -> None:
    """After two answers in a row that it is gone; following it again takes it up again."""
    url = feed(web, [])
    op("follow", url)
    web.answers["/feed"] = page(b"gone", status="410 Gone")
    for _ in range(2):
        with closing(sqlite3.connect("bot.db")) as opened:
            opened.execute("UPDATE feeds SET next_check = '2020-01-01T00:00:00.000000+00:00'")
            opened.commit()
        said = op("feeds", "--read")
    assert "paused" in said.out
    feed(web, [publish(web, "/1", PROMISE)])
    op("follow", url)
    assert "1 article read" in op("feeds", "--read").out


def test_a_page_that_changed_is_a_new_version(op: Line, web: Site) -> None:
    """What is gone from it is marked, and was said all the same; the rest keeps its number."""
    url = publish(web, "/a", PROMISE)
    assert op("ingest", url).status == 0
    publish(web, "/a", SHORTER)
    said = op("ingest", url)
    assert "no longer in the article" in said.out
    assert "no longer in the article" in op("claim", "2").out
    assert "no longer" not in op("claim", "1").out
    with closing(sqlite3.connect("bot.db")) as opened:
        assert opened.execute("SELECT count(*) FROM articles").fetchone() == (1,)
        assert opened.execute("SELECT count(*) FROM article_versions").fetchone() == (2,)
    publish(web, "/a", PROMISE)
    assert "no longer" not in op("ingest", url).out, "it is back"
    assert op("check").status == 0


def test_a_page_is_asked_for_by_its_version(op: Line, web: Site) -> None:
    """A server that says "not modified" is believed: nothing is analysed, nothing changes."""
    url = publish(web, "/a", PROMISE, 'ETag: "one"')
    first = op("ingest", url, "--json").rows
    web.answers["/a"] = page(b"", status="304 Not Modified", content_type=None)
    assert op("ingest", url, "--json").rows == first
    assert web.requests[-1][1]["if-none-match"] == '"one"'


def test_a_page_that_is_gone_stays_on_record(op: Line, web: Site, caplog: pytest.LogCaptureFixture) -> None:
    """Read again it cannot be; what it said is shown all the same."""
    url = publish(web, "/a", PROMISE)
    first = op("ingest", url, "--json").rows
    web.answers["/a"] = page(b"gone", status="410 Gone")
    said = op("ingest", url, "--json")
    assert (said.status, said.rows) == (0, first)
    assert "410" in caplog.text
    assert "0 set aside" in op("health").out


def test_a_page_that_became_a_wall_stays_as_it_was(
    op: Line, web: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """What stands there now is no article: the record keeps the text, and what it said."""
    url = publish(web, "/a", PROMISE)
    first = op("ingest", url, "--json").rows
    web.answers["/a"] = page(
        b"<html><head><title>Before you continue</title></head><body><h1>We value your privacy</h1>"
        b"<p>We and our partners use cookies. Accept all cookies or manage your consent to go on.</p>"
    )
    assert op("ingest", url, "--json").rows == first
    assert "page not read again" in caplog.text
    assert op("check").status == 0


def test_what_was_set_aside_is_shown_and_read_again(op: Line, web: Site) -> None:
    """`health` says why; when the cause is mended, `read-again` reads it."""
    web.answers["/a"] = page(b"gone", status="404 Not Found")
    assert op("ingest", web.url("/a")).status == 1
    said = op("health")
    assert "1 set aside" in said.out
    assert "/a" in said.out
    assert op("read-again").status == 1
    publish(web, "/a", PROMISE)
    assert op("read-again").status == 0
    assert "0 set aside" in op("health").out
    assert "open the sites" in op("claims", "Iran").out


def test_alerts_of_the_command_line_wait_for_nobody(op: Line, tmp_path: Path) -> None:
    """What is raised in a record that no server reads is shown, and is not in the outbox."""
    for name, text in (("one", "promise Iran: open the sites"), ("two", "breaks Iran: open the sites @0.9")):
        (tmp_path / name).write_text(f"{text}\n\nNothing else was said by anybody.")
        said = op("ingest", tmp_path / name, "--json")
    assert [match["alert"] for match in said.rows[0]["matches"]] == [True]
    health = op("health").out
    assert "0 to send, 0 being sent, 0 given up" in health
    assert "1 alert" in health


def test_alerts_that_were_given_up_are_sent_again(op: Line, tmp_path: Path) -> None:
    """`health` shows them with why; `send-again` puts them back, one or all."""
    for name, text in (("one", "promise Iran: open the sites"), ("two", "breaks Iran: open the sites @0.9")):
        (tmp_path / name).write_text(f"{text}\n\nNothing else was said by anybody.")
        op("ingest", tmp_path / name, "--guild", "7")

    async def give_up() -> None:
        async with Store("sqlite+aiosqlite:///bot.db") as store:
            (alert,) = await store.pending_alerts(datetime.now(UTC) + timedelta(days=1), 9)
            await store.mark_failed(alert, "Discord did not take it.", None)

    asyncio.run(give_up())
    said = op("health")
    assert "1 given up" in said.out
    assert "Discord did not take it." in said.out
    assert op("send-again", "n9").status == 1
    assert op("send-again", "n1").out == "1 alert will be sent again.\n"
    assert op("send-again").out == "None was given up.\n"
    assert "1 to send" in op("health").out
