"""Versions that people bring, while they are aligned with their article and repaired.

They wait here for a worker. A worker that takes one notes when; one that died is followed by another after five minutes.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, and_, delete, exists, or_, select, update

from webapp.errors import BroughtNotFound
from webapp.storage.brought_models import alignments, brought
from webapp.storage.held import Held
from webapp.storage.models import drafts, sentences
from webapp.storage.store import AnyRow, Transaction
from webapp.storage.upsert import upsert

WAITING, RUNNING, READY, FAILED = "waiting", "running", "ready", "failed"
_CLAIM: Final = timedelta(minutes=5)
_PAST, _PAST_ROWS = 100, 50_000
"""Repairs that can be undone: so many, of a long text fewer."""

Segments = Sequence[tuple[str, bool]]
"""Sentences in order, each with whether it begins a paragraph."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something could not be aligned: the slug, words and data of an error."""

    slug: str
    detail: str
    data: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of the alignment as it is kept."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    by_person: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """A brought version. `source` are the French sentences it was aligned with, by number; `steps` counts what can be undone."""

    article: int
    target: str
    status: str
    at: datetime
    who: str
    name: str
    revision: int
    source: tuple[tuple[int, str, bool], ...]
    segments: tuple[tuple[str, bool], ...]
    rows: tuple[StoredRow, ...]
    steps: int
    ledger: str | None
    failure: Failure | None


def bring(tx: Transaction, french: Sequence[Held], segments: Segments, *, target: str, who: str, name: str) -> None:
    """Stores a brought version to be aligned, in place of one in the same target that is not taken yet."""
    source, paragraph = [], None
    for sentence in french:
        source.append((sentence.sentence, sentence.source, sentence.paragraph != paragraph))
        paragraph = sentence.paragraph
    row = {
        "article_id": french[0].article,
        "target": target,
        "status": WAITING,
        "at": tx.moment(),
        "claimed_at": None,
        "who": who,
        "name": name,
        "revision": 0,
        "source": dump(source),
        "target_text": dump(list(segments)),
        "rows": "[]",
        "past": "[]",
        "ledger": None,
        "error": None,
    }
    upsert(tx, brought, row)


def get(tx: Transaction, article: int, target: str, *, lock: bool = False) -> Brought:
    """Reads a brought version; `lock` keeps others from repairing it meanwhile. Raises BroughtNotFound."""
    query = select(brought).where(_here(article, target))
    row = tx.connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise BroughtNotFound(target=target)
    return _brought(row)


def listed(tx: Transaction, article: int) -> dict[str, str]:
    """Tells which targets of an article have a brought version, and how it stands."""
    query = select(brought.c.target, brought.c.status).where(brought.c.article_id == article)
    return {row.target: row.status for row in tx.connection.execute(query)}


def drop(tx: Transaction, article: int, target: str) -> None:
    """Forgets a brought version, whether it is there or not."""
    tx.connection.execute(delete(brought).where(_here(article, target)))


def save_rows(tx: Transaction, current: Brought, rows: Sequence[StoredRow]) -> None:
    """Keeps repaired rows; those before can be brought back."""
    past = [*_past(tx, current), row_values(current.rows)][-max(1, min(_PAST, _PAST_ROWS // (len(current.rows) + 1))) :]
    _store(tx, current, rows, past)


def step_back(tx: Transaction, current: Brought) -> bool:
    """Brings back the rows before the last repair; returns whether there were any."""
    past = _past(tx, current)
    if not past:
        return False
    _store(tx, current, [StoredRow(tuple(s), tuple(t), score, person) for s, t, score, person in past[-1]], past[:-1])
    return True


def _past(tx: Transaction, current: Brought) -> list[Any]:
    kept = tx.connection.scalar(select(brought.c.past).where(_here(current.article, current.target)))
    found: list[Any] = json.loads(kept or "[]")
    return found


def _store(tx: Transaction, current: Brought, rows: Sequence[StoredRow], past: list[Any]) -> None:
    values = {"rows": dump(row_values(rows)), "past": dump(past), "revision": current.revision + 1}
    tx.connection.execute(update(brought).where(_here(current.article, current.target)).values(values))


def row_values(rows: Sequence[StoredRow]) -> list[Any]:
    """The rows as JSON has them."""
    return [[row.source, row.target, round(row.score, 4), row.by_person] for row in rows]


def _here(article: int, target: str) -> ColumnElement[bool]:
    return and_(brought.c.article_id == article, brought.c.target == target)


def _brought(row: AnyRow) -> Brought:
    return Brought(
        article=row.article_id,
        target=row.target,
        status=row.status,
        at=row.at,
        who=row.who,
        name=row.name,
        revision=row.revision,
        source=tuple((number, text, begins) for number, text, begins in json.loads(row.source)),
        segments=tuple((text, begins) for text, begins in json.loads(row.target_text)),
        rows=tuple(StoredRow(tuple(s), tuple(t), score, person) for s, t, score, person in json.loads(row.rows)),
        steps=len(json.loads(row.past)),
        ledger=row.ledger,
        failure=failure_of(row.error),
    )


def failure_of(kept: str | None) -> Failure | None:
    """Reads what `packed` made."""
    return Failure(*json.loads(kept)) if kept else None


def dump(value: object) -> str:
    """JSON, as short as it can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# --- the worker's side of brought versions ----------------------------------------------------------------------------


