"""The store: one database, opened once a process, giving out transactions."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, text

from webapp.config import Settings
from webapp.domain import NO_STYLE, HouseStyle, SpeechLevel
from webapp.storage.db import explained, open_engine, reading, writing
from webapp.storage.migrate import migrate

AnyRow = Row[*tuple[Any, ...]]
"""A row of whatever columns a statement asks for; never leaves this room."""


class Transaction:
    """One transaction of the database. The modules of this room work with `connection`; services only pass it on.

    `style` is what the newsroom chose, for the checks.
    """

    __slots__ = ("article_keys", "connection", "is_postgres", "style")

    def __init__(self, connection: Connection, style: HouseStyle = NO_STYLE) -> None:
        self.connection, self.style = connection, style
        self.article_keys: dict[str, int] = {}  # found once a transaction: everything about a sentence asks for it
        self.is_postgres = connection.dialect.name == "postgresql"

    def clock(self) -> float:
        """Tells the time in seconds since the epoch; PostgreSQL's own, so that machines whose clocks differ agree."""
        if not self.is_postgres:
            return time.time()
        return float(self.connection.scalar(text("SELECT extract(epoch FROM clock_timestamp())")))

    def moment(self) -> datetime:
        """Tells the time as people see it, in UTC."""
        return datetime.fromtimestamp(self.clock(), UTC)


class Store:
    """The open database. Threads share it; a process that forks opens its own."""

    def __init__(self, engine: Engine, folder: Path, style: HouseStyle = NO_STYLE) -> None:
        self._engine = engine
        self._readers, self._writers = reading(engine), writing(engine)
        self._folder, self._style = folder, style

    @classmethod
    def open(cls, settings: Settings) -> "Store":
        """Opens the configured database, making the data folder and the newest schema where they are missing.

        Raises DataFolderUnwritable, DiskFull or DatabaseUnavailable.
        """
        engine = open_engine(settings)
        try:
            with explained(settings.data_dir):
                migrate(engine, settings.data_dir)
        finally:
            # No connection may cross a fork of the web server.
            engine.dispose()
        level = SpeechLevel(settings.korean_level) if settings.korean_level else None
        return cls(engine, settings.data_dir, HouseStyle(level, settings.russian_nbsp))

    @contextmanager
    def read(self) -> Iterator[Transaction]:
        """Gives a transaction that sees one state of the database and cannot change it."""
        with explained(self._folder), self._readers.begin() as connection:
            yield Transaction(connection, self._style)

    @contextmanager
    def begin(self) -> Iterator[Transaction]:
        """Gives a transaction that is kept when the block ends and undone when it raises."""
        with explained(self._folder), self._writers.begin() as connection:
            yield Transaction(connection, self._style)

    def close(self) -> None:
        """Closes every connection."""
        self._engine.dispose()
