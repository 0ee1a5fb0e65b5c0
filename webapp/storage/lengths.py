"""What is learned of the lengths of approved translations, and the pairs of the memory it is learned from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, func, select

from webapp.storage.lengths_models import length_bands
from webapp.storage.memory_models import memory_entries, memory_sources
from webapp.storage.store import Transaction
from webapp.storage.upsert import upsert

WINDOW: Final = 60_000
"""Entries of the memory that are looked at, the newest: an old house style fades, and a large memory costs no more."""


@dataclass(frozen=True, slots=True)
class LearnedBand:
    """What `pairs` approved pairs say of one target: `band` is (low, high) for target/source, None where they are too few."""

    pairs: int
    band: tuple[float, float] | None


def newest_entry(tx: Transaction) -> int:
    """The number of the newest entry of the memory, 0 when it is empty."""
    return int(tx.connection.scalar(select(func.max(memory_entries.c.id))) or 0)


def learned_upto(tx: Transaction) -> int:
    """The newest entry when bands were last learned, 0 when they never were."""
    return int(tx.connection.scalar(select(func.max(length_bands.c.upto))) or 0)


def approved_lengths(tx: Transaction, newest: int, shortest: int) -> Mapping[str, list[tuple[int, int]]]:
    """Reads by target how long (source, target) approved pairs are, in code points, among the `WINDOW` entries up to `newest`.

    French shorter than `shortest` is left out.
    """
    source, target = func.length(memory_sources.c.text), func.length(memory_entries.c.text)
    here = (memory_entries.c.approved, memory_entries.c.id > newest - WINDOW, source >= shortest)
    joined = memory_sources.c.id == memory_entries.c.source_id
    query = select(memory_entries.c.target, source, target).join_from(memory_entries, memory_sources, joined).where(*here)
    found: dict[str, list[tuple[int, int]]] = {}
    for language, of_source, of_target in tx.connection.execute(query):
        found.setdefault(language, []).append((of_source, of_target))
    return found


def save(tx: Transaction, learned: Mapping[str, LearnedBand], upto: int) -> None:
    """Keeps what was learned in the place of all that was known."""
    tx.connection.execute(delete(length_bands).where(length_bands.c.target.not_in(learned)))
    for target, one in sorted(learned.items()):
        low, high = one.band or (None, None)
        upsert(tx, length_bands, {"target": target, "pairs": one.pairs, "low": low, "high": high, "upto": upto})


def bands(tx: Transaction) -> Mapping[str, LearnedBand]:
    """Reads what is known, by target."""
    rows = tx.connection.execute(select(length_bands)).all()
    return {row.target: LearnedBand(row.pairs, None if row.low is None else (row.low, row.high)) for row in rows}
