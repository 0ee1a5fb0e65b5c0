"""What people are typing, kept apart from the translations until they save it."""

from sqlalchemy import and_, delete, select

from webapp.reviewing import Place, UnsavedView
from webapp.storage.models import paragraphs, sentences, translations
from webapp.storage.review_models import unsaved
from webapp.storage.store import AnyRow, Transaction
from webapp.storage.upsert import upsert


def keep(tx: Transaction, sentence: int, target: str, who: str, *, text: str, base_revision: int) -> None:
    """Keeps what somebody is typing, in place of what they typed before."""
    key = {"sentence_id": sentence, "target": target, "who": who}
    upsert(tx, unsaved, key | {"text": text, "base_revision": base_revision, "at": tx.moment()})


def discard(tx: Transaction, sentence: int, target: str, who: str) -> None:
    """Forgets what somebody was typing."""
    here = and_(unsaved.c.sentence_id == sentence, unsaved.c.target == target, unsaved.c.who == who)
    tx.connection.execute(delete(unsaved).where(here))


def of_sentence(tx: Transaction, sentence: int, who: str) -> dict[str, UnsavedView]:
    """Reads what somebody was typing for a sentence, by target."""
    query = (
        select(unsaved, translations.c.revision)
        .join(
            translations,
            and_(translations.c.sentence_id == unsaved.c.sentence_id, translations.c.target == unsaved.c.target),
        )
        .where(unsaved.c.sentence_id == sentence, unsaved.c.who == who)
    )
    return {row.target: _view(row) for row in tx.connection.execute(query)}


def of_article(tx: Transaction, article: int, who: str) -> tuple[tuple[Place, UnsavedView], ...]:
    """Lists what somebody was typing in an article, in source order."""
    query = (
        select(unsaved, translations.c.revision, paragraphs.c.position.label("paragraph"), sentences.c.position.label("place"))
        .join(
            translations,
            and_(translations.c.sentence_id == unsaved.c.sentence_id, translations.c.target == unsaved.c.target),
        )
        .join(sentences, sentences.c.id == unsaved.c.sentence_id)
        .join(paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.article_id == article, unsaved.c.who == who, paragraphs.c.position >= 0)
        .order_by(paragraphs.c.position, sentences.c.position, unsaved.c.target)
    )
    rows = tx.connection.execute(query)
    return tuple((Place(row.sentence_id, row.target, row.paragraph, row.place), _view(row)) for row in rows)


def _view(row: AnyRow) -> UnsavedView:
    return UnsavedView(row.text, row.base_revision, row.at, row.who, row.revision != row.base_revision)
