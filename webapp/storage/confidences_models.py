"""Under which confidence a draft is among the lowest of its packages; every column is written by `confidences`."""

from typing import Final

from sqlalchemy import Column, Float, ForeignKey, Integer, Table

from webapp.storage.models import BIG, METADATA

__all__ = ["METADATA", "confidence_floors"]

confidence_floors: Final = Table(
    "confidence_floors",
    METADATA,
    Column("route_id", Integer, ForeignKey("routes.id", ondelete="CASCADE"), primary_key=True),
    Column("drafts", Integer, nullable=False),  # what it was learned from
    Column("floor", Float),  # NULL: too few drafts to learn from
    Column("upto", BIG, nullable=False),  # the newest draft at that time
)
