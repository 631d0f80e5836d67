"""The outbox's way into Discord, and the buttons of the alerts.

An alert is marked before it is sent. After a crash, or when an answer was lost, its own marker is looked for
in the channel before it is sent again; Discord refuses its nonce for some minutes besides.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import aiohttp
import discord
import structlog
from discord.ext import commands

from bot.errors import InputError, NotFoundError, PledgewatchError
from bot.models import Status
from bot.sending import nonce
from cogs import alert_cards, texts, views
from cogs.alert_channel import Blocked, alerts_channel, find_digest, find_marker
from cogs.claims import guild_of
from cogs.reason_modal import ReasonModal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.client import PledgeBot
    from bot.records import Alert
    from bot.review_answers import AlertView
    from bot.sending import Due

    Interaction = discord.Interaction[PledgeBot]

log = structlog.get_logger(__name__)

EVERY = 5.0
"""Seconds between looks at the outbox, should nobody have said that there is something in it."""

PASSING = (
    discord.DiscordServerError,
    discord.RateLimited,
    aiohttp.ClientError,
    asyncio.TimeoutError,
    OSError,
)


class Alerts(commands.Cog):
    """Sends alerts, redraws them, and answers their buttons."""

    def __init__(self, bot: PledgeBot) -> None:
        self.bot = bot
        self.sending = bot.desk.sending
        self._pass = asyncio.Lock()

    async def cog_load(self) -> None:
        """Begin to work the outbox."""
        self.bot.drain("alerts", self.step, every=EVERY)

    @commands.Cog.listener("on_mended")
    async def mended(self, guild_id: int) -> None:
        """A manager changed something: what waited for that is tried now."""
        async with self._pass:
            # A pass that began before it was mended may still put an alert off.
            await self.sending.hurry(str(guild_id))
        self.bot.wake("alerts")

    async def step(self) -> bool:
        """One pass over the outbox. Whether there may be more."""
        async with self._pass:
            return await self._work()

    async def _work(self) -> bool:
        for alert in await self.sending.interrupted():
            await self._attempt(alert, interrupted=True)
        due = await self.sending.due()
        for alert in due:
            await self._attempt(alert)
        for alert in await self.sending.to_edit():
            await self._edit(alert)
        return len(due) > 1

    async def _attempt(self, alert: Alert, *, interrupted: bool = False) -> None:
        """Send one alert, or settle what became of one whose sending was interrupted."""
        try:
            due = await self.sending.prepare(alert)
            if due is None:
                return
            channel = alerts_channel(self.bot, due)
            if interrupted or alert.attempts:
                marker = alert_cards.marker(alert.id)
                found = await find_marker(channel, marker)
                if found is not None:
                    await self.sending.sent(alert, str(found.id))
                    return
            if interrupted:
                await self.sending.release(alert)
                return
            await self._send(due, channel)
        except Blocked as blocked:
            await self._hold(alert, blocked)
        except discord.Forbidden as error:
            await self._hold(alert, Blocked(f"Discord refused it: {error.text}", "send the alert"))
        except discord.NotFound:
            await self._hold(alert, Blocked("The alerts channel is gone.", "find the alerts channel"))
        except PASSING as error:
            log.warning("alert not sent", alert=alert.id, guild=alert.guild, error=str(error))
            await self.sending.again(alert, f"Discord did not answer: {type(error).__name__}")
        except discord.HTTPException as error:
            log.error("alert refused", alert=alert.id, guild=alert.guild, error=str(error))
            await self.sending.again(alert, f"Discord did not take it: {error.text[:200]}")
        except PledgewatchError:
            raise  # the store: nothing can be noted either, and the next pass tries again
        except Exception as error:
            # One alert that cannot be drawn must not keep back those behind it.
            log.exception("alert failed", alert=alert.id, guild=alert.guild)
            await self.sending.again(alert, f"It failed here: {type(error).__name__}")

    async def _send(self, due: Due, channel: discord.TextChannel | discord.Thread) -> None:
        alert, view = due.alert, due.view
        if not await self.sending.begin(alert, str(channel.id)):
            return
        if due.beyond_budget:
            await self.sending.sent(alert, await self._digest(view, channel))
            return
        role = due.settings.mention_role
        mention = discord.Object(int(role)) if role and role.isdecimal() else None
        message = await channel.send(
            f"<@&{mention.id}>" if mention else None,
            embed=alert_cards.alert_card(view),
            view=views.alert_view(view),
            nonce=nonce(alert),
            allowed_mentions=discord.AllowedMentions(
                everyone=False, users=False, replied_user=False, roles=[mention] if mention else False
            ),
        )
        await self.sending.sent(alert, str(message.id))

    async def _digest(self, view: AlertView, channel: discord.TextChannel | discord.Thread) -> str:
        """Put an alert into the day's digest; the id of its message."""
        today = self.sending.today().date()
        message, rows = await find_digest(channel, today)
        known = view.alert.id in rows
        rows[view.alert.id] = alert_cards.digest_line(view)
        embed = alert_cards.digest(today, list(rows.values()))
        menu = views.digest_view([(i, row[2:].replace("**", "")) for i, row in rows.items()])
        if message is None:
            message = await channel.send(embed=embed, view=menu, nonce=nonce(view.alert))
        elif not known:
            await message.edit(embed=embed, view=menu)
        return str(message.id)

    async def _hold(self, alert: Alert, blocked: Blocked) -> None:
        """Only people can help: leave it alone for an hour, and tell them, once."""
        news = await self.sending.hold(alert, blocked.error)
        if news and blocked.channel is not None:
            await self.bot.troubles.note(int(alert.guild), blocked.channel, blocked.what)

    async def _edit(self, alert: Alert) -> None:
        """Other outlets joined: show them."""
        try:
            await self._redraw(alert)
            await self.sending.sent(alert, alert.message_id or "")
        except (discord.Forbidden, discord.NotFound):
            await self.sending.sent(
                alert, alert.message_id or ""
            )  # deleted by somebody: there is nothing to edit
        except PledgewatchError:
            raise
        except Exception as error:
            log.warning("alert not edited", alert=alert.id, guild=alert.guild, error=str(error))
            await self.sending.again(alert, f"It could not be edited: {type(error).__name__}")

    async def _redraw(self, alert: Alert) -> None:
        view = await self.sending.view(alert)
        place = self.bot.get_partial_messageable(int(alert.channel_id or 0), guild_id=int(alert.guild))
        message = place.get_partial_message(int(alert.message_id or 0))
        full = await message.fetch()
        footer = full.embeds[0].footer.text if full.embeds else None
        if not (footer or "").startswith(alert_cards.marker(alert.id)):
            return  # it stands in a digest, whose rows say nothing that changes
        if view is None:
            await message.edit(embed=alert_cards.taken_off(alert.id), view=None)
        else:
            await message.edit(embed=alert_cards.alert_card(view), view=views.alert_view(view))

    async def redraw(self, guild: str, claim_id: str) -> None:
        """Show in the alerts of a claim what was decided. What cannot be redrawn stays as it is."""
        for alert in await self.sending.standing(guild, claim_id):
            try:
                await self._redraw(alert)
            except (*PASSING, discord.HTTPException) as error:
                log.warning("alert not redrawn", alert=alert.id, guild=guild, error=str(error))

    async def pressed(self, interaction: Interaction, what: str, rest: str, values: Sequence[str]) -> None:
        """The buttons of alerts and digests."""
        guild, by = guild_of(interaction), str(interaction.user.id)
        if what == "confirm":
            await interaction.response.defer()
            await self.settled(interaction, await self.bot.desk.reviewing.confirm(guild, rest, by=by))
        elif what == "dismiss":
            view = views.reasons_view(rest)
            await interaction.response.send_message(texts.WHY_DISMISS, view=view, ephemeral=True)
        elif what == "why" and values[0] == "other":
            await interaction.response.send_modal(ReasonModal(self, rest))
        elif what == "why":
            await interaction.response.defer()
            await self.dismissed(interaction, rest, values[0])
        elif what == "open":
            await interaction.response.defer(ephemeral=True, thinking=True)
            view_ = await self.bot.desk.browser.alert(guild, values[0])
            embed, buttons = alert_cards.alert_card(view_), views.alert_view(view_)
            await interaction.followup.send(embed=embed, view=buttons, ephemeral=True)
        else:
            raise InputError(texts.NOTHING_TO_DO)

    async def settled(self, interaction: Interaction, view: AlertView) -> None:
        """An alert was confirmed on its own message: show it there, and offer the ratings in private."""
        await interaction.edit_original_response(
            embed=alert_cards.alert_card(view), view=views.alert_view(view)
        )
        claim = view.match.claim
        text = texts.confirmed(claim.id, claim.status.value, broken=claim.status is Status.BROKEN)
        await interaction.followup.send(text, view=views.rate_view(claim), ephemeral=True)
        await self.redraw(str(interaction.guild_id), claim.id)

    async def dismissed(self, interaction: Interaction, alert_id: str, reason: str) -> None:
        """An alert is dismissed for this reason. The interaction is acknowledged already."""
        guild = guild_of(interaction)
        try:
            view = await self.bot.desk.reviewing.dismiss(
                guild, alert_id, by=str(interaction.user.id), reason=reason
            )
        except NotFoundError as error:
            raise InputError(str(error)) from None
        await interaction.edit_original_response(content=texts.dismissed(reason), view=None)
        await self.redraw(guild, view.match.claim.id)


async def setup(bot: PledgeBot) -> None:
    """Load the cog; called by discord.py."""
    await bot.add_cog(Alerts(bot))
