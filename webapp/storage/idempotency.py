"""What an Idempotency-Key made, for a day."""

from typing import Final

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from webapp.storage.api_models import idempotency
from webapp.storage.store import Transaction

KEPT_SECONDS: Final = 24 * 3600.0


def find(tx: Transaction, caller: str, key: str) -> tuple[str, str] | None:
    """Finds (fingerprint of the request, article) of a key of a caller; None for a new one."""
    i = idempotency.c
    query = select(i.fingerprint, i.article_id).where(i.caller == caller, i.key == key, i.created_at > tx.clock() - KEPT_SECONDS)
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else (row.fingerprint, row.article_id)


def add(tx: Transaction, caller: str, key: str, fingerprint: str, article_id: str) -> bool:
    """Notes what a key made, and forgets those whose day is over; returns False where another request was quicker."""
    now = tx.clock()
    tx.connection.execute(delete(idempotency).where(idempotency.c.created_at <= now - KEPT_SECONDS))
    row = {"caller": caller, "key": key, "fingerprint": fingerprint, "article_id": article_id, "created_at": now}
    try:
        tx.connection.execute(insert(idempotency), row)
    except IntegrityError:
        return False
    return True
