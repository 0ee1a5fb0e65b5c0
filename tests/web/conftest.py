"""The pages on a real SQLite store, with a fake engine and the packages it claims to have."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jinja2.bccache import Bucket, BytecodeCache
from werkzeug.test import TestResponse

from tests.conftest import open_store
from tests.fakes import FakeEngine
from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import PackageKind
from webapp.engine.base import Engine
from webapp.engine.packages import InstalledPackage
from webapp.services.articles import create_article, get_document
from webapp.services.context import Context
from webapp.services.drafting import draft_round
from webapp.storage.store import Store
from webapp.storage.workers import WorkerRow
from webapp.text.read import read_article

WORKER = WorkerRow("worker-1", "here", 1, "")
HTMX = {"HX-Request": "true"}
FRENCH = (
    "Le musée rouvre ses portes\n\nAprès trois ans de travaux, le musée de la ville rouvre lundi. "
    "Sa directrice attend 3 000 visiteurs dès la première semaine.\n\n"
    "« Nous avons gardé les vieux murs », dit-elle. Le public jugera."
)


class Compiled(BytecodeCache):
    """Keeps compiled templates for the applications of later tests: compiling is most of what a first page costs."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._known[bucket.key] = bucket.bytecode_to_string()


COMPILED = Compiled()


@dataclass
class FakePackages:
    """The packages whose pairs are listed, all of one kind."""

    pairs: tuple[str, ...] = ("en-ko", "en-ru", "fr-en")
    kind: PackageKind = PackageKind.STARTER

    def installed(self) -> tuple[InstalledPackage, ...]:
        return tuple(self._package(pair) for pair in self.pairs)

    def state(self) -> str:
        return f"{self.pairs}{self.kind}"

    def _package(self, pair: str) -> InstalledPackage:
        source, target = pair.split("-")
        sha256 = f"{source}{target}".ljust(64, "0")
        return InstalledPackage(pair, source, target, "0.1", self.kind, sha256, Path("/none"), 21_000_000, datetime.now(UTC))


@dataclass
class Reader:
    """Somebody with a browser: keeps cookies, sends forms with their token; the parts behind the pages are within reach."""

    client: FlaskClient
    app: Flask
    context: Context
    packages: FakePackages
    engine: Engine = field(default_factory=FakeEngine)
    wakes: list[int] = field(default_factory=list)

    def get(self, path: str, **more: Any) -> TestResponse:
        return self.client.get(path, buffered=True, **more)

    def text(self, path: str, **more: Any) -> str:
        """The page as it is read: entities resolved."""
        answer = self.get(path, **more)
        assert answer.status_code == 200, answer.text
        return unescape(answer.text)

    def fragment(self, path: str) -> TestResponse:
        return self.get(path, headers=HTMX)

    def token(self) -> str:
        """The form token of this session, from any page."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get("/keyboard").text)
        assert found is not None
        return found[1]

    def post(self, path: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        return self.client.post(path, data={"csrf_token": self.token(), **(data or {})}, **more)

    def submit(self, text: str = FRENCH, targets: tuple[str, ...] = ("en", "ru", "ko"), title: str | None = None) -> str:
        """Stores an article and gives its id."""
        source = read_article(text, title=title, max_bytes=1 << 24, accept_any_language=True)
        with self.context.store.begin() as tx:
            return create_article(tx, source, targets)

    def draft(self) -> None:
        """Lets a worker do everything there is to do."""
        while draft_round(self.context.store, self.engine, WORKER):
            pass

    def revision(self, article_id: str) -> int:
        with self.context.store.read() as tx:
            return get_document(tx, article_id, stop=0).revision


@pytest.fixture
def make_reader(settings: Settings, empty_database: Path) -> Iterator[Any]:
    """Makes readers of installations whose settings differ."""
    stores: list[Store] = []

    def make(**changes: Any) -> Reader:
        changed = replace(settings, **changes)
        stores.append(open_store(changed, empty_database))
        packages, wakes = FakePackages(), [0]

        def wake() -> None:
            wakes[0] += 1

        context = Context(changed, stores[-1], packages, wake)  # type: ignore[arg-type]
        app = create_app(context)
        app.testing = False
        app.jinja_env.bytecode_cache = COMPILED
        app.config["PROPAGATE_EXCEPTIONS"] = False
        return Reader(app.test_client(), app, context, packages, wakes=wakes)

    yield make
    for store in stores:
        store.close()


@pytest.fixture
def reader(make_reader: Any) -> Reader:
    """A reader of an installation with nothing in it, who speaks English."""
    made: Reader = make_reader()
    made.client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
    return made
