"""The tables of the translation memory and of the glossary; as in `models`, each column is written by one module of this room."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text, false, text, true

from webapp.storage.models import BIG, METADATA, UtcDateTime

__all__ = [
    "METADATA",
    "glossary_state",
    "glossary_targets",
    "glossary_terms",
    "memory_entries",
    "memory_marks",
    "memory_sources",
    "term_rounds",
]

# --- the memory -----------------------------------------------------------------------------------------------------

# French sentences of which a translation is remembered, each once, whatever the targets.
memory_sources: Final = Table(
    "memory_sources",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("key", BIG, nullable=False, unique=True),  # text.resemblance.key_of
    Column("text", Text, nullable=False),
    Column("form", Text, nullable=False),  # text.resemblance.plain_form: what other sentences are compared with
    sqlite_autoincrement=True,
)

# By which a sentence like another is found: one row for each mark its words leave. Together the columns are the index; no
# foreign key, which would cost a second one: whoever deletes a source knows its marks.
memory_marks: Final = Table(
    "memory_marks",
    METADATA,
    Column("mark", Integer, primary_key=True, autoincrement=False),
    Column("length", Integer, primary_key=True, autoincrement=False),  # of the source's plain form
    Column("source_id", BIG, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# One row for each approved translation, and for each pair that a file brought. An entry outlives its article: the numbers that
# point there are never given again, so that they need no foreign key.
memory_entries: Final = Table(
    "memory_entries",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("source_id", BIG, ForeignKey("memory_sources.id", ondelete="CASCADE"), nullable=False),
    Column("target", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("previous", Text),  # the French before it, "" at the beginning; NULL: not known
    Column("following", Text),
    Column("origin", String(16), nullable=False),  # article or file
    Column("name", Text, nullable=False),  # the article's title, or the file's name
    Column("article_id", String(12)),  # the public one
    Column("sentence_id", BIG),
    Column("approved", Boolean(create_constraint=False), nullable=False, server_default=true()),
    Column("who", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_memory_entries_source_id_target", "source_id", "target"),
    Index("ix_memory_entries_sentence_id_target", "sentence_id", "target", unique=True),
    sqlite_autoincrement=True,
)

# --- the glossary ---------------------------------------------------------------------------------------------------

glossary_terms: Final = Table(
    "glossary_terms",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE")),  # NULL: of the whole installation
    Column("source", Text, nullable=False),
    Column("folded", Text, nullable=False),  # for the search, and so that the same term is not there twice
    Column("policy", String(16), nullable=False),
    Column("match_case", Boolean(create_constraint=False), nullable=False, server_default=false()),
    Column("note", Text, nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_glossary_terms_folded", "folded"),
    Index("ix_glossary_terms_article_id", "article_id"),
    sqlite_autoincrement=True,
)

glossary_targets: Final = Table(
    "glossary_targets",
    METADATA,
    Column("term_id", BIG, ForeignKey("glossary_terms.id", ondelete="CASCADE"), primary_key=True),
    Column("target", String(8), primary_key=True),
    Column("text", Text, nullable=False),
    Column("variants", Text, nullable=False),  # JSON: […]
)

# One row, made with the first term: its revision grows with every change, so that every process knows when to read again.
glossary_state: Final = Table(
    "glossary_state",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", BIG, nullable=False),
)

# Terms that changed, and how far the sentences that hold them have been checked again.
term_rounds: Final = Table(
    "term_rounds",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE"), index=True),  # NULL: every article
    Column("terms", Text, nullable=False),  # JSON: [[source, match_case], …]
    Column("after_sentence", BIG, nullable=False, server_default=text("0")),
    sqlite_autoincrement=True,
)
