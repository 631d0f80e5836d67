"""What the invite link asks for is what the bot needs."""

from __future__ import annotations

import re
from pathlib import Path

import discord

from cogs.permissions import INVITE, TO_ALERT, TO_WATCH

ROOT = Path(__file__).parents[2]


def test_the_invite_link_asks_for_what_is_needed_and_nothing_more() -> None:
    """The integer of the documented link is that of the permissions that the bot checks, and harmless."""
    asked = discord.Permissions(**dict.fromkeys(INVITE, True))
    documented = re.findall(r"permissions=(\d+)", (ROOT / "docs" / "hosting.md").read_text("utf-8"))
    assert documented == [str(asked.value)]
    needed = {*TO_WATCH, *TO_ALERT, "attach_files"}
    assert asked == discord.Permissions(**dict.fromkeys(needed, True))
    assert not asked.administrator
    assert not asked.mention_everyone
