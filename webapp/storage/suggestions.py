"""Better translations that clients sent, and the places in articles that they concern."""

from collections.abc import Sequence

from sqlalchemy import exists, insert, select

from webapp.storage.api_models import suggestions
from webapp.storage.models import articles, paragraphs, sentences, translations
from webapp.storage.review_models import comments
from webapp.storage.store import Transaction


def add(tx: Transaction, *, source: str, target: str, text: str, suggestion: str, who: str) -> bool:
    """Keeps a suggestion; returns whether it is a new one."""
    s = suggestions.c
    same = exists().where(s.source == source, s.target == target, s.text == text, s.suggestion == suggestion)
    if tx.connection.scalar(select(same)):
        return False
    row = {"source": source, "target": target, "text": text, "suggestion": suggestion, "who": who}
    tx.connection.execute(insert(suggestions), row | {"created_at": tx.moment()})
    return True


def places(tx: Transaction, text: str, target: str, limit: int) -> Sequence[tuple[str, int, str]]:
    """Finds where a sentence stands: (article, sentence, its text in the target now), the newest articles first."""
    query = (
        select(articles.c.public_id, sentences.c.id, translations.c.text)
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .join(articles, articles.c.id == sentences.c.article_id)
        .join(translations, translations.c.sentence_id == sentences.c.id)
        .where(sentences.c.text == text, paragraphs.c.position >= 0, translations.c.target == target)
        .order_by(sentences.c.id.desc())
        .limit(limit)
    )
    return [tuple(row) for row in tx.connection.execute(query)]


def is_said(tx: Transaction, sentence: int, target: str, text: str) -> bool:
    """Tells whether an open comment says just this already."""
    c = comments.c
    return bool(
        tx.connection.scalar(
            select(exists().where(c.sentence_id == sentence, c.target == target, c.text == text, c.resolved_at.is_(None)))
        )
    )
