"""Every test of the storage that asks for `store` runs on both databases."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.postgres import postgres_server, postgres_url
from webapp.config import Settings
from webapp.storage.store import Store

__all__ = ["postgres_server", "postgres_url"]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, settings: Settings) -> Settings:
    """Settings of an installation on each of the two databases, still empty."""
    if request.param == "sqlite":
        return settings
    return replace(settings, database_url=request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(database: Settings) -> Iterator[Store]:
    """An open, empty store."""
    opened = Store.open(database)
    yield opened
    opened.close()
