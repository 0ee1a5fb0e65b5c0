"""The services are tested on SQLite; what differs between the databases is tested in the storage."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import open_store
from webapp.config import Settings
from webapp.storage.store import Store


@pytest.fixture
def store(settings: Settings, empty_database: Path) -> Iterator[Store]:
    """An open, empty store."""
    opened = open_store(settings, empty_database)
    yield opened
    opened.close()
