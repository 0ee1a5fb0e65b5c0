"""Fixtures that every room's tests share."""

import shutil
from pathlib import Path

import pytest

from webapp.config import Settings
from webapp.storage.store import Store


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder is empty and goes away with the test."""
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the newest schema and nothing in it: making the schema once is enough."""
    folder = tmp_path_factory.mktemp("empty")
    Store.open(Settings(data_dir=folder)).close()
    return folder / "quatrain.db"


def open_store(settings: Settings, empty_database: Path) -> Store:
    """Opens the store of an installation whose database has the schema already and nothing in it."""
    settings.data_dir.mkdir(mode=0o700, exist_ok=True)
    shutil.copy(empty_database, settings.data_dir)
    return Store.open(settings)
