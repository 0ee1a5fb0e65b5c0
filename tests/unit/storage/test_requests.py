"""Small requests between processes: asked, claimed once, answered, and gone when nobody waits any more."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select, update

from webapp.storage import requests
from webapp.storage.api_models import requests as table
from webapp.storage.store import Store
from webapp.storage.workers import WorkerRow, forget, heartbeat

HERE = ("worker-1", "worker-2")


@pytest.fixture(autouse=True)
def workers(store: Store) -> Iterator[None]:
    with store.begin() as tx:
        for name in HERE:
            heartbeat(tx, WorkerRow(name, "here", 1, ""))
    yield


def _ask(store: Store, *questions: str, seconds: float = 60) -> list[int]:
    with store.begin() as tx:
        return [requests.add(tx, question, seconds) for question in questions]


def _claim(store: Store, worker: str = "worker-1", **more: int) -> list[str]:
    with store.begin() as tx:
        return [one.question for one in requests.claim(tx, worker, more.get("limit", 10), longest=more.get("longest"))]


def test_all_that_wait_are_taken_at_once_the_oldest_first_and_by_one_worker_alone(store: Store) -> None:
    _ask(store, "a", "b", "c")
    assert _claim(store, limit=2) == ["a", "b"]
    assert _claim(store, "worker-2") == ["c"]
    assert _claim(store) == []


def test_answers_are_fetched_by_number_and_then_forgotten(store: Store) -> None:
    first, second = _ask(store, "a", "b")
    _claim(store)
    with store.begin() as tx:
        requests.answer(tx, [(second, "B"), (999, "nobody's")])
    with store.read() as tx:
        assert requests.answers(tx, [first, second]) == {second: "B"}
        assert not requests.any_waiting(tx)
    with store.begin() as tx:
        requests.remove(tx, [first, second])
    with store.read() as tx:
        assert requests.answers(tx, [first, second]) == {}


def test_what_a_dead_worker_took_is_taken_by_another(store: Store) -> None:
    _ask(store, "a")
    assert _claim(store) == ["a"]
    with store.begin() as tx:
        forget(tx, ["worker-1"])
    with store.read() as tx:
        assert requests.any_waiting(tx)
    assert _claim(store, "worker-2") == ["a"]


def test_what_a_worker_gives_back_waits_again(store: Store) -> None:
    _ask(store, "a")
    _claim(store)
    with store.begin() as tx:
        requests.give_back(tx, "worker-1")
    assert _claim(store, "worker-2") == ["a"]


def test_nobody_is_answered_who_does_not_wait_any_more(store: Store) -> None:
    _ask(store, "late", seconds=60)
    with store.begin() as tx:
        tx.connection.execute(update(table).values(expires_at=tx.clock() - 1))
    _ask(store, "in time")
    assert _claim(store) == ["in time"]
    with store.read() as tx:
        assert tx.connection.scalar(select(func.count()).select_from(table)) == 1


def test_only_what_is_short_is_taken_beside_something_long(store: Store) -> None:
    _ask(store, "x" * 100, "short")
    assert _claim(store, longest=10) == ["short"]
    assert _claim(store) == ["x" * 100]


def test_two_workers_never_take_the_same(store: Store) -> None:
    _ask(store, *map(str, range(60)))
    taken: list[str] = []
    lock = threading.Lock()

    def work(worker: str) -> None:
        while found := _claim(store, worker, limit=3):
            with lock:
                taken.extend(found)

    threads = [threading.Thread(target=work, args=(name,)) for name in HERE * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken, key=int) == [str(n) for n in range(60)]
