"""Brings the schema to the newest revision, one process at a time.

Alembic is imported only when there is an older schema to change: starts must be quick.
"""

from pathlib import Path
from typing import Any, Final

from filelock import FileLock
from sqlalchemy import Column, Connection, Engine, MetaData, PrimaryKeyConstraint, String, Table, inspect, text

from webapp.errors import DatabaseUnavailable
from webapp.storage import (  # noqa: F401  (their tables join the schema)
    api_models,
    brought_models,
    confidences_models,
    files_models,
    lengths_models,
    links_models,
    memory_models,
    snapshot_models,
)
from webapp.storage.db import migrating
from webapp.storage.review_models import METADATA

HEAD: Final = "0010"
_FOLDER: Final = Path(__file__).parent / "migrations"
# Any number, the same for every Quatrain process on one PostgreSQL database.
_ADVISORY_LOCK: Final = 0x51554154


def migrate(engine: Engine, folder: Path) -> None:
    """Upgrades the database to `HEAD`; does nothing, quickly, when it is there already.

    Web and worker may start at once: a file lock (SQLite) or an advisory lock (PostgreSQL) lets one of them do it.
    Raises DatabaseUnavailable when a newer Quatrain made the schema.
    """
    with engine.connect() as connection:
        if current_revision(connection) == HEAD:
            return
    if engine.dialect.name == "sqlite":
        with FileLock(folder / "migrate.lock", mode=0o600):
            _upgrade(engine)
    else:
        _upgrade(engine)


def current_revision(connection: Connection) -> str | None:
    """Tells the revision of the schema, None when there is none yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return revision


def _upgrade(engine: Engine) -> None:
    # One transaction: a process killed on the way leaves the old schema whole.
    with migrating(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ADVISORY_LOCK})
        revision = current_revision(connection)
        if revision is None and not inspect(connection).has_table("articles"):
            _create(connection)
        elif revision != HEAD:
            run_alembic(connection, "upgrade", "head")


def _create(connection: Connection) -> None:
    """Makes the newest schema at once in an empty database: a test proves that the migrations lead to the same."""
    METADATA.create_all(connection)
    version = Table("alembic_version", MetaData(), Column("version_num", String(32), nullable=False))
    version.append_constraint(PrimaryKeyConstraint("version_num", name="alembic_version_pkc"))
    version.create(connection)
    connection.execute(version.insert(), {"version_num": HEAD})


def run_alembic(connection: Connection, command: str, revision: str) -> None:
    """Runs one Alembic command (upgrade or downgrade) inside the transaction of `connection`.

    Raises DatabaseUnavailable when the database is at a revision this program does not know.
    """
    import alembic.command  # noqa: PLC0415 — see the module's docstring
    from alembic.util import CommandError  # noqa: PLC0415

    config = alembic_config(connection)
    try:
        getattr(alembic.command, command)(config, revision)
    except CommandError as error:
        raise DatabaseUnavailable(detail=f"its schema belongs to another version of Quatrain: {error}") from error


def alembic_config(connection: Connection) -> Any:
    """Makes Alembic's configuration without a file; `migrations/env.py` takes the connection from it."""
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(_FOLDER))
    return config
