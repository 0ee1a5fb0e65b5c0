"""Articles: put in, listed, read, deleted."""

from collections.abc import Sequence

from webapp.domain import ArticlePage, Document, DocumentParagraph, JobStatus, JobView, SourceText
from webapp.errors import EmptyArticle, TargetUnknown
from webapp.languages import SOURCE, TARGETS
from webapp.storage import articles, documents, files, jobs
from webapp.storage.store import Transaction


def known_targets(targets: Sequence[str]) -> tuple[str, ...]:
    """Puts targets in their usual order, each once. Raises TargetUnknown for an unknown one, or when there is none."""
    for target in [*targets] or [""]:
        if target not in TARGETS:
            raise TargetUnknown(target=target, known=", ".join(TARGETS))
    return tuple(target for target in TARGETS if target in targets)


def create_article(tx: Transaction, source: SourceText, targets: Sequence[str], *, who: str = "local") -> str:
    """Stores an article and queues its drafting into `targets`; returns its id.

    The caller wakes the workers once the transaction is committed. Raises EmptyArticle or TargetUnknown.
    """
    if not source.paragraphs:
        raise EmptyArticle
    article = articles.add_article(tx, source, SOURCE, known_targets(targets), who=who)
    if source.file is not None:
        files.attach(tx, articles.key_of(tx, article), source)
    return article


def list_articles(
    tx: Transaction,
    *,
    query: str = "",
    limit: int = 50,
    offset: int = 0,
    status: JobStatus | None = None,
    target: str | None = None,
) -> ArticlePage:
    """Lists the articles whose title or text holds every word of `query`, without regard to case and accents, newest first.

    `status`: only those whose drafting stands so; `target`: only those with that version.
    """
    return articles.page_of_articles(tx, query, limit, offset, status=status, target=target)


def get_document(tx: Transaction, article_id: str, *, start: int = 0, stop: int | None = None) -> Document:
    """Reads an article with its versions; its paragraphs from `start` up to, not including, `stop`. Raises ArticleNotFound."""
    return documents.read_document(tx, article_id, start, stop)


def get_job(tx: Transaction, article_id: str) -> JobView:
    """Tells where the drafting of an article stands. Raises ArticleNotFound."""
    key = articles.key_of(tx, article_id)
    return jobs.views(tx, [key])[key]


def get_revision(tx: Transaction, article_id: str) -> int:
    """Reads `Document.revision` alone. Raises ArticleNotFound."""
    return articles.revision_of(tx, article_id)


def changed_paragraphs(tx: Transaction, article_id: str, *, since: int) -> tuple[DocumentParagraph, ...]:
    """Reads the whole paragraphs in which anything changed after `Document.revision` was `since`. Raises ArticleNotFound."""
    return documents.read_changed(tx, articles.key_of(tx, article_id), since)


def delete_article(tx: Transaction, article_id: str) -> None:
    """Deletes an article with its versions, drafts and history, even while it is drafted. Raises ArticleNotFound."""
    articles.delete_article(tx, article_id)
