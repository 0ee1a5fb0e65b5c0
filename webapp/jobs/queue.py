"""The queue: it carries no work, only the news that there is some.

What is to be done stands in the database; a message that is lost costs a worker some seconds, never an article.
"""

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from webapp.config import Settings
from webapp.errors import DatabaseUnavailable, DataFolderUnwritable, SettingsInvalid
from webapp.jobs.tasks import declare


@contextmanager
def _without(name: str) -> Iterator[None]:
    """Lets an optional import of a library that is not loaded yet fail."""
    if name in sys.modules:
        yield
        return
    sys.modules[name] = None  # type: ignore[assignment] # Python's own sign for "cannot be imported"
    try:
        yield
    finally:
        del sys.modules[name]


# Huey loads psycopg wherever it is installed: 9 MB in every web process, which only a queue in PostgreSQL needs.
with _without("psycopg"):
    from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
    from huey import storage as huey_storage
    from huey.exceptions import ConfigurationError

_log = logging.getLogger(__name__)

_NAME: Final = "quatrain"
_ADVISORY_LOCK: Final = 0x51554155
"""Any number, the same for every Quatrain process on one PostgreSQL database, and not that of the migrations."""


def open_queue(settings: Settings) -> Huey:
    """Opens the queue: Redis when it is set, else PostgreSQL with the database, else a file in the data folder.

    Raises SettingsInvalid (Redis without its library), DatabaseUnavailable or DataFolderUnwritable.
    """
    if settings.redis_url is not None:
        return _open_redis(settings.redis_url)
    if settings.database_url is not None and settings.database_url.startswith("postgresql"):
        return _open_postgres(settings.database_url)
    return _open_sqlite(settings.data_dir / "queue.db")


def _open_redis(url: str) -> Huey:
    try:
        return RedisHuey(_NAME, url=url, results=False)
    except ConfigurationError as error:
        problem = "QUATRAIN_REDIS_URL needs the redis library: install quatrain[redis]"
        raise SettingsInvalid(problems=problem) from error


def _open_postgres(dsn: str) -> Huey:
    import psycopg  # noqa: PLC0415  (only where the database is PostgreSQL)

    huey_storage.psycopg = psycopg
    try:
        # Processes that start at once would all make the tables: `if not exists` does not keep PostgreSQL from making one twice.
        with psycopg.connect(dsn, connect_timeout=5) as connection:
            connection.execute("SELECT pg_advisory_xact_lock(%s)", [_ADVISORY_LOCK])
            return _closed(PostgresHuey(_NAME, dsn=dsn, results=False, connect_timeout=5))
    except Exception as error:
        raise DatabaseUnavailable(detail=" ".join(str(error).split())) from error


def _open_sqlite(path: Path) -> Huey:
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        return _closed(SqliteHuey(_NAME, filename=str(path), results=False, timeout=30))
    except OSError as error:
        raise DataFolderUnwritable(folder=path.parent, detail=error.strerror or str(error)) from error


def _closed(huey: Any) -> Huey:
    # Making the tables opened a connection; it must not cross a fork of the web server.
    huey.storage.close()
    return huey


def waker(huey: Huey) -> Callable[[], None]:
    """Makes the function that tells the workers to look into the database.

    It never raises: what was committed is safe, and workers look by themselves once a minute.
    """
    tasks = declare(huey)

    def wake() -> None:
        try:
            for task in tasks:
                huey.enqueue(task.s())
        except Exception as error:  # noqa: BLE001 — see the docstring
            _log.warning("the workers could not be woken and will look by themselves: %s", error)

    return wake
