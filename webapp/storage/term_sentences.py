"""Sentences in the order of their numbers, for going through all of them bit by bit."""

from dataclasses import dataclass

from sqlalchemy import select

from webapp.storage.models import paragraphs, sentences
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class PlainSentence:
    """A French sentence with its article, by their row numbers."""

    id: int
    article: int
    text: str


def sentences_after(tx: Transaction, after: int, article: int | None, limit: int) -> list[PlainSentence]:
    """Reads French sentences, of one article or (None) of all, with numbers above `after`; none of the drawer."""
    query = (
        select(sentences.c.id, sentences.c.article_id, sentences.c.text)
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.id > after, paragraphs.c.position >= 0, paragraphs.c.language.is_(None))
        .order_by(sentences.c.id)
        .limit(limit)
    )
    if article is not None:
        query = query.where(sentences.c.article_id == article)
    return [PlainSentence(*row) for row in tx.connection.execute(query)]
