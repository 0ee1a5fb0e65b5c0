"""Articles as a whole: put in, listed, found, deleted."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, false, func, insert, literal, select, true

from webapp.domain import ArticlePage, ArticleSummary, JobStatus, JobView, SourceText, State, VersionProgress, count_words
from webapp.errors import ArticleNotFound
from webapp.languages import TARGETS
from webapp.storage import jobs
from webapp.storage.folding import fold
from webapp.storage.models import articles, paragraphs, search_texts, sentences, sentences_in, translations, versions, words_in
from webapp.storage.models import jobs as job_table
from webapp.storage.store import AnyRow, Transaction

# Crockford's base 32 (https://www.crockford.com/base32.html): nothing in it is mistaken for something else when copied.
_DIGITS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_ID_LENGTH: Final = 12
_TERMS: Final = 8


def new_public_id() -> str:
    """Makes the id of an article: 60 random bits in 12 characters that are safe in an address and easy to copy."""
    return "".join(secrets.choice(_DIGITS) for _ in range(_ID_LENGTH))


def add_article(tx: Transaction, source: SourceText, language: str, targets: Sequence[str], *, who: str) -> str:
    """Stores a source with an untranslated, pending translation of every sentence in every target, and queues its job.

    `language` is the code the source is translated from. Returns the public id.
    """
    public_id = new_public_id()
    words = [count_words(s.text) for p in source.paragraphs for s in p.sentences]
    article = {
        "public_id": public_id,
        "title": source.title,
        "source": language,
        "encoding": source.encoding,
        "leading": source.leading,
        "detected_language": source.language,
        "detected_probability": source.probability,
        "created_at": tx.moment(),
        "created_by": who,
        "revision": 1,
        "paragraph_count": len(source.paragraphs),
        "sentence_count": len(words),
        "word_count": sum(words),
    }
    key: int = tx.connection.execute(insert(articles).returning(articles.c.id), article).scalar_one()
    folded = fold(f"{source.title}\n{source.text}")
    tx.connection.execute(insert(search_texts), {"article_id": key, "folded": folded})
    _add_source(tx, key, source, words)
    _add_versions(tx, key, targets, len(words), sum(words))
    jobs.add(tx, key, total=len(words) * len(targets), remaining=sum(words) * len(targets))
    return public_id


def _add_source(tx: Transaction, key: int, source: SourceText, words: Sequence[int]) -> None:
    rows: list[dict[str, Any]] = [
        {"article_id": key, "position": i, "kind": p.kind, "separator": p.separator, "language": p.language, "revision": 1}
        for i, p in enumerate(source.paragraphs)
    ]
    tx.connection.execute(insert(paragraphs), rows)
    ids = tx.connection.scalars(select(paragraphs.c.id).where(paragraphs.c.article_id == key).order_by(paragraphs.c.position))
    count = iter(words)
    rows = [
        {"article_id": key, "paragraph_id": i, "position": n, "text": s.text, "separator": s.separator, "words": next(count)}
        for i, p in zip(ids, source.paragraphs, strict=True)
        for n, s in enumerate(p.sentences)
    ]
    tx.connection.execute(insert(sentences), rows)


def _add_versions(tx: Transaction, key: int, targets: Sequence[str], sentence_count: int, word_count: int) -> None:
    nothing = {name(state): 0 for state in State for name in (sentences_in, words_in)}
    counts = nothing | {sentences_in(State.UNTRANSLATED): sentence_count, words_in(State.UNTRANSLATED): word_count}
    tx.connection.execute(insert(versions), [{"article_id": key, "target": target} | counts for target in targets])
    empty = {"text": "", "state": State.UNTRANSLATED.value, "revision": 0, "pending": True}
    values = (literal(value) if value is not True else true() for value in empty.values())
    every = (
        select(sentences.c.id, versions.c.target, sentences.c.article_id, *values)
        .join_from(sentences, versions, versions.c.article_id == sentences.c.article_id)
        .where(sentences.c.article_id == key)
        .order_by(sentences.c.id)
    )
    tx.connection.execute(insert(translations).from_select(["sentence_id", "target", "article_id", *empty], every))


def revision_of(tx: Transaction, article_id: str) -> int:
    """Reads the revision of an article. Raises ArticleNotFound."""
    revision: int | None = tx.connection.scalar(select(articles.c.revision).where(articles.c.public_id == article_id))
    if revision is None:
        raise ArticleNotFound(article_id=article_id)
    return revision


def key_of(tx: Transaction, article_id: str) -> int:
    """Finds the row number of an article. Raises ArticleNotFound."""
    if (known := tx.article_keys.get(article_id)) is not None:
        return known
    key: int | None = tx.connection.scalar(select(articles.c.id).where(articles.c.public_id == article_id))
    if key is None:
        raise ArticleNotFound(article_id=article_id)
    tx.article_keys[article_id] = key
    return key


def all_keys(tx: Transaction) -> list[int]:
    """Lists the row numbers of all articles, the oldest first."""
    return list(tx.connection.scalars(select(articles.c.id).order_by(articles.c.id)))


def delete_article(tx: Transaction, article_id: str) -> None:
    """Deletes an article with everything that belongs to it. Raises ArticleNotFound."""
    if tx.connection.execute(delete(articles).where(articles.c.public_id == article_id)).rowcount == 0:
        raise ArticleNotFound(article_id=article_id)
    tx.article_keys.pop(article_id, None)


def page_of_articles(
    tx: Transaction, query: str, limit: int, offset: int, *, status: JobStatus | None = None, target: str | None = None
) -> ArticlePage:
    """Lists the articles that hold every word of `query` in title or text (all when it is empty), newest first.

    `status`: only those whose job stands so; `target`: only those with that version.
    """
    terms = fold(query).split()[:_TERMS]
    kept = _conditions(status, target)
    if terms:
        found = _search(tx, terms, kept)
        keys, total = found[offset : offset + limit], len(found)
    else:
        newest = select(articles.c.id).where(*kept(articles.c.id)).order_by(articles.c.id.desc()).limit(limit).offset(offset)
        keys = list(tx.connection.scalars(newest))
        total = int(tx.connection.scalar(select(func.count()).select_from(articles).where(*kept(articles.c.id))) or 0)
    return ArticlePage(_summaries(tx, keys), total)


_Conditions = Callable[[ColumnElement[int]], list[ColumnElement[bool]]]


def _conditions(status: JobStatus | None, target: str | None) -> _Conditions:
    """Makes the conditions on a column of article numbers."""

    def of(article: ColumnElement[int]) -> list[ColumnElement[bool]]:
        found: list[ColumnElement[bool]] = []
        if status is not None:
            found.append(article.in_(select(job_table.c.article_id).where(job_table.c.status == status.value)))
        if target is not None:
            found.append(article.in_(select(versions.c.article_id).where(versions.c.target == target)))
        return found

    return of


def _search(tx: Transaction, terms: Sequence[str], kept: _Conditions) -> list[int]:
    # One pass over the folded texts. Not LIKE: nothing has to be escaped, and it is several times as fast.
    position = func.strpos if tx.is_postgres else func.instr
    holds = [*kept(search_texts.c.article_id), *(position(search_texts.c.folded, term) > 0 for term in terms)]
    found = select(search_texts.c.article_id).where(*holds).order_by(search_texts.c.article_id.desc())
    return list(tx.connection.scalars(found))


def _summaries(tx: Transaction, keys: Sequence[int]) -> tuple[ArticleSummary, ...]:
    if not keys:
        return ()
    columns = ("id", "public_id", "title", "word_count", "sentence_count", "created_at")
    rows = tx.connection.execute(
        select(*(articles.c[name] for name in columns)).where(articles.c.id.in_(keys)).order_by(articles.c.id.desc())
    ).all()
    progress, views = progress_of(tx, keys), jobs.views(tx, keys)
    return tuple(_summary(row, progress.get(row.id, {}), views[row.id]) for row in rows)


def _summary(row: AnyRow, progress: Mapping[str, VersionProgress], job: JobView) -> ArticleSummary:
    return ArticleSummary(
        id=row.public_id,
        title=row.title,
        targets=tuple(progress),
        job=job,
        progress=progress,
        word_count=row.word_count,
        sentence_count=row.sentence_count,
        created_at=row.created_at,
    )


def progress_of(tx: Transaction, keys: Sequence[int]) -> dict[int, dict[str, VersionProgress]]:
    """Reads how far the versions of some articles are, by row number and target, the targets in their usual order."""
    rows = tx.connection.execute(select(versions).where(versions.c.article_id.in_(keys) if keys else false())).mappings()
    found: dict[int, dict[str, VersionProgress]] = {}
    for row in sorted(rows, key=lambda row: TARGETS.index(row["target"])):
        by_sentence = {state: row[sentences_in(state)] for state in State}
        by_word = {state: row[words_in(state)] for state in State}
        progress = VersionProgress(row["target"], sum(by_sentence.values()), sum(by_word.values()), by_sentence, by_word)
        found.setdefault(row["article_id"], {})[row["target"]] = progress
    return found
