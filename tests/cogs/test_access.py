"""Who may use what: the table, and that the bot itself holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord import app_commands

from bot.records import GuildSettings
from cogs import texts
from cogs.access import COMMANDS, REFUSALS, Right, component, holds

if TYPE_CHECKING:
    from simcord.actors import MemberActor
    from simcord.results import InteractionResult

    from tests.cogs.world import World


def leaves(world: World) -> dict[str, app_commands.Command[Any, ..., Any] | app_commands.ContextMenu]:
    """Everything in the tree that can be called, by the name under which the table knows it."""
    found: dict[str, app_commands.Command[Any, ..., Any] | app_commands.ContextMenu] = {}
    for kind in discord.AppCommandType:
        for command in world.bot.tree.walk_commands(type=kind):
            if not isinstance(command, app_commands.Group):
                found[command.qualified_name] = command
    return found


async def test_every_command_stands_in_the_table_and_nothing_else(world: World) -> None:
    """A command that nobody thought about can be used by nobody; a row without a command is a mistake."""
    assert set(leaves(world)) == set(COMMANDS)


async def test_commands_of_managers_are_hidden_from_others(world: World) -> None:
    """What only managers may do is not even offered to others, as far as Discord's menu goes."""
    for name, command in leaves(world).items():
        root = command if isinstance(command, app_commands.ContextMenu) else command.root_parent or command
        shown_to = root.default_permissions
        if isinstance(root, app_commands.Group) and any(
            COMMANDS[c.qualified_name] < Right.MANAGER
            for c in root.walk_commands()
            if not isinstance(c, app_commands.Group)
        ):
            continue
        if COMMANDS[name] >= Right.MANAGER:
            assert shown_to is not None, name
            assert shown_to.manage_guild, name


MANAGER, MODERATOR = discord.Permissions(manage_guild=True), discord.Permissions(manage_messages=True)
ADMIN, NOBODY = discord.Permissions(administrator=True), discord.Permissions.none()


@pytest.mark.parametrize(
    ("permissions", "roles", "rights"),
    [
        (NOBODY, set(), {Right.EVERYONE}),
        (NOBODY, {"7"}, {Right.EVERYONE, Right.REVIEWER}),
        (MODERATOR, set(), {Right.EVERYONE, Right.REVIEWER}),
        (MANAGER, set(), {Right.EVERYONE, Right.REVIEWER, Right.MANAGER}),
        (ADMIN, set(), {Right.EVERYONE, Right.REVIEWER, Right.MANAGER}),
    ],
)
def test_rights_follow_permissions_and_the_reviewer_role(
    permissions: discord.Permissions, roles: set[str], rights: set[Right]
) -> None:
    """The reviewer role and Manage Messages make a reviewer, Manage Server a manager; nothing an owner."""
    settings = GuildSettings(reviewer_role="7")
    assert {right for right in Right if holds(right, permissions, roles, settings)} == rights
    assert not holds(Right.REVIEWER, NOBODY, {"7"}, GuildSettings())


def test_components_are_found_by_their_prefix() -> None:
    """The more exact entry counts; what is not there may be used by nobody."""
    assert component("setup:page:people") is Right.MANAGER
    assert component("unheard:of") is None


def arguments(world: World, command: app_commands.Command[Any, ..., Any]) -> dict[str, Any]:
    """Something for every option that a command asks for."""
    kinds: dict[discord.AppCommandOptionType, Any] = {
        discord.AppCommandOptionType.string: "1",
        discord.AppCommandOptionType.integer: 1,
        discord.AppCommandOptionType.channel: world.home.news,
        discord.AppCommandOptionType.role: world.home.guild.default_role,
        discord.AppCommandOptionType.boolean: True,
    }
    return {
        p.name: p.choices[0].value if p.choices else kinds[p.type] for p in command.parameters if p.required
    }


async def call(world: World, member: MemberActor, name: str) -> InteractionResult:
    """Use a command, whatever it is."""
    home, command = world.home, leaves(world)[name]
    if isinstance(command, app_commands.ContextMenu):
        message = await home.reviewer.send(home.talk, "Nothing to see here.")
        return await member.context_menu(home.talk, name, message)
    return await member.slash(home.talk, name, **arguments(world, command))


async def allow_all(world: World, member: MemberActor) -> None:
    """Let a member see every command, as an administrator can in the server's settings."""
    for command in await world.bot.tree.fetch_commands():
        world.home.guild.set_command_permissions(command, {member: True})


@pytest.mark.parametrize("name", sorted(n for n, right in COMMANDS.items() if right > Right.EVERYONE))
async def test_the_bot_itself_refuses_members(world: World, name: str) -> None:
    """A member whom the server's settings let through is refused all the same, politely and in private."""
    home = world.home
    await allow_all(world, home.member)
    result = await call(world, home.member, name)
    assert result.ephemeral
    assert result.response is not None
    assert result.response.content == REFUSALS[COMMANDS[name]]


async def test_the_setup_panel_refuses_who_is_no_manager_any_more(world: World) -> None:
    """Rights are looked at when a button is pressed, not when it was shown."""
    home = world.home
    panel = await home.manager.slash(home.talk, "setup")
    assert panel.response is not None
    for role in list(home.guild.roles.values()):
        if role.name == "Bosses":
            world.env.backend.edit_role(home.guild.id, role.id, {"permissions": 0})
    await world.env.settle()
    pressed = await home.manager.click(panel.response, label="People")
    assert pressed.response is not None
    assert pressed.response.content == texts.FOR_MANAGERS
