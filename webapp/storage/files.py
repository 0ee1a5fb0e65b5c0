"""Files that articles came from, and the marks of their sentences."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, insert, select

from webapp.domain import Mark, SourceFile, SourceText
from webapp.storage.files_models import file_paragraphs, sentence_marks, source_files
from webapp.storage.models import paragraphs, sentences
from webapp.storage.store import AnyRow, Transaction

_IN_ONE_STATEMENT: Final = 5000


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What is known of a file without reading it; `blocks` are those in the article, `left_out` counts the others."""

    name: str
    format: str
    size: int
    blocks: tuple[int, ...]
    left_out: int
    whole: bool


@dataclass(frozen=True, slots=True)
class MarkedText:
    """The marks of a sentence, and the text they were read for."""

    text: str
    marks: tuple[Mark, ...]


def attach(tx: Transaction, article: int, source: SourceText) -> None:
    """Keeps the file of a source beside its article (row number), which holds exactly that source; what was kept before goes."""
    tx.connection.execute(delete(source_files).where(source_files.c.article_id == article))
    here = select(paragraphs.c.id).where(paragraphs.c.article_id == article)
    tx.connection.execute(delete(file_paragraphs).where(file_paragraphs.c.paragraph_id.in_(here)))
    inside = select(sentences.c.id).where(sentences.c.article_id == article)
    tx.connection.execute(delete(sentence_marks).where(sentence_marks.c.sentence_id.in_(inside)))
    if source.file is not None:
        _add_file(tx, article, source.file)
    _add_marks(tx, article, source)


def _add_file(tx: Transaction, article: int, file: SourceFile) -> None:
    row = {
        "article_id": article,
        "name": file.name,
        "format": file.format,
        "data": file.data,
        "size": len(file.data),
        "blocks": json.dumps(file.blocks),
        "left_out": file.left_out,
        "whole": file.whole,
    }
    tx.connection.execute(insert(source_files), row)
    p = paragraphs.c
    ids = tx.connection.scalars(select(p.id).where(p.article_id == article, p.position >= 0).order_by(p.position)).all()
    rows = [{"paragraph_id": i, "block": block} for i, block in zip(ids, file.blocks, strict=True)]
    if rows:
        tx.connection.execute(insert(file_paragraphs), rows)


def _add_marks(tx: Transaction, article: int, source: SourceText) -> None:
    marked = [s for p in source.paragraphs for s in p.sentences]
    if not any(sentence.marks for sentence in marked):
        return
    query = (
        select(sentences.c.id)
        .join_from(sentences, paragraphs, paragraphs.c.id == sentences.c.paragraph_id)
        .where(sentences.c.article_id == article, paragraphs.c.position >= 0)
        .order_by(paragraphs.c.position, sentences.c.position)
    )
    rows = [
        {"sentence_id": i, "text": sentence.text, "marks": _packed(sentence.marks)}
        for i, sentence in zip(tx.connection.scalars(query).all(), marked, strict=True)
        if sentence.marks
    ]
    tx.connection.execute(insert(sentence_marks), rows)


def _packed(marks: Sequence[Mark]) -> str:
    rows = [[m.start, m.end, m.tag, m.attributes, m.number, m.parent] for m in marks]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def _unpacked(packed: str) -> tuple[Mark, ...]:
    return tuple(
        Mark(start, end, tag, tuple((str(name), str(value)) for name, value in attributes), number, parent)
        for start, end, tag, attributes, number, parent in json.loads(packed)
    )


def facts(tx: Transaction, article: int) -> FileFacts | None:
    """What is known of the file of an article (row number); None when it was pasted."""
    c = source_files.c
    query = select(c.name, c.format, c.size, c.blocks, c.left_out, c.whole).where(c.article_id == article)
    row = tx.connection.execute(query).one_or_none()
    return None if row is None else _facts(row)


def _facts(row: AnyRow) -> FileFacts:
    return FileFacts(row.name, row.format, row.size, tuple(json.loads(row.blocks)), row.left_out, row.whole)


def data(tx: Transaction, article: int) -> bytes:
    """The bytes of the file of an article (row number); empty when there is none."""
    found: bytes | None = tx.connection.scalar(select(source_files.c.data).where(source_files.c.article_id == article))
    return found or b""


def blocks_of(tx: Transaction, article: int) -> dict[int, int]:
    """The block of the file behind each paragraph, by the paragraph's place in the article."""
    query = (
        select(paragraphs.c.position, file_paragraphs.c.block)
        .join_from(paragraphs, file_paragraphs, file_paragraphs.c.paragraph_id == paragraphs.c.id)
        .where(paragraphs.c.article_id == article, paragraphs.c.position >= 0)
    )
    return dict(tx.connection.execute(query).all())


def marks_of(tx: Transaction, article: int) -> dict[int, MarkedText]:
    """The marks of an article's sentences (row number), by sentence; sentences without any are left out."""
    query = (
        select(sentence_marks.c.sentence_id, sentence_marks.c.text, sentence_marks.c.marks)
        .join_from(sentences, sentence_marks, sentence_marks.c.sentence_id == sentences.c.id)
        .where(sentences.c.article_id == article)
    )
    return {i: MarkedText(text, _unpacked(marks)) for i, text, marks in tx.connection.execute(query)}


def marks_of_sentences(tx: Transaction, wanted: Iterable[int]) -> dict[int, MarkedText]:
    """The same for sentences by their numbers."""
    found: dict[int, MarkedText] = {}
    numbers = sorted(set(wanted))
    c = sentence_marks.c
    for start in range(0, len(numbers), _IN_ONE_STATEMENT):
        part = numbers[start : start + _IN_ONE_STATEMENT]
        rows = tx.connection.execute(select(c.sentence_id, c.text, c.marks).where(c.sentence_id.in_(part)))
        found |= {i: MarkedText(text, _unpacked(marks)) for i, text, marks in rows}
    return found
