"""The threads of a worker that answer small requests: somebody waits for each, so they look often and are never behind a book."""

import logging
import threading
import time
from typing import Final

from webapp.engine.base import Engine
from webapp.errors import QuatrainError
from webapp.services import requests
from webapp.services.requests import Limits
from webapp.storage.store import Store

_log = logging.getLogger(__name__)

# How long to wait before looking again, by how long ago the last request was. A look takes a tenth of a millisecond.
_PAUSES: Final = ((1.0, 0.005), (10.0, 0.020), (60.0, 0.050), (float("inf"), 0.100))
_BESIDE: Final = 0.02  # beside a longer request, which every look slows down
_AFTER_TROUBLE: Final = 1.0
SMALL: Final = 2000
"""Characters of a request that the second thread takes, while the first is busy with something long."""


class Answering:
    """Two threads: one takes whatever waits, the other, while the first is at work, what is small."""

    def __init__(self, store: Store, engine: Engine, worker: str, stop: threading.Event, *, limits: Limits) -> None:
        self._store, self._engine, self._worker, self._stop = store, engine, worker, stop
        self._limits = limits
        self._busy = threading.Event()
        self._last = 0.0
        self.threads = (
            threading.Thread(target=self._answer_all, name="requests", daemon=True),
            threading.Thread(target=self._answer_small, name="small requests", daemon=True),
        )

    def start(self) -> None:
        """Starts both; they end when the worker stops."""
        for thread in self.threads:
            thread.start()

    def end(self, seconds: float) -> None:
        """Waits for both, once the worker stops, so long that only a thread inside the engine is still alive then."""
        self._busy.set()
        for thread in self.threads:
            thread.join(seconds / 2)

    def _answer_all(self) -> None:
        while not self._stop.wait(self._pause()):
            self._look(longest=None)

    def _answer_small(self) -> None:
        while not self._stop.is_set():
            self._busy.wait()
            if not self._stop.wait(_BESIDE):
                self._look(longest=SMALL)

    def _pause(self) -> float:
        silent = time.monotonic() - self._last
        return next(pause for seconds, pause in _PAUSES if silent < seconds)

    def _look(self, *, longest: int | None) -> None:
        """Answers what waits, if anything does; a database that is away is asked again later."""
        try:
            with self._store.read() as tx:
                if not requests.something_waits(tx):
                    return
            self._last = time.monotonic()
            if longest is None:
                self._busy.set()
            requests.answer_round(self._store, self._engine, self._worker, limits=self._limits, longest=longest)
        except QuatrainError as error:
            _log.warning("small requests have to wait: %s", error)
            self._stop.wait(_AFTER_TROUBLE)
        finally:
            if longest is None and not self._stop.is_set():
                self._busy.clear()
