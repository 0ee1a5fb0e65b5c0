"""The worker process: Huey's consumer around the rounds of `services.drafting` and `services.models`.

    main thread    waits for a signal
    two threads    take messages: one drafts, the other is free for an installation
    heartbeat      says every few seconds that this worker is alive, so that its leases are its own

It stops within two seconds of SIGTERM or SIGINT: a range of sentences that is not saved by then is dropped and drafted
again by whoever comes next.
"""

import logging
import os
import signal
import threading
from typing import Any, Final

from huey import Huey
from huey.consumer import Consumer

from webapp.config import Settings
from webapp.engine.base import Engine
from webapp.engine.packages import PackageStore
from webapp.errors import QuatrainError
from webapp.jobs.presence import Heartbeat, introduce, leave, this_worker
from webapp.jobs.queue import open_queue
from webapp.jobs.tasks import declare
from webapp.languages import SOURCE
from webapp.services import drafting, models
from webapp.storage.store import Store

_log = logging.getLogger(__name__)

STOP_SECONDS: Final = 1.5
_POLL_SECONDS: Final = 0.25
_LONGEST_PAUSE: Final = 15.0


def run_worker(settings: Settings, *, engine: Engine | None = None, warm_up: bool = True) -> None:
    """Drafts and installs until SIGTERM or SIGINT; must run in the main thread of a process of its own.

    `engine` is the one that runs the installed packages, unless a test brings another; `warm_up` loads its models before
    the first article asks for them. Raises DataFolderUnwritable, DiskFull, DatabaseUnavailable or SettingsInvalid at the
    start. Where the engine cannot be stopped in time the process ends without returning, with status 0.
    """
    if settings.log_level != "debug":
        logging.getLogger("huey").setLevel(logging.WARNING)  # it says two lines a message
    store = Store.open(settings)
    packages = PackageStore(settings)
    used = engine or _open_engine(packages, settings)
    huey = open_queue(settings)
    worker = Worker(store, packages, used, targets=settings.targets if warm_up else ())
    consumer = _make_consumer(huey, worker)
    introduce(store, worker.row)
    heartbeat = Heartbeat(store, worker.row, worker.stop)
    heartbeat.start()
    _log.info("worker %s is ready", worker.row.id)
    consumer.run()
    _end(worker, used, consumer)
    heartbeat.join(STOP_SECONDS)
    store.close()


def _open_engine(packages: PackageStore, settings: Settings) -> Engine:
    # Only a worker that translates for real may load the engine's libraries.
    from webapp.engine.translator import ArgosEngine  # noqa: PLC0415

    return ArgosEngine(packages, settings)


def _make_consumer(huey: Huey, worker: "Worker") -> "_Consumer":
    tasks = declare(huey, draft=worker.draft, install=worker.install, periodic=True)
    consumer = _Consumer(huey, workers=2, initial_delay=_POLL_SECONDS / 2, max_delay=_POLL_SECONDS, shutdown_timeout=STOP_SECONDS)
    worker.stop = consumer.stop_flag
    for task in tasks:
        huey.enqueue(task.s())
    return consumer


def _end(worker: "Worker", engine: Engine, consumer: "_Consumer") -> None:
    """Gives back what the worker holds and stops the engine, or the whole process if the engine does not stop."""
    busy = any(thread.is_alive() for _, thread in consumer.worker_threads)
    try:
        leave(worker.store, worker.row)
    except QuatrainError as error:
        _log.warning("the articles under way wait half a minute for another worker: %s", error)
    if not busy:
        closing = threading.Thread(target=getattr(engine, "close", drafting.never), daemon=True)
        closing.start()
        closing.join(STOP_SECONDS / 4)
        busy = closing.is_alive()
    _log.info("worker %s has stopped", worker.row.id)
    if busy:
        # A thread is inside the engine and cannot be interrupted; everything it saved is committed.
        logging.shutdown()
        os._exit(0)


class Worker:
    """What the messages of the queue do in this process."""

    def __init__(self, store: Store, packages: PackageStore, engine: Engine, *, targets: tuple[str, ...]) -> None:
        """`targets` are the languages whose models are loaded before anyone asks; none: they wait for the first article."""
        self.store, self.row = store, this_worker()
        self.stop = threading.Event()
        self._packages, self._engine = packages, engine
        self._warm_targets = targets
        self._packages_seen: str | None = None
        self._wanted = threading.Event()
        self._drafting = threading.Lock()

    def draft(self) -> None:
        """Drafts until nothing is left. A message that comes meanwhile makes the running one look once more."""
        self._wanted.set()
        while self._wanted.is_set() and self._drafting.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._draft_all()
            finally:
                self._drafting.release()

    def install(self) -> None:
        """Does the requests to install packages, then drafts what waited for them."""
        try:
            done = models.install_round(self.store, self._packages, self.row)
        except QuatrainError as error:
            _log.warning("installing has to wait: %s", error)
            return
        if done:
            self.draft()

    def _draft_all(self) -> None:
        pause = 1.0
        while not self.stop.is_set():
            try:
                self._notice_packages()
                if not drafting.draft_round(self.store, self._engine, self.row, stopping=self.stop.is_set):
                    break
                pause = 1.0
            except QuatrainError as error:
                _log.warning("drafting goes on in %d s: %s", pause, error)
                self.stop.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        self._warm_up()

    def _notice_packages(self) -> None:
        """Tries again what failed for want of a package, when packages came or went."""
        state = self._packages.state()
        if state != self._packages_seen:
            with self.store.begin() as tx:
                drafting.retry_without_route(tx)
            self._packages_seen = state

    def _warm_up(self) -> None:
        """Loads the models once, while there is nothing else to do."""
        targets, self._warm_targets = self._warm_targets, ()
        if not targets or self.stop.is_set():
            return
        try:
            for _ in self._engine.draft(["Bonjour."], source=SOURCE, targets=targets):
                pass
        except QuatrainError as error:
            _log.warning("the models are not ready: %s", error)


class _Consumer(Consumer):  # type: ignore[misc] # Huey ships no types
    """Huey's consumer, stopping in the same orderly way on every signal that asks it to stop."""

    def __init__(self, huey: Huey, **options: Any) -> None:
        super().__init__(huey, **options)
        self._signal_actions = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), (False, True))
