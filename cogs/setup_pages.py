"""The pages of the setup panel. They know what is chosen; what it means is the cog's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.records import GuildSettings
from cogs import texts
from cogs.answers import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cogs.settings import Settings

OPEN_SECONDS = 900.0
"""How long a panel is remembered as opened; after that the one that the cog registered answers for it."""

BUDGETS = (0, 5, 10, 20, 50, 100)
"""Daily alerts to choose from."""

WATCHABLE = [discord.ChannelType.text, discord.ChannelType.news, discord.ChannelType.forum]

Interaction = discord.Interaction[Any]


class _Page(View):
    """A page, with the buttons that lead to the others."""

    def __init__(
        self, cog: Settings, settings: GuildSettings | None = None, watched: Sequence[int] = ()
    ) -> None:
        """Without settings: the page that stands in for those opened before a restart."""
        super().__init__(timeout=None if settings is None else OPEN_SECONDS)
        self.cog = cog
        self.show(settings or GuildSettings(), watched)
        for name, page in (("Channels", ChannelsPage), ("People", PeoplePage), ("Alerts", AlertsPage)):
            self.add_item(_Tab(cog, name, page, here=type(self) is page))

    def show(self, settings: GuildSettings, watched: Sequence[int]) -> None:
        """Let the menus show what is chosen."""


class _Tab(discord.ui.Button[Any]):
    """A button that leads to a page."""

    def __init__(self, cog: Settings, name: str, page: type[Any], *, here: bool) -> None:
        style = discord.ButtonStyle.primary if here else discord.ButtonStyle.secondary
        super().__init__(label=name, style=style, custom_id=f"setup:page:{name.lower()}", row=4)
        self._cog, self._page = cog, page

    async def callback(self, interaction: Interaction) -> None:
        """Show the page."""
        await self._cog.show(interaction, self._page)


class ChannelsPage(_Page):
    """Where to read, and where to alert."""

    def show(self, settings: GuildSettings, watched: Sequence[int]) -> None:
        """Let the menus show what is chosen."""
        self.watched.default_values = [_channel(number) for number in list(watched)[:25]]
        if settings.alerts_channel:
            self.alerts.default_values = [_channel(int(settings.alerts_channel))]

    @discord.ui.select(
        cls=discord.ui.ChannelSelect,
        channel_types=WATCHABLE,
        placeholder="Channels whose links are read",
        custom_id="setup:watched",
        min_values=0,
        max_values=25,
        row=0,
    )
    async def watched(self, interaction: Interaction, select: discord.ui.ChannelSelect[Any]) -> None:
        """Watched channels were chosen."""
        await self.cog.watch(interaction, [channel.id for channel in select.values])

    @discord.ui.select(
        cls=discord.ui.ChannelSelect,
        channel_types=[discord.ChannelType.text],
        placeholder="Channel that alerts are posted in",
        custom_id="setup:alerts",
        min_values=0,
        max_values=1,
        row=1,
    )
    async def alerts(self, interaction: Interaction, select: discord.ui.ChannelSelect[Any]) -> None:
        """The alerts channel was chosen."""
        chosen = str(select.values[0].id) if select.values else None
        await self.cog.change(interaction, ChannelsPage, alerts_channel=chosen)


class PeoplePage(_Page):
    """Who reviews, and who is called."""

    def show(self, settings: GuildSettings, watched: Sequence[int]) -> None:
        """Let the menus show what is chosen."""
        if settings.reviewer_role:
            self.reviewer.default_values = [_role(settings.reviewer_role)]
        if settings.mention_role:
            self.mention.default_values = [_role(settings.mention_role)]

    @discord.ui.select(
        cls=discord.ui.RoleSelect,
        placeholder="Role whose members review alerts",
        custom_id="setup:reviewer",
        min_values=0,
        max_values=1,
        row=0,
    )
    async def reviewer(self, interaction: Interaction, select: discord.ui.RoleSelect[Any]) -> None:
        """The reviewers' role was chosen."""
        chosen = str(select.values[0].id) if select.values else None
        await self.cog.change(interaction, PeoplePage, reviewer_role=chosen)

    @discord.ui.select(
        cls=discord.ui.RoleSelect,
        placeholder="Role that alerts mention",
        custom_id="setup:mention",
        min_values=0,
        max_values=1,
        row=1,
    )
    async def mention(self, interaction: Interaction, select: discord.ui.RoleSelect[Any]) -> None:
        """The role to mention was chosen."""
        chosen = str(select.values[0].id) if select.values else None
        await self.cog.change(interaction, PeoplePage, mention_role=chosen)


class AlertsPage(_Page):
    """How much the bot says."""

    def show(self, settings: GuildSettings, watched: Sequence[int]) -> None:
        """Let the menus show what is chosen."""
        self.replies.options = _options(texts.REPLY_STYLES, settings.replies)
        self.threshold.options = _options(texts.THRESHOLD_STYLES, settings.threshold)
        numbers = sorted({*BUDGETS, settings.daily_alerts})
        self.budget.options = [
            discord.SelectOption(
                label=texts.alerts_a_day(number), value=str(number), default=number == settings.daily_alerts
            )
            for number in numbers
        ]

    @discord.ui.select(
        cls=discord.ui.Select[Any], placeholder="When to reply to a link", custom_id="setup:replies", row=0
    )
    async def replies(self, interaction: Interaction, select: discord.ui.Select[Any]) -> None:
        """A reply style was chosen."""
        await self.cog.change(interaction, AlertsPage, replies=select.values[0])

    @discord.ui.select(
        cls=discord.ui.Select[Any],
        placeholder="How sure an alert must be",
        custom_id="setup:threshold",
        row=1,
    )
    async def threshold(self, interaction: Interaction, select: discord.ui.Select[Any]) -> None:
        """A threshold was chosen."""
        await self.cog.change(interaction, AlertsPage, threshold=select.values[0])

    @discord.ui.select(
        cls=discord.ui.Select[Any], placeholder="Alerts a day", custom_id="setup:budget", row=2
    )
    async def budget(self, interaction: Interaction, select: discord.ui.Select[Any]) -> None:
        """A daily budget was chosen."""
        await self.cog.change(interaction, AlertsPage, daily_alerts=int(select.values[0]))


PAGES = (ChannelsPage, PeoplePage, AlertsPage)


def _options(styles: dict[str, tuple[str, str]], chosen: str) -> list[discord.SelectOption]:
    return [
        discord.SelectOption(label=label, value=value, description=what, default=value == chosen)
        for value, (label, what) in styles.items()
    ]


def _channel(number: int) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.channel)


def _role(number: str) -> discord.SelectDefaultValue:
    return discord.SelectDefaultValue(id=int(number), type=discord.SelectDefaultValueType.role)
