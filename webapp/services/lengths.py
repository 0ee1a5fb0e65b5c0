"""How long approved translations are: learned by the worker from the memory, now and then, and given to the checks."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from webapp.checks.length_band import SHORT, Band, learn_band
from webapp.languages import TARGETS
from webapp.storage import lengths
from webapp.storage.lengths import LearnedBand
from webapp.storage.store import Store, Transaction

STEP: Final = 100
"""So many new entries of the memory make it worth looking again."""

Bands = Mapping[str, Band]
"""By target, where enough was approved; a target that is not there has the band that is built in."""

NO_BANDS: Final[Bands] = MappingProxyType({})


def bands_of(tx: Transaction) -> Bands:
    """Reads the bands that were learned."""
    return {target: one.band for target, one in lengths.bands(tx).items() if one.band is not None}


def learn_round(store: Store) -> bool:
    """Learns the bands anew where the memory has grown since, or what was newest in it is gone; returns whether it did.

    What was found before stays as it is: a sentence is measured when it is drafted or changed.
    """
    with store.read() as tx:
        newest = lengths.newest_entry(tx)
        if 0 <= newest - lengths.learned_upto(tx) < STEP:
            return False
        found = lengths.approved_lengths(tx, newest, SHORT)
    learned = {}
    for target in TARGETS:
        pairs = found.get(target, [])
        learned[target] = LearnedBand(len(pairs), learn_band(pairs))
    with store.begin() as tx:
        lengths.save(tx, learned, newest)
    return True
