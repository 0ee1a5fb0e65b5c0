"""Rows that are written whether they are there already or not, on both databases, also by two writers at once."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from webapp.storage.store import Transaction


def upsert(tx: Transaction, table: Table, row: Mapping[str, Any]) -> None:
    """Inserts a row, or replaces what the row with its primary key holds in the columns given."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    if tx.is_postgres:
        tx.connection.execute(postgresql.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=rest))
    else:
        tx.connection.execute(sqlite.insert(table).values(row).on_conflict_do_update(index_elements=keys, set_=rest))
