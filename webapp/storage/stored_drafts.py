"""The drafts that were saved, looked at one by one: what the machine proposed, and when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from webapp.storage.models import drafts
from webapp.storage.store import AnyRow, Transaction


@dataclass(frozen=True, slots=True)
class StoredDraft:
    """A draft as it was stored; `route` is the number of its packages."""

    id: int
    sentence: int
    target: str
    text: str
    raw: str | None
    pivot: str | None
    confidence: float | None
    route: int | None
    at: datetime


def _stored(row: AnyRow) -> StoredDraft:
    return StoredDraft(
        row.id, row.sentence_id, row.target, row.text, row.raw, row.pivot, row.confidence, row.route_id, row.created_at
    )


_WITHOUT_TRACES = [column for column in drafts.c if column is not drafts.c.traces]


def one(tx: Transaction, draft: int) -> StoredDraft | None:
    """Reads one draft; None when it is gone."""
    row = tx.connection.execute(select(*_WITHOUT_TRACES).where(drafts.c.id == draft)).one_or_none()
    return None if row is None else _stored(row)


def of_sentence(tx: Transaction, sentence: int) -> Mapping[str, tuple[StoredDraft, ...]]:
    """Reads every draft of a sentence, the newest first, by target."""
    query = select(*_WITHOUT_TRACES).where(drafts.c.sentence_id == sentence).order_by(drafts.c.id.desc())
    found: dict[str, list[StoredDraft]] = {}
    for row in tx.connection.execute(query):
        found.setdefault(row.target, []).append(_stored(row))
    return {target: tuple(those) for target, those in found.items()}
