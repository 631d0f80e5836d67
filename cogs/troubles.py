"""What only the managers of a guild can mend: said once, to those who can, and not hammered."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

import discord
import structlog

from cogs import texts

if TYPE_CHECKING:
    from bot.client import PledgeBot

log = structlog.get_logger(__name__)

PAUSE_SECONDS = 3_600.0
"""How long a channel that refused something is left alone. Discord bans an address after 10,000 refusals in
ten minutes; one an hour and channel is far from it."""

KEPT = 50
"""Troubles of a guild that are remembered as told."""

TOLD = "told"
"""Where they are kept among the guild's settings."""


class Troubles:
    """Which channels are left alone just now, and who has been told why."""

    def __init__(self, bot: PledgeBot) -> None:
        self._bot = bot
        self._until: dict[tuple[int, int], float] = {}

    def stopped(self, guild_id: int, channel_id: int) -> bool:
        """Whether a channel refused something a short time ago, and is left alone."""
        return self._until.get((guild_id, channel_id), 0.0) > time.monotonic()

    def forgiven(self, guild_id: int) -> None:
        """A manager has changed something: everything may be tried again."""
        self._until = {key: until for key, until in self._until.items() if key[0] != guild_id}

    async def note(self, guild_id: int, channel_id: int, what: str) -> None:
        """Something could not be done in a channel ("add a reaction"), and only a manager can mend it."""
        self._until[guild_id, channel_id] = time.monotonic() + PAUSE_SECONDS
        log.warning("refused by discord", guild=str(guild_id), channel=str(channel_id), what=what)
        managing = self._bot.desk.managing
        settings = await managing.settings(str(guild_id))
        told: list[str] = list(settings.extra.get(TOLD, ()))
        key = f"{channel_id}:{what}"
        if key in told:
            return
        await managing.change(str(guild_id), extra={**settings.extra, TOLD: [*told, key][-KEPT:]})
        await self._tell(guild_id, channel_id, settings.alerts_channel, texts.trouble(str(channel_id), what))

    async def mended(self, guild_id: int) -> None:
        """A manager went through the settings: what goes wrong from now on is told again."""
        self.forgiven(guild_id)
        managing = self._bot.desk.managing
        settings = await managing.settings(str(guild_id))
        if settings.extra.get(TOLD):
            await managing.change(str(guild_id), extra={**settings.extra, TOLD: []})
        self._bot.dispatch("mended", guild_id)  # alerts that waited for it go out now

    async def tell(self, guild_id: int, text: str) -> None:
        """Say something once to those who look after a guild: where its alerts go, or to its owner."""
        settings = await self._bot.desk.managing.settings(str(guild_id))
        await self._tell(guild_id, 0, settings.alerts_channel, text)

    async def _tell(self, guild_id: int, channel_id: int, alerts_channel: str | None, text: str) -> None:
        guild = self._bot.get_guild(guild_id)
        if guild is None:
            return
        if alerts_channel and int(alerts_channel) != channel_id:
            channel = guild.get_channel(int(alerts_channel))
            if isinstance(channel, discord.TextChannel):
                with suppress(discord.HTTPException):
                    await channel.send(text)
                    return
        with suppress(discord.HTTPException):
            owner = guild.owner or await self._bot.fetch_user(guild.owner_id or 0)
            await owner.send(f"{guild.name}: {text}")
