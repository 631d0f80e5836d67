"""Everything that people read and that is not drawn from the record, in one place. Discord's markup is used.

Sentences are short, polite, and say what to do next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord

if TYPE_CHECKING:
    from collections.abc import Sequence

# --- Reactions

READING = "⏳"
DONE = "✅"
PROBLEM = "⚠️"

# --- Who may do what

ONLY_IN_SERVERS = "This works in servers only: every server has a record of its own."
FOR_REVIEWERS = (
    "Only reviewers can do this: members with the reviewer role, or with the permission Manage Messages."
)
FOR_MANAGERS = "Only members with the permission Manage Server can do this."
FOR_OWNER = "Only the person who runs this bot can do this."

# --- When something goes wrong

TOO_LATE = "This took too long, so Discord no longer takes the answer. Please try again."
NOTHING_TO_DO = "There is nothing left to do here."


def failed(reference: str) -> str:
    """An error that was not foreseen."""
    return f"Something went wrong on my side. Please try again; if it stays, tell my owner `{reference}`."


# --- Reading

NOTHING_FOUND = "I found no commitments in it."
NOT_READ = "I could not read this."
STILL_READING = "It is in the queue and will be answered here when it has been read."


def waiting(minutes: int) -> str:
    """The queue is long."""
    unit = "minute" if minutes == 1 else "minutes"
    return f"There is a lot to read just now: about {minutes} {unit}."


def problem(label: str, error: str) -> str:
    """Why one link or file could not be read. Both are safe to show already."""
    return f"{PROBLEM} {label}: {error}"


def caught_up(messages: int, links: int, refused: int, *, more: bool) -> str:
    """What /catchup queued."""
    text = f"I went through {messages:,} messages and queued {links:,} new articles."
    if refused:
        text += f" {refused:,} links cannot be read."
    if more:
        text += " There were more messages than I read at once: run it again with a later day."
    return text


# --- Trouble that a manager can mend


def missing_in(channel: str, permissions: Sequence[str]) -> str:
    """Permissions that the bot lacks in a channel."""
    return (
        f"In {channel} I lack the permission{'' if len(permissions) == 1 else 's'} {', '.join(permissions)}."
    )


def trouble(channel_id: str, what: str) -> str:
    """Told once, to those who can mend it."""
    return (
        f"{PROBLEM} In <#{channel_id}> I could not {what}. Please look at my permissions there, or choose "
        "other channels with `/setup`. I will not try again for an hour."
    )


NO_CONTENT_INTENT = (
    "The message-content intent is switched off, so I cannot see links in messages. Switch it on for the "
    "application under “Bot” in Discord's developer portal. Until then, mention me beside a link, use "
    "`/track`, or use “Apps → Track claims” on a message."
)

# --- Help and privacy

HELP = """\
**I keep people to their word.** Post a link to a news article in a watched channel: I read it, note who \
committed to what, and raise an alert when a later report contradicts it. People decide what is true of it.

**Everybody**
`/claims` what an actor has committed to · `/claim` one claim in full · `/search` by words
`/track link` and `/track file` read something anywhere · **Apps → Track claims** on a message does the same
A link in a code block or in `<…>` is not read.

**Reviewers** settle alerts with their buttons and correct claims on their cards.

**Managers** `/setup` channels, roles and alerts · `/alias` names of one actor · `/follow` feeds · \
`/catchup` what was posted before · `/forget` and `/export` the record

{reading} reading · {done} read · {problem} could not be read
`/privacy` says what is stored, why, and for how long."""


def help_text() -> str:
    """What /help says."""
    return HELP.format(reading=READING, done=DONE, problem=PROBLEM)


PRIVACY = """\
**What I store of this server**
• Articles that were posted: address, title, text, date; who posted them, where and when (ids, no names).
• What was found in them: commitments, reports, alerts; and what reviewers decided (their ids).
• Settings, aliases, feeds, watched channels, and the id of the last message seen in each.

**What I do not store**: messages. Of a message I keep only the articles that it links to or brings along, \
or the text itself where somebody asked for that with “Track claims”.

**Why**: to hold later reports against earlier commitments. Nothing is shown to other servers, given to \
anybody else, or used to train anything. Articles are read on the machine that runs this bot.

