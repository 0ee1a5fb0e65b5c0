"""Comments: remarks about a sentence, open until somebody resolves them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update

from webapp.errors import CommentNotFound
from webapp.reviewing import CommentView
from webapp.storage.models import paragraphs, sentences
from webapp.storage.review_models import comments
from webapp.storage.store import AnyRow, Transaction


def add(tx: Transaction, sentence: int, target: str | None, who: str, text: str) -> int:
    """Stores a comment; returns its number."""
    row = {"sentence_id": sentence, "target": target, "who": who, "at": tx.moment(), "text": text}
    number: int = tx.connection.execute(insert(comments).returning(comments.c.id), row).scalar_one()
    return number


def one(tx: Transaction, article: int, comment_id: int) -> CommentView:
    """Reads one comment of an article. Raises CommentNotFound."""
    query = (
        select(comments)
        .join_from(comments, sentences, sentences.c.id == comments.c.sentence_id)
        .where(comments.c.id == comment_id, sentences.c.article_id == article)
    )
    row = tx.connection.execute(query).one_or_none()
    if row is None:
        raise CommentNotFound(comment_id=comment_id)
    return _view(row)


def of_sentence(tx: Transaction, sentence: int) -> tuple[CommentView, ...]:
    """Lists the comments of a sentence, the oldest first."""
    query = select(comments).where(comments.c.sentence_id == sentence).order_by(comments.c.id)
    return tuple(_view(row) for row in tx.connection.execute(query))


def change(tx: Transaction, comment_id: int, values: Mapping[str, Any]) -> None:
    """Changes columns of a comment."""
    tx.connection.execute(update(comments).where(comments.c.id == comment_id).values(dict(values)))


def remove(tx: Transaction, comment_id: int) -> None:
    """Deletes a comment."""
    tx.connection.execute(delete(comments).where(comments.c.id == comment_id))


def paragraph_of(tx: Transaction, article: int, sentence: int) -> int | None:
    """Finds the paragraph (row number) of a sentence of an article; None when it is not there or in the drawer."""
    query = (
        select(sentences.c.paragraph_id)
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.id == sentence, sentences.c.article_id == article, paragraphs.c.position >= 0)
    )
    number: int | None = tx.connection.scalar(query)
    return number


def commented(tx: Transaction, article: int, target: str | None) -> set[tuple[int, str | None]]:
    """Lists the (sentence, target) with open comments; the target is None for those about the sentence in general.

    With a `target`, those about it and those in general.
    """
    query = (
        select(comments.c.sentence_id, comments.c.target)
        .join_from(comments, sentences, sentences.c.id == comments.c.sentence_id)
        .where(sentences.c.article_id == article, comments.c.resolved_at.is_(None))
        .distinct()
    )
    found = {(row.sentence_id, row.target) for row in tx.connection.execute(query)}
    return found if target is None else {(sentence, about) for sentence, about in found if about in {None, target}}


def _view(row: AnyRow) -> CommentView:
    return CommentView(row.id, row.sentence_id, row.target, row.who, row.at, row.text, row.resolved_by, row.resolved_at)
