"""The window in which a reviewer says in a few words why an alert is dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from cogs.answers import Modal

if TYPE_CHECKING:
    from cogs.alerts import Alerts

MAX_REASON = 200


class ReasonModal(Modal, title="Dismiss the alert"):
    """Asks what is wrong with it."""

    reason: discord.ui.TextInput[Any] = discord.ui.TextInput(
        label="What is wrong with it?", max_length=MAX_REASON, required=True
    )

    def __init__(self, alerts: Alerts, alert_id: str) -> None:
        super().__init__(timeout=900, custom_id=f"alert:other:{alert_id}")
        self._alerts, self._alert_id = alerts, alert_id

    async def on_submit(self, interaction: discord.Interaction[Any]) -> None:
        """Dismiss it."""
        await interaction.response.defer()
        await self._alerts.dismissed(interaction, self._alert_id, f"other: {self.reason.value}")
