"""The tables of the files that articles came from; like in `models`, every column is written by one module of this room."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table, Text

from webapp.storage.models import BIG, METADATA

__all__ = ["METADATA", "file_paragraphs", "sentence_marks", "source_files"]

# The file itself, apart from the article: lists and pages never drag it along.
source_files: Final = Table(
    "source_files",
    METADATA,
    Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("name", Text, nullable=False),
    Column("format", String(16), nullable=False),
    Column("data", LargeBinary, nullable=False),
    Column("size", Integer, nullable=False),  # of data, in bytes
    Column("blocks", Text, nullable=False),  # JSON: the blocks of the file that became paragraphs
    Column("left_out", Integer, nullable=False),  # blocks taken for navigation
    Column("whole", Boolean(create_constraint=False), nullable=False),  # somebody wanted those, too
)

# Which block of the file a paragraph came from; paragraphs added later have none.
file_paragraphs: Final = Table(
    "file_paragraphs",
    METADATA,
    Column("paragraph_id", BIG, ForeignKey("paragraphs.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("block", Integer, nullable=False),
)

# Inline markup beside a sentence, with the text it was read for: a correction of the French does not throw it away.
sentence_marks: Final = Table(
    "sentence_marks",
    METADATA,
    Column("sentence_id", BIG, ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("text", Text, nullable=False),
    Column("marks", Text, nullable=False),  # JSON: [[start, end, tag, [[name, value], …], number, parent], …]
)
