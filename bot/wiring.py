"""The part of the composition root that makes the use cases: rooms in, a desk out."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from bot import reviewing_protocols, tracker_protocols
from bot.actor_index import ActorIndex
from bot.alerting import Alerting
from bot.analysis import names, ranking
from bot.analysis.verb import verb
from bot.articles import urls
from bot.articles.rounds import Rounds
from bot.browsing import Browser
from bot.desk import Desk
from bot.following import Following
from bot.labelling import Labelling
from bot.managing import Managing
from bot.meter import Meter
from bot.reviewing import Reviewing
from bot.sending import Sending
from bot.tracker import Limits, Tracker
from bot.watching import Watching
from bot.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.articles.reader import Reader
    from bot.models import Article
    from bot.settings import Settings
    from bot.watching import File
    from storage.store import Store


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
    )
    browser = Browser(store, ranking.rank)
    return Desk(
        tracker=tracker,
        watching=Watching(store, tracker, links=urls.links, read_file=read_file),
        working=Working(store, tracker, owner=owner, clock=clock, meter=meter),
        managing=Managing(store, tracker, key=engine.key, clock=clock),
        following=Following(store, tracker, Rounds(reader), canonical=urls.canonical, clock=clock),
        browser=browser,
        reviewing=Reviewing(store, browser, engine, tracker),
        sending=Sending(store, browser, clock, meter),
        actors=ActorIndex(store.actors, known_as=_known_as()),
        labelling=Labelling(store),
        clock=clock,
        meter=meter,
    )


def _known_as() -> Callable[[str], Sequence[str]]:
    """The seed table's names by the key of their actor."""
    by_key: dict[str, list[str]] = {}
    for name, known in names.seed().items():
        if not known.of:
            by_key.setdefault(names.plain(known.name), []).append(name)
    return lambda key: by_key.get(key, ())
