"""Who this worker is, and which of the workers the database knows have died."""

import logging
import os
import platform
import secrets
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from webapp.errors import QuatrainError
from webapp.storage import installs, jobs, workers
from webapp.storage.store import Store
from webapp.storage.workers import WorkerRow

_log = logging.getLogger(__name__)

HEARTBEAT_SECONDS: Final = 5.0


def this_worker() -> WorkerRow:
    """Names this process among all workers, on this machine and others, for as long as it lives."""
    host, pid = platform.node(), os.getpid()
    return WorkerRow(f"{host}:{pid}:{secrets.token_hex(4)}", host, pid, process_start(pid))


def express_lane(worker: WorkerRow) -> WorkerRow:
    """Names the second lane of a worker, which holds leases of its own."""
    return replace(worker, id=f"{worker.id}+")


def process_start(pid: int) -> str:
    """Tells when a process started, in clock ticks since the machine did; "" where the system does not say.

    Field 22 of /proc/PID/stat (proc_pid_stat(5)), counted after the name, which may hold anything but ends with ")".
    """
    with suppress(OSError, IndexError):
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[19]
    return ""


def is_running(worker: WorkerRow) -> bool:
    """Tells whether the process of a worker of this machine lives; a later process with its number does not count."""
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return process_start(worker.pid) == worker.process_start


def introduce(store: Store, worker: WorkerRow) -> None:
    """Makes a starting worker known, and frees at once what dead workers of this machine were holding.

    Those of other machines are left their leases until nothing was heard of them for `jobs.LEASE_SECONDS`.
    """
    with store.begin() as tx:
        workers.heartbeat(tx, worker)
        dead = [known.id for known in workers.on_host(tx, worker.host) if known.id != worker.id and not is_running(known)]
        freed = jobs.free_leases(tx, dead)
        workers.forget(tx, dead)
        workers.forget_silent(tx)
    if freed:
        _log.info("%d articles go on where a worker stopped", freed)


def leave(store: Store, worker: WorkerRow) -> None:
    """Gives back whatever a worker still holds in either lane and forgets it: it stops on purpose."""
    with store.begin() as tx:
        for lane in (worker, express_lane(worker)):
            jobs.leave(tx, lane.id)
            installs.give_back(tx, lane.id)
            workers.forget(tx, [lane.id])


class Heartbeat(threading.Thread):
    """Says every few seconds that the worker is alive, even while the engine is busy with one long range."""

    def __init__(self, store: Store, worker: WorkerRow, stop: threading.Event) -> None:
        super().__init__(name="heartbeat", daemon=True)
        self._store, self._worker, self._stop_flag = store, worker, stop

    def run(self) -> None:
        """Beats until the worker stops; a database that is away for a while is only logged."""
        while not self._stop_flag.wait(HEARTBEAT_SECONDS):
            try:
                with self._store.begin() as tx:
                    workers.heartbeat(tx, self._worker)
                    workers.heartbeat(tx, express_lane(self._worker))
            except QuatrainError as error:
                _log.warning("no heartbeat: %s", error)
