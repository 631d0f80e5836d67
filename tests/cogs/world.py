"""What the tests of the cogs act on and look at."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, cast

import discord
from discord import app_commands

from bot import wiring
from bot.articles import service
from bot.articles.fetch import Fetcher, Limits
from bot.articles.page import MAX_BYTES
from bot.articles.reader import Reader
from bot.client import PledgeBot
from bot.settings import load
from tests.articles.servers import page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import simcord
    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle, GuildHandle

    from bot.workers import Worker
    from storage.store import Store
    from tests.articles.servers import Site


@cache
def _pages() -> Callable[[object], object]:
    """The reading of pages, as its process runs it, loaded once for all tests."""
    return service.start(MAX_BYTES)


class _Threaded:
    """Stands where the process does, which is tested where it is at home."""

    async def start(self) -> None:
        """Load."""
        await asyncio.to_thread(_pages)

    async def call(self, request: object, **_options: Any) -> object:
        """Answer a request."""
        return await asyncio.to_thread(_pages(), request)

    async def close(self) -> None:
        """Nothing to end."""


class _Reader(Reader):
    """The reader of the program, its pages read in a thread."""

    def __init__(self, fetcher: Fetcher) -> None:
        super().__init__(fetcher)
        self._worker = cast("Worker", _Threaded())


def reader_for(web: Site) -> Reader:
    """A reader that may fetch from the site, without pauses."""
    return _Reader(Fetcher(allow=frozenset({("127.0.0.1", web.port)}), limits=Limits(pause=0.0, tries=1)))


def the_cause(error: BaseException) -> BaseException:
    """What a command raised."""
    return error.original if isinstance(error, app_commands.CommandInvokeError) else error


@dataclass
class Place:
    """One guild with its people."""

    guild: GuildHandle
    news: ChannelHandle
    """Watched."""
    talk: ChannelHandle
    """Not watched."""
    alerts: ChannelHandle
    member: MemberActor
    reviewer: MemberActor
    """Has the reviewer role and no permission."""
    manager: MemberActor

    @property
    def key(self) -> str:
        """The guild as the record names it."""
        return str(self.guild.id)


@dataclass
class World:
    """Everything of one test."""

    store: Store
    engine: Any
    reader: Reader
    web: Site
    folder: Path
    shards: int = 2
    later: timedelta = timedelta()
    """By how much the bot's clock is ahead of ours."""
    foreseen: list[type[Exception]] = field(default_factory=list)
    """Errors besides our own that the test expects the bot to meet."""
    bot: PledgeBot = field(init=False)
    env: simcord.Env = field(init=False)
    home: Place = field(init=False)

    def __post_init__(self) -> None:
        self.bot = self.new_bot()

    def new_bot(self, *, message_content: bool = True) -> PledgeBot:
        """A bot on the same database, as after a restart."""
        made = wiring.desk(
            self.store, self.engine, self.reader, load(None), clock=lambda: datetime.now(UTC) + self.later
        )
        return PledgeBot(
            made,
            shard_count=self.shards,
            synced=self.folder / "commands",
            message_content=message_content,
        )

    async def restart(self, *, message_content: bool = True) -> None:
        """End the bot and start another one on the same database."""
        await self.bot.close()
        self.bot = self.new_bot(message_content=message_content)
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    async def make_due(self) -> None:
        """Let time pass until what is to be tried again is tried again."""
        self.later += timedelta(minutes=15)
        await self.env.advance_time(20)

    def publish(self, path: str, text: str) -> str:
        """Put a text on the site; its address."""
        body = text.encode()
        self.web.answers[path] = page(body, content_type="text/plain; charset=utf-8")
        return self.web.url(path)

    def publish_html(self, path: str, text: str, *, title: str, day: str) -> str:
        """Put an article on the site as a news page; its address."""
        paragraphs = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
        html = (
            f"<!doctype html><html lang=en><head><title>{title}</title>"
            f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{day}T09:00:00Z"></head>'
            f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        )
        self.web.answers[path] = page(html.encode(), content_type="text/html; charset=utf-8")
        return self.web.url(path)

    async def new_place(self, name: str, *, shard: int = 0) -> Place:
        """Another guild, set up."""
        guild = self.env.create_guild(name, shard_id=shard)
        role = guild.create_role("Reviewers")
        boss = guild.create_role("Bosses", permissions=discord.Permissions(manage_guild=True))
        place = Place(
            guild,
            guild.create_text_channel("news"),
            guild.create_text_channel("talk"),
            guild.create_text_channel("alerts"),
            guild.add_member(self.env.create_user(f"{name}-maya")),
            guild.add_member(self.env.create_user(f"{name}-rita"), roles=[role]),
            guild.add_member(self.env.create_user(f"{name}-boss"), roles=[boss]),
        )
        desk = self.bot.desk
        await desk.managing.watch_only(place.key, {str(place.news.id): None})
        await desk.managing.change(
            place.key, alerts_channel=str(place.alerts.id), reviewer_role=str(role.id), replies="findings"
        )
        await self.bot.reload_watched()
        return place

    def replies(self, channel: ChannelHandle) -> list[discord.Message]:
        """What the bot wrote in a channel."""
        assert self.bot.user is not None
        return [m for m in channel.history() if m.author.id == self.bot.user.id]

    def marks(self, channel: ChannelHandle, message: discord.Message) -> set[str]:
        """The bot's reactions on a message."""
        assert self.bot.user is not None
        stored = self.env.backend.get_message(channel.id, message.id)
        return {r.emoji for r in stored.reactions if self.bot.user.id in r.user_ids}

    async def read(self, place: Place | None = None) -> list[str]:
        """Addresses or titles of what a guild has on record."""
        export = await self.store.export((place or self.home).key)
        return [row["url"] or row["title"] for row in export["articles"]]


async def build(made: World, env: simcord.Env) -> None:
    """Fill the world."""
    made.env = env
    made.home = await made.new_place("home")
    await env.settle()
