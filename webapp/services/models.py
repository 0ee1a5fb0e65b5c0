"""The official packages: asked for by a page, installed by the worker, with the progress in the database."""

import logging
import time
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from webapp.domain import InstallView
from webapp.errors import EngineFailed, QuatrainError
from webapp.storage import installs, workers
from webapp.storage.store import Store, Transaction
from webapp.storage.workers import WorkerRow

_log = logging.getLogger(__name__)

_PROGRESS_SECONDS: Final = 0.5


class Installer(Protocol):
    """The part of the package store that this service needs."""

    def install(
        self, pairs: Sequence[str] | None = None, *, progress: Callable[[str, int, int], None] | None = None
    ) -> tuple[object, ...]:
        """Installs the packages the configured targets need."""
        ...


def request_install(tx: Transaction) -> None:
    """Asks the worker to install the official packages; asking twice is asking once.

    The caller wakes the workers once the transaction is committed.
    """
    installs.request(tx)


def install_status(tx: Transaction) -> InstallView | None:
    """Tells how far the newest request is, None when nobody ever asked."""
    return installs.latest(tx)


def install_round(store: Store, packages: Installer, worker: WorkerRow) -> bool:
    """Does the oldest request that is open, if any; returns whether there was one.

    What goes wrong is written down with the request and never raised.
    """
    with store.begin() as tx:
        workers.heartbeat(tx, worker)
        taken = installs.claim(tx, worker.id)
    if taken is None:
        return False
    error: QuatrainError | None = None
    try:
        packages.install(progress=_written_down(store, taken.id))
    except QuatrainError as problem:
        error = problem
    except Exception as problem:  # noqa: BLE001 — whatever it was, the page must say that the installation ended
        error = EngineFailed(detail=f"{type(problem).__name__}: {problem}")
    if error is not None:
        _log.warning("the packages could not be installed: %s", error)
    with store.begin() as tx:
        installs.finish(tx, taken.id, error)
    return True


def _written_down(store: Store, install: int) -> Callable[[str, int, int], None]:
    """Makes a progress function that writes at most twice a second, and the end of each package always."""
    last: list[float] = [0.0]

    def write(pair: str, bytes_done: int, bytes_total: int) -> None:
        now = time.monotonic()
        if bytes_done < bytes_total and now - last[0] < _PROGRESS_SECONDS:
            return
        last[0] = now
        with store.begin() as tx:
            installs.progress(tx, install, pair, bytes_done, bytes_total)

    return write
