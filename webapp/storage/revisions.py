"""The source of an article as it is stored, and as it is to be (`relaying` makes it so).

A removed sentence keeps its row and everything that points at it; it stands in a paragraph of its own, the drawer, whose
position is `DRAWER`, and `removals` remembers where it stood.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from webapp.domain import ParagraphKind, SourceText
from webapp.storage.models import (
    articles,
    paragraphs,
    sentences,
)
from webapp.storage.review_models import DRAWER
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class OldSentence:
    """A sentence as it is stored, in its paragraph or in the drawer."""

    id: int
    paragraph_id: int
    index: int
    text: str
    separator: str
    previous_text: str | None


@dataclass(frozen=True, slots=True)
class OldParagraph:
    """A paragraph as it is stored."""

    id: int
    position: int
    kind: ParagraphKind
    separator: str
    language: str | None


@dataclass(frozen=True, slots=True)
class StoredSource:
    """The source of an article: paragraphs and sentences in order, and what is in the drawer, the last removed first."""

    title: str
    leading: str
    paragraphs: tuple[OldParagraph, ...]
    sentences: tuple[OldSentence, ...]
    drawer: tuple[OldSentence, ...]


@dataclass(frozen=True, slots=True)
class NewSentence:
    """A sentence as it is to be: `id` is the stored one it comes from, None for a new one."""

    text: str
    separator: str
    id: int | None = None
    previous_text: str | None = None


@dataclass(frozen=True, slots=True)
class NewParagraph:
    """A paragraph as it is to be: `id` is the stored one it takes over, None for a new one."""

    kind: ParagraphKind
    separator: str
    language: str | None
    sentences: tuple[NewSentence, ...]
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """An article's source as it is to be; whatever is stored and not in it goes to the drawer."""

    title: str
    leading: str
    paragraphs: tuple[NewParagraph, ...]
    head: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """Everything, separators included."""
        return self.leading + "".join("".join(s.text + s.separator for s in p.sentences) + p.separator for p in self.paragraphs)


def head_of(source: SourceText) -> dict[str, Any]:
    """What else an article keeps of the text it was read from."""
    return {
        "encoding": source.encoding,
        "detected_language": source.language,
        "detected_probability": source.probability,
    }


def previous_text(tx: Transaction, sentence: int) -> str | None:
    """Reads the French a sentence had before the last update of the source, if it changed."""
    text: str | None = tx.connection.scalar(select(sentences.c.previous_text).where(sentences.c.id == sentence))
    return text


def stored_source(tx: Transaction, article: int) -> StoredSource:
    """Reads the source of an article, the drawer included."""
    title, leading = tx.connection.execute(select(articles.c.title, articles.c.leading).where(articles.c.id == article)).one()
    p, s = paragraphs.c, sentences.c
    heads = tx.connection.execute(
        select(p.id, p.position, p.kind, p.separator, p.language)
        .where(p.article_id == article, p.position >= 0)
        .order_by(p.position)
    )
    rows = tx.connection.execute(
        select(s.id, s.paragraph_id, s.position, s.text, s.separator, s.previous_text, p.position)
        .join_from(sentences, paragraphs, p.id == s.paragraph_id)
        .where(s.article_id == article)
        .order_by(p.position, s.position)
    ).all()
    inside = tuple(OldSentence(*row[:6]) for row in rows if row[6] >= 0)
    drawer = tuple(OldSentence(*row[:6]) for row in reversed(rows) if row[6] == DRAWER)
    found = tuple(OldParagraph(i, position, ParagraphKind(kind), sep, lang) for i, position, kind, sep, lang in heads)
    return StoredSource(title, leading, found, inside, drawer)
