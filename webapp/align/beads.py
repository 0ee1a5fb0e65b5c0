"""A bead: some sentences of one text beside those of the other that say the same. The unit in which two texts are aligned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

Shape = tuple[int, int]
"""How many sentences stand on each side of a bead: (source, target)."""

MATCHES: Final[tuple[Shape, ...]] = ((1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1))
"""The beads with something on both sides; beside them there are (1, 0) and (0, 1)."""


@dataclass(frozen=True, slots=True)
class Bead:
    """Indices into the sentences of the source and of the target, each side without gaps; one side may be empty.

    `score` is 0..1: the share of beads with this score that are right, where that was measured (see `bench/align.py`).
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float = 1.0

    def __post_init__(self) -> None:
        if not self.source and not self.target:
            raise ValueError("a bead holds at least one sentence")
        for side in (self.source, self.target):
            if side and side != tuple(range(side[0], side[0] + len(side))):
                raise ValueError("the sentences of a bead follow each other")

    @property
    def shape(self) -> Shape:
        """How many sentences stand on each side."""
        return len(self.source), len(self.target)

    @property
    def is_match(self) -> bool:
        """Whether both sides say something."""
        return bool(self.source and self.target)


def in_reading_order(beads: Iterable[Bead]) -> tuple[Bead, ...]:
    """Puts beads in the order of the source; what only the target says stands after what it follows there.

    Where the source has sentences of its own at the same place, they come first.
    """
    listed = list(beads)
    before = {bead.target[-1]: bead for bead in listed if bead.target}
    omitted = {i for bead in listed if not bead.target for i in bead.source}
    places: dict[Bead, tuple[int, int]] = {}
    for bead in sorted(listed, key=lambda bead: bead.target[0] if bead.target else -1):
        if bead.source:
            places[bead] = (bead.source[-1], -1)
        else:
            previous = before.get(bead.target[0] - 1)
            place = places[previous][0] if previous else -1
            while place + 1 in omitted:
                place += 1
            places[bead] = (place, bead.target[0])
    return tuple(sorted(listed, key=lambda bead: places[bead]))


def covers(beads: Sequence[Bead], source: int, target: int) -> bool:
    """Whether the beads hold each of `source` and `target` sentences exactly once, the source ones in order."""
    sources = [i for bead in beads for i in bead.source]
    targets = sorted(j for bead in beads for j in bead.target)
    return sources == list(range(source)) and targets == list(range(target))
