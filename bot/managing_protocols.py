"""What the use cases of a guild's managers need of the store, as a Protocol."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from bot.tracker_protocols import Pages

if TYPE_CHECKING:
    from datetime import datetime

    from bot.records import ActorEntry, Channel, GuildSettings, OutboxStats, QueueStats, StoredArticle, Totals


class Record(Pages, Protocol):
    """What of the store is needed here."""

    async def settings(self, guild: str) -> GuildSettings:
        """What was set."""
        ...

    async def set_settings(self, guild: str, settings: GuildSettings) -> None:
        """Keep what was set."""
        ...

    async def channels(self, guild: str | None = None, *, watched: bool | None = None) -> list[Channel]:
        """The channels known."""
        ...

    async def watch(self, guild: str, channel_id: str, watched: bool) -> None:
        """Watch a channel, or no longer."""
        ...

    async def saw(self, guild: str, channel_id: str, message_id: str) -> None:
        """Where watching begins."""
        ...

    async def aliases(self, guild: str) -> dict[str, str]:
        """Alias to actor key."""
        ...

    async def add_alias(self, guild: str, alias: str, *, actor: str, actor_key: str, by: str) -> None:
        """Let an alias name an actor."""
        ...

    async def remove_alias(self, guild: str, alias: str) -> bool:
        """Drop an alias."""
        ...

    async def actors(self, guild: str) -> list[ActorEntry]:
        """The actors with claims."""
        ...

    async def forget_article(self, guild: str, article_id: str) -> None:
        """Delete an article."""
        ...

    async def forget_claim(self, guild: str, claim_id: str) -> None:
        """Delete a claim."""
        ...

    async def forget_everything(self, guild: str) -> None:
        """Delete every article and claim."""
        ...

    async def delete_guild(self, guild: str) -> bool:
        """Delete all that is stored of a guild."""
        ...

    async def export(self, guild: str) -> dict[str, list[dict[str, Any]]]:
        """Every row of the guild."""
        ...

    async def totals(self, guild: str | None = None) -> Totals:
        """How much is stored."""
        ...

    async def joined(self, guild: str) -> None:
        """The bot is in the guild."""
        ...

    async def left(self, guild: str, now: datetime) -> None:
        """The bot left the guild."""
        ...

    async def guilds(self, *, left_before: datetime | None = None) -> list[str]:
        """Guilds with data."""
        ...

    async def aside(self, guild: str | None = None) -> list[StoredArticle]:
        """Articles that were set aside."""
        ...

    async def queue(self, now: datetime) -> QueueStats:
        """How the queue stands."""
        ...

    async def outbox(self) -> OutboxStats:
        """How the outbox stands."""
        ...
