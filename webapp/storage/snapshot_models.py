"""What updates of the source replaced, kept for undoing them; every column is written by `snapshots`."""

from typing import Final

from sqlalchemy import Column, ForeignKey, LargeBinary, String, Table

from webapp.storage.models import BIG, METADATA

__all__ = ["METADATA", "source_snapshots"]

source_snapshots: Final = Table(
    "source_snapshots",
    METADATA,
    Column("step_id", BIG, ForeignKey("steps.id", ondelete="CASCADE"), primary_key=True, nullable=False),
    Column("after", String(64), nullable=False),  # what the step left, as a digest
    Column("before", LargeBinary, nullable=False),  # JSON, zlib: source, translations and marks as they had been
    Column("file", LargeBinary),  # the file the article came from, where the step replaced one
)
