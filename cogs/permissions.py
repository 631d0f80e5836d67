"""What the bot needs in the channels it uses, and what of it is missing. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import discord

TO_WATCH = {
    "view_channel": "View Channel",
    "read_message_history": "Read Message History",
    "add_reactions": "Add Reactions",
    "send_messages": "Send Messages",
    "send_messages_in_threads": "Send Messages in Threads",
    "embed_links": "Embed Links",
}
"""Of a watched channel, by Discord's own names: to see links, to find those that were missed, to acknowledge
them, to answer there and in threads, and to answer with a card."""

TO_ALERT = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""Of the alerts channel; the history shows, after a crash, whether an alert was sent already."""

INVITE = sorted({*TO_WATCH, *TO_ALERT, "attach_files"})
"""What the invite link asks for: that, and to attach files, for /export."""


def missing(channel: discord.abc.GuildChannel, needed: dict[str, str]) -> list[str]:
    """Names of the permissions that the bot lacks in a channel."""
    held = channel.permissions_for(channel.guild.me)
    return [name for flag, name in needed.items() if not getattr(held, flag)]


def may_mention(role: discord.Role, channel: discord.abc.GuildChannel | None) -> bool:
    """Whether the bot's mention of a role reaches anybody."""
    if role.mentionable:
        return True
    held = channel.permissions_for(role.guild.me) if channel else role.guild.me.guild_permissions
    return held.mention_everyone
