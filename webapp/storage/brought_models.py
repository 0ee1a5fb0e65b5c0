"""The tables of versions that people bring, and of alignments asked for without an article."""

from typing import Final

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from webapp.storage.models import BIG, METADATA, UtcDateTime

__all__ = ["METADATA", "alignments", "brought"]

# A version that is being aligned with its article, until somebody takes it or drops it: one a target.
brought: Final = Table(
    "brought",
    METADATA,
    Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("target", String(8), primary_key=True),
    Column("status", String(8), nullable=False),  # waiting, running, ready, failed
    Column("at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),  # when a worker began
    Column("who", String(64), nullable=False),
    Column("name", Text, nullable=False),  # of the file, "" for pasted text
    Column("revision", Integer, nullable=False),  # grows with every repair
    Column("source", Text, nullable=False),  # JSON: [[sentence id, text, begins a paragraph], …]
    Column("target_text", Text, nullable=False),  # JSON: [[text, begins a paragraph], …]
    Column("rows", Text, nullable=False),  # JSON: [[source, target, score, by a person], …]
    Column("past", Text, nullable=False),  # JSON: earlier `rows`, the last one last
    Column("ledger", Text),  # the scores, packed
    Column("error", Text),  # JSON: slug, detail, data
    Index("ix_brought_status", "status"),
)

alignments: Final = Table(
    "alignments",
    METADATA,
    Column("id", BIG, primary_key=True),
    Column("public_id", String(16), nullable=False, unique=True),
    Column("status", String(8), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Column("claimed_at", UtcDateTime),
    Column("language", String(8), nullable=False),
    Column("texts", Text, nullable=False),  # JSON: source and target, paragraphs of segments
    Column("answer", Text),  # JSON: beads
    Column("error", Text),  # JSON
    Index("ix_alignments_status", "status"),
    sqlite_autoincrement=True,
)
