"""The webhooks and their deliveries: what is to be sent, when to try again, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, select, update

from webapp.storage.api_models import deliveries, webhooks
from webapp.storage.models import articles, sentences_in, versions
from webapp.storage.store import AnyRow, Transaction

WAITING, DELIVERED, FAILED = "waiting", "delivered", "failed"


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where events are sent; its secret is not here."""

    id: int
    url: str
    events: tuple[str, ...]
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Delivery:
    """A line of the log. `status` is waiting, delivered or failed; `next_at` is when it is tried next, while it waits.

    `last_status` is the HTTP status that came back last, None where none did; `last_error` says why it was not delivered.
    """

    id: int
    webhook_id: int
    event: str
    status: str
    attempts: int
    created_at: datetime
    finished_at: datetime | None
    next_at: datetime | None
    last_status: int | None
    last_error: str | None


@dataclass(frozen=True, slots=True)
class Parcel:
    """A delivery that is due, with everything needed to send it."""

    id: int
    url: str
    secret: str
    event: str
    body: str
    attempts: int


def add(tx: Transaction, url: str, secret: str, events: Sequence[str]) -> Webhook:
    """Registers a webhook."""
    row = {"url": url, "secret": secret, "events": ",".join(events), "created_at": tx.moment()}
    number: int = tx.connection.execute(insert(webhooks).returning(webhooks.c.id), row).scalar_one()
    return Webhook(number, url, tuple(events), row["created_at"])  # type: ignore[arg-type]  # what was put in


def every(tx: Transaction) -> tuple[Webhook, ...]:
    """Lists the webhooks, the oldest first."""
    return tuple(_webhook(row) for row in tx.connection.execute(select(webhooks).order_by(webhooks.c.id)))


def one(tx: Transaction, number: int) -> Webhook | None:
    """Finds a webhook."""
    row = tx.connection.execute(select(webhooks).where(webhooks.c.id == number)).one_or_none()
    return None if row is None else _webhook(row)


def remove(tx: Transaction, number: int) -> bool:
    """Removes a webhook with its log; returns whether it was there."""
    tx.connection.execute(delete(deliveries).where(deliveries.c.webhook_id == number))
    return tx.connection.execute(delete(webhooks).where(webhooks.c.id == number)).rowcount > 0


def queue(tx: Transaction, webhook: int, event: str, body: str) -> None:
    """Puts something in the post."""
    row = {"webhook_id": webhook, "event": event, "body": body, "created_at": tx.moment(), "status": WAITING}
    tx.connection.execute(insert(deliveries), row | {"attempts": 0, "due_at": tx.clock()})


def log(tx: Transaction, webhook: int, limit: int, offset: int) -> tuple[tuple[Delivery, ...], int]:
    """Lists a part of the deliveries of a webhook, the newest first, and counts all."""
    mine = deliveries.c.webhook_id == webhook
    rows = tx.connection.execute(select(deliveries).where(mine).order_by(deliveries.c.id.desc()).limit(limit).offset(offset))
    total = tx.connection.scalar(select(func.count()).select_from(deliveries).where(mine)) or 0
    return tuple(_delivery(row) for row in rows), int(total)


def any_due(tx: Transaction) -> bool:
    """Tells whether something has to be sent now."""
    here = and_(deliveries.c.status == WAITING, deliveries.c.due_at <= tx.clock())
    return bool(tx.connection.scalar(select(exists().where(here))))


def claim(tx: Transaction, limit: int, *, seconds: float) -> list[Parcel]:
    """Takes what is due, the oldest first, and counts the attempt; nobody else takes it for so many seconds."""
    now = tx.clock()
    query = (
        select(deliveries.c.id, webhooks.c.url, webhooks.c.secret, deliveries.c.event, deliveries.c.body, deliveries.c.attempts)
        .join_from(deliveries, webhooks, webhooks.c.id == deliveries.c.webhook_id)
        .where(deliveries.c.status == WAITING, deliveries.c.due_at <= now)
        .order_by(deliveries.c.due_at)
        .limit(limit)
        .with_for_update(of=deliveries, skip_locked=True)
    )
    found = [Parcel(r.id, r.url, r.secret, r.event, r.body, r.attempts + 1) for r in tx.connection.execute(query)]
    if found:
        taken = {"attempts": deliveries.c.attempts + 1, "due_at": now + seconds}
        tx.connection.execute(update(deliveries).where(deliveries.c.id.in_([p.id for p in found])).values(taken))
    return found


def note(tx: Transaction, delivery: int, *, status: int | None, error: str | None, again_in: float | None) -> None:
    """Writes down what became of an attempt: delivered without an `error`; else tried again in so many seconds, or given up."""
    values: dict[str, Any] = {"last_status": status, "last_error": error}
    if error is None or again_in is None:
        values |= {"status": DELIVERED if error is None else FAILED, "finished_at": tx.moment()}
    else:
        values |= {"due_at": tx.clock() + again_in}
    tx.connection.execute(update(deliveries).where(deliveries.c.id == delivery).values(values))


def forget_old(tx: Transaction, seconds: float) -> None:
    """Removes from the log what came to an end so long ago."""
    old = datetime.fromtimestamp(tx.clock() - seconds, tx.moment().tzinfo)
    tx.connection.execute(delete(deliveries).where(deliveries.c.finished_at < old))


def titles(tx: Transaction, keys: Sequence[int]) -> dict[int, tuple[str, str]]:
    """Reads (public id, title) of articles by row number."""
    rows = tx.connection.execute(select(articles.c.id, articles.c.public_id, articles.c.title).where(articles.c.id.in_(keys)))
    return {row.id: (row.public_id, row.title) for row in rows}


def is_approved(tx: Transaction, article: int, target: str) -> bool:
    """Tells whether every sentence of a version is approved."""
    here = and_(versions.c.article_id == article, versions.c.target == target)
    row = tx.connection.execute(select(versions).where(here)).mappings().one_or_none()
    if row is None:
        return False
    counts = {name: value for name, value in row.items() if name.endswith("_sentences")}
    return bool(counts.pop(sentences_in("approved"))) and not any(counts.values())


def _webhook(row: AnyRow) -> Webhook:
    return Webhook(row.id, row.url, tuple(row.events.split(",")), row.created_at)


def _delivery(row: AnyRow) -> Delivery:
    due = datetime.fromtimestamp(row.due_at, row.created_at.tzinfo) if row.status == WAITING else None
    return Delivery(
        row.id,
        row.webhook_id,
        row.event,
        row.status,
        row.attempts,
        row.created_at,
        row.finished_at,
        due,
        row.last_status,
        row.last_error,
    )
