"""Small texts that somebody waits for: the questions of web processes and the answers of workers, while there are any.

A question is a row until its answer is fetched. A worker that dies leaves its questions to the others: a claim counts as long
as its worker is heard of.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, or_, select, update

from webapp.storage.api_models import requests
from webapp.storage.models import workers
from webapp.storage.store import Transaction

CLAIM_SECONDS: Final = 20.0
"""A claim whose worker was not heard of for so long is void; workers are heard of every five seconds."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question, as JSON, and its number."""

    id: int
    question: str


def add(tx: Transaction, question: str, seconds: float) -> int:
    """Asks a question, JSON, and gives its number; after `seconds` nobody waits for the answer any more."""
    row = {"question": question, "expires_at": tx.clock() + seconds}
    number: int = tx.connection.execute(insert(requests).returning(requests.c.id), row).scalar_one()
    return number


def answers(tx: Transaction, numbers: Sequence[int]) -> dict[int, str]:
    """Reads those answers, JSON, that are there, by the number of the question."""
    query = select(requests.c.id, requests.c.answer).where(requests.c.id.in_(numbers), requests.c.answer.is_not(None))
    return {row.id: row.answer for row in tx.connection.execute(query)}


def remove(tx: Transaction, numbers: Sequence[int]) -> None:
    """Forgets questions: their answers were fetched, or nobody waits for them any more."""
    tx.connection.execute(delete(requests).where(requests.c.id.in_(numbers)))


def any_waiting(tx: Transaction) -> bool:
    """Tells whether a question waits for a worker."""
    return bool(tx.connection.scalar(select(exists().where(_is_free(tx.clock())))))


def claim(tx: Transaction, worker: str, limit: int, *, longest: int | None = None) -> list[Waiting]:
    """Takes the questions that wait, the oldest first, in a worker's name; forgets those nobody waits for any more.

    `longest`: only those whose JSON has at most so many characters.
    """
    now = tx.clock()
    tx.connection.execute(delete(requests).where(requests.c.expires_at < now))
    query = (
        select(requests.c.id, requests.c.question)
        .where(_is_free(now), *([] if longest is None else [func.length(requests.c.question) <= longest]))
        .order_by(requests.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    found = [Waiting(*row) for row in tx.connection.execute(query)]
    if found:
        here = requests.c.id.in_([one.id for one in found])
        tx.connection.execute(update(requests).where(here).values(worker=worker))
    return found


def give_back(tx: Transaction, worker: str) -> None:
    """Leaves to others what a worker claimed and did not answer: it stops on purpose."""
    here = and_(requests.c.worker == worker, requests.c.answer.is_(None))
    tx.connection.execute(update(requests).where(here).values(worker=None))


def answer(tx: Transaction, answers_: Sequence[tuple[int, str]]) -> None:
    """Answers questions, by number; those that were removed meanwhile stay removed."""
    for number, text in answers_:
        tx.connection.execute(update(requests).where(requests.c.id == number).values(answer=text))


def _is_free(now: float) -> ColumnElement[bool]:
    heard = select(workers.c.id).where(workers.c.heartbeat_at > now - CLAIM_SECONDS)
    unclaimed = or_(requests.c.worker.is_(None), requests.c.worker.not_in(heard))
    return and_(requests.c.answer.is_(None), requests.c.expires_at >= now, unclaimed)
