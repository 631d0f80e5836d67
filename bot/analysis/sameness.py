"""Which tellings no rule can tell apart. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from bot.models import Commitment


def fingerprint(commitment: Commitment) -> str:
    """Equal for two tellings that every report is held against alike, wherever in their articles they stand.

    All that the rules, the marks and the second opinion look at is in it; who said it and to whom is not.
    """
    told = commitment
    due = told.due.isoformat() if told.due else None
    parts = [told.actor, told.actor_keys, told.quote, told.content, told.polarity, told.deadline, due]
    return json.dumps([*parts, _placed_from(told.start, told.frame)], sort_keys=True, ensure_ascii=False)


def _placed_from(start: int, frame: Mapping[str, Any]) -> dict[str, Any]:
    """A frame with its places counted from the quote's beginning, not from the article's."""
    placed = [[word, first - start, last - start] for word, first, last in frame.get("w", ())]
    figures = [q | {"start": q["start"] - start, "end": q["end"] - start} for q in frame.get("n", ())]
    return {**frame, "w": placed, "n": figures}
