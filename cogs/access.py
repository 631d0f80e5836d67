"""Who may use what, as one table. The bot checks it on every interaction: Discord's menus are advice."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

import discord

from bot.errors import AccessError
from cogs import texts

if TYPE_CHECKING:
    from bot.client import PledgeBot
    from bot.records import GuildSettings


class Right(IntEnum):
    """What somebody has to be. Managers are reviewers, too; the owner of the bot is neither by that."""

    EVERYONE = 0
    REVIEWER = 1
    MANAGER = 2
    OWNER = 3


COMMANDS: dict[str, Right] = {
    # Slash commands by qualified name, context menus by name.
    "help": Right.EVERYONE,
    "privacy": Right.EVERYONE,
    "track link": Right.EVERYONE,
    "track file": Right.EVERYONE,
    "Track claims": Right.EVERYONE,
    "claims": Right.EVERYONE,
    "claim": Right.EVERYONE,
    "search": Right.EVERYONE,
    "history": Right.EVERYONE,
    "stats": Right.EVERYONE,
    "review rate": Right.REVIEWER,
    "review correct": Right.REVIEWER,
    "review reject": Right.REVIEWER,
    "review merge": Right.REVIEWER,
    "review split": Right.REVIEWER,
    "review attach": Right.REVIEWER,
    "review add": Right.REVIEWER,
    "review undo": Right.REVIEWER,
    "Attach to a claim": Right.REVIEWER,
    "setup": Right.MANAGER,
    "catchup": Right.MANAGER,
    "alias add": Right.MANAGER,
    "alias remove": Right.MANAGER,
    "alias list": Right.EVERYONE,
    "follow add": Right.MANAGER,
    "follow remove": Right.MANAGER,
    "follow list": Right.EVERYONE,
    "forget article": Right.MANAGER,
    "forget claim": Right.MANAGER,
    "forget everything": Right.MANAGER,
    "export": Right.MANAGER,
    "health": Right.OWNER,
}
"""A command that is not here may be used by nobody; a test goes over all of them."""

COMPONENTS: dict[str, Right] = {
    # Buttons, selects and modals, by their custom_id up to the first ":"; more exact entries go first.
    "setup": Right.MANAGER,
    "forget": Right.MANAGER,
    "claims": Right.EVERYONE,
    "claim": Right.EVERYONE,
    "alert:open": Right.EVERYONE,
    "alert": Right.REVIEWER,
    "review": Right.REVIEWER,
}
"""A component that is not here may be used by nobody."""

REFUSALS = {
    Right.REVIEWER: texts.FOR_REVIEWERS,
    Right.MANAGER: texts.FOR_MANAGERS,
    Right.OWNER: texts.FOR_OWNER,
}


def needed(interaction: discord.Interaction[PledgeBot]) -> Right | None:
    """What the table asks for; None where it does not know the command or component."""
    custom_id = interaction.data.get("custom_id") if interaction.data else None
    if isinstance(custom_id, str):
        return component(custom_id)
    command = interaction.command
    return None if command is None else COMMANDS.get(command.qualified_name)


def component(custom_id: str) -> Right | None:
    """What the table asks for of a component: by its whole id, or by ever less of it, cut at colons."""
    parts = custom_id.split(":")
    for end in range(len(parts), 0, -1):
        if (right := COMPONENTS.get(":".join(parts[:end]))) is not None:
            return right
    return None


def holds(right: Right, permissions: discord.Permissions, roles: set[str], settings: GuildSettings) -> bool:
    """Whether somebody with these permissions and roles (ids) has a right of a guild."""
    manager = permissions.manage_guild or permissions.administrator
    if right is Right.EVERYONE:
        return True
    if right is Right.REVIEWER:
        return manager or permissions.manage_messages or settings.reviewer_role in roles
    return right is Right.MANAGER and manager


async def require(interaction: discord.Interaction[PledgeBot]) -> None:
    """Raise AccessError unless the table lets this person do this. May raise StorageError."""
    right = needed(interaction)
    if right is None:
        raise AccessError(texts.NOTHING_TO_DO)
    if right is Right.OWNER:
        if not await interaction.client.is_owner(interaction.user):
            raise AccessError(texts.FOR_OWNER)
        return
    if interaction.guild_id is None:
        raise AccessError(texts.ONLY_IN_SERVERS)
    if right is Right.EVERYONE:
        return
    settings = await interaction.client.settings_of(interaction.guild_id)
    if not holds(right, interaction.permissions, roles_of(interaction.user), settings):
        raise AccessError(REFUSALS[right])


def roles_of(user: discord.User | discord.Member) -> set[str]:
    """Ids of somebody's roles."""
    return {str(role.id) for role in user.roles} if isinstance(user, discord.Member) else set()
