"""Fixtures that every room's tests share."""

from pathlib import Path

import pytest

from webapp.config import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings whose data folder is empty and goes away with the test."""
    return Settings(data_dir=tmp_path / "data")
