"""What stands around sentences of an article: the French before and after each, and whose article it is."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import select

from webapp.storage.models import articles, paragraphs, sentences
from webapp.storage.store import Transaction

_FEW: Final = 100  # paragraphs; for more the whole article is read at once


def neighbours(tx: Transaction, article: int, places: Mapping[int, int]) -> dict[int, tuple[str, str]]:
    """Reads the French before and after sentences, "" where there is none; `places` gives the paragraph of each."""
    query = (
        select(sentences.c.id, sentences.c.text)
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.article_id == article, paragraphs.c.position >= 0)
        .order_by(paragraphs.c.position, sentences.c.position)
    )
    wanted = {place + step for place in places.values() for step in (-1, 0, 1)}
    if len(wanted) <= _FEW:
        query = query.where(paragraphs.c.position.in_(sorted(wanted)))
    rows = tx.connection.execute(query).all()
    texts = ["", *(row.text for row in rows), ""]
    return {row.id: (texts[n], texts[n + 2]) for n, row in enumerate(rows) if row.id in places}


def title_of(tx: Transaction, article: int) -> tuple[str, str]:
    """Reads the public id and the title of an article by its row number."""
    row = tx.connection.execute(select(articles.c.public_id, articles.c.title).where(articles.c.id == article)).one()
    return row.public_id, row.title
