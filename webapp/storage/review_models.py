"""The tables that review adds to the schema of `models`; like there, every column is written by one module of this room."""

from typing import Final

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from webapp.storage.models import BIG, METADATA, UtcDateTime

__all__ = ["METADATA", "alternatives", "comments", "findings", "removals", "steps", "unsaved"]


def _sentence_key(*, primary_key: bool = False) -> Column[int]:
    reference = ForeignKey("sentences.id", ondelete="CASCADE")
    return Column("sentence_id", BIG, reference, primary_key=primary_key, nullable=False)


# What a person did at once: the unit of undoing. The rows of history point here.
steps: Final = Table(
    "steps",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("who", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("action", String(32), nullable=False),
    Column("target", String(8)),  # NULL: several
    Column("size", Integer, nullable=False),
    Column("undone_by", BIG),  # the step that undid it
    Column("undoes", BIG),  # the step it undid
    Index("ix_steps_article_id_who", "article_id", "who"),
    sqlite_autoincrement=True,
)

findings: Final = Table(
    "findings",
    METADATA,
    Column("id", BIG, primary_key=True),
    _sentence_key(),
    Column("target", String(8), nullable=False),
    Column("scope", String(16), nullable=False),  # what has to be checked again: the sentence or the version
    Column("key", Text, nullable=False),  # the same finding has the same key
    Column("slug", String(64), nullable=False),  # of the check
    Column("severity", String(1), nullable=False),
    Column("message", Text, nullable=False),
    Column("data", Text, nullable=False),  # JSON
    Column("spans", Text, nullable=False),  # JSON: [[start, end], …]
    Column("source_spans", Text, nullable=False),  # JSON
    Column("fix", Text),
    Column("dismissed_by", String(64)),
    Column("dismissed_at", UtcDateTime),
    Column("reason", Text),
    Index("ix_findings_sentence_id_target", "sentence_id", "target"),
    sqlite_autoincrement=True,
)

comments: Final = Table(
    "comments",
    METADATA,
    Column("id", BIG, primary_key=True),
    _sentence_key(),
    Column("target", String(8)),  # NULL: about the sentence in general
    Column("who", String(64), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("text", Text, nullable=False),
    Column("resolved_by", String(64)),
    Column("resolved_at", UtcDateTime),
    Index("ix_comments_sentence_id", "sentence_id"),
    sqlite_autoincrement=True,
)

# What is being typed, kept apart from the translation until it is saved.
unsaved: Final = Table(
    "unsaved",
    METADATA,
    _sentence_key(primary_key=True),
    Column("target", String(8), primary_key=True),
    Column("who", String(64), primary_key=True),
    Column("text", Text, nullable=False),
    Column("base_revision", Integer, nullable=False),  # the translation's, when typing began
    Column("at", UtcDateTime, nullable=False),
)

# The n best of the machine, asked for one by one; good as long as they were made from the same texts.
alternatives: Final = Table(
    "alternatives",
    METADATA,
    _sentence_key(primary_key=True),
    Column("target", String(8), primary_key=True),
    Column("waiting", Boolean(create_constraint=False), nullable=False),
    Column("requested_at", UtcDateTime, nullable=False),
    Column("source_text", Text, nullable=False),
    Column("pivot", Text),
    Column("items", Text, nullable=False),  # JSON
    Column("error", Text),
    Index("ix_alternatives_waiting", "waiting"),
)

# The drawer: where a removed sentence stood. Its row, with everything that points at it, is in the paragraph `DRAWER`.
removals: Final = Table(
    "removals",
    METADATA,
    _sentence_key(primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", String(64), nullable=False),
    Column("after_sentence_id", BIG),  # the one before it in the article; NULL: it was the first
    Column("paragraph_id", BIG, nullable=False),
    Column("paragraph_position", Integer, nullable=False),
    Column("paragraph_separator", Text, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("language", String(8)),
)

DRAWER: Final = -1
"""The position of the paragraph that holds the removed sentences of an article; real paragraphs count from 0."""
