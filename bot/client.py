"""The bot on Discord: one client, one command tree, one way to answer errors, and the loops of work."""

from __future__ import annotations

import asyncio
import hashlib
import json
from importlib import import_module
from typing import TYPE_CHECKING, Any

import discord
import structlog
from discord import app_commands
from discord.ext import commands, tasks

from bot.drain import Drain
from bot.errors import PledgewatchError, SettingsError
from cogs import answers, texts
from cogs.links import Links
from cogs.troubles import Troubles

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from bot.desk import Desk
    from bot.records import GuildSettings

log = structlog.get_logger(__name__)

COGS = (
    "cogs.links",
    "cogs.tracking",
    "cogs.catchup",
    "cogs.settings",
    "cogs.names",
    "cogs.feeds",
    "cogs.data",
    "cogs.guide",
    "cogs.guilds",
    "cogs.claims",
    "cogs.alerts",
    "cogs.reviews",
)

CLOSING_SECONDS = 8.0
"""What work in hand gets to finish when the bot is stopped: two seconds less than service managers allow."""


def intents(*, message_content: bool) -> discord.Intents:
    """What the bot asks of Discord: servers, messages, and their content where that is granted."""
    wanted = discord.Intents(guilds=True, guild_messages=True)
    wanted.message_content = message_content
    return wanted


class PledgeTree(app_commands.CommandTree["PledgeBot"]):
    """Commands, with the check of who may use them and the answer to their errors."""

    async def interaction_check(self, interaction: discord.Interaction[PledgeBot]) -> bool:
        """Whether the access table lets this person go on."""
        return await answers.checked(interaction)

    async def on_error(
        self, interaction: discord.Interaction[PledgeBot], error: app_commands.AppCommandError
    ) -> None:
        """Say what went wrong."""
        await answers.refuse(interaction, error)


class PledgeBot(commands.AutoShardedBot):
    """The client. Cogs reach the use cases through `desk`, and ask for work to be done with `wake`."""

    tree: PledgeTree

    def __init__(
        self,
        desk: Desk,
        *,
        synced: Path | None = None,
        message_content: bool = True,
        shard_count: int | None = None,
    ) -> None:
        """`synced`: file that remembers which commands Discord knows; None: they are sent at every start.

        `message_content`: whether to ask for the content of messages.
        """
        # There is no voice here, so nothing is missing for it.
        discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            intents=intents(message_content=message_content),
            allowed_mentions=discord.AllowedMentions.none(),
            tree_cls=PledgeTree,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            shard_count=shard_count,
        )
        self.desk = desk
        self.troubles = Troubles(self)
        self._synced = synced
        self._drains: dict[str, Drain] = {}
        self._loops: list[tasks.Loop[Any]] = []

    async def settings_of(self, guild_id: int) -> GuildSettings:
        """What a guild has set."""
        return await self.desk.managing.settings(str(guild_id))

    async def setup_hook(self) -> None:
        """Load the cogs, and tell Discord of the commands if they changed."""
        for name in COGS:
            # Not as extensions: those are executed again, and then every class in them is there twice.
            await import_module(name).setup(self)
        if not self.intents.message_content:
            log.warning("message-content intent missing", what_to_do=texts.NO_CONTENT_INTENT)
        await self._sync()

    async def on_message(self, message: discord.Message) -> None:
        """There are no text commands: the cogs listen to messages themselves."""

    async def reload_watched(self) -> None:
        """Look again at which channels are watched, after somebody changed that."""
        links = self.get_cog("Links")
        if isinstance(links, Links):
            await links.reload()

    def drain(self, name: str, step: Callable[[], Awaitable[bool]], *, every: float, width: int = 1) -> Drain:
        """Have `step` called until it says that no work is left: when woken, and every so many seconds."""
        made = self._drains[name] = Drain(name, step, width=width)

        async def wake() -> None:
            made.wake()

        self.every(name, every, wake)
        return made

    def wake(self, name: str) -> None:
        """There may be work for a drain; nothing where there is no such drain."""
        if name in self._drains:
            self._drains[name].wake()

    def every(self, name: str, seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        """Do something at once when the bot is ready, and then again and again. It survives failures."""

        async def round_() -> None:
            try:
                await work()
            except (PledgewatchError, discord.DiscordException, OSError) as error:
                log.error("round failed", work=name, error=str(error))
            except Exception:
                log.exception("round failed", work=name)

        loop: tasks.Loop[Any] = tasks.loop(seconds=seconds, name=name)(round_)
        loop.before_loop(self.wait_until_ready)
        self._loops.append(loop)
        loop.start()

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """A listener failed: into the log, and on."""
        log.exception("event failed", listener=event_method)

    async def close(self) -> None:
        """Take no more work, finish or give back what is in hand, then leave Discord."""
        loops, self._loops = self._loops, []
        for loop in loops:
            loop.cancel()
        drains = list(self._drains.values())
        await asyncio.gather(*(drain.close(CLOSING_SECONDS) for drain in drains))
        await super().close()

    async def _sync(self) -> None:
        digest = self._digest()
        try:
            if self._synced and self._synced.exists() and self._synced.read_text("utf-8").strip() == digest:
                return
            await self.tree.sync()
            if self._synced:
                self._synced.write_text(f"{digest}\n", "utf-8")
        except (discord.HTTPException, OSError, UnicodeDecodeError) as error:
            # The bot works without: Discord still shows the commands that it knows.
            log.error("commands could not be brought up to date", error=str(error))

    def _digest(self) -> str:
        """What the commands look like to Discord, and to which application they belong."""
        payload = [command.to_dict(self.tree) for command in self.tree.get_commands()]
        payload.sort(key=lambda command: (command["type"], command["name"]))
        known = json.dumps([self.application_id, payload], sort_keys=True, default=str)
        return hashlib.sha256(known.encode()).hexdigest()


async def serve(make: Callable[[bool], PledgeBot], token: str) -> None:
    """Run until stopped. `make` builds a client, with or without the message-content intent.

    Raises SettingsError where Discord does not take the token.
    """
    try:
        await _run(make(True), token)
    except discord.PrivilegedIntentsRequired:
        await _run(make(False), token)


async def _run(client: PledgeBot, token: str) -> None:
    try:
        async with client:
            await client.start(token)
    except discord.LoginFailure:
        raise SettingsError("Discord does not take DISCORD_TOKEN: copy it again from the portal.") from None
