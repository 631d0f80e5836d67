"""What goes wrong below us, said in one sentence each."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, NoSuchModuleError, SQLAlchemyError

from bot.errors import InputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator

_SENTENCES = {
    "SQLITE_CANTOPEN": "The database {where} cannot be opened or created there.",
    "SQLITE_NOTADB": "The file {where} is not a database, or it is corrupt.",
    "SQLITE_CORRUPT": "The database {where} is corrupt; restore it from a backup.",
    "SQLITE_READONLY": "The database {where} is read-only.",
    "SQLITE_PERM": "The database {where} may not be accessed.",
    "SQLITE_AUTH": "The database {where} may not be accessed.",
    "SQLITE_BUSY": "The database {where} is locked by another program.",
    "SQLITE_LOCKED": "The database {where} is locked by another program.",
    "SQLITE_FULL": "There is no space left to write the database {where}.",
    "SQLITE_IOERR": "The disk failed while the database {where} was read or written.",
    "SQLITE_TOOBIG": "What was to be stored is too large for the database {where}.",
}
"""By primary result code of SQLite; extended codes start with it."""


def sentence(error: BaseException, where: str) -> str:
    """One sentence on what `error`, raised by the driver, means for the database at `where`."""
    name = getattr(error, "sqlite_errorname", None) or ""
    for code, text in _SENTENCES.items():
        if name.startswith(code):
            return text.format(where=where)
    return f"The database {where} failed: {(str(error) or type(error).__name__).splitlines()[0]}."


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Turn whatever the driver raises inside into a StorageError on the database at `where`."""
    try:
        yield
    except UnicodeEncodeError as error:
        text = "The text holds a lone surrogate (half a character) and cannot be stored."
        raise InputError(text) from error
    except DBAPIError as error:
        cause = error.orig or error
        raise StorageError(sentence(cause, where)) from error
    except sqlite3.Error as error:
        raise StorageError(sentence(error, where)) from error
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise StorageError(f"The driver for the database {where} is not installed.") from error
    except SQLAlchemyError as error:
        raise StorageError(f"The database {where} failed: {str(error).splitlines()[0]}") from error
