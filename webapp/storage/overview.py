"""An article at a glance: one short row a sentence, for the map of its quality."""

from dataclasses import dataclass

from sqlalchemy import func, select

from webapp.storage.models import paragraphs, sentences, translations
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Glance:
    """One translation; `length` is that of its French in code points, `paragraph` and `index` its place."""

    paragraph: int
    index: int
    length: int
    target: str
    state: str
    confidence: float | None
    errors: int
    warnings: int
    stale: bool


def glances(tx: Transaction, article: int) -> list[Glance]:
    """Reads every translation of an article in source order."""
    t = translations.c
    query = (
        select(
            paragraphs.c.position,
            sentences.c.position,
            func.length(sentences.c.text),
            t.target,
            t.state,
            t.confidence,
            t.errors,
            t.warnings,
            t.stale,
        )
        .join_from(paragraphs, sentences, sentences.c.paragraph_id == paragraphs.c.id)
        .join(translations, t.sentence_id == sentences.c.id)
        .where(paragraphs.c.article_id == article, paragraphs.c.position >= 0)
        .order_by(paragraphs.c.position, sentences.c.position, t.target)
    )
    return [Glance(*row) for row in tx.connection.execute(query)]
