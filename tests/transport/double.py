"""A Discord on loopback: enough of its REST interface and gateway for the bot, and faults on demand.

It keeps messages and serves their history; it does not replay missed events unless a session is resumed; it
drops a second message with the same nonce for two minutes of its own clock, as Discord does.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Callable

ME, GUILD, CHANNEL, ALERTS, MAYA = "900", "100", "200", "201", "300"
EVERYTHING = str((1 << 50) - 1)
EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
NONCE_SECONDS = 120.0
USER = {"id": ME, "username": "Pledgewatch", "discriminator": "0", "avatar": None, "bot": True}
TOKEN = "a.good.token"

Fault = int | str
"""A status to answer with, or "reset": cut the connection."""


@dataclass
class Double:
    """One Discord with one guild."""

    now: Callable[[], float]
    """Its own clock, in seconds."""
    messages: list[dict[str, Any]] = field(default_factory=list)
    faults: list[tuple[str, str, Fault]] = field(default_factory=list)
    """Method, end of the path, what goes wrong; each once, the first that fits."""
    requests: list[tuple[str, str]] = field(default_factory=list)
    reactions: set[tuple[str, str]] = field(default_factory=set)
    identified: int = 0
    resumed: int = 0
    refuse_close: int | None = None
    """Code with which every identification is refused."""
    refuse_content: bool = False
    """Whether identifying with the message-content intent is refused, as where it is not switched on."""
    _sequence: Any = field(default_factory=lambda: itertools.count(1))
    _ids: Any = field(default_factory=lambda: itertools.count(1))
    _log: list[dict[str, Any]] = field(default_factory=list)
    _socket: web.WebSocketResponse | None = None
    _nonces: dict[str, tuple[float, dict[str, Any]]] = field(default_factory=dict)
    _runner: web.AppRunner | None = None
    port: int = 0

    async def start(self) -> None:
        """Listen."""
        app = web.Application()
        app.router.add_get("/gateway", self._gateway)
        app.router.add_route("*", "/api/{path:.*}", self._rest)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Stop listening, and close what is open."""
        if self._runner is not None:
            await self._runner.cleanup()

    # --- what a test does

    async def post(self, content: str, *, channel: str = CHANNEL, deliver: bool = True) -> dict[str, Any]:
        """Maya posts a message."""
        author = {"id": MAYA, "username": "maya", "discriminator": "0", "avatar": None}
        message = self._new_message(channel, author, content)
        if deliver:
            await self.send("MESSAGE_CREATE", message | {"guild_id": GUILD})
        return message

    async def send(self, event: str, data: dict[str, Any], *, again: bool = False) -> None:
        """Send an event over the gateway, and keep it for a resume."""
        payload = {"op": 0, "t": event, "s": next(self._sequence), "d": data}
        if not again:
            self._log.append(payload)
        if self._socket is not None and not self._socket.closed:
            await self._socket.send_str(json.dumps(payload))

    async def close_gateway(self, code: int) -> None:
        """Close the connection with this code."""
        if self._socket is not None:
            await self._socket.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Opcode 7."""
        if self._socket is not None:
            await self._socket.send_str(json.dumps({"op": 7, "d": None, "s": None, "t": None}))

    def marks(self, message: dict[str, Any]) -> set[str]:
        """The bot's reactions on a message."""
        return {emoji for number, emoji in self.reactions if number == message["id"]}

    def replies(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """What the bot wrote."""
        return [m for m in self.messages if m["channel_id"] == channel and m["author"]["id"] == ME]

    def tried(self, method: str, end: str) -> int:
        """How often something was asked."""
        return sum(1 for m, path in self.requests if m == method and path.endswith(end))

    # --- gateway

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_str(
            json.dumps({"op": 10, "d": {"heartbeat_interval": 30_000}, "s": None, "t": None})
        )
        async for raw in socket:
            frame = json.loads(raw.data)
            if frame["op"] == 1:
                await socket.send_str(json.dumps({"op": 11, "d": None, "s": None, "t": None}))
            elif frame["op"] == 2:
                await self._identify(socket, frame["d"])
            elif frame["op"] == 6:
                self.resumed += 1
                self._socket = socket
                for missed in [p for p in self._log if p["s"] > frame["d"]["seq"]]:
                    await socket.send_str(json.dumps(missed))
                await self.send("RESUMED", {}, again=True)
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> None:
        content = bool(data["intents"] & (1 << 15))
        if self.refuse_close or (self.refuse_content and content):
            await socket.close(code=self.refuse_close or 4014)
            return
        self.identified += 1
        self._socket = socket
        shard = data.get("shard", [0, 1])
        ready = {
            "v": 10, "user": USER, "guilds": [{"id": GUILD, "unavailable": True}], "session_id": "s",
            "resume_gateway_url": f"ws://127.0.0.1:{self.port}/gateway", "shard": shard,
            "application": {"id": ME, "flags": 0},
        }  # fmt: skip
        await self.send("READY", ready, again=True)
        await self.send("GUILD_CREATE", _guild(), again=True)

    # --- REST

    async def _rest(self, request: web.Request) -> web.StreamResponse:
        path, method = "/" + request.match_info["path"], request.method
        body = json.loads(await request.text() or "null") if request.can_read_body else None
        self.requests.append((method, path))
        for fault in self.faults:
            if fault[0] == method and path.endswith(fault[1]):
                self.faults.remove(fault)
                return self._failed(request, fault[2])
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _answer({"message": "401: Unauthorized", "code": 0}, status=401)
        return self._answered(method, path.removeprefix("/v10"), request, body)

    def _failed(self, request: web.Request, fault: Fault) -> web.StreamResponse:
        if fault == "reset":
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        if fault == 429:
            limited = {"message": "You are being rate limited.", "retry_after": 0.05, "global": False}
            return _answer(limited, status=429, headers={"Via": "1.1 double", "Retry-After": "0.05"})
        assert isinstance(fault, int)
        return _answer({"message": "no", "code": 0}, status=fault)

    def _answered(self, method: str, path: str, request: web.Request, body: Any) -> web.StreamResponse:
        parts = path.strip("/").split("/")
        if path == "/users/@me":
            return _answer(USER)
        if path in ("/oauth2/applications/@me", "/applications/@me"):
            app = {
                "id": ME,
                "name": "Pledgewatch",
                "description": "",
                "icon": None,
                "flags": 0,
                "owner": USER,
            }
            return _answer(app | {"bot_public": True, "bot_require_code_grant": False, "verify_key": ""})
        if path == "/gateway/bot":
            limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
            url = f"ws://127.0.0.1:{self.port}/gateway"
            return _answer({"url": url, "shards": 1, "session_start_limit": limit})
        if parts[-1] == "commands":
            every = {
                "application_id": ME,
                "version": "1",
                "description": "",
                "default_member_permissions": None,
            }
            return _answer([every | command | {"id": str(n)} for n, command in enumerate(body)])
        if len(parts) == 7 and parts[4] == "reactions":
            mark = (parts[3], request.match_info["path"].split("/")[-2])
            (self.reactions.add if method == "PUT" else self.reactions.discard)(mark)
            return web.Response(status=204)
        if parts[0] == "channels" and parts[2:] == ["messages"]:
            return self._posted(parts[1], body) if method == "POST" else self._history(parts[1], request)
        if parts[0] == "channels" and parts[2:3] == ["messages"] and method == "GET":
            found = [m for m in self.messages if m["id"] == parts[3]]
            return _answer(self._shown(found[0])) if found else _answer({"code": 10008}, status=404)
        return _answer({"message": f"{method} {path}", "code": 0}, status=404)

    def _posted(self, channel: str, body: dict[str, Any]) -> web.StreamResponse:
        nonce = str(body.get("nonce") or "")
        if body.get("enforce_nonce") and nonce in self._nonces:
            at, earlier = self._nonces[nonce]
            if self.now() - at < NONCE_SECONDS:
                return _answer(earlier)
        message = self._new_message(channel, USER, body.get("content") or "") | {
            "embeds": body.get("embeds", [])
        }
        message |= {"nonce": nonce} | {k: v for k, v in body.items() if k == "message_reference"}
        self.messages[-1] = message
        if nonce:
            self._nonces[nonce] = (self.now(), message)
        return _answer(message)

    def _history(self, channel: str, request: web.Request) -> web.StreamResponse:
        after, limit = int(request.query.get("after", 0)), int(request.query.get("limit", 50))
        before = int(request.query.get("before", 1 << 62))
        found = [m for m in self.messages if m["channel_id"] == channel and after < int(m["id"]) < before]
        chosen = found[:limit] if "after" in request.query else found[-limit:]
        return _answer([self._shown(m) for m in reversed(chosen)])

    def _shown(self, message: dict[str, Any]) -> dict[str, Any]:
        marks = [{"emoji": {"id": None, "name": e}, "count": 1, "me": True} for e in self.marks(message)]
        return message | {"reactions": marks}

    def _new_message(self, channel: str, author: dict[str, Any], content: str) -> dict[str, Any]:
        at = datetime.now(UTC)
        number = (int((at - EPOCH).total_seconds() * 1000) << 22) + next(self._ids)
        message: dict[str, Any] = {
            "id": str(number), "channel_id": channel, "author": author, "content": content,
            "timestamp": at.isoformat(), "edited_timestamp": None, "tts": False, "mention_everyone": False,
            "mentions": [], "mention_roles": [], "attachments": [], "embeds": [], "pinned": False, "type": 0,
        }  # fmt: skip
        self.messages.append(message)
        return message


def _answer(data: Any, *, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # Exactly this content type: discord.py looks for nothing else.
    every = {"Content-Type": "application/json"} | (headers or {})
    return web.Response(body=json.dumps(data).encode(), status=status, headers=every)


def _guild() -> dict[str, Any]:
    role = {
        "id": GUILD, "name": "@everyone", "permissions": EVERYTHING, "position": 0, "color": 0,
        "hoist": False, "managed": False, "mentionable": False, "colors": {"primary_color": 0},
    }  # fmt: skip
    channels = [
        {"id": number, "type": 0, "name": name, "position": place, "permission_overwrites": [], "nsfw": False}
        for place, (number, name) in enumerate(((CHANNEL, "news"), (ALERTS, "alerts")))
    ]
    me = {"user": USER, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False}
    return {
        "id": GUILD, "name": "Home", "owner_id": MAYA, "member_count": 2, "roles": [role], "emojis": [],
        "features": [], "members": [me | {"flags": 0}], "channels": channels, "threads": [], "presences": [],
        "voice_states": [], "stage_instances": [], "stickers": [], "guild_scheduled_events": [],
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0,
        "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0, "preferred_locale": "en-US", "afk_timeout": 300,
        "system_channel_flags": 0, "large": False, "unavailable": False, "soundboard_sounds": [],
    }  # fmt: skip


async def until(what: Callable[[], bool], seconds: float = 20.0) -> None:
    """Wait until something is so; fails the test where it does not come to be."""
    async with asyncio.timeout(seconds):
        while not what():  # noqa: ASYNC110 - there is nothing in the bot or in the double to wait for
            await asyncio.sleep(0.02)