def something_waits(tx: Transaction) -> bool:
    """Whether anything is to be aligned."""
    now = tx.moment()
    waits = exists().where(is_open(brought, now)), exists().where(is_open(alignments, now))
    return bool(tx.connection.scalar(select(or_(*waits))))


def claim_brought(tx: Transaction) -> Brought | None:
    """Takes the brought version that waits longest; None when there is none."""
    query = select(brought).where(is_open(brought, tx.moment())).order_by(brought.c.at).limit(1)
    row = tx.connection.execute(query.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    here = _here(row.article_id, row.target)
    tx.connection.execute(update(brought).where(here).values(status=RUNNING, claimed_at=tx.moment()))
    return _brought(row)


def drafts_for(tx: Transaction, current: Brought) -> list[str]:
    """The machine's newest drafts of the French sentences in the target, in their order; "" where there is none."""
    query = (
        select(drafts.c.sentence_id, drafts.c.text)
        .join_from(drafts, sentences, sentences.c.id == drafts.c.sentence_id)
        .where(sentences.c.article_id == current.article, drafts.c.target == current.target)
        .order_by(drafts.c.id)
    )
    found = {row.sentence_id: row.text for row in tx.connection.execute(query)}
    return [found.get(number, "") for number, _, _ in current.source]


def aligned(tx: Transaction, current: Brought, rows: Sequence[StoredRow], ledger: str) -> None:
    """Keeps an alignment, unless another text was brought meanwhile."""
    values = {"status": READY, "rows": dump(row_values(rows)), "ledger": ledger, "revision": current.revision + 1}
    tx.connection.execute(update(brought).where(_still(current)).values(values))


def failed(tx: Transaction, current: Brought, failure: Failure) -> None:
    """Keeps why a brought version could not be aligned."""
    tx.connection.execute(update(brought).where(_still(current)).values(status=FAILED, error=packed(failure)))


def _still(current: Brought) -> ColumnElement[bool]:
    return and_(_here(current.article, current.target), brought.c.at == current.at, brought.c.status == RUNNING)


def packed(failure: Failure) -> str:
    """A failure as JSON."""
    return json.dumps([failure.slug, failure.detail, dict(failure.data)], ensure_ascii=False, default=str)


def is_open(table: Table, now: datetime) -> ColumnElement[bool]:
    """What waits, or was begun by a worker that did not finish."""
    return or_(table.c.status == WAITING, and_(table.c.status == RUNNING, table.c.claimed_at < now - _CLAIM))
