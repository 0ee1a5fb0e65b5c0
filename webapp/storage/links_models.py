"""The tables of the word links; like in `models`, every column is written by one module of this room."""

from typing import Final

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from webapp.storage.models import BIG, METADATA

__all__ = ["METADATA", "linked_versions", "word_links"]

# The links between a sentence and its translation as both, and the English between, stood when `digest` was taken; good as long
# as it still fits.
word_links: Final = Table(
    "word_links",
    METADATA,
    Column("sentence_id", BIG, ForeignKey("sentences.id", ondelete="CASCADE"), primary_key=True),
    Column("target", String(8), primary_key=True),
    Column("digest", String(32), nullable=False),
    Column("links", LargeBinary, nullable=False),  # storage.links
    Column("hops", LargeBinary),  # … to and from the English between; NULL where the draft tells, or there is none
)

# Up to which revision of its article every sentence of a version has been linked.
linked_versions: Final = Table(
    "linked_versions",
    METADATA,
    Column("article_id", BIG, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("target", String(8), primary_key=True),
    Column("revision", BIG, nullable=False),
)
