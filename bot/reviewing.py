"""The reviewers' use cases: settle alerts, rate claims, correct the machine. Knows no Discord and no SQL.

Every one belongs to one guild; who may use them is decided before. All may raise StorageError; NotFoundError
for what is not there (any more), and InputError, in a sentence for the person, for what cannot be done.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot import learning, passages
from bot.errors import AnalysisError, InputError
from bot.models import Commitment, Finding, Polarity, Relation, Report, Status
from bot.records import Correction, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from bot.browsing import Browser
    from bot.models import Article, Claim, Verdict
    from bot.records import StoredArticle
    from bot.review_answers import AlertView, Precision
    from bot.reviewing_protocols import Language, Ledger, Reads
    from bot.tracker_answers import Reading

MAX_NAME, MAX_WORDING = 120, 600
"""Characters that a person may give an actor's name, and a claim's wording."""

BY_HAND = "by hand"
"""Name of the rule that stands on evidence which a person attached."""


class Reviewing:
    """Where reviewers work."""

    def __init__(self, ledger: Ledger, browser: Browser, language: Language, tracker: Reads) -> None:
        self._ledger, self._browser = ledger, browser
        self._language, self._tracker = language, tracker

    async def confirm(self, guild: str, alert_id: str, *, by: str) -> AlertView:
        """The report does contradict the claim: one that nobody rated is broken then."""
        view = await self._open(guild, alert_id)
        status = Status.BROKEN if view.match.claim.status is Status.NOT_RATED else None
        await self._ledger.decide(guild, view.match.evidence.id, "confirmed", by=by, status=status)
        return await self._browser.alert(guild, alert_id)

    async def dismiss(self, guild: str, alert_id: str, *, by: str, reason: str) -> AlertView:
        """The alert was wrong, and why; nothing of this kind is raised on the claim again."""
        view = await self._open(guild, alert_id)
        await self._ledger.decide(guild, view.match.evidence.id, "dismissed", by=by, reason=reason)
        return await self._browser.alert(guild, alert_id)

    async def rate(
        self, guild: str, claim_id: str, status: Status, *, by: str, reason: str | None = None
    ) -> Verdict:
        """Set a claim's status, alert or not."""
        if (await self._ledger.claim(guild, claim_id)).status is status:
            raise InputError(f"The claim is rated “{status.value}” already.")
        return await self._ledger.set_status(guild, claim_id, status, by=by, reason=reason)

    async def reject(self, guild: str, claim_id: str, *, by: str, reason: str | None = None) -> Verdict:
        """It is not a commitment."""
        return await self._ledger.reject(guild, claim_id, by=by, reason=reason)

    async def correct(
        self,
        guild: str,
        claim_id: str,
        *,
        by: str,
        actor: str | None = None,
        content: str | None = None,
        polarity: Polarity | None = None,
    ) -> Verdict:
        """Set what is wrong; what is None or the same already stays as it is."""
        claim = await self._ledger.claim(guild, claim_id)
        actor = _given(actor, "actor", MAX_NAME) if actor is not None else None
        content = _wording(content) if content is not None else None
        actor = actor if actor != claim.actor else None
        content = content if content != claim.content else None
        polarity = polarity if polarity is not claim.polarity else None
        if actor is None and content is None and polarity is None:
            raise InputError("That changes nothing.")
        keys = None if actor is None else (await self._key(guild, actor),)
        frame: Mapping[str, Any] | None = None
        if content is not None or polarity is not None:
            meant = await self._meant(
                guild, actor or claim.actor, content or claim.content, polarity or claim.polarity
            )
            frame = meant.frame if meant else None
        correction = Correction(actor, keys, content, polarity, frame)
        return await self._ledger.correct(guild, claim.id, correction, by=by)

    async def add(
        self,
        guild: str,
        article: str,
        *,
        by: str,
        actor: str,
        content: str,
        quote: str,
        polarity: Polarity = Polarity.DO,
    ) -> Verdict:
        """Add a claim that was missed in an article: its id, or an address, which is read where it is new."""
        stored, read = _readable(await self._article(guild, article))
        actor, content = _given(actor, "actor", MAX_NAME), _wording(content)
        passage = passages.find(read.text, quote)
        meant = await self._meant(guild, actor, content, polarity)
        told = replace(
            meant or Commitment(actor, (), passage.quote, passage.start, passage.end, content),
            actor=actor,
            actor_keys=(await self._key(guild, actor),),
            quote=passage.quote,
            start=passage.start,
            end=passage.end,
            content=content,
            polarity=polarity,
        )
        return await self._ledger.add_claim(guild, stored.id, told, by=by)

    async def attach(
        self,
        guild: str,
        claim_id: str,
        article: str,
        *,
        by: str,
        quote: str | None = None,
        relation: Relation = Relation.CONTRADICTS,
    ) -> Verdict:
        """Hold a report against a claim that the rules missed. Without a quote, the nearest sentence."""
        claim = await self._ledger.claim(guild, claim_id)
        stored, read = _readable(await self._article(guild, article))
        passage = passages.find(read.text, quote) if quote else passages.nearest(read.text, claim)
        report = Report(passage.quote, passage.start, passage.end, claim.actor_keys, claim.content)
        verb = "contradicts" if relation is Relation.CONTRADICTS else "supports"
        explanation = f"A reviewer says that this report {verb} the claim."
        finding = Finding(claim.id, report, relation, 1.0, BY_HAND, explanation)
        return await self._ledger.attach(guild, claim.id, stored.id, finding, by=by)

    async def merge(self, guild: str, claim_id: str, into: str, *, by: str) -> Verdict:
        """Two claims are one."""
        return await self._ledger.merge(guild, claim_id, into, by=by)

    async def split(self, guild: str, claim_id: str, telling_ids: Sequence[str], *, by: str) -> Verdict:
        """Some tellings are a claim of their own."""
        return await self._ledger.split(guild, claim_id, telling_ids, by=by)

    async def undo(self, guild: str, *, by: str, verdict_id: str | None = None) -> Verdict:
        """Take back a decision: that one, or the reviewer's own last one that still stands."""
        if verdict_id is None:
            recent = await self._ledger.decisions(guild, limit=50)
            verdict_id = next(
                (v.id for v in recent if v.by == by and v.decision != "undo" and not v.undone), None
            )
        if verdict_id is None:
            raise InputError("There is no recent decision of yours to undo.")
        return await self._ledger.undo(guild, verdict_id, by=by)

    async def history(self, guild: str, claim_id: str) -> tuple[Claim, list[Verdict]]:
        """A claim and who decided what on it, the latest first."""
        claim = await self._ledger.claim(guild, claim_id)
        return claim, await self._ledger.history(guild, claim.id)

    async def decisions(self, guild: str, *, limit: int = 25) -> list[Verdict]:
        """Who decided what in the guild, the latest first."""
        return await self._ledger.decisions(guild, limit=limit)

    async def posted_by(self, guild: str, message_id: str) -> str | None:
        """Id of the first article that a message posted; None: none."""
        found = await self._ledger.posted_by(guild, message_id)
        return found[0].id if found else None

    async def stats(self, guild: str) -> tuple[Precision, str]:
        """How right the guild's alerts were, and the name of its threshold."""
        judged, raised = await self._ledger.judged(guild), await self._ledger.count_alerts(guild)
        return learning.precision(judged, raised), (await self._ledger.settings(guild)).threshold

    async def _open(self, guild: str, alert_id: str) -> AlertView:
        """An alert that nobody has decided on: two reviewers may press at once, and the first one counts."""
        view = await self._browser.alert(guild, alert_id)
        if view.match.evidence.decision:
            raise InputError(f"That alert was {view.match.evidence.decision} already; undo that first.")
        return view

    async def _article(self, guild: str, named: str) -> Reading:
        if named.startswith(("http://", "https://")):
            return await self._tracker.ingest(guild, Source(url=named))
        return await self._tracker.recall(guild, named)

    async def _key(self, guild: str, actor: str) -> str:
        """Through the guild's own aliases first."""
        key = self._language.key
        own = {key(alias): actor_key for alias, actor_key in (await self._ledger.aliases(guild)).items()}
        return own.get(key(actor), key(actor))

    async def _meant(self, guild: str, actor: str, content: str, polarity: Polarity) -> Commitment | None:
        """What the rules make of a person's wording, so that they can compare with it; None: nothing."""
        opening = "not to" if polarity is Polarity.REFRAIN else "to"
        sentence = f"{actor} promised {opening} {content}."
        try:
            found = await self._language.analyse(
                sentence, title="", published=None, aliases=await self._ledger.aliases(guild)
            )
        except AnalysisError:
            return None  # the wording stands all the same; only comparing is coarser
        return found.commitments[0] if len(found.commitments) == 1 else None


def _readable(reading: Reading) -> tuple[StoredArticle, Article]:
    if reading.stored.article is None:
        raise InputError("That article has not been read yet.")
    return reading.stored, reading.stored.article


def _given(text: str, what: str, limit: int) -> str:
    cleaned = " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
    if not cleaned:
        raise InputError(f"The {what} is empty.")
    if len(cleaned) > limit:
        raise InputError(f"The {what} is too long: at most {limit} characters.")
    return cleaned


def _wording(text: str) -> str:
    cleaned = _given(text, "wording", MAX_WORDING).rstrip(".")
    return cleaned[3:] if cleaned[:3].casefold() == "to " else cleaned
