"""The drawer: the sentences that an update of the source removed, and where they stood."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from webapp.domain import ParagraphKind
from webapp.errors import SentenceNotFound
from webapp.storage.models import sentences
from webapp.storage.review_models import removals
from webapp.storage.revisions import OldSentence
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Removal:
    """A sentence in the drawer and where it stood."""

    sentence: OldSentence
    at: datetime
    who: str
    after: int | None
    paragraph_id: int
    paragraph: int
    paragraph_separator: str
    kind: ParagraphKind
    language: str | None


def removed(tx: Transaction, article: int) -> list[Removal]:
    """Lists what is in the drawer of an article, the last removed first, in its old order."""
    s = sentences.c
    query = (
        select(removals, s.paragraph_id.label("drawer"), s.position, s.text, s.separator, s.previous_text)
        .join_from(removals, sentences, s.id == removals.c.sentence_id)
        .where(s.article_id == article)
        .order_by(removals.c.at.desc(), s.position)
    )
    return [
        Removal(
            OldSentence(r.sentence_id, r.drawer, r.position, r.text, r.separator, r.previous_text),
            r.at,
            r.who,
            r.after_sentence_id,
            r.paragraph_id,
            r.paragraph_position,
            r.paragraph_separator,
            ParagraphKind(r.kind),
            r.language,
        )
        for r in tx.connection.execute(query)
    ]


def removal(tx: Transaction, article_id: str, article: int, sentence: int) -> Removal:
    """Finds one sentence in the drawer. Raises SentenceNotFound."""
    for found in removed(tx, article):
        if found.sentence.id == sentence:
            return found
    raise SentenceNotFound(article_id=article_id, sentence_id=sentence)


def paragraph_came_back(tx: Transaction, old: int, new: int) -> None:
    """Lets what else was removed from a paragraph find the one that took its place."""
    tx.connection.execute(update(removals).where(removals.c.paragraph_id == old).values(paragraph_id=new))
