"""Requests to install the official packages, and how far the worker is with them."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import insert, or_, select, update

from webapp.domain import InstallView, JobStatus
from webapp.errors import QuatrainError
from webapp.storage.jobs import LEASE_SECONDS
from webapp.storage.models import installs, workers
from webapp.storage.store import Transaction

_OPEN: Final = (JobStatus.WAITING.value, JobStatus.RUNNING.value)


@dataclass(frozen=True, slots=True)
class InstallRow:
    """A request taken by a worker."""

    id: int
    requested_at: datetime


def request(tx: Transaction) -> None:
    """Asks for an installation; does nothing while one is asked for or under way."""
    if tx.connection.scalar(select(installs.c.id).where(installs.c.status.in_(_OPEN)).limit(1)) is None:
        row = {"status": JobStatus.WAITING.value, "requested_at": tx.moment(), "pair": "", "bytes_done": 0, "bytes_total": 0}
        tx.connection.execute(insert(installs), row)


def latest(tx: Transaction) -> InstallView | None:
    """Reads the newest request, None when there never was one."""
    row = tx.connection.execute(select(installs).order_by(installs.c.id.desc()).limit(1)).one_or_none()
    if row is None:
        return None
    return InstallView(
        status=JobStatus(row.status),
        pair=row.pair,
        bytes_done=row.bytes_done,
        bytes_total=row.bytes_total,
        error=row.error,
        detail=row.error_detail,
        error_data=json.loads(row.error_data) if row.error_data else {},
    )


def claim(tx: Transaction, worker: str) -> InstallRow | None:
    """Takes the oldest request nobody (living) works on; None when there is none."""
    alive = select(workers.c.id).where(workers.c.heartbeat_at > tx.clock() - LEASE_SECONDS, workers.c.id != worker)
    query = (
        select(installs.c.id, installs.c.requested_at)
        .where(installs.c.status.in_(_OPEN), or_(installs.c.worker.is_(None), installs.c.worker.not_in(alive)))
        .order_by(installs.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        return None
    here = installs.c.id == row.id
    tx.connection.execute(update(installs).where(here).values(worker=worker, status=JobStatus.RUNNING.value))
    return InstallRow(row.id, row.requested_at)


def progress(tx: Transaction, install: int, pair: str, bytes_done: int, bytes_total: int) -> None:
    """Writes down how far the download of one package is."""
    values = {"pair": pair, "bytes_done": bytes_done, "bytes_total": bytes_total}
    tx.connection.execute(update(installs).where(installs.c.id == install).values(**values))


def finish(tx: Transaction, install: int, error: QuatrainError | None) -> None:
    """Ends a request, well or with an error."""
    values: dict[str, object] = {"status": JobStatus.DONE.value, "finished_at": tx.moment(), "worker": None}
    if error is not None:
        data = json.dumps(error.data, default=str, ensure_ascii=False)
        values |= {"status": JobStatus.FAILED.value, "error": error.slug, "error_detail": str(error), "error_data": data}
    tx.connection.execute(update(installs).where(installs.c.id == install).values(**values))


def give_back(tx: Transaction, worker: str) -> None:
    """Lets another worker, or the next start, take the request this one was working on."""
    mine = (installs.c.worker == worker, installs.c.status.in_(_OPEN))
    tx.connection.execute(update(installs).where(*mine).values(worker=None, status=JobStatus.WAITING.value))
