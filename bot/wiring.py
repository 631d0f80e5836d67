"""The part of the composition root that makes the use cases: rooms in, a desk out."""

from __future__ import annotations

import asyncio
import os
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol

from bot import metrics, reviewing_protocols, tracker_protocols
from bot.actor_index import ActorIndex
from bot.alerting import Alerting
from bot.analysis import names, ranking
from bot.analysis.verb import verb
from bot.articles import urls
from bot.articles.rounds import Rounds
from bot.browsing import Browser
from bot.desk import Desk
from bot.following import Following
from bot.keeping import keep_daily
from bot.labelling import Labelling
from bot.managing import Managing
from bot.meter import Meter
from bot.reanalysing import Reanalysing
from bot.reviewing import Reviewing
from bot.sending import Sending
from bot.settings import database_path
from bot.tracker import Limits, Tracker
from bot.watching import Watching
from bot.working import Working
from storage.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.articles.reader import Reader
    from bot.models import Article
    from bot.settings import Settings
    from bot.watching import File


class Engine(tracker_protocols.Engine, reviewing_protocols.Language, Protocol):
    """The analysis, as tracker and reviewers need it."""


def desk(
    store: Store,
    engine: Engine,
    reader: Reader,
    settings: Settings,
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> Desk:
    """The use cases on an open store. What is given stays the caller's to close."""

    async def read_file(file: File) -> Article:
        return (await reader.read_bytes(file.body, file.content_type, None)).article

    meter = Meter()
    owner = f"{socket.gethostname()}:{os.getpid()}"
    tracker = Tracker(
        store,
        engine,
        reader,
        owner=owner,
        limits=Limits(settings.max_text_chars, settings.alert_threshold),
        canonical=urls.canonical,
        clock=clock,
        alerting=Alerting(store, engine.threshold, verb),
        meter=meter,
        known_as=known_as,
    )
    browser = Browser(store, ranking)
    return Desk(
        tracker=tracker,
        watching=Watching(store, tracker, links=urls.links, read_file=read_file, pace=meter.pace),
        working=Working(store, tracker, owner=owner, clock=clock, meter=meter),
        managing=Managing(store, tracker, key=engine.key, clock=clock),
        following=Following(store, tracker, Rounds(reader), canonical=urls.canonical, clock=clock),
        browser=browser,
        reviewing=Reviewing(store, browser, engine, tracker),
        sending=Sending(store, browser, clock, meter),
        actors=ActorIndex(store.actors, known_as=known_as),
        labelling=Labelling(store),
        clock=clock,
        meter=meter,
    )


def reanalysing(store: Store, engine: Engine, settings: Settings, *, raise_alerts: bool) -> Reanalysing:
    """Improved rules on what an open store holds."""
    return Reanalysing(
        store,
        engine,
        level=settings.alert_threshold,
        max_text_chars=settings.max_text_chars,
        alerting=Alerting(store, engine.threshold, verb),
        raise_alerts=raise_alerts,
    )


@asynccontextmanager
async def alongside(desk: Desk, url: str, settings: Settings) -> AsyncIterator[None]:
    """What goes on beside the bot: daily backups, the look at the event loop, metrics on request.

    `url` names the database. Raises SettingsError where the port for metrics is taken.
    """
    path = database_path(url)
    rounds = [desk.meter.beat()]
    if path is not None and settings.backup_days:
        # A backup is made over a connection of its own: the store need not be the bot's, nor be open.
        rounds.append(keep_daily(Store(url), path.parent / "backups", settings.backup_days))
    async with AsyncExitStack() as stack:
        if settings.metrics_port is not None:
            served = metrics.served(desk.meter, desk.managing.health, settings.metrics_port)
            await stack.enter_async_context(served)
        tasks = [asyncio.create_task(round_) for round_ in rounds]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


def known_as(key: str) -> Sequence[str]:
    """The seed table's names for the actor of this key."""
    return _by_key().get(key, ())


@cache
def _by_key() -> dict[str, list[str]]:
    by_key: dict[str, list[str]] = {}
    for name, known in names.seed().items():
        if not known.of:
            by_key.setdefault(names.plain(known.name), []).append(name)
    return by_key
