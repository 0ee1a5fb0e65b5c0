"""Alternatives: the n best of the machine for one translation, asked for by a person and answered by a worker.

An answer holds as long as the French and the English it was made from; a changed package makes the worker forget them all.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import and_, delete, select, update

from webapp.languages import PIVOT
from webapp.reviewing import AlternativesView, AlternativeView
from webapp.storage.models import paragraphs, sentences, translations
from webapp.storage.pivots import pivot_for
from webapp.storage.review_models import alternatives
from webapp.storage.store import AnyRow, Transaction
from webapp.storage.upsert import upsert


@dataclass(frozen=True, slots=True)
class Request:
    """What the machine is asked: other translations of `text` into `target`, from the English `pivot` where it is given."""

    sentence: int
    target: str
    text: str
    language: str | None
    pivot: str | None


def request_for(tx: Transaction, article: int, sentence: int, target: str) -> Request | None:
    """Tells what to ask the machine for a translation as it stands; None when the article has no such translation."""
    query = (
        select(translations, sentences.c.text.label("source_text"), paragraphs.c.language)
        .join_from(translations, sentences, sentences.c.id == translations.c.sentence_id)
        .join(paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(translations.c.sentence_id == sentence, sentences.c.article_id == article, paragraphs.c.position >= 0)
    )
    rows = {row.target: row for row in tx.connection.execute(query)}
    row = rows.get(target)
    if row is None:
        return None
    through = target != PIVOT and row.language is None
    return Request(sentence, target, row.source_text, row.language, pivot_for(row, rows.get(PIVOT)) if through else None)


def ask(tx: Transaction, request: Request) -> None:
    """Notes a request, in place of any earlier answer."""
    row = {
        "sentence_id": request.sentence,
        "target": request.target,
        "waiting": True,
        "requested_at": tx.moment(),
        "source_text": request.text,
        "pivot": request.pivot,
        "items": "[]",
        "error": None,
    }
    upsert(tx, alternatives, row)


def view_of(tx: Transaction, request: Request) -> AlternativesView | None:
    """Reads the answer to a request, or that it waits for one; None when it was not made, or of other texts."""
    return views(tx, request.sentence, [request]).get(request.target)


def views(tx: Transaction, sentence: int, requests: Sequence[Request]) -> dict[str, AlternativesView]:
    """Reads the answers to requests for one sentence, by target."""
    wanted = {request.target: request for request in requests}
    rows = tx.connection.execute(select(alternatives).where(alternatives.c.sentence_id == sentence))
    return {row.target: _view(row) for row in rows if row.target in wanted and _answers(row, wanted[row.target])}


def _answers(row: AnyRow, request: Request) -> bool:
    return bool(row.source_text == request.text and row.pivot == request.pivot)


def _view(row: AnyRow) -> AlternativesView:
    items = tuple(AlternativeView(**item) for item in json.loads(row.items))
    return AlternativesView("waiting" if row.waiting else "failed" if row.error else "done", items, row.error)


def waiting(tx: Transaction, limit: int) -> list[Request]:
    """Lists requests that wait for an answer, the newest first: its asker is still looking."""
    query = (
        select(alternatives, paragraphs.c.language)
        .join_from(alternatives, sentences, sentences.c.id == alternatives.c.sentence_id)
        .join(paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(alternatives.c.waiting)
        .order_by(alternatives.c.requested_at.desc())
        .limit(limit)
    )
    return [Request(r.sentence_id, r.target, r.source_text, r.language, r.pivot) for r in tx.connection.execute(query)]


def answer(tx: Transaction, request: Request, items: Sequence[AlternativeView], error: str | None = None) -> None:
    """Keeps the answer to a request; one that was asked anew of other texts meanwhile goes on waiting."""
    same = alternatives.c.pivot.is_(None) if request.pivot is None else alternatives.c.pivot == request.pivot
    here = and_(
        alternatives.c.sentence_id == request.sentence,
        alternatives.c.target == request.target,
        alternatives.c.source_text == request.text,
        same,
    )
    listed = json.dumps([asdict(item) for item in items], ensure_ascii=False)
    tx.connection.execute(update(alternatives).where(here).values(waiting=False, items=listed, error=error))


def forget(tx: Transaction) -> None:
    """Forgets every answer: other packages would give others. What waits goes on waiting."""
    tx.connection.execute(delete(alternatives).where(alternatives.c.waiting.is_(False)))
