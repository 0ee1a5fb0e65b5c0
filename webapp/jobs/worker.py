"""The worker process: Huey's consumer around the rounds of `services.drafting` and `services.models`.

    main thread    waits for a signal
    three threads  take messages: one drafts and checks, beside it articles that show nothing yet are begun (the engine
                   lets them go first), people's questions are answered, packages installed
    lookout        looks into the database every few seconds: of several workers only one gets each message
    requests       two threads answer small requests, whatever else is being done
    webhooks       tells other programs what happened
    heartbeat      says every few seconds that this worker is alive, so that its leases are its own

It stops within two seconds of SIGTERM or SIGINT: a range of sentences that is not saved by then is dropped and drafted
again by whoever comes next.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable, Sequence
from typing import Any, Final

from huey import Huey
from huey.consumer import Consumer

from webapp.config import Settings
from webapp.engine.base import Engine
from webapp.engine.packages import PackageStore
from webapp.errors import QuatrainError
from webapp.jobs.presence import Heartbeat, express_lane, introduce, leave, this_worker
from webapp.jobs.queue import open_queue
from webapp.jobs.requests import Answering
from webapp.jobs.tasks import declare
from webapp.jobs.webhooks import delivering
from webapp.languages import SOURCE
from webapp.services import align_requests, alternatives, checking, confidences, drafting, lengths, links, models, rechecking
from webapp.services.requests import Limits
from webapp.storage.store import Store

_log = logging.getLogger(__name__)

STOP_SECONDS: Final = 1.2
LOOK_SECONDS: Final = 5.0
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
    worker = Worker(store, packages, used, targets=settings.targets if warm_up else (), prefill=settings.memory_prefill)
    consumer = _make_consumer(huey, worker)
    consumer.heed()
    introduce(store, worker.row)
    heartbeat = Heartbeat(store, worker.row, worker.stop)
    heartbeat.start()
    checking.load_checks()
    _log.info("worker %s is ready", worker.row.id)
    lookout = threading.Thread(target=worker.look_out, name="lookout", daemon=True)
    lookout.start()
    limits = Limits(settings.max_article_bytes, settings.max_file_bytes)
    answering = Answering(store, used, worker.row.id, worker.stop, limits=limits)
    answering.start()
    delivering(store, worker.stop, allow_private=settings.private_webhooks).start()
    consumer.run()
    answering.end(STOP_SECONDS / 4)
    _end(worker, used, [lookout, *answering.threads, *(thread for _, thread in consumer.worker_threads)])
    heartbeat.join(STOP_SECONDS)
    store.close()


def _open_engine(packages: PackageStore, settings: Settings) -> Engine:
    # Only a worker that translates for real may load the engine's libraries.
    from webapp.engine.translator import ArgosEngine  # noqa: PLC0415

    return ArgosEngine(packages, settings)


def _make_consumer(huey: Huey, worker: "Worker") -> "_Consumer":
    tasks = declare(huey, draft=worker.draft, install=worker.install, answer=worker.answer, periodic=True)
    consumer = _Consumer(huey, workers=3, initial_delay=_POLL_SECONDS / 2, max_delay=_POLL_SECONDS, shutdown_timeout=STOP_SECONDS)
    worker.stop = consumer.stop_flag
    for task in tasks:
        huey.enqueue(task.s())
    return consumer


def _end(worker: "Worker", engine: Engine, threads: Sequence[threading.Thread]) -> None:
    """Gives back what the worker holds and stops the engine, or the whole process if the engine does not stop.

    `threads` are those that may be inside the engine; the consumer has waited for its own already.
    """
    threads[0].join(STOP_SECONDS if not any(thread.is_alive() for thread in threads[1:]) else 0)
    busy = any(thread.is_alive() for thread in threads)
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

    def __init__(
        self, store: Store, packages: PackageStore, engine: Engine, *, targets: tuple[str, ...], prefill: bool = False
    ) -> None:
        """`targets` are the languages whose models are loaded before anyone asks; none: they wait for the first article.

        `prefill`: what the translation memory knows exactly is not drafted.
        """
        self._prefill = prefill
        self.store, self.row = store, this_worker()
        self.stop = threading.Event()
        self._packages, self._engine = packages, engine
        self._warm_targets = targets
        self._packages_seen: str | None = None
        self._main, self._express = _Lane(self._draft_all), _Lane(self._draft_newcomers)
        self._aligning = _Lane(self._align_all)

    def draft(self) -> None:
        """Drafts until nothing is left. A message that comes meanwhile begins the articles that have just come in."""
        if self._main.is_busy:
            self._express.run()
        self._main.run()

    def look_out(self) -> None:
        """Drafts whatever waits, and looks again every few seconds until the worker stops.

        A save that asks for no draft wakes nobody, so that it is quick; its text is checked and linked from here.
        """
        self.draft()
        while not self.stop.wait(LOOK_SECONDS):
            try:
                with self.store.read() as tx:
                    waits = (drafting.something_waits, checking.something_unchecked, links.something_unlinked)
                    is_work = any(look(tx) for look in waits)
            except QuatrainError as error:
                _log.warning("the database cannot be looked at: %s", error)
            else:
                if is_work:
                    self.draft()

    def install(self) -> None:
        """Does the requests to install packages, then drafts what waited for them."""
        try:
            done = models.install_round(self.store, self._packages, self.row)
        except QuatrainError as error:
            _log.warning("installing has to wait: %s", error)
            return
        if done:
            self.draft()

    def answer(self) -> None:
        """Answers the requests for alternatives, beside whatever is being drafted: somebody is looking at the page."""
        try:
            while not self.stop.is_set() and alternatives.answer_round(self.store, self._engine):
                pass
        except QuatrainError as error:
            _log.warning("alternatives have to wait: %s", error)
        self._aligning.run()

    def _align_all(self) -> None:
        try:
            while not self.stop.is_set() and align_requests.align_round(self.store):
                pass
        except QuatrainError as error:
            _log.warning("brought texts have to wait: %s", error)

    def _draft_newcomers(self) -> None:
        lane = express_lane(self.row)
        try:
            while not self.stop.is_set() and drafting.draft_round(
                self.store, self._engine, lane, stopping=self.stop.is_set, express=True, prefill=self._prefill
            ):
                pass
        except QuatrainError as error:
            _log.warning("new articles wait for the others: %s", error)

    def _draft_all(self) -> None:
        pause = 1.0
        while not self.stop.is_set():
            try:
                self._notice_packages()
                drafted = drafting.draft_round(
                    self.store, self._engine, self.row, stopping=self.stop.is_set, patience=LOOK_SECONDS, prefill=self._prefill
                )
                if not drafted and not self._look_after():
                    break
                pause = 1.0
            except QuatrainError as error:
                _log.warning("drafting goes on in %d s: %s", pause, error)
                self.stop.wait(pause)
                pause = min(2 * pause, _LONGEST_PAUSE)
        self._warm_up()

    def _look_after(self) -> bool:
        """Does some of what waits until nothing is to be drafted; returns whether there may be more."""
        return (
            checking.check_round(self.store)
            or rechecking.recheck_round(self.store)
            or links.link_round(self.store, self._engine)
            or lengths.learn_round(self.store)
            or confidences.learn_round(self.store)
        )

    def _notice_packages(self) -> None:
        """Tries again what failed for want of a package, when packages came or went."""
        state = self._packages.state()
        if state != self._packages_seen:
            with self.store.begin() as tx:
                drafting.retry_without_route(tx)
                alternatives.forget_alternatives(tx)
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


class _Lane:
    """Work that one thread does at a time; whoever asks for it meanwhile makes that thread do it once more."""

    def __init__(self, work: Callable[[], None]) -> None:
        self._work = work
        self._wanted = threading.Event()
        self._lock = threading.Lock()

    @property
    def is_busy(self) -> bool:
        return self._lock.locked()

    def run(self) -> None:
        """Does the work, unless another thread is at it."""
        self._wanted.set()
        while self._wanted.is_set() and self._lock.acquire(blocking=False):
            try:
                self._wanted.clear()
                self._work()
            finally:
                self._lock.release()


class _Consumer(Consumer):  # type: ignore[misc] # Huey ships no types
    """Huey's consumer, stopping in the same orderly way on every signal that asks it to stop."""

    def __init__(self, huey: Huey, **options: Any) -> None:
        super().__init__(huey, **options)
        self._signal_actions = dict.fromkeys((signal.SIGTERM, signal.SIGINT, signal.SIGHUP), (False, True))

    def heed(self) -> None:
        """Stops in order on signals from now on; Huey by itself heeds them only once its threads are at work."""
        self._set_signal_handlers()
