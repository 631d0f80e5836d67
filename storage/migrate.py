"""The schema's version: Alembic in the program itself, with its configuration in code.

All of an upgrade, the record of the new version included, happens in the transaction that the caller holds:
a crash leaves the old schema or the new one.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect

from bot.errors import SchemaError

if TYPE_CHECKING:
    from sqlalchemy import Connection

_SCRIPTS = Path(__file__).parent / "migrations"


def config() -> Config:
    """Alembic's configuration; no ini file."""
    made = Config()
    # A percent sign in the path would be taken for an interpolation.
    made.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return made


def head() -> str:
    """The schema version that this program writes."""
    revision = ScriptDirectory.from_config(config()).get_current_head()
    if revision is None:
        raise SchemaError("The program was installed without its database migrations.")
    return revision


def version(connection: Connection) -> str | None:
    """The schema version of a database, None where it has none."""
    return MigrationContext.configure(connection).get_current_revision()


def pending(connection: Connection, where: str) -> bool:
    """Whether `upgrade` would change an existing schema. Raises SchemaError if it would refuse."""
    current = version(connection)
    if current is None:
        if inspect(connection).get_table_names():
            raise SchemaError(f"The database {where} holds tables of another program.")
        return False
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    if current not in known:
        raise SchemaError(
            f"The database {where} was written by a newer version of the program (schema {current}); "
            "install that version, or restore a backup."
        )
    return current != head()


def outdated(connection: Connection, where: str) -> str | None:
    """The schema version that `upgrade` would leave behind; None where it changes no existing schema.

    Raises SchemaError where it would refuse.
    """
    return version(connection) if pending(connection, where) else None


def upgrade(connection: Connection, where: str, revision: str = "head") -> None:
    """Bring the schema to `revision`, in the connection's transaction.

    Raises SchemaError, before anything is changed, where a newer version of the program or another program
    made the database.
    """
    if not pending(connection, where) and version(connection) is not None:
        return
    settings = config()
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
