"""A LibreTranslate server for the tests: the API in front of a store, and a worker's thread with the fake engine behind it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from werkzeug.test import TestResponse

from tests.api.conftest import Api
from webapp.jobs.requests import Answering
from webapp.services.requests import Limits
from webapp.storage.store import Store
from webapp.storage.workers import WorkerRow, heartbeat


@dataclass
class Libre:
    """What a client of LibreTranslate sees."""

    api: Api

    def json(self, path: str, body: Any, **more: Any) -> TestResponse:
        return self.api.client.post(path, json=body, **more)

    def form(self, path: str, **fields: Any) -> TestResponse:
        return self.api.client.post(path, data=fields)

    def translate(self, q: Any, source: str = "fr", target: str = "en", **more: Any) -> TestResponse:
        return self.json("/translate", {"q": q, "source": source, "target": target, **more})


@contextmanager
def worker_thread(store: Store, engine: Any) -> Iterator[None]:
    """Answers small requests as a worker process does, until the block ends."""
    stop = threading.Event()
    row = WorkerRow("worker-1", "here", 1, "")
    with store.begin() as tx:
        heartbeat(tx, row)
    answering = Answering(store, engine, row.id, stop, limits=Limits(1 << 20, 16 << 20))
    answering.start()
    try:
        yield
    finally:
        stop.set()
        answering.end(5)
