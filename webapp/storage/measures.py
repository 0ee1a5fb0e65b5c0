"""How fast this installation drafts, measured while it does, for the estimates people see."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite

from webapp.storage.models import measures
from webapp.storage.store import Transaction

_DRAFTING: Final = "drafting"
# What was measured before counts this much less with every new measurement.
_FADING: Final = 0.8
_LEAST_SECONDS: Final = 0.5


def drafting_rate(tx: Transaction) -> float | None:
    """Tells how many words × targets a second are drafted here; None until enough was measured."""
    row = tx.connection.execute(select(measures).where(measures.c.name == _DRAFTING)).one_or_none()
    if row is None or row.seconds < _LEAST_SECONDS or row.amount <= 0:
        return None
    return float(row.amount / row.seconds)


def add_drafting(tx: Transaction, words: int, seconds: float) -> None:
    """Adds a measurement: `words` × targets took `seconds`."""
    new = {"name": _DRAFTING, "amount": float(words), "seconds": seconds}
    old = measures.c
    faded = {"amount": old.amount * _FADING + float(words), "seconds": old.seconds * _FADING + seconds}
    if tx.is_postgres:
        tx.connection.execute(postgresql.insert(measures).values(new).on_conflict_do_update(index_elements=["name"], set_=faded))
    else:
        tx.connection.execute(sqlite.insert(measures).values(new).on_conflict_do_update(index_elements=["name"], set_=faded))
