"""A Discord on loopback with two guilds, bad weather on demand, and traps that pull the bot's plug."""

from __future__ import annotations

import json
import random
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import discord

from cogs import alert_cards
from tests.transport import double
from tests.transport.double import ALERTS, CHANNEL, GUILD, MAYA, ME, USER, Double

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aiohttp import web


@dataclass(frozen=True)
class Quarter:
    """One guild of the town: its id, its watched channel, its alerts channel."""

    guild: str
    news: str
    alerts: str


HOME = Quarter(GUILD, CHANNEL, ALERTS)
OTHER = Quarter("101", "202", "203")

FAULTS: tuple[int | str, ...] = (429, 500, 503, "reset", "lost")
"""What the weather brings; "lost": the request is carried out, and its answer never arrives."""


@dataclass
class Trap:
    """Springs at one of the next requests of a kind."""

    method: str
    end: str
    after: bool
    """Whether the request is carried out before."""
    skip: int
    """How many such requests are let pass."""

    def springs(self, method: str, path: str) -> bool:
        """Whether it is this one."""
        if method != self.method or not path.endswith(self.end):
            return False
        self.skip -= 1
        return self.skip < 0


@dataclass
class Town(Double):
    """Two guilds. Its clock is ours and what was added to it."""

    now: Callable[[], float] = field(init=False)
    ahead: float = 0.0
    trap: Trap | None = None
    sprung: Callable[[], None] = lambda: None
    storm: float = 0.0
    """Share of the messages and edits in the alerts channels that fail."""
    failed: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(3))  # noqa: S311 - weather
    quarters: Sequence[Quarter] = (HOME, OTHER)

    def __post_init__(self) -> None:
        self.now = lambda: time.monotonic() + self.ahead

    async def say(self, quarter: Quarter, content: str, *, deliver: bool = True) -> dict[str, Any]:
        """Maya posts a message."""
        author = {"id": MAYA, "username": "maya", "discriminator": "0", "avatar": None}
        message = self._new_message(quarter.news, author, content)
        if deliver:
            await self.send("MESSAGE_CREATE", message | {"guild_id": quarter.guild})
        return message

    async def send(self, event: str, data: dict[str, Any], *, again: bool = False) -> None:
        """Send an event; to a bot that has just been killed it does not get through."""
        with suppress(ConnectionError):
            await super().send(event, data, again=again)

    def alerts_of(self, quarter: Quarter) -> list[str]:
        """Ids of the alerts in a guild's alerts channel, on cards and in digests."""
        found = []
        for message in self.replies(quarter.alerts):
            for raw in message["embeds"]:
                embed = discord.Embed.from_dict(raw)
                footer = embed.footer.text or ""
                if footer.startswith("Alert "):
                    found.append(footer.split()[1])
                else:
                    found += alert_cards.digest_rows(embed)
        return found

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        self.identified += 1
        self._socket = socket
        ready = {
            "v": 10, "user": USER, "session_id": "s", "shard": data.get("shard", [0, 1]),
            "guilds": [{"id": q.guild, "unavailable": True} for q in self.quarters],
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway",
            "application": {"id": ME, "flags": 0},
        }  # fmt: skip
        await self.send("READY", ready, again=True)
        for quarter in self.quarters:
            await self.send("GUILD_CREATE", _drawn(quarter), again=True)

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path, method = "/" + request.match_info["path"], request.method
        sprung = self.trap is not None and self.trap.springs(method, path)
        if sprung and self.trap is not None and not self.trap.after:
            return self._pull(request)
        fault = self._weather(method, path)
        if fault not in (None, "lost"):
            await request.read()
            return self._failed(request, fault)
        answer = await super()._rest(request)
        if sprung:
            return self._pull(request)
        return self._failed(request, "reset") if fault == "lost" else answer

    def _weather(self, method: str, path: str) -> double.Fault | None:
        places = tuple(f"/channels/{q.alerts}/messages" for q in self.quarters)
        sends = method in ("POST", "PATCH") and any(place in path for place in places)
        if not sends or self.chance.random() >= self.storm:
            return None
        self.failed += 1
        return self.chance.choice(FAULTS)

    def _pull(self, request: web.Request) -> web.StreamResponse:
        self.trap = None
        self.sprung()
        return self._failed(request, "reset")

    def _answered(self, method: str, path: str, request: web.Request, body: Any) -> web.StreamResponse:
        parts = path.strip("/").split("/")
        if method == "PATCH" and parts[0] == "channels" and parts[2:3] == ["messages"]:
            found = [m for m in self.messages if m["id"] == parts[3]]
            for message in found:
                message |= {k: v for k, v in body.items() if k in ("content", "embeds")}
                return double._answer(self._shown(message))
        return super()._answered(method, path, request, body)


def _drawn(quarter: Quarter) -> dict[str, Any]:
    """The guild as the gateway tells it: the home guild with other ids."""
    text = json.dumps(double._guild())
    for old, new in zip((GUILD, CHANNEL, ALERTS), (quarter.guild, quarter.news, quarter.alerts), strict=True):
        text = text.replace(f'"{old}"', f'"{new}"')
    drawn: dict[str, Any] = json.loads(text)
    return drawn
