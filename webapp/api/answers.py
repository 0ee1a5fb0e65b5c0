"""Waiting for the answers to small requests, without a thread of questions to the database for each of them.

One thread looks for all who wait and tells each when the answer is there; it lives only while somebody waits.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from webapp.errors import NoAnswer, QuatrainError, ServerBusy
from webapp.services import requests
from webapp.services.requests import Answer, Question
from webapp.storage.store import Store

ANSWER_SECONDS: Final = 300.0
_PAUSES: Final = ((0.15, 0.003), (1.0, 0.010), (float("inf"), 0.030))
"""How long to wait before looking again, by how long ago the youngest question was asked."""
_PLACE_SECONDS: Final = 10.0


class Answers:
    """The questions of this process that wait for an answer. At most `places` at the same time, so that pages find a thread."""

    def __init__(self, store: Store, places: int) -> None:
        self._store = store
        self._places = threading.BoundedSemaphore(places)
        self._queue = threading.BoundedSemaphore(places)
        self._changed = threading.Condition()
        self._waiting: set[int] = set()
        self._answers: dict[int, Answer | QuatrainError] = {}
        self._youngest = 0.0
        self._looking = False

    def ask(self, question: Question, *, seconds: float = ANSWER_SECONDS) -> Answer:
        """Asks the workers and waits. Raises NoAnswer after so many seconds, ServerBusy, and what the engine raised."""
        if not question.texts and question.file is None:
            return Answer(())
        with self._place():
            with self._store.begin() as tx:
                number = requests.ask(tx, question, seconds=seconds)
            return self._wait(number, seconds)

    @contextmanager
    def _place(self) -> Iterator[None]:
        """Half as many again may wait for a place as have one; those beyond are told so."""
        if not self._queue.acquire(blocking=False):
            raise ServerBusy
        try:
            if not self._places.acquire(timeout=_PLACE_SECONDS):
                raise ServerBusy
        finally:
            self._queue.release()
        try:
            yield
        finally:
            self._places.release()

    def _wait(self, number: int, seconds: float) -> Answer:
        with self._changed:
            self._waiting.add(number)
            self._youngest = time.monotonic()
            if not self._looking:
                self._looking = True
                threading.Thread(target=self._look, name="answers", daemon=True).start()
            self._changed.wait_for(lambda: number in self._answers, timeout=seconds)
            self._waiting.discard(number)
            found = self._answers.pop(number, None)
        if found is None:
            with self._store.begin() as tx:
                requests.forget(tx, [number])
            raise NoAnswer(seconds=round(seconds))
        if isinstance(found, QuatrainError):
            raise found
        return found

    def _look(self) -> None:
        while True:
            with self._changed:
                waiting = [number for number in self._waiting if number not in self._answers]
                if not waiting:
                    self._looking = False
                    return
            found = self._fetch(waiting)
            if found:
                with self._changed:
                    self._answers |= {number: answer for number, answer in found.items() if number in self._waiting}
                    self._changed.notify_all()
                self._forget(list(found))
            else:
                time.sleep(self._pause())

    def _pause(self) -> float:
        age = time.monotonic() - self._youngest
        return next(pause for seconds, pause in _PAUSES if age < seconds)

    def _fetch(self, waiting: list[int]) -> dict[int, Answer | QuatrainError]:
        try:
            with self._store.read() as tx:
                return requests.fetch(tx, waiting)
        except QuatrainError as error:  # the database is away: everybody is told
            return dict.fromkeys(waiting, error)

    def _forget(self, numbers: list[int]) -> None:
        try:
            with self._store.begin() as tx:
                requests.forget(tx, numbers)
        except QuatrainError:
            return  # they expire by themselves
