"""What is usual in this newsroom, chosen or learned: the checks measure by it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from webapp.domain import NO_STYLE, HouseStyle
from webapp.services.lengths import NO_BANDS, Bands, bands_of
from webapp.storage import confidences
from webapp.storage.routes import Route
from webapp.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Usual:
    """What the newsroom chose, how long approved translations are, and the confidence that few drafts stay under.

    `bands` by target; `floors` by the number of a stored route, `floors_by_packages` by the packages of a draft not stored yet.
    What is not there was not learned: what is built into the checks holds.
    """

    style: HouseStyle = NO_STYLE
    bands: Bands = field(default_factory=lambda: NO_BANDS)
    floors: Mapping[int, float] = field(default_factory=dict)
    floors_by_packages: Mapping[Route, float] = field(default_factory=dict)


NOTHING_LEARNED: Final = Usual()


def usual_of(tx: Transaction) -> Usual:
    """Reads what was learned, and gives it with what was chosen."""
    numbers, packages = confidences.floors(tx)
    return Usual(tx.style, bands_of(tx), numbers, packages)
