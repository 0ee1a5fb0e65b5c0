"""How sure the machine usually is: learned by the worker from its own drafts, now and then, and given to the checks."""

from collections.abc import Sequence
from typing import Final

from webapp.storage import confidences
from webapp.storage.confidences import LearnedFloor
from webapp.storage.store import Store

STEP: Final = 300
"""So many new drafts make it worth looking again: a hundred sentences in three languages."""
LEAST_DRAFTS: Final = 200
"""Fewer drafts of a route teach nothing: one difficult article would decide what is usual."""
_LOWEST: Final = 20
"""One draft in so many is among the lowest: the 5th percentile."""


def learn_floor(found: Sequence[float]) -> float | None:
    """The 5th percentile of the confidences of one route's drafts, in any order; None when they are too few.

    Confidence is exp of the log-probability per token, so that this is the percentile of that, too.
    """
    if len(found) < LEAST_DRAFTS:
        return None
    return sorted(found)[len(found) // _LOWEST]


def learn_round(store: Store) -> bool:
    """Learns the floors anew where the machine has drafted more since, or its drafts are gone; returns whether it did.

    What was found before stays as it is: a sentence is looked at when it is drafted or changed.
    """
    with store.read() as tx:
        newest = confidences.newest_draft(tx)
        if 0 <= newest - confidences.learned_upto(tx) < STEP:
            return False
        found = confidences.confidences(tx, newest)
    learned = {route: LearnedFloor(len(those), learn_floor(those)) for route, those in found.items()}
    with store.begin() as tx:
        confidences.save(tx, learned, newest)
    return bool(learned)
