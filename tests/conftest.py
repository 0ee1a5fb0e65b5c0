"""Fixtures that every room's tests share."""

import os
import shutil
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any, Final

import pytest
from werkzeug.routing import Rule

from webapp.config import Settings
from webapp.storage.store import Store


def _compiled_once(compile_builder: Callable[..., Any]) -> Callable[..., Any]:
    """Keeps what Werkzeug compiles of each route: a thousand tests make an application each, with the same two hundred routes."""
    known: dict[object, Any] = {}

    @wraps(compile_builder)
    def kept(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, append_unknown, tuple(rule._trace), repr(rule.defaults))
        if key not in known:
            known[key] = compile_builder(rule, append_unknown)
        return known[key]

    return kept


_IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108  (only where it is Linux's own)
_ROOM: Final = 4 << 30


def _memory_serves() -> bool:
    """Whether there is a file system in memory that is large enough and lets programs run (environments are made in it, too)."""
    if not hasattr(os, "statvfs") or not os.access(_IN_MEMORY, os.W_OK):
        return False
    system = os.statvfs(_IN_MEMORY)
    return system.f_bavail * system.f_frsize >= _ROOM and not system.f_flag & os.ST_NOEXEC


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Thousands of small databases are made and thrown away: in memory a third of the tests' waiting goes."""
    if not hasattr(config, "workerinput") and not config.option.basetemp and _memory_serves():
        config.option.basetemp = str(_IN_MEMORY / f"quatrain-tests-{os.getpid()}")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Memory is given back."""
    if not hasattr(config, "workerinput") and str(config.option.basetemp or "").startswith(f"{_IN_MEMORY}/quatrain-tests-"):
        shutil.rmtree(config.option.basetemp, ignore_errors=True)


Rule._compile_builder = _compiled_once(Rule._compile_builder)  # type: ignore[method-assign]


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
