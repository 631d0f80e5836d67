"""The command line in this process: a real store and tracker; the engine reads its answers in the text."""

from __future__ import annotations

import json
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
import structlog
from typer.testing import CliRunner

from bot import logs
from bot.cli.app import build
from bot.errors import PageError
from bot.models import Article
from bot.tracker import Limits, Tracker
from storage.store import Store
from tests.cli.real_house import RealHouse
from tests.scripted import ScriptedEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator, Sequence
    from pathlib import Path

    from bot.checks import Check


@dataclass
class TestHouse:
    """Opens what commands need, for one test."""

    __test__ = False

    db: Path
    engine: ScriptedEngine = field(default_factory=ScriptedEngine)
    checks: list[Check] = field(default_factory=list)

    @asynccontextmanager
    async def tracker(self, db: Path | None, *, alone: bool = False) -> AsyncIterator[Tracker]:
        """A real tracker on a real store."""
        async with Store(f"sqlite+aiosqlite:///{db or self.db}") as store:
            limits = Limits(max_text_chars=10_000)
            yield Tracker(store, self.engine, _Reader(), owner="test", limits=limits)

    @asynccontextmanager
    async def reader(self) -> AsyncIterator[_Reader]:
        """Reads every page as its bytes, and none that says "broken"."""
        yield _Reader()

    async def checkup(self, db: Path | None) -> Sequence[Check]:
        """What the test says."""
        return self.checks


@dataclass(frozen=True)
class _Read:
    article: Article
    etag: str | None = None
    last_modified: str | None = None


class _Reader:
    async def read_url(self, url: str) -> _Read:
        return _Read(Article(f"Read from {url}.", "A page", url=url))

    async def read_changed(self, url: str, *, etag: str | None, last_modified: str | None) -> _Read:
        return await self.read_url(url)

    async def read_bytes(self, body: bytes, content_type: str | None, url: str | None) -> _Read:
        if b"broken" in body:
            raise PageError("This page holds no article.")
        return _Read(Article(body.decode(), "A file", url=url))


@dataclass
class Line:
    """The command line of one test."""

    house: TestHouse | RealHouse

    def __call__(self, *args: str | Path, stdin: str | bytes = "") -> Said:
        """Run one command."""
        done = CliRunner().invoke(build(), [str(a) for a in args], obj=self.house, input=stdin)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.exit_code, done.stdout, done.stderr)


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines: it must hold nothing else."""
        return [json.loads(row) for row in self.out.splitlines()]


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Logs as `main` sets them up, taken back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure(level="warning", as_json=False)
    yield
    structlog.reset_defaults()
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def house(tmp_path: Path) -> TestHouse:
    """What the composition root would give."""
    return TestHouse(tmp_path / "test.db")


@pytest.fixture
def cli(house: TestHouse) -> Line:
    """The command line."""
    return Line(house)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> RealHouse:
    """A house without settings, whose database is in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", "sqlite+aiosqlite:///bot.db")
    return RealHouse()


@pytest.fixture
def op(home: RealHouse) -> Line:
    """The command line of an operator."""
    return Line(home)
