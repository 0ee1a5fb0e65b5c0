"""The API on a real SQLite store, with a fake engine and the packages it claims to have."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.conftest import open_store
from tests.fakes import FakeEngine
from webapp import api
from webapp.config import Settings
from webapp.domain import PackageKind
from webapp.engine.packages import InstalledPackage
from webapp.services.context import Context
from webapp.storage.workers import WorkerRow

FRENCH = (
    "Le musée rouvre ses portes\n\nAprès trois ans de travaux, le musée de la ville rouvre lundi. "
    "Sa directrice attend 3 000 visiteurs dès la première semaine."
)


@dataclass
class FakePackages:
    """The packages whose languages are listed in `pairs`."""

    pairs: list[str] = field(default_factory=lambda: ["en-ko", "en-ru", "fr-en"])

    def installed(self) -> tuple[InstalledPackage, ...]:
        return tuple(_package(pair) for pair in self.pairs)

    def missing(self) -> tuple[str, ...]:
        return tuple(pair for pair in ("fr-en", "en-ru", "en-ko") if pair not in self.pairs)


def _package(pair: str) -> InstalledPackage:
    source, target = pair.split("-")
    sha256 = f"{source}{target}".ljust(64, "0")
    return InstalledPackage(pair, source, target, "0.1", PackageKind.STARTER, sha256, Path("/none"), 1, datetime.now(UTC))


@dataclass
class Api:
    """A client with the parts behind it within reach."""

    client: FlaskClient
    app: APIFlask
    context: Context
    engine: FakeEngine
    wakes: list[int]

    def post(self, path: str, body: Any, **more: Any) -> TestResponse:
        """Posts JSON below /api/v1."""
        return self.client.post(f"/api/v1{path}", data=json.dumps(body), content_type="application/json", **more)

    def get(self, path: str, **more: Any) -> TestResponse:
        """Gets below /api/v1."""
        return self.client.get(f"/api/v1{path}", **more)

    def store(self, text: str = FRENCH, **more: Any) -> str:
        """Stores an article and gives its id."""
        answer = self.post("/articles", {"text": text, **more})
        assert answer.status_code == 202, answer.text
        found: str = answer.json["id"]  # type: ignore[index]
        return found

    def work(self) -> None:
        """Drafts everything that waits, as the worker does."""
        from webapp.services.drafting import draft_round

        while draft_round(self.context.store, self.engine, WorkerRow("worker-1", "here", 1, "")):
            pass


def make_context(settings: Settings, empty_database: Path, wakes: list[int] | None = None) -> Context:
    """Opens an installation with an empty database; `wakes` gets a number each time the worker is woken."""
    heard = [] if wakes is None else wakes
    return Context(settings, open_store(settings, empty_database), FakePackages(), lambda: heard.append(1))  # type: ignore[arg-type] # the packages are fakes


def make_api(settings: Settings, empty_database: Path) -> Api:
    """Puts the API, and nothing else, in front of an installation."""
    wakes: list[int] = []
    context = make_context(settings, empty_database, wakes)
    app = APIFlask("webapp", docs_path=None, spec_path=None, static_folder="static")
    app.extensions["quatrain"] = context
    api.register(app, context)
    return Api(app.test_client(), app, context, FakeEngine(), wakes)


@pytest.fixture
def served(settings: Settings, empty_database: Path) -> Iterator[Api]:
    """The API of an installation that asks for no token."""
    made = make_api(settings, empty_database)
    yield made
    made.context.store.close()


@pytest.fixture
def guarded(settings: Settings, empty_database: Path) -> Iterator[Api]:
    """The API of an installation that asks for a token."""
    made = make_api(replace(settings, access_token="a-very-long-token"), empty_database)
    yield made
    made.context.store.close()
