"""Copies of a database file: made online, verified, kept for a while, put back. SQLite only, synchronous."""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
from contextlib import closing, contextmanager, suppress
from typing import TYPE_CHECKING

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

from bot.errors import InputError, StorageError
from storage import migrate
from storage.failures import translated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REPLACED = "replaced"
"""Kind of copy: a database that a backup replaced."""

KEPT_ASIDE = 3
"""Copies of each kind that are kept beside a database: a bad update, or a wrong restore, is noticed before
three more have followed."""

LOGS = "-journal", "-wal", "-shm"
"""Endings of the files that SQLite keeps beside a database."""


def copy(source: Path, target: Path) -> None:
    """Copy a database that may be in use, whole and consistent, and verify the copy; then name it `target`.

    Raises InputError where `target` is there already, StorageError where no whole copy can be made.
    """
    part = target.with_name(target.name + ".part")
    try:
        if target.exists():
            raise InputError(f"{target} exists already; it is not overwritten.")
        target.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        part.touch()
        with (
            translated(str(source)),
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as original,
        ):
            original.execute("SELECT count(*) FROM sqlite_master")
            _fill(part, original)
        verify(part)
        _sync(part)
        part.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise StorageError(f"The backup {target} cannot be written ({error.strerror}).") from error
    finally:
        _drop(part)


def _fill(part: Path, original: sqlite3.Connection) -> None:
    with translated(str(part)), closing(sqlite3.connect(part)) as made:
        original.backup(made)
        # A file of its own, without the log that the original keeps beside it.
        made.execute("PRAGMA journal_mode=DELETE")


def verify(path: Path) -> None:
    """Raise StorageError where this is not a whole database, SchemaError where it is not one of ours."""
    if not path.is_file():
        raise StorageError(f"There is no file {path}.")
    with translated(str(path)):
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as opened:
            found = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
            if found != ["ok"]:
                raise StorageError(f"The database {path} is corrupt: {found[0]}.")
            if opened.execute("PRAGMA foreign_key_check").fetchone() is not None:
                raise StorageError(f"The database {path} has rows that point to nothing.")
        engine = create_engine(f"sqlite:///{path}", poolclass=NullPool)
        with engine.connect() as connection:
            migrate.pending(connection, str(path))
            if migrate.version(connection) is None:
                raise StorageError(f"The file {path} is an empty database, no backup.")


def put_back(backup: Path, path: Path) -> Path | None:
    """Put a verified copy of `backup` in place of the database at `path`, which nobody has open.

    What was there is kept under the name that is returned; None where nothing was there.
    """
    verify(backup)
    new = path.with_name(path.name + ".restoring")
    new.unlink(missing_ok=True)
    copy(backup, new)
    try:
        kept = None
        if path.exists():
            kept = beside(path, REPLACED)
            os.link(path, kept)
            # Left where it is, the old file's log would be applied to the new one.
            for suffix in LOGS:
                log = path.with_name(path.name + suffix)
                if log.exists():
                    log.rename(kept.with_name(kept.name + suffix))
        new.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise StorageError(f"The database {path} cannot be replaced ({error.strerror}).") from error
    finally:
        _drop(new)
    prune_beside(path, REPLACED)
    return kept


def beside(path: Path, kind: str) -> Path:
    """A free name for a copy of this kind beside a database, numbered after those that are there."""
    last = max((number for number, _ in _beside(path, kind)), default=0)
    return path.with_name(f"{path.name}.{kind}-{last + 1}")


def prune_beside(path: Path, kind: str) -> list[Path]:
    """Delete all but the newest copies whose kind begins so, with their logs; those deleted."""
    # By time, and not by number alone: a schema that was gone back to has numbers of its own.
    found = sorted((one.stat().st_mtime_ns, number, one) for number, one in _beside(path, kind))
    old = [one for *_, one in found[:-KEPT_ASIDE]]
    for one in old:
        _drop(one)
    return old


def _beside(path: Path, kind: str) -> list[tuple[int, Path]]:
    """The copies beside a database whose kind begins so, each with its number."""
    told = re.compile(rf"{re.escape(path.name)}\.{re.escape(kind)}(?:-\w+)?-(\d+)")
    return [(int(name[1]), one) for one in path.parent.iterdir() if (name := told.fullmatch(one.name))]


def prune(directory: Path, pattern: str, keep: int) -> list[Path]:
    """Delete all but the `keep` newest files of this pattern, told by their names; those deleted."""
    old = sorted(directory.glob(pattern))[: -keep or None]
    for path in old:
        path.unlink(missing_ok=True)
    return old


@contextmanager
def sole_user(path: Path) -> Iterator[None]:
    """Hold the database for this process alone. Raises StorageError where another one holds it.

    The lock goes with the process, however it ends.
    """
    beside = path.with_name(path.name + ".lock")
    try:
        beside.parent.mkdir(parents=True, exist_ok=True)
        opened = beside.open("a")
    except OSError as error:
        raise StorageError(f"The lock {beside} cannot be made ({error.strerror}).") from error
    with opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise StorageError(f"Another process is running on the database {path}.") from error
        yield


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _drop(part: Path) -> None:
    for suffix in ("", *LOGS):
        with suppress(OSError):  # where it cannot be deleted, it could not be written either
            part.with_name(part.name + suffix).unlink()
