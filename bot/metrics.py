"""The same figures for Prometheus, on a port of this machine alone.

The exporter answers from a thread of its own, so it never asks the database: how queue and outbox stand is
looked up every few seconds on the event loop, and the last answer is given.
"""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily

from bot.errors import SettingsError, StorageError
from bot.meter import BOUNDS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

    from prometheus_client import Metric

    from bot.managing import Health
    from bot.meter import Meter

log = structlog.get_logger(__name__)

LOOPBACK = "127.0.0.1"

LOOK_SECONDS = 5.0
"""How old the figures of queue and outbox are at most: less than any usual scraping interval."""

COUNTED = {
    "articles": ("pledgewatch_articles", "Articles, by what became of them.", "result"),
    "claims": ("pledgewatch_claims", "Claims that were new.", "kind"),
    "alerts": ("pledgewatch_alerts", "Alerts, by what became of them.", "result"),
    "failures": ("pledgewatch_failures", "Readings that failed, by kind of error.", "kind"),
}


class Exporter:
    """Collects when Prometheus asks."""

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self.health: Health | None = None
        """How everything stood when it was looked at last."""

    def collect(self) -> Iterator[Metric]:
        """Every metric."""
        for what, (name, text, label) in COUNTED.items():
            counter = CounterMetricFamily(name, text, labels=[label])
            for kind, number in self._meter.of(what).items():
                counter.add_metric([kind], number)
            yield counter
        yield self._seconds()
        yield GaugeMetricFamily(
            "pledgewatch_event_loop_lag_seconds", "Worst lateness of the last minute.", value=self._meter.lag
        )
        if self.health is not None:
            yield from _standing(self.health, datetime.now(UTC))

    def _seconds(self) -> Metric:
        total, buckets = 0, []
        for bound, number in zip((*map(str, BOUNDS), "+Inf"), self._meter.classes, strict=True):
            total += number
            buckets.append((bound, total))
        seconds = HistogramMetricFamily("pledgewatch_analysis_seconds", "Duration of an analysis.")
        seconds.add_metric([], buckets, self._meter.analysis_seconds)
        return seconds


def _standing(health: Health, now: datetime) -> Iterator[Metric]:
    queue, outbox = health.queue, health.outbox
    for name, text, states, oldest in (
        (
            "queue",
            "Articles",
            {"waiting": queue.waiting, "leased": queue.leased, "set aside": queue.set_aside},
            queue.oldest,
        ),
        (
            "outbox",
            "Alerts",
            {"pending": outbox.pending, "sending": outbox.sending, "given up": outbox.failed},
            outbox.oldest,
        ),
    ):
        length = GaugeMetricFamily(f"pledgewatch_{name}_length", f"{text} by state.", labels=["state"])
        for state, number in states.items():
            length.add_metric([state], number)
        yield length
        age = (now - oldest).total_seconds() if oldest else 0.0
        yield GaugeMetricFamily(f"pledgewatch_{name}_age_seconds", f"{text}: the longest wait.", value=age)


@asynccontextmanager
async def served(
    meter: Meter, look: Callable[[], Awaitable[Health]], port: int, *, address: str = LOOPBACK
) -> AsyncIterator[int]:
    """Serve metrics while the block runs; gives the port. `look` says how everything stands.

    Raises SettingsError where the port is taken.
    """
    exporter, registry = Exporter(meter), CollectorRegistry()
    exporter.health = await look()
    registry.register(exporter)
    try:
        server, thread = start_http_server(port, addr=address, registry=registry)
    except OSError as error:
        raise SettingsError(
            f"PLEDGEWATCH_METRICS_PORT {port} cannot be listened on ({error.strerror})."
        ) from None
    watching = asyncio.create_task(_watch(exporter, look))
    try:
        yield server.server_port
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await asyncio.to_thread(server.shutdown)
        server.server_close()
        thread.join()


async def _watch(exporter: Exporter, look: Callable[[], Awaitable[Health]]) -> None:
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        try:
            exporter.health = await look()
        except StorageError as error:
            log.warning("metrics are not up to date", error=str(error))
