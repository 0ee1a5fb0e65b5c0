"""A newsroom for the browser: the real application on a free port, and a worker thread with an engine of the test's choice."""

import threading
import time
from collections.abc import Callable

from werkzeug.serving import BaseWSGIServer, make_server

from webapp.app import create_app
from webapp.config import Settings
from webapp.domain import SourceText
from webapp.engine.base import Engine
from webapp.engine.packages import PackageStore
from webapp.services.alternatives import answer_round
from webapp.services.articles import create_article, get_job
from webapp.services.context import Context
from webapp.services.drafting import draft_round
from webapp.storage.store import Store
from webapp.storage.workers import WorkerRow
from webapp.text.read import read_article

WORKER = WorkerRow("test-worker", "here", 1, "")


class Newsroom:
    """Serves pages at `address` and drafts in the background while `working` is set."""

    def __init__(self, settings: Settings, engine: Engine, *, packages: PackageStore | None = None, port: int = 0) -> None:
        self.settings = settings
        self.engine = engine
        self.store = Store.open(self.settings)
        self.working = threading.Event()
        self.working.set()
        self._ended = threading.Event()
        self.context = Context(self.settings, self.store, packages or PackageStore(self.settings), wake=lambda: None)
        self.app = create_app(self.context)
        self._server: BaseWSGIServer = make_server("127.0.0.1", port, self.app, threaded=True)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        self._threads = [threading.Thread(target=work, daemon=True) for work in (self._server.serve_forever, self._draft)]

    def __enter__(self) -> "Newsroom":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        for thread in self._threads:
            thread.join(10)
        self._server.server_close()
        self.store.close()

    def _draft(self) -> None:
        while not self._ended.is_set():
            if not (self.working.is_set() and self._work()):
                time.sleep(0.02)

    def _work(self) -> bool:
        answered = answer_round(self.store, self.engine)
        return draft_round(self.store, self.engine, WORKER, stopping=self._stopping) or answered

    def _stopping(self) -> bool:
        return self._ended.is_set() or not self.working.is_set()

    def submit(self, text: str, targets: tuple[str, ...] = ("en", "ru", "ko"), *, title: str | None = None) -> str:
        """Stores an article as the page does and gives its id."""
        source: SourceText = read_article(text, title=title, max_bytes=1 << 24, accept_any_language=True)
        with self.store.begin() as tx:
            return create_article(tx, source, targets)

    def finish(self, article_id: str, seconds: float = 60) -> None:
        """Waits until an article's drafting has ended."""
        self.wait(lambda: self._status(article_id) not in {"waiting", "running"}, seconds)

    def _status(self, article_id: str) -> str:
        with self.store.read() as tx:
            return get_job(tx, article_id).status

    @staticmethod
    def wait(is_done: Callable[[], bool], seconds: float = 30) -> None:
        """Waits until something holds; fails when it takes longer than `seconds`."""
        end = time.monotonic() + seconds
        while not is_done():
            assert time.monotonic() < end, "it took too long"
            time.sleep(0.05)
