"""Documents: an article, or a window of it, read with all its versions in a handful of statements."""

from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import ColumnElement, func, select

from webapp.domain import (
    UNTRANSLATED,
    Document,
    DocumentParagraph,
    DocumentSentence,
    Origin,
    ParagraphKind,
    State,
    Translation,
)
from webapp.errors import ArticleNotFound
from webapp.storage import jobs, routes
from webapp.storage.articles import progress_of
from webapp.storage.models import articles, paragraphs, sentences, translations
from webapp.storage.review_models import comments
from webapp.storage.store import AnyRow, Transaction

# A dictionary is quicker than calling the enumeration, nine thousand times a document.
_STATES: Final = {state.value: state for state in State}
_ORIGINS: Final[dict[str | None, Origin | None]] = {None: None} | {origin.value: origin for origin in Origin}


def read_document(tx: Transaction, article_id: str, start: int, stop: int | None) -> Document:
    """Reads the paragraphs from `start` up to, not including, `stop` (None: to the end). Raises ArticleNotFound."""
    article = tx.connection.execute(select(articles).where(articles.c.public_id == article_id)).one_or_none()
    if article is None:
        raise ArticleNotFound(article_id=article_id)
    progress = progress_of(tx, [article.id]).get(article.id, {})
    targets = tuple(progress)
    window = [paragraphs.c.position >= start]
    if stop is not None:
        window.append(paragraphs.c.position < stop)
    by_target = routes.packages_by_target(tx, article.id, targets)
    return Document(
        id=article.public_id,
        title=article.title,
        source=article.source,
        targets=targets,
        job=jobs.views(tx, [article.id])[article.id],
        packages=tuple(sorted({package for found in by_target.values() for package in found})),
        paragraphs=() if stop == start else _read_paragraphs(tx, article.id, targets, window),
        progress=progress,
        packages_by_target=by_target,
        paragraph_count=article.paragraph_count,
        sentence_count=article.sentence_count,
        word_count=article.word_count,
        revision=article.revision,
        created_at=article.created_at,
        encoding=article.encoding,
    )


def read_changed(tx: Transaction, article: int, since: int) -> tuple[DocumentParagraph, ...]:
    """Reads the paragraphs in which anything changed after the article's revision `since`."""
    targets = tuple(progress_of(tx, [article]).get(article, {}))
    return _read_paragraphs(tx, article, targets, [paragraphs.c.revision > since])


def _read_paragraphs(
    tx: Transaction, article: int, targets: Sequence[str], where: Sequence[ColumnElement[bool]]
) -> tuple[DocumentParagraph, ...]:
    here = (paragraphs.c.article_id == article, paragraphs.c.position >= 0, *where)
    heads = tx.connection.execute(
        select(paragraphs.c.id, paragraphs.c.position, paragraphs.c.kind, paragraphs.c.separator, paragraphs.c.language)
        .where(*here)
        .order_by(paragraphs.c.position)
    ).all()
    if not heads:
        return ()
    inside = (
        select(
            sentences.c.paragraph_id,
            sentences.c.position,
            sentences.c.text,
            sentences.c.separator,
            sentences.c.id,
            sentences.c.previous_text,
        )
        .join_from(paragraphs, sentences, sentences.c.paragraph_id == paragraphs.c.id)
        .where(*here)
        .order_by(paragraphs.c.position, sentences.c.position)
    )
    found = _read_translations(tx, here)
    remarks = _count_comments(tx, here)
    texts: dict[int, list[DocumentSentence]] = {head.id: [] for head in heads}
    for paragraph, position, text, separator, key, previous in tx.connection.execute(inside).all():
        versions = found.get(key, {})
        ordered = {target: versions.get(target, UNTRANSLATED) for target in targets}
        texts[paragraph].append(DocumentSentence(position, text, separator, ordered, key, remarks.get(key, 0), previous))
    return tuple(_paragraph(head, texts[head.id]) for head in heads)


def _paragraph(head: AnyRow, inside: Sequence[DocumentSentence]) -> DocumentParagraph:
    return DocumentParagraph(head.position, ParagraphKind(head.kind), tuple(inside), head.separator, head.language)


def _read_translations(tx: Transaction, here: Sequence[ColumnElement[bool]]) -> Mapping[int, Mapping[str, Translation]]:
    columns = translations.c
    query = (
        select(
            columns.sentence_id,
            columns.target,
            columns.text,
            columns.state,
            columns.origin,
            columns.pivot,
            columns.confidence,
            columns.revision,
            columns.stale,
            columns.pivot_changed,
            columns.proposal_id,
            columns.pending,
            columns.errors,
            columns.warnings,
        )
        .join_from(paragraphs, sentences, sentences.c.paragraph_id == paragraphs.c.id)
        .join(translations, columns.sentence_id == sentences.c.id)
        .where(*here, columns.revision > 0)
    )
    found: dict[int, dict[str, Translation]] = {}
    for key, target, text, state, origin, pivot, confidence, revision, *flags in tx.connection.execute(query).all():
        stale, pivot_changed, proposal, pending, errors, warnings = flags
        found.setdefault(key, {})[target] = Translation(
            text,
            _STATES[state],
            _ORIGINS[origin],
            pivot,
            confidence,
            revision,
            stale,
            pivot_changed,
            proposal is not None,
            pending,
            errors,
            warnings,
        )
    return found


def _count_comments(tx: Transaction, here: Sequence[ColumnElement[bool]]) -> dict[int, int]:
    """Counts the comments of sentences that are not resolved."""
    query = (
        select(comments.c.sentence_id, func.count())
        .join_from(paragraphs, sentences, sentences.c.paragraph_id == paragraphs.c.id)
        .join(comments, comments.c.sentence_id == sentences.c.id)
        .where(*here, comments.c.resolved_at.is_(None))
        .group_by(comments.c.sentence_id)
    )
    return dict(tx.connection.execute(query).all())
