"""The source of an article as it is stored, and what an update of it writes: sentences changed, moved, added, put aside."""

from sqlalchemy import select

from webapp.storage.models import sentences
from webapp.storage.store import Transaction


def previous_text(tx: Transaction, sentence: int) -> str | None:
    """Reads the French a sentence had before the last update of the source, if it changed."""
    text: str | None = tx.connection.scalar(select(sentences.c.previous_text).where(sentences.c.id == sentence))
    return text
