"""The drafting jobs: their order, their leases, their ends. A job is the state of its row, not a message.

A lease is the name of a worker in the row. Whoever saves drafts must still hold it; whoever takes it away (a person who
cancels, a worker that finds another one dead) only has to change the row.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import ColumnElement, and_, case, exists, func, insert, or_, select, update

from webapp.domain import JobStatus, JobView
from webapp.errors import DraftingRepeatedlyFailed, QuatrainError
from webapp.storage import measures, outbox
from webapp.storage.models import articles, jobs, sentences, translations, workers
from webapp.storage.store import AnyRow, Transaction

OPEN: Final = (JobStatus.WAITING.value, JobStatus.RUNNING.value)
# Once in the company of others, who may be the ones to blame, and three times alone.
MAX_ATTEMPTS: Final = 4
LEASE_SECONDS: Final = 30
# Words × targets a job gains on the others for every second it waits: a book is never starved by small articles.
AGEING: Final = 200.0


@dataclass(frozen=True, slots=True)
class OpenJob:
    """A job that may be taken. `words` × targets are left; `attempts` were made since the last progress."""

    article: int
    words: int
    done: int
    attempts: int

    @property
    def shows_nothing(self) -> bool:
        """Whether readers of the article still see no translation at all."""
        return self.done == 0


def add(tx: Transaction, article: int, *, total: int, remaining: int) -> None:
    """Queues the first drafting of an article: `total` sentence × target pairs, `remaining` words × targets."""
    row = {"article_id": article, "status": JobStatus.WAITING, "done": 0, "total": total, "remaining": remaining}
    tx.connection.execute(insert(jobs), row | {"queued_at": tx.clock(), "attempts": 0})


def _is_open() -> ColumnElement[bool]:
    return jobs.c.status.in_(OPEN)


def _turn() -> tuple[ColumnElement[Any], ...]:
    # First those that show nothing, then those that failed to advance, then the rest; inside, the smaller and the older.
    group = case((jobs.c.attempts > 0, 1), (jobs.c.done == 0, 0), else_=2)
    return (group, jobs.c.remaining + AGEING * jobs.c.queued_at, jobs.c.article_id)


def claimable(tx: Transaction, worker: str, limit: int = 200, *, newcomers: bool = False) -> list[OpenJob]:
    """Lists the jobs nobody else works on, in the order they should be taken, and locks them until the transaction ends.

    Those another worker is just looking at are left out. A lease in `worker`'s own name counts as free: a worker holds
    leases only during a round. `newcomers`: only those that show nothing yet, and did not stop a worker.
    """
    fresh = (jobs.c.done == 0, jobs.c.attempts == 0) if newcomers else ()
    query = (
        select(jobs.c.article_id, jobs.c.remaining, jobs.c.done, jobs.c.attempts)
        .where(_is_open(), or_(jobs.c.worker.is_(None), jobs.c.worker == worker), *fresh)
        .order_by(*_turn())
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [OpenJob(*row) for row in tx.connection.execute(query)]


def any_free(tx: Transaction) -> bool:
    """Tells whether a job waits for a worker, even one that another worker is just looking at."""
    return bool(tx.connection.scalar(select(exists().where(_is_open(), jobs.c.worker.is_(None)))))


def claim(tx: Transaction, articles_: Sequence[int], worker: str) -> None:
    """Leases jobs to a worker and counts the attempt."""
    tx.connection.execute(
        update(jobs)
        .where(jobs.c.article_id.in_(articles_))
        .values(worker=worker, status=JobStatus.RUNNING, attempts=jobs.c.attempts + 1)
    )


def held(tx: Transaction, articles_: Iterable[int], worker: str) -> set[int]:
    """Tells which of these jobs the worker still holds, and keeps others from taking them until the transaction ends."""
    query = (
        select(jobs.c.article_id)
        .where(jobs.c.article_id.in_(list(articles_)), jobs.c.worker == worker, jobs.c.status == JobStatus.RUNNING)
        .order_by(jobs.c.article_id)
        .with_for_update()
    )
    return set(tx.connection.scalars(query))


def progressed(tx: Transaction, article: int, *, pairs: int, words: int) -> None:
    """Counts saved sentence × target pairs, and forgets the attempts."""
    tx.connection.execute(
        update(jobs)
        .where(jobs.c.article_id == article)
        .values(done=jobs.c.done + pairs, remaining=jobs.c.remaining - words, attempts=0)
    )


def ask_more(tx: Transaction, article: int, *, pairs: int, words: int) -> None:
    """Adds sentence × target pairs to what is to be drafted; a worker that is at it keeps its lease, and begins a new round.

    A job that is done or failed is queued again, its progress counted from zero. One that a person cancelled stays so.
    """
    more = {"total": jobs.c.total + pairs, "remaining": jobs.c.remaining + words}
    now = tx.clock()
    at_work = case((jobs.c.worker.is_not(None), now), else_=jobs.c.queued_at)
    tx.connection.execute(update(jobs).where(jobs.c.article_id == article, _is_open()).values(**more, queued_at=at_work))
    over = update(jobs).where(jobs.c.article_id == article, jobs.c.status.in_([JobStatus.DONE.value, JobStatus.FAILED.value]))
    if tx.connection.scalar(over.values(queued_at=now).returning(jobs.c.article_id)) is not None:
        reopen(tx, article, afresh=True)


def newcomer_waits(tx: Transaction, since: float, worker: str | None = None, *, patience: float = 0.0) -> bool:
    """Tells whether somebody who looks at a page waits for a round that began at `since` to end.

    That is a job queued after it that shows nothing yet and has had no worker for `patience` seconds, or one of `worker`'s
    own that was asked for more.
    """
    fresh = and_(jobs.c.worker.is_(None), jobs.c.done == 0, jobs.c.attempts == 0, jobs.c.queued_at <= tx.clock() - patience)
    more = jobs.c.worker == worker
    return bool(tx.connection.scalar(select(exists().where(_is_open(), or_(fresh, more), jobs.c.queued_at > since))))


def finish(tx: Transaction, articles_: Iterable[int], worker: str) -> set[int]:
    """Ends those jobs of a worker that have nothing left to draft; returns them."""
    mine = and_(jobs.c.article_id.in_(list(articles_)), jobs.c.worker == worker)
    left = exists().where(translations.c.article_id == jobs.c.article_id, translations.c.pending)
    values = {"worker": None, "remaining": 0, "attempts": 0, "finished_at": tx.moment(), **_error(None)}
    done = update(jobs).where(mine, _is_open(), ~left).values(status=JobStatus.DONE, **values)
    finished = set(tx.connection.scalars(done.returning(jobs.c.article_id)))
    outbox.article_drafted(tx, finished)
    return finished


def give_back(tx: Transaction, articles_: Iterable[int], worker: str, *, suspect: bool = False) -> None:
    """Ends the leases of a round: jobs with nothing left to draft are done, the others wait for the next round.

    `suspect`: the round broke; each of its jobs is tried alone from now on, until it makes progress.
    """
    finish(tx, articles_, worker)
    mine = and_(jobs.c.article_id.in_(list(articles_)), jobs.c.worker == worker)
    attempts = 1 if suspect else 0
    tx.connection.execute(update(jobs).where(mine).values(worker=None, attempts=attempts))


def fail(tx: Transaction, article: int, worker: str, error: QuatrainError) -> None:
    """Marks a job the worker holds as failed; what was drafted stays."""
    failed = tx.connection.execute(
        update(jobs)
        .where(jobs.c.article_id == article, jobs.c.worker == worker)
        .values(status=JobStatus.FAILED, worker=None, finished_at=tx.moment(), **_error(error))
    )
    if failed.rowcount:
        outbox.article_failed(tx, article, error)


def fail_repeaters(tx: Transaction) -> list[int]:
    """Sets aside the jobs whose worker died too often without progress; returns the articles."""
    error = DraftingRepeatedlyFailed(attempts=MAX_ATTEMPTS)
    hopeless = update(jobs).where(_is_open(), jobs.c.worker.is_(None), jobs.c.attempts >= MAX_ATTEMPTS)
    values = {"status": JobStatus.FAILED, "finished_at": tx.moment(), **_error(error)}
    failed = list(tx.connection.scalars(hopeless.values(**values).returning(jobs.c.article_id)))
    for article in failed:
        outbox.article_failed(tx, article, error)
    return failed


def _error(error: QuatrainError | None) -> dict[str, str | None]:
    if error is None:
        return {"error": None, "error_detail": None, "error_data": None}
    data = json.dumps(error.data, default=str, ensure_ascii=False)
    return {"error": error.slug, "error_detail": str(error), "error_data": data}


def cancel(tx: Transaction, article: int) -> None:
    """Stops an open job; the worker that holds it notices when it next saves. Does nothing to a job that has ended."""
    tx.connection.execute(
        update(jobs)
        .where(jobs.c.article_id == article, _is_open())
        .values(status=JobStatus.CANCELLED, worker=None, finished_at=tx.moment())
    )


def is_open(tx: Transaction, article: int) -> bool:
    """Tells whether a job waits or is under way."""
    return bool(tx.connection.scalar(select(exists().where(jobs.c.article_id == article, _is_open()))))


def reopen(tx: Transaction, article: int, *, afresh: bool) -> None:
    """Queues whatever is pending in an article; `afresh` counts the progress from zero, otherwise it goes on.

    A worker that is at it loses its lease: what it has not saved yet is drafted again.
    """
    pairs, words = tx.connection.execute(
        select(func.count(), func.coalesce(func.sum(sentences.c.words), 0))
        .join_from(translations, sentences, sentences.c.id == translations.c.sentence_id)
        .where(translations.c.article_id == article, translations.c.pending)
    ).one()
    total = pairs if afresh else case((jobs.c.total < pairs, pairs), else_=jobs.c.total)
    values = {
        "status": JobStatus.WAITING if pairs else JobStatus.DONE,
        "total": total,
        "done": total - pairs,
        "remaining": words,
        "queued_at": tx.clock(),
        "attempts": 0,
        "worker": None,
        "finished_at": None if pairs else tx.moment(),
    }
    tx.connection.execute(update(jobs).where(jobs.c.article_id == article).values(**values, **_error(None)))


def failed_with(tx: Transaction, slug: str) -> list[int]:
    """Lists the articles whose drafting failed with an error."""
    query = select(jobs.c.article_id).where(jobs.c.status == JobStatus.FAILED, jobs.c.error == slug)
    return list(tx.connection.scalars(query))


def free_leases(tx: Transaction, dead: Iterable[str] = ()) -> int:
    """Frees the leases of workers that are gone: those named, and those not heard of for `LEASE_SECONDS`.

    Returns how many jobs were freed.
    """
    alive = select(workers.c.id).where(workers.c.heartbeat_at > tx.clock() - LEASE_SECONDS)
    gone = or_(jobs.c.worker.in_(list(dead)), jobs.c.worker.not_in(alive))
    return tx.connection.execute(update(jobs).where(jobs.c.worker.is_not(None), gone).values(worker=None)).rowcount


def leave(tx: Transaction, worker: str) -> None:
    """Gives back every job of a worker that stops on purpose; the attempt does not count."""
    tx.connection.execute(update(jobs).where(jobs.c.worker == worker).values(worker=None, attempts=0))


def views(tx: Transaction, articles_: Sequence[int]) -> Mapping[int, JobView]:
    """Reads the jobs of some articles as people see them, with their place in the queue and the time left."""
    if not articles_:
        return {}
    turn = _turn()
    queue = (
        select(
            jobs.c.article_id,
            (func.row_number().over(order_by=turn) - 1).label("position"),
            func.sum(jobs.c.remaining).over(order_by=turn, rows=(None, 0)).label("ahead"),
        )
        .where(_is_open())
        .subquery()
    )
    query = (
        select(jobs, queue.c.position, queue.c.ahead)
        .join_from(jobs, queue, queue.c.article_id == jobs.c.article_id, isouter=True)
        .where(jobs.c.article_id.in_(articles_))
    )
    rows = tx.connection.execute(query).all()
    rate = measures.drafting_rate(tx) if any(row.status in OPEN for row in rows) else None
    return {row.article_id: _view(row, rate) for row in rows}


def _view(row: AnyRow, rate: float | None) -> JobView:
    is_open = row.status in OPEN
    return JobView(
        status=JobStatus(row.status),
        done=row.done,
        total=row.total,
        seconds_left=float(row.ahead) / rate if is_open and rate else None,
        position=row.position if row.status == JobStatus.WAITING else 0,
        error=row.error,
        detail=row.error_detail,
        error_data=json.loads(row.error_data) if row.error_data else {},
    )


def public_ids(tx: Transaction, articles_: Sequence[int]) -> Mapping[int, str]:
    """Names articles as addresses do, for the log."""
    rows = tx.connection.execute(select(articles.c.id, articles.c.public_id).where(articles.c.id.in_(articles_)))
    return {row.id: row.public_id for row in rows}
