"""Buttons and menus that survive a restart: all they know stands in their custom ids.

An id is `room:what:rest`; the cog of the room answers it, and `cogs.access` says who may press it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, Self, cast

import discord

from bot.actor_index import digest
from bot.errors import InputError
from bot.models import Status
from cogs import texts
from cogs.alert_cards import REASONS
from cogs.answers import answering
from cogs.drafting import SIGNS
from cogs.markup import plain, units

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from bot.client import PledgeBot
    from bot.models import Claim
    from bot.review_answers import AlertView, Listing, Query

ROOMS = {"claims": "Claims", "claim": "Claims", "alert": "Alerts", "review": "Reviews"}
"""Which cog answers an id."""

LABEL = 100
"""Units of a choice's label or description."""

OPTIONS = 25
"""Choices of one menu."""

TEXT_IN_ID = 50
"""Characters of a searched text that a page button carries: its id has 100."""


class Presses(Protocol):
    """A cog that answers presses."""

    async def pressed(
        self, interaction: discord.Interaction[PledgeBot], what: str, rest: str, values: Sequence[str]
    ) -> None:
        """Answer `room:what:rest`; `values`: what was chosen in a menu."""
        ...


class Pressed(
    discord.ui.DynamicItem[discord.ui.Item[discord.ui.View]],
    template=r"(?s)(?P<room>claims|claim|alert|review):(?P<what>[a-z]+):(?P<rest>.*)",
):
    """Whatever was pressed, at any time since the message was sent."""

    @classmethod
    async def from_custom_id(
        cls, interaction: discord.Interaction[Any], item: discord.ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Make it from the component that was pressed."""
        return cls(item)

    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        """Let the room's cog answer."""
        async with answering(interaction):
            room, what, rest = self.custom_id.split(":", 2)
            cog = cast("Presses | None", interaction.client.get_cog(ROOMS[room]))
            if cog is None:
                raise InputError(texts.NOTHING_TO_DO)
            values = cast("dict[str, Any]", interaction.data or {}).get("values", [])
            await cog.pressed(interaction, what, rest, values)


def alert_view(view: AlertView) -> discord.ui.View:
    """The buttons of an alert."""
    alert, claim = view.alert.id, view.match.claim.id
    made = _View()
    if view.match.evidence.decision is None:
        made.button("Confirm", f"alert:confirm:{alert}", discord.ButtonStyle.danger)
        made.button("Dismiss", f"alert:dismiss:{alert}")
    elif view.verdict is not None:
        made.button("Undo", f"review:undo:{view.verdict.id}")
    made.button("Claim", f"claim:card:{claim}")
    made.button("History", f"claim:history:{claim}")
    return made


def reasons_view(alert_id: str) -> discord.ui.View:
    """Why an alert is dismissed."""
    made = _View()
    options = [
        discord.SelectOption(label=reason.capitalize(), value=reason, description=plain(meaning, LABEL))
        for reason, meaning in REASONS.items()
    ]
    made.menu(f"alert:why:{alert_id}", "Why is it wrong?", options)
    return made


def rate_view(claim: Claim) -> discord.ui.View:
    """The six ratings."""
    made = _View()
    made.menu(f"review:rate:{claim.id}", "Rate the claim…", _ratings(claim))
    return made


def card_view(claim: Claim, *, shown: int, total: int) -> discord.ui.View:
    """The buttons of a claim's card; `shown`: evidence seen so far, of `total`."""
    made = _View()
    made.button("Review…", f"review:panel:{claim.id}", discord.ButtonStyle.primary)
    made.button("History", f"claim:history:{claim.id}")
    if shown < total:
        made.button("Older reports", f"claim:more:{claim.id}.{shown}")
    return made


def panel_view(claim: Claim) -> discord.ui.View:
    """What reviewers can do with a claim."""
    made = _View()
    made.menu(f"review:rate:{claim.id}", "Rate the claim…", _ratings(claim))
    made.button("Correct…", f"review:edit:{claim.id}", row=1)
    made.button("Not a commitment", f"review:reject:{claim.id}", discord.ButtonStyle.danger, row=1)
    made.button("Attach a report…", f"review:attach:{claim.id}", row=1)
    made.button("Merge…", f"review:merge:{claim.id}", row=2)
    if len(claim.tellings) > 1:
        made.button("Split…", f"review:split:{claim.id}", row=2)
    made.button("Undo my last decision", f"review:undo:{claim.id}", row=2)
    return made


def tellings_view(claim: Claim) -> discord.ui.View:
    """Which tellings go, when a claim is split."""
    options = [
        discord.SelectOption(
            label=plain(telling.commitment.quote, LABEL) or telling.id,
            value=telling.id,
            description=f"told {telling.made.isoformat()}" if telling.made else "undated",
        )
        for telling in claim.tellings[:OPTIONS]
    ]
    made = _View()
    made.menu(f"review:part:{claim.id}", "Which are another claim?", options, most=len(options))
    return made


def pages_view(listing: Listing) -> discord.ui.View:
    """Page buttons, and a menu that opens a claim."""
    made = _View()
    if listing.rows:
        made.menu("claims:open:", "Open a claim…", [_option(row.claim) for row in listing.rows])
    if listing.pages > 1:
        last = listing.pages - 1
        steps = (
            ("⏮ First", 0, listing.page > 0),
            ("◀ Newer", listing.page - 1, listing.page > 0),
            ("Older ▶", listing.page + 1, listing.page < last),
            ("Last ⏭", last, listing.page < last),
        )
        for number, (label, page, there) in enumerate(steps):
            custom_id = page_id(number, page if there else 0, listing.query)
            made.button(label, custom_id, row=1, disabled=not there)
    return made


def digest_view(views: Sequence[tuple[str, str]]) -> discord.ui.View:
    """A menu that opens an alert of a digest: ids and labels."""
    made = _View()
    options = [discord.SelectOption(label=plain(label, LABEL) or i, value=i) for i, label in views]
    made.menu("alert:open:", "Open an alert…", options[:OPTIONS])
    return made


def page_id(button: int, page: int, query: Query) -> str:
    """The id of a page button: the whole question, in at most 100 characters. `button` tells equals apart."""
    status = list(Status).index(query.status) if query.status else ""
    since = query.since.isoformat().replace("-", "") if query.since else ""
    actor = digest(query.actor_keys) if query.actor_keys else ""
    return f"claims:page:{button}.{page}.{status}.{since}.{actor}.{_short(query.text)}"


def read_page_id(rest: str) -> tuple[int, Status | None, date | None, str, str]:
    """Page, status, since, digest of the actor's keys, and text of a page button. Raises InputError."""
    try:
        _, page, status, since, actor, text = rest.split(".", 5)
        return (
            int(page),
            list(Status)[int(status)] if status else None,
            date.fromisoformat(f"{since[:4]}-{since[4:6]}-{since[6:]}") if since else None,
            actor,
            text,
        )
    except (ValueError, IndexError):
        raise InputError(texts.NOTHING_TO_DO) from None


def _short(text: str) -> str:
    """As much of a searched text as a button's id has room for."""
    text = text[:TEXT_IN_ID]
    while units(text) > TEXT_IN_ID:
        text = text[:-1]
    return text


class _View(discord.ui.View):
    """Without time-out: its items are answered by `Pressed`, not by this object."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    def button(
        self,
        label: str,
        custom_id: str,
        style: discord.ButtonStyle = discord.ButtonStyle.secondary,
        *,
        row: int | None = None,
        disabled: bool = False,
    ) -> None:
        """Add a button."""
        made: discord.ui.Button[Any] = discord.ui.Button(
            label=label, custom_id=custom_id, style=style, row=row, disabled=disabled
        )
        self.add_item(Pressed(made))

    def menu(
        self, custom_id: str, placeholder: str, options: list[discord.SelectOption], *, most: int = 1
    ) -> None:
        """Add a menu in a row of its own."""
        made: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=custom_id, placeholder=placeholder, options=options, max_values=most, row=0
        )
        self.add_item(Pressed(made))


def _ratings(claim: Claim) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(
            label=status.value.capitalize(),
            value=status.value,
            emoji=SIGNS[status],
            default=status is claim.status,
        )
        for status in Status
    ]


def _option(claim: Claim) -> discord.SelectOption:
    label = plain(f"#{claim.id} {claim.actor}", LABEL)
    return discord.SelectOption(
        label=label,
        value=claim.id,
        description=plain(f"{claim.polarity.value}: {claim.content}", LABEL),
        emoji=SIGNS[claim.status],
    )
