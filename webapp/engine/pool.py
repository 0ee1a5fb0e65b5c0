"""The cores: as many threads as batches may run at once, and a queue that gives the earliest work first.

CTranslate2 has queues of its own, one a model, first in first out. With three models they would run three times as many
batches at once as there are cores, which costs memory, and would begin the next slice before the current one is done.
"""

import heapq
import itertools
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from webapp.errors import EngineFailed

T = TypeVar("T")
Order = tuple[int, ...]


class CorePool:
    """`threads` threads that run tasks in the order of their `order`, then of their arrival. Starts nothing before it is used."""

    def __init__(self, threads: int) -> None:
        self.threads = threads
        self._ready = threading.Condition()
        self._tasks: list[tuple[Order, int, Future[Any], Callable[[], Any]]] = []
        self._arrival = itertools.count()
        self._workers: list[threading.Thread] = []
        self._closed = False

    def submit(self, order: Order, task: Callable[[], T]) -> Future[T]:
        """Queues a task; the smallest `order` runs first. Raises EngineFailed once the pool is closed."""
        future: Future[T] = Future()
        with self._ready:
            if self._closed:
                raise EngineFailed(detail="it was closed")
            heapq.heappush(self._tasks, (order, next(self._arrival), future, task))
            if len(self._workers) < self.threads:
                worker = threading.Thread(target=self._work, name=f"core-{len(self._workers)}", daemon=True)
                self._workers.append(worker)
                worker.start()
            self._ready.notify()
        return future

    def close(self) -> None:
        """Cancels what has not begun, waits for what has; the pool takes nothing more."""
        with self._ready:
            self._closed = True
            for _, _, future, _ in self._tasks:
                future.cancel()
            self._tasks.clear()
            self._ready.notify_all()
        for worker in self._workers:
            worker.join()

    def _work(self) -> None:
        while (entry := self._next()) is not None:
            _run(*entry[2:])
            del entry  # a thread that waits for its next task must not keep the results of the last one alive

    def _next(self) -> tuple[Order, int, Future[Any], Callable[[], Any]] | None:
        with self._ready:
            while not self._tasks and not self._closed:
                self._ready.wait()
            return heapq.heappop(self._tasks) if self._tasks else None


def _run(future: Future[Any], task: Callable[[], Any]) -> None:
    if not future.set_running_or_notify_cancel():
        return
    try:
        result = task()
    except BaseException as error:  # noqa: BLE001 # the thread that waits for the result raises it
        future.set_exception(error)
    else:
        future.set_result(result)
