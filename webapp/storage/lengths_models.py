"""How long approved translations are, by target; every column is written by `lengths`."""

from typing import Final

from sqlalchemy import Column, Float, Integer, String, Table

from webapp.storage.models import BIG, METADATA

__all__ = ["METADATA", "length_bands"]

length_bands: Final = Table(
    "length_bands",
    METADATA,
    Column("target", String(8), primary_key=True),
    Column("pairs", Integer, nullable=False),  # what it was learned from
    Column("low", Float),  # NULL, like `high`: too few pairs to learn from
    Column("high", Float),
    Column("upto", BIG, nullable=False),  # the newest entry of the memory at that time
)
