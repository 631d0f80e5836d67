"""The composition root: reads the settings, wires the rooms together, hands over to the command line.

Rooms are imported when a command needs them, so that `--help` answers at once.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import socket
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot import checks, logs, settings
from bot.cli.app import build
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from bot.analysis.nli_files import NliChoice
    from bot.articles.reader import Reader
    from bot.desk import Desk
    from bot.engine import Engine
    from bot.keeping import Keeper
    from bot.reanalysing import Reanalysing
    from bot.tracker import Tracker
    from storage.store import Store


MEBIBYTE = 1024 * 1024

Address = tuple[str, int]
"""Host and port."""


class House:
    """Opens what commands need, from the settings; see `bot.cli.house.House`."""

    @cached_property
    def settings(self) -> settings.Settings:
        """The settings, read at the first use. Raises SettingsError."""
        return settings.load()

    @asynccontextmanager
    async def tracker(self, db: Path | None, *, alone: bool = False) -> AsyncIterator[Tracker]:
        """The tracker on a database, with its analysis process and its reader; closed on leaving."""
        from bot.articles import urls
        from bot.tracker import Limits, Tracker

        limits = Limits(self.settings.max_text_chars, self.settings.alert_threshold)
        owner = f"{socket.gethostname()}:{os.getpid()}"
        async with AsyncExitStack() as stack:
            store = await self._store(stack, db, alone=alone)
            engine = self._engine()
            stack.push_async_callback(engine.close)
            reader = self._reader()
            stack.push_async_callback(reader.close)
            yield Tracker(
                store,
                engine,
                reader,
                owner=owner,
                limits=limits,
                canonical=urls.canonical,
                known_as=_known_as,
            )

    @asynccontextmanager
    async def desk(
        self,
        db: Path | None,
        *,
        allow: frozenset[Address] = frozenset(),
        alone: bool = False,
        loaded: bool = True,
    ) -> AsyncIterator[Desk]:
        """What the Discord side works with, on a database; closed on leaving.

        `allow`: addresses that may be fetched besides those of the settings. `alone`: refuse where another
        process reads articles into this database. `loaded`: with both processes started.
        """
        from bot import wiring

        async with AsyncExitStack() as stack:
            store = await self._store(stack, db, alone=alone)
            engine = self._engine()
            stack.push_async_callback(engine.close)
            reader = self._reader(allow)
            stack.push_async_callback(reader.close)
            if loaded:
                await asyncio.gather(engine.start(), reader.start())
            yield wiring.desk(store, engine, reader, self.settings)

    def keeper(self, db: Path | None) -> Keeper:
        """What keeps the data of a database."""
        from bot.keeping import Keeper
        from storage.store import Store

        url = self._database(db)
        store = Store(url)
        return Keeper(store, settings.database_path(url), lambda: store)

    @asynccontextmanager
    async def reanalysing(
        self, db: Path | None, *, scratch: Path | None, raise_alerts: bool
    ) -> AsyncIterator[Reanalysing]:
        """Improved rules on a database, or on a copy of it at `scratch`; closed on leaving."""
        from bot import wiring

        if scratch is not None:
            await self.keeper(db).backup(scratch)
        async with AsyncExitStack() as stack:
            store = await self._store(stack, scratch or db, alone=True)
            engine = self._engine()
            stack.push_async_callback(engine.close)
            await engine.start()
            yield wiring.reanalysing(store, engine, self.settings, raise_alerts=raise_alerts)

    async def serve(self, db: Path | None) -> None:
        """Run the bot until it is stopped."""
        from bot import wiring
        from bot.client import PledgeBot, serve

        token = self.settings.discord_token
        if token is None:
            raise SettingsError(
                "DISCORD_TOKEN is not set: put it into .env, from Discord's developer portal."
            )
        url = self._database(db)
        async with self.desk(db, alone=True) as desk, wiring.alongside(desk, url, self.settings):
            # What is loaded by now stays; looking all of it through took the collector 0.3 s at a time.
            gc.collect()
            gc.freeze()
            path = settings.database_path(url)
            file = path.with_name(f"{path.name}.commands") if path else None
            await serve(
                lambda content: PledgeBot(desk, synced=file, message_content=content),
                token.get_secret_value(),
            )

    async def preview(self, folder: Path, port: int, say: Callable[[str], None]) -> None:
        """Show the bot in a browser, with the articles of a folder already posted, until it is closed."""
        # simcord starts probes of discord.py without intents, of which discord.py complains.
        logging.getLogger("discord").setLevel(logging.ERROR)
        try:
            from bot import preview
        except ModuleNotFoundError as error:
            raise SettingsError(
                f"The preview needs the development packages ({error.name}): make test."
            ) from None
        await preview.show(self, folder, port, say)

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[Reader]:
        """The reader of pages; closed on leaving."""
        reader = self._reader()
        try:
            yield reader
        finally:
            await reader.close()

    async def calibrate(self, files: Sequence[Path], out: Path, say: Callable[[str], None]) -> None:
        """Make the calibration of the NLI model that is set; in this process, which does nothing else."""
        from bot.analysis.calibrating import calibrate

        choice = self._nli()
        if choice is None:
            raise SettingsError("PLEDGEWATCH_NLI_MODEL is not set: there is no model to calibrate.")
        calibrate(files, out, choice=choice, spacy_model=self.settings.spacy_model, say=say)

    async def checkup(self, db: Path | None) -> Sequence[checks.Check]:
        """What is right and what is not."""
        found = [checks.python(), checks.configuration(lambda: self.settings, Path(settings.ENV_FILE))]
        if not all(check.ok for check in found):
            return found
        engine = self._engine()
        try:
            found.append(await checks.model(engine.start, self.settings.spacy_model))
        finally:
            await engine.close()
        url = self._database(db)
        found.append(await checks.database(lambda: _guilds(url), str(settings.database_path(url) or "It")))
        found.append(checks.token(self.settings))
        return found

    async def _store(self, stack: AsyncExitStack, db: Path | None, *, alone: bool) -> Store:
        """The store, until the stack is left. `alone`: for this process only, a dead one's leases freed."""
        from storage.copies import sole_user
        from storage.store import Store

        url = self._database(db)
        path = settings.database_path(url)
        if alone and path is not None:
            stack.enter_context(sole_user(path))
        store = await stack.enter_async_context(Store(url))
        if alone and path is not None:
            await store.reclaim()
        return store

    def _database(self, db: Path | None) -> str:
        return settings.database_url(db) if db else self.settings.database_url

    def _engine(self) -> Engine:
        from bot.engine import Engine

        return Engine(
            self.settings.spacy_model,
            seconds=self.settings.analysis_seconds,
            memory_mb=self.settings.analysis_memory_mb,
            recycle_mb=self.settings.analysis_recycle_mb,
            nli=self._nli(),
        )

    def _nli(self) -> NliChoice | None:
        from bot.analysis.nli_files import NliChoice

        given = self.settings
        if given.nli_model is None:
            return None
        fitted = str(given.nli_calibration) if given.nli_calibration else None
        return NliChoice(given.nli_model, given.nli_revision, fitted, given.nli_labels, given.nli_max_tokens)

    def _reader(self, allow: frozenset[Address] = frozenset()) -> Reader:
        from bot.articles.fetch import Fetcher, Limits
        from bot.articles.reader import Reader

        limits = Limits(seconds=self.settings.page_seconds, max_bytes=self.settings.page_max_mb * MEBIBYTE)
        fetcher = Fetcher(allow=self.settings.fetch_allow | allow, limits=limits)
        memory = self.settings.page_memory_mb * MEBIBYTE
        return Reader(fetcher, seconds=self.settings.page_seconds, memory=memory)


def _known_as(key: str) -> Sequence[str]:
    from bot.wiring import known_as

    return known_as(key)


async def _guilds(url: str) -> int:
    from storage.store import Store

    async with Store(url) as store:
        return len(await store.guilds())


def main() -> None:
    """Run the command line; what `pledgewatch` and `python -m bot` start."""
    house = House()
    try:
        found = house.settings
        secrets = [found.discord_token.get_secret_value()] if found.discord_token else []
        logs.configure(level=found.log_level, as_json=found.log_json, secrets=secrets)
    except SettingsError:
        # Said by the command itself, if it needs them: `doctor` explains more.
        logs.configure(level="warning", as_json=False)
    build()(obj=house)


if __name__ == "__main__":
    main()
