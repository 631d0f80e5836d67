"""The use cases that the Discord side works with, in one hand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.actor_index import ActorIndex
    from bot.browsing import Browser
    from bot.following import Following
    from bot.labelling import Labelling
    from bot.managing import Managing
    from bot.meter import Meter
    from bot.reviewing import Reviewing
    from bot.sending import Sending
    from bot.tracker import Tracker
    from bot.watching import Watching
    from bot.working import Working


@dataclass(frozen=True, slots=True)
class Desk:
    """What the composition root gives to the client. Every use case belongs to one guild."""

    tracker: Tracker
    watching: Watching
    working: Working
    managing: Managing
    following: Following
    browser: Browser
    reviewing: Reviewing
    sending: Sending
    actors: ActorIndex
    labelling: Labelling
    clock: Callable[[], datetime]
    """Aware UTC."""
    meter: Meter
    """What has happened since the start."""
