"""The services are tested on SQLite; what differs between the databases is tested in the storage."""

from collections.abc import Iterator

import pytest

from webapp.config import Settings
from webapp.storage.store import Store


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An open, empty store."""
    opened = Store.open(settings)
    yield opened
    opened.close()
