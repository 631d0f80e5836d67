"""What the managers of a guild decide: settings, channels, aliases, forgetting, export; and leaving."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import structlog

from bot import exporting
from bot.errors import InputError, NotFoundError

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.managing_protocols import Record
    from bot.records import Channel, GuildSettings, OutboxStats, QueueStats, StoredArticle, Totals
    from bot.tracker import Tracker

log = structlog.get_logger(__name__)

KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long a guild's data stays after the bot left it: long enough to undo a mistaken removal."""

REPLIES = ("always", "findings", "never")
THRESHOLDS = ("strict", "balanced", "wide")
MAX_DAILY_ALERTS = 200
MAX_ALIAS = 100
"""Characters of an alias."""
MAX_ALIASES = 500
"""Aliases of one guild: each is looked for in every text."""


@dataclass(frozen=True, slots=True)
class Health:
    """How queue, outbox and record stand, over all guilds."""

    queue: QueueStats
    outbox: OutboxStats
    totals: Totals


class Managing:
    """The use cases of a guild's managers. Every one belongs to one guild."""

    def __init__(
        self,
        store: Record,
        tracker: Tracker,
        *,
        key: Callable[[str], str],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """`key` gives the key under which an actor of a name is filed; `clock` aware UTC times."""
        self._store, self._tracker, self._key, self._clock = store, tracker, key, clock

    async def settings(self, guild: str) -> GuildSettings:
        """What is set; the defaults where nothing is."""
        return await self._store.settings(guild)

    async def change(self, guild: str, **changes: Any) -> GuildSettings:
        """Set fields of GuildSettings. Raises InputError for what cannot be set."""
        settings = replace(await self._store.settings(guild), **changes)
        if settings.replies not in REPLIES:
            raise InputError(f"Replies are one of {', '.join(REPLIES)}.")
        if settings.threshold not in THRESHOLDS:
            raise InputError(f"The alert threshold is one of {', '.join(THRESHOLDS)}.")
        if not 0 <= settings.daily_alerts <= MAX_DAILY_ALERTS:
            raise InputError(f"The daily alert budget is a number from 0 to {MAX_DAILY_ALERTS}.")
        await self._store.set_settings(guild, settings)
        return settings

    async def watched(self, guild: str) -> list[Channel]:
        """The channels that are watched."""
        return await self._store.channels(guild, watched=True)

    async def watch_only(self, guild: str, channels: dict[str, str | None]) -> None:
        """Watch these channels and no others; each with the id of its newest message, if there is one.

        What stood in a channel before it was watched is not read, except by `/catchup`.
        """
        before = {c.id for c in await self.watched(guild)}
        for channel in before - channels.keys():
            await self._store.watch(guild, channel, False)
        for channel, newest in channels.items():
            if channel not in before:
                await self._store.watch(guild, channel, True)
                if newest is not None:
                    await self._store.saw(guild, channel, newest)

    async def aliases(self, guild: str) -> dict[str, str]:
        """Alias to the name of its actor."""
        names = {entry.key: entry.name for entry in await self._store.actors(guild)}
        return {alias: names.get(key, key) for alias, key in (await self._store.aliases(guild)).items()}

    async def add_alias(self, guild: str, alias: str, actor: str, *, by: str) -> str:
        """Let `alias` name the actor that `actor` names, known or not yet; its name. Raises InputError."""
        alias, actor = " ".join(alias.split()), " ".join(actor.split())
        if not alias or not actor:
            raise InputError("An alias needs a name, and an actor to stand for.")
        if max(len(alias), len(actor)) > MAX_ALIAS:
            raise InputError(f"A name has at most {MAX_ALIAS} characters.")
        if alias.casefold() == actor.casefold():
            raise InputError("The alias and the actor are the same name.")
        if len(await self._store.aliases(guild)) >= MAX_ALIASES:
            raise InputError(f"There are {MAX_ALIASES} aliases already; remove some first.")
        try:
            found = await self._tracker.find_actor(guild, actor)
        except NotFoundError:
            name, key = actor, self._key(actor)
        else:
            name, key = found.name, found.keys[0]
        if not key:
            raise InputError("This is not a name that an actor can bear.")
        await self._store.add_alias(guild, alias, actor=name, actor_key=key, by=by)
        return name

    async def remove_alias(self, guild: str, alias: str) -> None:
        """Drop an alias. Raises NotFoundError."""
        if not await self._store.remove_alias(guild, " ".join(alias.split())):
            raise NotFoundError("There is no such alias.")

    async def forget_article(self, guild: str, article_id: str) -> None:
        """Delete an article with all that only it told. Raises NotFoundError or InputError."""
        await self._store.forget_article(guild, article_id)
        log.info("article forgotten", guild=guild, article=article_id)

    async def forget_claim(self, guild: str, claim_id: str) -> None:
        """Delete a claim with its tellings, evidence and alerts. Raises NotFoundError or InputError."""
        await self._store.forget_claim(guild, claim_id)
        log.info("claim forgotten", guild=guild, claim=claim_id)

    async def forget_everything(self, guild: str) -> None:
        """Delete every article and claim; settings, aliases and feeds stay."""
        await self._store.forget_everything(guild)
        log.info("record forgotten", guild=guild)

    async def export(self, guild: str) -> exporting.Export:
        """The guild's whole record."""
        return await exporting.export(self._store, guild)

    async def totals(self, guild: str) -> Totals:
        """How much is stored of a guild."""
        return await self._store.totals(guild)

    async def joined(self, guild: str) -> None:
        """The bot is in a guild: its data stays."""
        await self._store.joined(guild)

    async def left(self, guild: str) -> None:
        """The bot is no longer in a guild: its data is deleted in 30 days."""
        await self._store.left(guild, self._clock())
        log.info("guild left", guild=guild)

    async def guilds(self) -> list[str]:
        """Every guild with data."""
        return await self._store.guilds()

    async def sweep(self) -> int:
        """Delete what belongs to guilds that the bot left more than 30 days ago; how many they were."""
        gone = await self._store.guilds(left_before=self._clock() - KEPT_AFTER_LEAVING)
        for guild in gone:
            await self._store.delete_guild(guild)
            log.info("guild deleted", guild=guild)
        return len(gone)

    async def aside(self, guild: str | None = None) -> list[StoredArticle]:
        """Articles that could not be read and were set aside, of one guild or of all, the latest first."""
        return await self._store.aside(guild)

    async def health(self) -> Health:
        """How everything stands, for the owner."""
        now = self._clock()
        return Health(await self._store.queue(now), await self._store.outbox(), await self._store.totals())
