"""The worker processes: who they are and when they were last heard of."""

from dataclasses import dataclass

from sqlalchemy import delete, func, insert, select, update

from webapp.storage.jobs import LEASE_SECONDS
from webapp.storage.models import jobs, workers
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """A worker, or one lane of it; `process_start` tells it from a later process with the same number, "" if unknown."""

    id: str
    host: str
    pid: int
    process_start: str


def heartbeat(tx: Transaction, worker: WorkerRow) -> None:
    """Says that a worker is alive; the first time introduces it."""
    now = tx.clock()
    if tx.connection.execute(update(workers).where(workers.c.id == worker.id).values(heartbeat_at=now)).rowcount == 0:
        row = {"id": worker.id, "host": worker.host, "pid": worker.pid, "process_start": worker.process_start}
        tx.connection.execute(insert(workers), row | {"heartbeat_at": now})


def on_host(tx: Transaction, host: str) -> list[WorkerRow]:
    """Lists the workers known on a machine."""
    columns = (workers.c.id, workers.c.host, workers.c.pid, workers.c.process_start)
    return [WorkerRow(*row) for row in tx.connection.execute(select(*columns).where(workers.c.host == host))]


def alive(tx: Transaction) -> int:
    """Counts the worker processes heard of lately; the lanes of one process count once."""
    recent = select(workers.c.host, workers.c.pid).where(workers.c.heartbeat_at > tx.clock() - LEASE_SECONDS).distinct()
    return int(tx.connection.scalar(select(func.count()).select_from(recent.subquery())) or 0)


def forget(tx: Transaction, ids: list[str]) -> None:
    """Removes workers that are gone; their leases must have been freed."""
    tx.connection.execute(delete(workers).where(workers.c.id.in_(ids)))


def forget_silent(tx: Transaction) -> None:
    """Removes the workers not heard of for long that hold nothing."""
    holders = select(jobs.c.worker).where(jobs.c.worker.is_not(None))
    silent = workers.c.heartbeat_at < tx.clock() - 2 * LEASE_SECONDS
    tx.connection.execute(delete(workers).where(silent, workers.c.id.not_in(holders)))
