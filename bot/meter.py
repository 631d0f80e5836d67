"""What has happened since the program started, counted: for `/health`, in words, and for Prometheus.

Plain numbers in memory; nothing here knows who asks for them.
"""

from __future__ import annotations

import asyncio
import time
from bisect import bisect_left
from collections import Counter, deque
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
"""Upper bounds, in seconds, of the classes into which analyses are sorted: a short notice takes 0.1 s, a long
feature one second, and at sixty the process is stopped."""

BEAT_SECONDS = 1.0
"""How often the event loop is asked whether it is on time."""

BEATS = 60
"""Beats of which the worst is kept."""


PACE_OVER, PACE_LEAST, PACE_SECONDS = 50, 10, 60.0
"""Articles over which the pace is taken, how few are enough, and how old they may be in seconds."""


class Meter:
    """Counts and times. Everything starts at nothing."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        """By what is counted and of which kind: ("articles", "read"), ("failures", "PageError")."""
        self.classes = [0] * (len(BOUNDS) + 1)
        """Analyses by the first of `BOUNDS` that they kept to; the last: none."""
        self.analyses = 0
        self.analysis_seconds = 0.0
        self._lags: deque[float] = deque(maxlen=BEATS)
        self._read: deque[float] = deque(maxlen=PACE_OVER)

    def count(self, what: str, kind: str, number: int = 1) -> None:
        """Something happened so many times."""
        if number:
            self.counts[what, kind] += number

    def finished(self) -> None:
        """An article left the queue, read or not."""
        self._read.append(time.monotonic())

    def pace(self) -> float | None:
        """Seconds from one article to the next of those that left the queue last; None: too few lately."""
        recent = [at for at in self._read if time.monotonic() - at < PACE_SECONDS]
        return (recent[-1] - recent[0]) / (len(recent) - 1) if len(recent) >= PACE_LEAST else None

    def failed(self, error: BaseException) -> None:
        """An article could not be read, for now or for good."""
        self.count("failures", type(error).__name__)

    def of(self, what: str) -> dict[str, int]:
        """The counts of one thing, by kind, the most frequent first."""
        return {kind: number for (name, kind), number in self.counts.most_common() if name == what}

    @contextmanager
    def analysis(self) -> Iterator[None]:
        """An analysis takes place, its wait for the process included; one that fails is not timed."""
        begun = time.monotonic()
        yield
        self.took(time.monotonic() - begun)

    def took(self, seconds: float) -> None:
        """An analysis took so long."""
        self.analyses += 1
        self.analysis_seconds += seconds
        self.classes[bisect_left(BOUNDS, seconds)] += 1

    @property
    def lag(self) -> float:
        """Seconds by which the event loop was late at worst, in the last minute."""
        return max(self._lags, default=0.0)

    async def beat(self) -> None:
        """Look again and again whether the event loop is on time; until cancelled."""
        while True:
            begun = time.monotonic()
            await asyncio.sleep(BEAT_SECONDS)
            self._lags.append(max(time.monotonic() - begun - BEAT_SECONDS, 0.0))
