"""Alignments asked for without an article: two texts wait for a worker, and the answer for whoever asked; for a day."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, insert, select, update

from webapp.errors import AlignmentNotFound
from webapp.storage.bringing import (
    FAILED,
    READY,
    RUNNING,
    WAITING,
    Failure,
    StoredRow,
    dump,
    failure_of,
    is_open,
    packed,
    row_values,
)
from webapp.storage.brought_models import alignments
from webapp.storage.store import AnyRow, Transaction

_KEPT: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two texts to be aligned; `answer` are the beads once `status` is ready."""

    id: str
    status: str
    language: str
    source: tuple[tuple[str, ...], ...]
    target: tuple[tuple[str, ...], ...]
    answer: tuple[StoredRow, ...]
    failure: Failure | None


def ask(tx: Transaction, language: str, source: Sequence[Sequence[str]], target: Sequence[Sequence[str]]) -> str:
    """Stores two texts to be aligned; returns the id to ask with. What is older than a day goes."""
    now = tx.moment()
    tx.connection.execute(delete(alignments).where(alignments.c.at < now - _KEPT))
    public_id = secrets.token_hex(8)
    row = {
        "public_id": public_id,
        "status": WAITING,
        "at": now,
        "language": language,
        "texts": dump([source, target]),
    }
    tx.connection.execute(insert(alignments), row)
    return public_id


def get_alignment(tx: Transaction, public_id: str) -> Alignment:
    """Reads an alignment. Raises AlignmentNotFound."""
    row = tx.connection.execute(select(alignments).where(alignments.c.public_id == public_id)).one_or_none()
    if row is None:
        raise AlignmentNotFound(alignment_id=public_id)
    return _alignment(row)


def alignment_status(tx: Transaction, public_id: str) -> str:
    """Tells how an alignment stands, without reading its texts. Raises AlignmentNotFound."""
    status: str | None = tx.connection.scalar(select(alignments.c.status).where(alignments.c.public_id == public_id))
    if status is None:
        raise AlignmentNotFound(alignment_id=public_id)
    return status


def _alignment(row: AnyRow) -> Alignment:
    source, target = json.loads(row.texts)
    beads = json.loads(row.answer) if row.answer else []
    return Alignment(
        row.public_id,
        row.status,
        row.language,
        tuple(map(tuple, source)),
        tuple(map(tuple, target)),
        tuple(StoredRow(tuple(s), tuple(t), score, person) for s, t, score, person in beads),
        failure_of(row.error),
    )


def claim_alignment(tx: Transaction) -> Alignment | None:
    """Takes the newest alignment that waits: its asker is still there; None when there is none."""
    query = select(alignments).where(is_open(alignments, tx.moment())).order_by(alignments.c.id.desc()).limit(1)
    row = tx.connection.execute(query.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    tx.connection.execute(update(alignments).where(alignments.c.id == row.id).values(status=RUNNING, claimed_at=tx.moment()))
    return _alignment(row)


def answer(tx: Transaction, public_id: str, rows: Sequence[StoredRow]) -> None:
    """Keeps the beads of an alignment."""
    here = alignments.c.public_id == public_id
    tx.connection.execute(update(alignments).where(here).values(status=READY, answer=dump(row_values(rows))))


def refuse(tx: Transaction, public_id: str, failure: Failure) -> None:
    """Keeps why two texts could not be aligned."""
    here = alignments.c.public_id == public_id
    tx.connection.execute(update(alignments).where(here).values(status=FAILED, error=packed(failure)))
