"""The windows in which reviewers correct claims, opened from a claim's panel; all hand over to `Reviews`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord

from bot.models import Polarity, Relation
from bot.passages import LONGEST
from bot.reviewing import MAX_NAME, MAX_WORDING
from cogs.answers import Modal

if TYPE_CHECKING:
    from bot.client import PledgeBot
    from bot.models import Claim
    from cogs.reviews import Reviews

    Interaction = discord.Interaction[PledgeBot]

OPEN_SECONDS = 900.0
"""How long a window may stay open: as long as Discord takes answers to it."""

ID, ADDRESS = 20, 500
"""Characters of a claim's number and of an address."""

POLARITIES = {
    Polarity.DO: "It promised to do it",
    Polarity.REFRAIN: "It promised not to do it",
}
RELATIONS = {
    Relation.CONTRADICTS: "The report contradicts the claim",
    Relation.SUPPORTS: "The report supports the claim",
}


class _Window(Modal):
    """A window on one claim."""

    def __init__(self, reviews: Reviews, what: str, claim_id: str, title: str) -> None:
        super().__init__(title=title, timeout=OPEN_SECONDS, custom_id=f"review:{what}:{claim_id}")
        self._reviews, self._claim_id = reviews, claim_id

    def ask(
        self,
        label: str,
        *,
        default: str = "",
        longest: int,
        required: bool = True,
        long: bool = False,
        hint: str | None = None,
    ) -> discord.ui.TextInput[Any]:
        """Add a line, or a box, to write in."""
        style = discord.TextStyle.paragraph if long else discord.TextStyle.short
        box: discord.ui.TextInput[Any] = discord.ui.TextInput(
            style=style, default=default[:longest] or None, max_length=longest, required=required
        )
        self.add_item(discord.ui.Label(text=label, description=hint, component=box))
        return box

    def choose(self, label: str, options: dict[Any, str], chosen: str) -> discord.ui.Select[Any]:
        """Add a menu; keys of `options` are StrEnum members."""
        menu: discord.ui.Select[Any] = discord.ui.Select(
            options=[
                discord.SelectOption(label=text, value=str(key), default=str(key) == chosen)
                for key, text in options.items()
            ]
        )
        self.add_item(discord.ui.Label(text=label, component=menu))
        return menu


class EditWindow(_Window):
    """Actor, wording and polarity of a claim."""

    def __init__(self, reviews: Reviews, claim: Claim) -> None:
        super().__init__(reviews, "edit", claim.id, f"Correct claim {claim.id}")
        self._actor = self.ask("Who promised", default=claim.actor, longest=MAX_NAME)
        self._content = self.ask(
            "What was promised",
            default=claim.content,
            longest=MAX_WORDING,
            long=True,
            hint="As in “cut ties”",
        )
        self._polarity = self.choose("To do or not to do it", POLARITIES, claim.polarity.value)

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]  # the client is ours
        """Correct what differs."""
        polarity = Polarity(self._polarity.values[0]) if self._polarity.values else None
        await self._reviews.correct(
            interaction,
            self._claim_id,
            actor=self._actor.value,
            content=self._content.value,
            polarity=polarity,
        )


class AttachWindow(_Window):
    """A report that the rules missed."""

    def __init__(self, reviews: Reviews, claim_id: str = "", address: str = "") -> None:
        super().__init__(reviews, "attach", claim_id, "You missed this")
        self._number = None if claim_id else self.ask("Number of the claim", longest=ID)
        self._address = self.ask(
            "Address of the article", default=address, longest=ADDRESS, hint="Or its number, as in a7"
        )
        self._quote = self.ask(
            "What it says, word for word", longest=LONGEST, required=False, long=True,
            hint="Empty: the sentence nearest to the claim",
        )  # fmt: skip
        self._relation = self.choose("What it means", RELATIONS, Relation.CONTRADICTS.value)

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]  # the client is ours
        """Attach it."""
        claim_id = self._number.value.strip().lstrip("#") if self._number else self._claim_id
        relation = Relation(self._relation.values[0]) if self._relation.values else Relation.CONTRADICTS
        await self._reviews.attach(
            interaction,
            claim_id,
            self._address.value.strip(),
            quote=self._quote.value.strip() or None,
            relation=relation,
        )


class MergeWindow(_Window):
    """Two claims that are one."""

    def __init__(self, reviews: Reviews, claim_id: str) -> None:
        super().__init__(reviews, "merge", claim_id, f"Merge claim {claim_id}")
        self._into = self.ask("Number of the claim that stays", longest=ID)

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]  # the client is ours
        """Merge them."""
        await self._reviews.merge(interaction, self._claim_id, self._into.value.strip().lstrip("#"))


class AddWindow(_Window):
    """A claim that the rules missed."""

    def __init__(self, reviews: Reviews, address: str = "") -> None:
        super().__init__(reviews, "add", "", "Add a claim")
        self._address = self.ask(
            "Address of the article", default=address, longest=ADDRESS, hint="Or its number, as in a7"
        )
        self._actor = self.ask("Who promised", longest=MAX_NAME)
        self._content = self.ask("What was promised", longest=MAX_WORDING, hint="As in “cut ties”")
        self._quote = self.ask("What it says, word for word", longest=LONGEST, long=True)
        self._polarity = self.choose("To do or not to do it", POLARITIES, Polarity.DO.value)

    async def on_submit(self, interaction: Interaction) -> None:  # type: ignore[override]  # the client is ours
        """Add it."""
        polarity = Polarity(self._polarity.values[0]) if self._polarity.values else Polarity.DO
        await self._reviews.add(
            interaction,
            self._address.value.strip(),
            actor=self._actor.value,
            content=self._content.value,
            quote=self._quote.value,
            polarity=polarity,
        )
