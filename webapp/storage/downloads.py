"""Translated files, kept for the short time until they are fetched."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select

from webapp.storage.api_models import downloads
from webapp.storage.store import Transaction

KEPT_SECONDS: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Download:
    """A file: `id` is secret, `name` is what it is called when it is saved."""

    id: str
    name: str
    media_type: str
    content: bytes


def add(tx: Transaction, download: Download) -> None:
    """Keeps a file for an hour, and removes those whose hour is over."""
    now = tx.clock()
    tx.connection.execute(delete(downloads).where(downloads.c.expires_at < now))
    row = {"id": download.id, "name": download.name, "media_type": download.media_type, "content": download.content}
    tx.connection.execute(insert(downloads), row | {"expires_at": now + KEPT_SECONDS})


def find(tx: Transaction, number: str) -> Download | None:
    """Finds a file that is still kept."""
    query = select(downloads).where(downloads.c.id == number, downloads.c.expires_at >= tx.clock())
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else Download(row.id, row.name, row.media_type, row.content)


def remove(tx: Transaction, number: str) -> None:
    """Removes a file."""
    tx.connection.execute(delete(downloads).where(downloads.c.id == number))
