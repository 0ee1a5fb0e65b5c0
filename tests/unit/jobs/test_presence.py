"""Which workers live, and what happens to the leases of those that do not."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import select, update

from tests.factories import make_worker, store_article
from webapp.config import Settings
from webapp.jobs import presence
from webapp.jobs.presence import Heartbeat, introduce, is_running, leave, this_worker
from webapp.services.models import install_status, request_install
from webapp.storage import installs, jobs, workers
from webapp.storage.models import workers as table
from webapp.storage.store import Store


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings)
    yield opened
    opened.close()


def _free(store: Store) -> int:
    with store.begin() as tx:
        return len(jobs.claimable(tx, "nobody"))


def test_this_process_runs_and_each_worker_in_it_has_a_name_of_its_own() -> None:
    assert is_running(this_worker())
    assert this_worker().id != this_worker().id


def test_a_process_that_has_ended_or_only_shares_the_number_of_one_that_has_does_not_run() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not is_running(replace(this_worker(), pid=ended.pid))
    if presence.process_start(os.getpid()):
        assert not is_running(replace(this_worker(), process_start="1"))
    assert presence.process_start(ended.pid) == ""


def test_a_starting_worker_frees_what_dead_ones_of_its_machine_held_and_leaves_the_living_alone(store: Store) -> None:
    me = this_worker()
    dead = replace(make_worker("dead"), host=me.host, process_start="1", pid=2**22)
    living = replace(make_worker("living"), host=me.host)
    far = replace(make_worker("far"), host="another machine", process_start="1", pid=2**22)
    for _ in range(3):
        store_article(store)
    with store.begin() as tx:
        for number, worker in enumerate((dead, living, far), 1):
            workers.heartbeat(tx, worker)
            jobs.claim(tx, [number], worker.id)
    introduce(store, me)
    assert _free(store) == 1
    with store.begin() as tx:
        assert {worker.id for worker in workers.on_host(tx, me.host)} == {me.id, "living"}
        tx.connection.execute(update(table).where(table.c.id == "far").values(heartbeat_at=tx.clock() - 31))
    introduce(store, me)
    assert _free(store) == 2


def test_a_worker_that_leaves_gives_everything_back_at_once(store: Store) -> None:
    me = this_worker()
    store_article(store)
    introduce(store, me)
    with store.begin() as tx:
        jobs.claim(tx, [1], me.id)
        request_install(tx)
        installs.claim(tx, me.id)
    leave(store, me)
    assert _free(store) == 1
    with store.read() as tx:
        view = install_status(tx)
        assert view is not None
        assert view.status == "waiting"
        assert workers.alive(tx) == 0


def test_the_heart_beats_until_the_worker_stops(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(presence, "HEARTBEAT_SECONDS", 0.01)
    me, stop = this_worker(), threading.Event()
    heart = Heartbeat(store, me, stop)
    heart.start()
    beats: set[float] = set()
    end = time.monotonic() + 10
    while len(beats) < 3 and time.monotonic() < end:
        with store.read() as tx:
            beats |= set(tx.connection.scalars(select(table.c.heartbeat_at)))
    stop.set()
    heart.join(5)
    assert len(beats) >= 3
    assert not heart.is_alive()