**How long**: until a manager deletes it with `/forget`. A deleted message is forgotten as a source at \
once. When I am removed, everything is deleted after 30 days; backups are kept as long as my owner keeps \
them. A manager can have it all with `/export`."""

# --- Alerts and reviews

WHY_DISMISS = "Why is this alert wrong?"
FIND_ALERTS_CHANNEL = "find the alerts channel"


def send_alerts(missing: Sequence[str]) -> str:
    """What could not be done for lack of permissions."""
    return f"send alerts (I lack {', '.join(missing)})"


def confirmed(claim_id: str, status: str, *, broken: bool) -> str:
    """An alert was confirmed."""
    rated = f"Claim {claim_id} is rated **{status}**."
    return f"Confirmed. {rated} " + ("Does another rating fit better?" if broken else "Does that still fit?")


def dismissed(reason: str) -> str:
    """An alert was dismissed."""
    return (
        f"Dismissed ({discord.utils.escape_markdown(reason)}). Nothing like it is raised on this claim again."
    )


def rated(claim_id: str, status: str) -> str:
    """A claim was rated."""
    return f"Claim {claim_id} is rated **{status}** now."


def done(claim_id: str, what: str, verdict: str) -> str:
    """A correction was made."""
    return f"Claim {claim_id}: {what}. Take it back with `/review undo decision:{verdict}`."


REJECTED = "taken off the record as no commitment"
CORRECTED = "corrected; what was read is kept in its history"
ATTACHED = "the report is attached"
ADDED = "added"
WHICH_PARTS = "Choose the tellings that are a claim of their own."


def merged(claim_id: str) -> str:
    """Another claim became part of it."""
    return f"claim {discord.utils.escape_markdown(claim_id)} is part of it now"


def split(claim_id: str) -> str:
    """It was part of another claim."""
    return f"split off from claim {discord.utils.escape_markdown(claim_id)}"


def panel(claim_id: str) -> str:
    """Above what reviewers can do with a claim."""
    return f"What is to be done with claim {claim_id}?"


def undone(claim_id: str) -> str:
    """A decision was taken back."""
    return f"The decision on claim {claim_id} was taken back."


# --- Setup

SETUP_TITLE = "Setup"
SETUP_HEAD = "Everything you choose is kept at once."
ALL_WELL = "✅ I have every permission that I need."
NOTHING_WATCHED = "nothing yet: choose the channels whose links I read"
NO_ALERTS_CHANNEL = "nowhere yet: choose a channel, or alerts wait"
NO_REVIEWER_ROLE = "members with Manage Messages"
NO_MENTION = "nobody"

REPLY_STYLES = {
    "always": ("To every link", "Say what was found, or that nothing was"),
    "findings": ("When something was found", "Otherwise a reaction is enough"),
    "never": ("Never", "Reactions only"),
}
THRESHOLD_STYLES = {
    "strict": ("Strict", "Only what scores highest: fewer alerts, more is missed"),
    "balanced": ("Balanced", "Where a new server starts"),
    "wide": ("Wide", "Lower scores, too: more alerts, less sure ones"),
}


def cannot_mention(role: str) -> str:
    """The role to mention cannot be mentioned by the bot. `role` is its mention."""
    return f"{role} can only be mentioned if it is made mentionable, or if I may mention everyone."


def alerts_a_day(number: int) -> str:
    """An entry of the menu of the daily budget."""
    return "None: all in one digest a day" if number == 0 else f"{number} a day, then one digest"


# --- Aliases and feeds

NO_ALIASES = "No aliases yet. `/alias add` lets another name stand for an actor."
NO_FEEDS = "No feeds are followed. `/follow add` reads a feed's new articles."
ALIAS_REMOVED = "It is no longer an alias."


def alias_added(alias: str, actor: str) -> str:
    """Both are safe to show already."""
    return f"**{alias}** now means **{actor}**, in articles that are read from now on and in commands."


def feed_added(title: str) -> str:
    """`title` is safe to show already."""
    return f"I follow **{title}**: its new articles are read from now on, some every half hour."


def feed_paused(title: str, why: str) -> str:
    """Both are safe to show already."""
    return f"{PROBLEM} I no longer look at the feed **{title}**. {why} `/follow add` takes it up again."


def feed_removed(title: str) -> str:
    """`title` is safe to show already."""
    return f"I no longer follow **{title}**. What was read of it stays."


# --- Forgetting and export

FORGET_YES, FORGET_NO = "Delete for good", "Keep it"
FORGOTTEN = "It is deleted, and cannot be brought back."
KEPT = "Nothing was deleted."
EXPORTED = "This is everything that I store of this server, and its claims as a table. Keep it to yourselves."
EXPORT_TOO_LARGE = (
    "The record is too large to be sent here. Ask the person who runs me for `pledgewatch backup`."
)


def sure(what: str) -> str:
    """Asked before something is deleted. `what` is safe to show already."""
    return f"Delete {what}, with everything that only it tells? This cannot be undone."
