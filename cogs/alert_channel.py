"""The channel of a guild's alerts: whether they can be sent there, and what of ours stands in it already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

from cogs import alert_cards, texts

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from bot.client import PledgeBot
    from bot.sending import Due

NEEDED = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "embed_links": "Embed Links",
    "read_message_history": "Read Message History",
}
"""Permissions without which an alert is not tried. History: an alert must be found again after a crash."""

LOOKED_THROUGH = 300
"""Latest messages among which an alert is looked for: an alerts channel sees a few a day. Times are not
compared: our clock need not be Discord's."""


class Blocked(Exception):  # noqa: N818 - no error of ours: it says who can help
    """Alerts cannot be sent until somebody mends something in Discord."""

    def __init__(self, error: str, what: str, channel: int | None = None) -> None:
        """`error` is kept with the alert; `what` says what could not be done, in `channel`."""
        super().__init__(error)
        self.error, self.what, self.channel = error, what, channel


def alerts_channel(bot: PledgeBot, due: Due) -> discord.TextChannel | discord.Thread:
    """Where an alert is to be sent. Raises Blocked."""
    guild = bot.get_guild(int(due.alert.guild)) if due.alert.guild.isdecimal() else None
    if guild is None:
        raise Blocked("The bot is not in this server just now.", "reach this server")
    wanted = due.settings.alerts_channel
    if not wanted:
        raise Blocked("No alerts channel is chosen.", "find an alerts channel")
    channel = guild.get_channel_or_thread(int(wanted))
    if channel is None:
        raise Blocked("The alerts channel is gone.", texts.FIND_ALERTS_CHANNEL, int(wanted))
    if not isinstance(channel, discord.TextChannel | discord.Thread):
        raise Blocked("The alerts channel is no text channel.", texts.FIND_ALERTS_CHANNEL, int(wanted))
    has = channel.permissions_for(guild.me)
    missing = [name for key, name in NEEDED.items() if not getattr(has, key)]
    if missing:
        what = texts.send_alerts(missing)
        raise Blocked(f"Missing permissions: {', '.join(missing)}.", what, int(wanted))
    return channel


async def find_marker(channel: discord.TextChannel | discord.Thread, marker: str) -> discord.Message | None:
    """Our message whose footer begins with the marker, or a digest with a row for it."""
    alert_id = marker.split()[1]

    def wanted(footer: str, embed: discord.Embed) -> bool:
        return footer.startswith(marker) or alert_id in alert_cards.digest_rows(embed)

    return await _find(channel, wanted)


async def find_digest(
    channel: discord.TextChannel | discord.Thread, today: date
) -> tuple[discord.Message | None, dict[str, str]]:
    """The day's digest that has room for another row, with its rows; None where one has to be begun."""
    marker = alert_cards.digest_marker(today)

    def wanted(footer: str, embed: discord.Embed) -> bool:
        rows = alert_cards.digest_rows(embed)
        return footer.startswith(marker) and len(rows) < alert_cards.DIGEST_ROWS

    found = await _find(channel, wanted)
    return found, alert_cards.digest_rows(found.embeds[0]) if found else {}


async def _find(
    channel: discord.TextChannel | discord.Thread,
    wanted: Callable[[str, discord.Embed], bool],
) -> discord.Message | None:
    me = channel.guild.me.id
    async for message in channel.history(limit=LOOKED_THROUGH):
        if message.author.id == me and message.embeds:
            embed = message.embeds[0]
            if wanted(embed.footer.text or "", embed):
                return message
    return None
