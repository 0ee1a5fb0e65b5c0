"""The starter packages, installed once for all tests of the engine."""

from pathlib import Path

import pytest

from webapp.config import Settings
from webapp.engine.packages import PackageStore


@pytest.fixture(scope="session")
def starter_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings whose data folder holds the three starter packages; tests only read it."""
    folder: Path = tmp_path_factory.mktemp("starters")
    settings = Settings(data_dir=folder, engine_threads=2)
    PackageStore(settings).install_starters()
    return settings


@pytest.fixture(scope="session")
def starters(starter_settings: Settings) -> PackageStore:
    """The store of the starter packages; tests only read it."""
    return PackageStore(starter_settings)
