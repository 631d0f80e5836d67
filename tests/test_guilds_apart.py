"""Two guilds' data never mix: whatever is done in two guilds, each is as if the other had never been."""

from __future__ import annotations

import asyncio
import re
import tempfile
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from hypothesis import given, settings
from hypothesis import strategies as st

from bot import wiring
from bot.errors import InputError, NotFoundError
from bot.models import Polarity, Status
from bot.records import Source
from bot.review_answers import Query
from bot.settings import load
from storage.store import Store
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.articles.reader import Reader
    from bot.desk import Desk

GUILDS = ("1", "2")
ACTORS = ("Iran", "Norway", "Islamic Republic of Iran")
CONTENTS = ("open the sites", "build a dam", "free the prisoners")
BY = "reviewer"

Act = tuple[str, str, int, int]


async def _article(desk: Desk, guild: str, kind: str, one: int, two: int) -> None:
    """Both guilds are posted the same texts."""
    score = "" if kind != "breaks" else f" @{(0.5, 0.75, 0.96)[two]}"
    words = f"{kind} {ACTORS[one]}: {CONTENTS[two]}{score}"
    text = f"{words}\n\nNothing else was said by anybody, on day {one} of {two}."
    day = date(2026, 1 + one, 1 + two) if kind == "promise" else date(2026, 6 + one, 1 + two)
    await desk.tracker.ingest(guild, Source(text=text, published=day))


async def _claim_act(desk: Desk, guild: str, act: str, one: int, two: int) -> None:
    claims = (await desk.browser.listing(guild, Query())).rows
    mine, other = (claims[n % len(claims)].claim if claims else None for n in (one, two))
    if mine is None or other is None:
        return
    reviewing = desk.reviewing
    acts: dict[str, Callable[[], Awaitable[object]]] = {
        "rate": lambda: reviewing.rate(guild, mine.id, list(Status)[two], by=BY),
        "reject": lambda: reviewing.reject(guild, mine.id, by=BY),
        "merge": lambda: reviewing.merge(guild, mine.id, other.id, by=BY),
        "split": lambda: reviewing.split(guild, mine.id, [mine.tellings[0].id], by=BY),
        "correct": lambda: reviewing.correct(
            guild, mine.id, by=BY, actor=ACTORS[two], polarity=list(Polarity)[two % 2]
        ),
        "reword": lambda: reviewing.correct(guild, mine.id, by=BY, content=CONTENTS[two]),
        "forget claim": lambda: desk.managing.forget_claim(guild, mine.id),
        "forget article": lambda: desk.managing.forget_article(guild, mine.tellings[0].article_id),
    }
    await acts[act]()


async def _alert_act(desk: Desk, guild: str, act: str, one: int) -> None:
    mine = [alert for alert in await desk.sending.due() if alert.guild == guild]
    if not mine:
        return
    alert = mine[one % len(mine)]
    if act == "send":
        await desk.sending.begin(alert, "9")
        await desk.sending.sent(alert, "99")
    elif act == "confirm":
        await desk.reviewing.confirm(guild, alert.id, by=BY)
    else:
        await desk.reviewing.dismiss(guild, alert.id, by=BY, reason="Another actor")


async def _house_act(desk: Desk, guild: str, act: str, one: int, two: int) -> None:
    managing = desk.managing
    if act == "alias":
        await managing.add_alias(guild, f"Alias {one}", ACTORS[two], by=BY)
    elif act == "no alias":
        await managing.remove_alias(guild, f"Alias {one}")
    elif act == "threshold":
        await managing.change(guild, threshold=("strict", "balanced", "wide")[two])
    elif act == "undo":
        await desk.reviewing.undo(guild, by=BY)
    else:
        await managing.forget_everything(guild)


ARTICLES = ("promise", "breaks", "keeps")
ON_CLAIMS = ("rate", "reject", "merge", "split", "correct", "reword", "forget claim", "forget article")
ON_ALERTS = ("send", "confirm", "dismiss")
ON_HOUSE = ("alias", "no alias", "threshold", "undo", "forget everything")

KINDS = st.one_of(*(st.sampled_from(names) for names in (ARTICLES, ARTICLES, ON_CLAIMS, ON_ALERTS, ON_HOUSE)))
ACTS = st.lists(st.tuples(st.sampled_from(GUILDS), KINDS, st.integers(0, 2), st.integers(0, 2)), max_size=24)


async def _do(desk: Desk, act: Act) -> None:
    guild, kind, one, two = act
    if kind in ARTICLES:
        await _article(desk, guild, kind, one, two)
    elif kind in ON_CLAIMS:
        await _claim_act(desk, guild, kind, one, two)
    elif kind in ON_ALERTS:
        await _alert_act(desk, guild, kind, one)
    else:
        await _house_act(desk, guild, kind, one, two)


async def _seen(desk: Desk, store: Store, guild: str) -> str:
    """Everything that a guild can be shown, without times, its ids in the order of their appearance."""
    listing = await desk.browser.listing(guild, Query())
    seen: list[Any] = [listing, await desk.browser.listing(guild, Query(text="sites dam"))]
    for row in listing.rows:
        seen += [await desk.browser.card(guild, row.claim.id)]
        seen += [await desk.reviewing.history(guild, row.claim.id)]
        seen += [await store.alerts_for(guild, row.claim.id)]
    for actor in ACTORS:
        with suppress(NotFoundError):
            seen += [await desk.tracker.find_actor(guild, actor)]
    seen += [await desk.reviewing.stats(guild), await desk.reviewing.decisions(guild)]
    seen += [await desk.managing.aliases(guild), await desk.managing.settings(guild)]
    seen += [await desk.managing.totals(guild), await desk.actors.suggest(guild, "ir")]
    seen += [[a for a in await desk.sending.due() if a.guild == guild]]
    text = re.sub(r"datetime\.datetime\([^()]*\)", "TIME", repr(seen))
    text = re.sub(r"\b[atenv]\d{1,6}-[0-9a-f]+", "NONCE", text)
    names: dict[str, str] = {}
    not_ours = "".join(f"(?<!{name}=')" for name in ("guild", "channel_id", "message_id"))
    return re.sub(
        rf"{not_ours}(?<=')[atenv]?\d{{1,6}}(?=')", lambda m: names.setdefault(m[0], f"#{len(names)}"), text
    )


async def _live(acts: list[Act], path: Path) -> dict[str, str]:
    now = datetime(2026, 9, 1, tzinfo=UTC)
    async with Store(f"sqlite+aiosqlite:///{path}") as store:
        desk = wiring.desk(store, ScriptedEngine(), cast("Reader", None), load(None), clock=lambda: now)
        for act in acts:
            with suppress(NotFoundError, InputError):  # the same when alone
                await _do(desk, act)
        assert await store.check() == []
        return {guild: await _seen(desk, store, guild) for guild in GUILDS}


@settings(max_examples=20, deadline=None)
@given(acts=ACTS)
def test_each_guild_is_as_if_alone(acts: list[Act]) -> None:
    """After any sequence of articles, reviews and commands, each sees what it would see without the other."""
    with tempfile.TemporaryDirectory() as directory:
        both = asyncio.run(_live(acts, Path(directory) / "both.db"))
        for guild in GUILDS:
            alone = asyncio.run(_live([a for a in acts if a[0] == guild], Path(directory) / f"{guild}.db"))
            assert both[guild] == alone[guild]
