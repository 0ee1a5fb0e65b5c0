"""Passages that changed their place nearby: cut out of both texts, they and what they leave behind are aligned anew.

One way through two texts takes at most one of two passages that changed places, and may bend the other's neighbours to fill the
gap. A bead off the way that is worth more than all that its sentences have on the way can only be of such a passage: it grows to
the beads beside it, is cut out, and stays out where the whole is worth more so.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.align.beads import MATCHES, Bead, Shape
from webapp.align.moves import Region
from webapp.align.search import NEVER, Band, Floats, Lattice

Indices = NDArray[np.int64]

GAIN: Final = 4.0
"""What a moved passage has to gain over what there is, in log-odds: moves are rare."""
_LEAST: Final = 2.0
"""What a bead off the way has to gain by itself to be looked at."""
_MOST: Final = 24
"""Passages of one part that are tried."""
_BESIDE, _LONGEST = 6, 160
"""Beads of a long text on either side of a moved passage that are aligned again with it; beads of such a part at most."""
_GAP: Final = 3
"""Sentences within a passage, less one, that nothing answers."""


def replaced(lattice: Lattice, beads: Sequence[Bead]) -> list[Bead]:
    """Aligns a region again, given with the beads that the way through it has; moved passages are aligned by themselves.

    The band of `lattice` has to be whole. The beads come back as they are where nothing moved.
    """
    return _Part(lattice, beads).search()


def replaced_nearby(lattice: Lattice, beads: Sequence[Bead], region: Region) -> list[Bead]:
    """The same for a long text in a band, part by part, where something may have moved.

    `beads` are those of the way through it, in order; `region` weighs the beads of a part of both texts.
    """
    done: list[Bead] = []
    last = 0
    for part in _suspects(lattice, beads):
        inside = beads[part.start : part.stop]
        source = [number for bead in inside for number in bead.source]
        target = [number for bead in inside for number in bead.target]
        whole = region(range(source[0], source[-1] + 1), range(target[0], target[-1] + 1))
        done += [*beads[last : part.start], *replaced(whole, inside)]
        last = part.stop
    return [*done, *beads[last:]]


def _suspects(lattice: Lattice, beads: Sequence[Bead]) -> list[range]:
    """The parts of a way beside which some bead would gain: numbers of beads, rising."""
    nodes = np.cumsum([bead.shape for bead in beads], axis=0)
    source, target = worths(lattice, beads)
    around: list[tuple[int, int]] = []
    for a, b in MATCHES:
        rows, places = np.nonzero(profits(lattice, (a, b), source, target) > _LEAST)
        columns = lattice.band.low[rows] + places
        first = np.minimum(_passed(nodes[:, 0], rows - a + 1), _passed(nodes[:, 1], columns - b + 1))
        last = np.maximum(_passed(nodes[:, 0], rows), _passed(nodes[:, 1], columns))
        around += zip(first.tolist(), last.tolist(), strict=True)
    parts: list[range] = []
    for begin, end in sorted(around):
        start, stop = max(0, begin - _BESIDE), min(len(beads), end + 1 + _BESIDE)
        if parts and start < parts[-1].stop and stop - parts[-1].start <= _LONGEST:
            parts[-1] = range(parts[-1].start, max(stop, parts[-1].stop))
        elif not parts or start >= parts[-1].stop:
            parts.append(range(start, stop))
    return [part for part in parts if _has_both(beads[part.start : part.stop])]


def _passed(nodes: Indices, sought: Indices) -> Indices:
    """The first bead that leads as far as each node."""
    return np.searchsorted(nodes, sought)


def _has_both(beads: Sequence[Bead]) -> bool:
    return any(bead.source for bead in beads) and any(bead.target for bead in beads)


def worths(lattice: Lattice, beads: Sequence[Bead]) -> tuple[Floats, Floats]:
    """What would be lost if a sentence was taken from its bead, for every sentence of both sides of a region.

    Of a bead of two beside two each side bears half: one of either may be taken together.
    """
    first, start = lattice.band.first, lattice.band.start
    source, target = lattice.skip_source.copy(), lattice.skip_target.copy()
    for bead in beads:
        if bead.is_match:
            ours, theirs = slice(bead.source[0] - first, bead.source[-1] + 1 - first), _slice(bead.target, start)
            alone = lattice.skip_source[ours].sum() + lattice.skip_target[theirs].sum()
            lost = (_score(lattice, bead) - alone) / (2 if bead.shape == (2, 2) else 1)
            source[ours], target[theirs] = lattice.skip_source[ours] + lost, lattice.skip_target[theirs] + lost
    return source, target


def profits(lattice: Lattice, shape: Shape, source: Floats, target: Floats) -> NDArray[np.float64]:
    """What every bead of a shape would gain over what its sentences are worth now."""
    band = lattice.band
    ours, theirs = (np.concatenate([[0.0], np.cumsum(side)]) for side in (source, target))
    rows, columns = np.arange(band.rows), np.clip(band.columns() - band.start, 0, len(target))
    mine = ours[rows] - ours[np.maximum(rows - shape[0], 0)]
    yours = theirs[columns] - theirs[np.maximum(columns - shape[1], 0)]
    return np.asarray(lattice.matches[shape] - mine[:, None] - yours)


def _slice(side: Sequence[int], start: int) -> slice:
    return slice(side[0] - start, side[-1] + 1 - start)


def _score(lattice: Lattice, bead: Bead) -> float:
    row, column = bead.source[-1] + 1, bead.target[-1] + 1
    row -= lattice.band.first
    return float(lattice.matches[bead.shape][row, column - int(lattice.band.low[row])])


@dataclass
class _Part:
    lattice: Lattice
    beads: Sequence[Bead]
    moved: list[tuple[Indices, Indices]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = np.arange(len(self.lattice.skip_source))
        self.columns = np.arange(len(self.lattice.skip_target))
        self._value = self._best(self.rows, self.columns)
        self._tried: set[tuple[Shape, int, int]] = set()

    def search(self) -> list[Bead]:
        for _ in range(_MOST):
            source, target = self._worths()
            seed = self._seed(source, target)
            if seed is None:
                break
            self._try(*_Growth(self.lattice, source, target).around(*seed))
        if not self.moved:
            return list(self.beads)
        return [bead for part in (*self.moved, (self.rows, self.columns)) for bead in self._aligned(*part)]

    def _worths(self) -> tuple[Floats, Floats]:
        """What every sentence is worth where it is; what has moved stays where it is."""
        found = worths(self.lattice, self.beads)
        for moved in self.moved:
            for side, taken in zip(found, moved, strict=True):
                side[taken] = -NEVER
        return found

    def _seed(self, source: Floats, target: Floats) -> tuple[Shape, int, int] | None:
        """The bead off the way that would gain most, as its shape and the node it leads to."""
        best: tuple[float, tuple[Shape, int, int]] | None = None
        for shape in MATCHES:
            gains = profits(self.lattice, shape, source, target)
            for tried, row, column in self._tried:
                if tried == shape:
                    gains[row, column] = NEVER
            row, column = divmod(int(gains.argmax()), gains.shape[1])
            if gains[row, column] > (best[0] if best else _LEAST):
                best = float(gains[row, column]), (shape, row, column)
        if best is not None:
            self._tried.add(best[1])
        return best and best[1]

    def _try(self, source: range, target: range) -> None:
        """Cuts a passage out of both texts and keeps it so if the whole is worth more."""
        ours, theirs = np.array(source), np.array(target)
        rows, columns = np.setdiff1d(self.rows, ours), np.setdiff1d(self.columns, theirs)
        rest = self._best(rows, columns)
        if rest + self._best(ours, theirs) - GAIN > self._value:
            self.rows, self.columns, self._value = rows, columns, rest
            self.moved.append((ours, theirs))
            self.beads = self._aligned(rows, columns)

    def _best(self, rows: Indices, columns: Indices) -> float:
        part = self._part(rows, columns)
        return float(part.forward()[-1, -1])

    def _part(self, rows: Indices, columns: Indices) -> Lattice:
        """Some sentences of both sides, as if the others were not there; a bead does not reach across a gap."""
        matches = {}
        for (a, b), scores in self.lattice.matches.items():
            part = np.full((len(rows) + 1, len(columns) + 1), NEVER, np.float32)
            possible = _joined(rows, a)[:, None] & _joined(columns, b)
            part[1:, 1:] = np.where(possible, scores[np.ix_(rows + 1, columns + 1)], NEVER)
            matches[a, b] = part
        band = Band.whole(0, len(rows), 0, len(columns))
        return Lattice(band, matches, self.lattice.skip_source[rows], self.lattice.skip_target[columns])

    def _aligned(self, rows: Indices, columns: Indices) -> list[Bead]:
        part, band = self._part(rows, columns), self.lattice.band
        path = part.best_path()
        ours, theirs = (rows + band.first).tolist(), (columns + band.start).tolist()
        return [
            Bead(tuple(ours[row - a : row]), tuple(theirs[column - b : column]), score)
            for (row, column, (a, b)), score in zip(path, part.sureness(path), strict=True)
        ]


def _joined(numbers: Indices, size: int) -> NDArray[np.bool_]:
    """Whether so many numbers up to each follow each other."""
    found = np.zeros(len(numbers), np.bool_)
    found[size - 1 :] = numbers[size - 1 :] - numbers[: len(numbers) - size + 1] == size - 1
    return found


@dataclass(frozen=True)
class _Growth:
    """Takes in beads beside one, before and after it, as long as they would gain over what there is."""

    lattice: Lattice
    source: Floats
    target: Floats

    def around(self, shape: Shape, row: int, column: int) -> tuple[range, range]:
        """Gives the passage around a bead: sentences of both sides, counted from the region's first."""
        start, stop = (row - shape[0], column - shape[1]), (row, column)
        while after := self._next(*stop):
            stop = after
        while before := self._previous(*start):
            start = before
        return range(start[0], stop[0]), range(start[1], stop[1])

    def _next(self, row: int, column: int) -> tuple[int, int] | None:
        found = [
            (self._gain((a, b), row + p + a, column + q + b, (p, q), before=True), (row + p + a, column + q + b))
            for p, q, (a, b) in product(range(_GAP), range(_GAP), MATCHES)
            if row + p + a <= len(self.source) and column + q + b <= len(self.target)
        ]
        gain, node = max(found, default=(0.0, None))
        return node if gain > 0 else None

    def _previous(self, row: int, column: int) -> tuple[int, int] | None:
        found = [
            (self._gain((a, b), row - p, column - q, (p, q), before=False), (row - p - a, column - q - b))
            for p, q, (a, b) in product(range(_GAP), range(_GAP), MATCHES)
            if row - p - a >= 0 and column - q - b >= 0
        ]
        gain, node = max(found, default=(0.0, None))
        return node if gain > 0 else None

    def _gain(self, shape: Shape, row: int, column: int, gap: Shape, *, before: bool) -> float:
        """What a bead that leads to a node would gain, less what is lost by the sentences between it and the passage."""
        ours, theirs = slice(row - shape[0], row), slice(column - shape[1], column)
        gain = float(self.lattice.matches[shape][row, column]) - float(self.source[ours].sum() + self.target[theirs].sum())
        here = (ours.start - gap[0], theirs.start - gap[1]) if before else (row, column)
        source, target = slice(here[0], here[0] + gap[0]), slice(here[1], here[1] + gap[1])
        lost = (self.source[source] - self.lattice.skip_source[source]).sum()
        return gain - float(lost + (self.target[target] - self.lattice.skip_target[target]).sum())
