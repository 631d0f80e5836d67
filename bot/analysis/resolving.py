"""What the parts that read noun phrases need of the cast that resolves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.analysis.mentions import Actor, Mention
    from bot.analysis.tree import Tok, Tree


class Resolver(Protocol):
    """Resolves phrases to actors (`actors.Cast`)."""

    tree: Tree
    mentions: list[Mention]

    def of(self, tok: Tok, speaker: Actor | None = None) -> Actor | None:
        """The actor of a phrase with what is coordinated with it."""

    def one(self, tok: Tok, speaker: Actor | None = None) -> Actor | None:
        """The actor of a phrase alone."""

    def phrase(self, tok: Tok) -> Actor | None:
        """An actor named by its noun phrase as it stands."""

    def full(self, actor: Actor) -> Actor:
        """The actor with the bodies it speaks for."""

    def side(self, speaker: Actor) -> Actor:
        """The body that a speaker speaks for, or the speaker."""

    def mention_at(self, tok: Tok) -> Mention | None:
        """The name that a token is part of."""
