"""The database, opened for one command."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from webapp.config import Settings

if TYPE_CHECKING:
    from webapp.storage.store import Store


@contextmanager
def opened_store(settings: Settings) -> Iterator["Store"]:
    """Opens the database and closes it when the command ends. Raises what opening it raises."""
    from webapp.storage.store import Store  # noqa: PLC0415  (loads SQLAlchemy)

    store = Store.open(settings)
    try:
        yield store
    finally:
        store.close()
