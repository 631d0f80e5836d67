"""The same bot in simcord's browser preview, with sample articles already posted: no Discord, no network."""

from __future__ import annotations

import html
import tempfile
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import discord
import simcord
from aiohttp import web

from bot.cli import documents, running
from bot.client import PledgeBot

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from simcord.actors import MemberActor
    from simcord.builders import ChannelHandle

    from bot.__main__ import House
    from bot.cli.documents import Document

LOOPBACK = "127.0.0.1"

SETTLE_SECONDS = 60.0
"""How long simcord waits for the bot to be done with one thing: slow machines need seconds an article."""

GUILD = "Pledgewatch preview"


@dataclass(frozen=True, slots=True)
class Scene:
    """What the preview shows."""

    env: simcord.Env
    channel: ChannelHandle
    people: tuple[MemberActor, ...]
    """A member, a reviewer, a manager."""


async def show(house: House, folder: Path, port: int, say: Callable[[str], None]) -> None:
    """Serve the preview on loopback until its page is closed or Ctrl-C is pressed."""
    texts = read(folder)
    say(f"Reading {len(texts)} articles from {folder} …")
    async with scene(house, texts) as made:
        page = made.env.preview(made.channel, viewers=made.people, layout="channel", port=port)
        async with page:
            say(f"Open {page.url}")
            say("Try /claims, press a button of an alert, or switch to another person. Ctrl-C ends it.")
            await page.wait_closed()


def read(folder: Path) -> list[Document]:
    """The sample articles, in the order of their names. Raises InputError where there are none."""
    return [
        documents.from_text(documents.read_file(f), name=f.stem, guild=GUILD) for f in running.samples(folder)
    ]


@asynccontextmanager
async def scene(house: House, texts: Sequence[Document]) -> AsyncIterator[Scene]:
    """A server with people, the bot set up in it, and the articles posted and read."""
    with tempfile.TemporaryDirectory(prefix="pledgewatch-preview-") as scratch:
        async with _site(texts) as (port, links):
            allow = frozenset({(LOOPBACK, port)})
            async with house.desk(Path(scratch) / "preview.db", allow=allow) as desk:
                env = simcord.Env(
                    PledgeBot(desk, shard_count=1), check_errors=False, settle_timeout=SETTLE_SECONDS
                )
                # Its Discord begins in January 2026; people expect today.
                env.backend.clock.advance((datetime.now(UTC) - env.now()).total_seconds())
                await env.start()
                try:
                    with env.time_context():
                        made = await _furnished(env)
                        for link in links:
                            await made.people[0].send(made.channel, link)
                        yield made
                finally:
                    await env.bot.close()
                    await env.shutdown()


async def _furnished(env: simcord.Env) -> Scene:
    env.backend.bot_user.name = "Pledgewatch"
    guild = env.create_guild(GUILD)
    channel = guild.create_text_channel("news", topic="Links to articles, and what comes of them")
    reviewers = guild.create_role("Reviewers")
    managers = guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    people = (
        guild.add_member(env.create_user("maya", global_name="Maya")),
        guild.add_member(env.create_user("rita", global_name="Rita (reviewer)"), roles=[reviewers]),
        guild.add_member(env.create_user("max", global_name="Max (manager)"), roles=[managers]),
    )
    bot = env.bot
    assert isinstance(bot, PledgeBot)  # noqa: S101 - it was put in above
    # A page of the preview shows one channel, so links and alerts share it.
    await bot.desk.managing.watch_only(str(guild.id), {str(channel.id): None})
    await bot.desk.managing.change(
        str(guild.id), alerts_channel=str(channel.id), reviewer_role=str(reviewers.id)
    )
    await bot.reload_watched()
    await env.settle()
    return Scene(env, channel, people)


@asynccontextmanager
async def _site(texts: Sequence[Document]) -> AsyncIterator[tuple[int, list[str]]]:
    """The articles as pages of a site on loopback: its port, and their addresses."""
    pages = {f"/{text.id}": _page(text) for text in texts}

    async def answer(request: web.BaseRequest) -> web.Response:
        if request.path not in pages:
            raise web.HTTPNotFound
        return web.Response(text=pages[request.path], content_type="text/html")

    server = web.Server(answer)
    runner = web.ServerRunner(server)
    await runner.setup()
    try:
        site = web.TCPSite(runner, LOOPBACK, 0)
        await site.start()
        port = runner.addresses[0][1]
        yield port, [f"http://{LOOPBACK}:{port}{path}" for path in pages]
    finally:
        await runner.cleanup()


def _page(text: Document) -> str:
    """A plain news page."""
    title = html.escape(text.source.title or text.id)
    day = text.source.published.isoformat() if text.source.published else ""
    body = "".join(f"<p>{html.escape(part)}</p>" for part in text.text.split("\n\n"))
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>'
        f'<meta property="og:title" content="{title}"><meta property="og:type" content="article">'
        f'<meta property="og:site_name" content="The Sample Gazette">'
        f'<meta property="article:published_time" content="{day}"></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
