"""The store as the rest of the program sees it: one object, made of its themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.articles import Articles
from storage.claims import Claims
from storage.corrections import Corrections
from storage.database import Database
from storage.exporting import Exporting
from storage.feeds import Feeds
from storage.filing import Filing
from storage.forgetting import Forgetting
from storage.guilds import Guilds
from storage.joining import Joining
from storage.judging import Judging
from storage.keeping import Keeping
from storage.outbox import Outbox
from storage.owing import Owing
from storage.queue import Queue
from storage.reports import Reports
from storage.reviews import Reviews

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self


class Store(
    Queue,
    Articles,
    Claims,
    Reports,
    Filing,
    Outbox,
    Owing,
    Reviews,
    Corrections,
    Joining,
    Judging,
    Guilds,
    Feeds,
    Forgetting,
    Exporting,
    Keeping,
):
    """Everything that is kept, of every guild; nothing of one guild is ever given to another.

    Every method may raise StorageError.
    """

    def __init__(self, url: str) -> None:
        """Name the database, e.g. `sqlite+aiosqlite:///data/x.db`; nothing is touched until `open`."""
        super().__init__(Database(url))

    @property
    def database(self) -> Database:
        """What the themes work on."""
        return self._db

    async def open(self) -> None:
        """Open or create the database and bring it to this program's schema. Raises SchemaError."""
        await self._db.open()

    async def close(self) -> None:
        """Finish what is being written and close."""
        await self._db.close()

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()
