"""Connections: how each of the two databases is opened, and what its errors mean to people."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EDQUOT, ENOSPC
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from webapp.config import Settings
from webapp.errors import DatabaseUnavailable, DataFolderUnwritable, DiskFull, QuatrainError

BUSY_SECONDS: Final = 30
WRITES: Final = "quatrain_writes"
MIGRATES: Final = "quatrain_migrates"

_SQLITE_FULL: Final = {sqlite3.SQLITE_FULL}
_SQLITE_UNWRITABLE: Final = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_SQLITE_TROUBLE: Final = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_PROTOCOL,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html: no connection, no resources, operator stopped it, I/O,
# not allowed in, no such database, a deadlock that was resolved by giving up this transaction.
_POSTGRES_TROUBLE: Final = ("08", "53", "57P", "58", "28", "3D", "40")


def open_engine(settings: Settings) -> Engine:
    """Makes the engine for the configured database; connects to nothing yet, but makes the data folder and the file.

    Raises DataFolderUnwritable or DiskFull.
    """
    prepare_folder(settings.data_dir)
    url = make_url(settings.sqlalchemy_url)
    # Errors go to the log: they must not carry the texts of articles there.
    # The connection used last is used next: each keeps a cache and prepared statements of its own.
    room = {"pool_size": settings.web_threads + 4, "max_overflow": 16, "pool_use_lifo": True, "hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        _make_private_file(Path(url.database or ""), settings.data_dir)
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False}, **room)
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    return create_engine(url, connect_args={"connect_timeout": 5}, pool_pre_ping=True, **room)


def writing(engine: Engine) -> Engine:
    """Gives the engine whose transactions write: they take SQLite's only write lock at once, so that none fails half-way."""
    return engine.execution_options(**{WRITES: True})


def migrating(engine: Engine) -> Engine:
    """Gives the engine for migrations: it writes, and does not follow foreign keys while tables are rebuilt.

    SQLite would empty the tables that point at a dropped one. Its connections are not fit for anything else.
    """
    return engine.execution_options(**{WRITES: True, MIGRATES: True})


def reading(engine: Engine) -> Engine:
    """Gives the engine whose transactions see one state of the database and cannot change it."""
    if engine.dialect.name == "postgresql":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver's own BEGIN comes too late and too weak; `_begin_sqlite` sends ours.
    connection.isolation_level = None
    for pragma in (
        "journal_mode = WAL",
        "foreign_keys = ON",
        "synchronous = NORMAL",
        "temp_store = MEMORY",
        "cache_size = -4096",  # KiB of each connection; what lies in the file is in the system's cache besides
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    writes = bool(options.get(WRITES))
    connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writes else 'ON'}")
    if options.get(MIGRATES):
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def prepare_folder(folder: Path) -> None:
    """Makes a folder only its owner may enter, and proves that it can be written.

    Raises DataFolderUnwritable or DiskFull.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        probe = folder / f".write-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink(missing_ok=True)
    except OSError as error:
        raise folder_error(error, folder) from error


def _make_private_file(path: Path, folder: Path) -> None:
    # SQLite gives its -wal and -shm files the permissions of the database itself.
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise folder_error(error, folder) from error


def folder_error(error: OSError, folder: Path) -> QuatrainError:
    """Says in people's words why a folder cannot be written."""
    if error.errno in {ENOSPC, EDQUOT}:
        return DiskFull(folder=folder)
    return DataFolderUnwritable(folder=folder, detail=error.strerror or str(error))


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns what the database's driver raises into DiskFull, DataFolderUnwritable or DatabaseUnavailable.

    Mistakes of the program (a broken statement, a violated constraint) pass through as they are.
    """
    try:
        yield
    except PoolTimeout as error:
        raise DatabaseUnavailable(detail="every connection is in use") from error
    except DBAPIError as error:
        known = _explain(error, folder)
        if known is None:
            raise
        raise known from error


def _explain(error: DBAPIError, folder: Path) -> QuatrainError | None:
    driver: Any = error.orig
    detail = " ".join(str(driver).split())
    if isinstance(driver, sqlite3.Error):
        return _explain_sqlite(getattr(driver, "sqlite_errorcode", 0) & 0xFF, detail, folder)
    state: str | None = getattr(driver, "sqlstate", None)
    if state == "53100":
        return DiskFull(folder="the database server")
    if (state is None and isinstance(error, OperationalError)) or error.connection_invalidated:
        return DatabaseUnavailable(detail=detail)
    if state is not None and state.startswith(_POSTGRES_TROUBLE):
        return DatabaseUnavailable(detail=detail)
    return None


def _explain_sqlite(code: int, detail: str, folder: Path) -> QuatrainError | None:
    if code in _SQLITE_FULL:
        return DiskFull(folder=folder)
    if code in _SQLITE_UNWRITABLE:
        return DataFolderUnwritable(folder=folder, detail=detail)
    return DatabaseUnavailable(detail=detail) if code in _SQLITE_TROUBLE else None
