"""Windows of sentences that follow each other, block by block along a band; what a bead's cosine is worth beside others."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.align.anchors import Rows
from webapp.align.beads import Shape
from webapp.align.embeddings import Matrix, Sums
from webapp.align.search import Band, Scores

_NEIGHBOURS: Final = 4
_CHUNK: Final = 256
_KEPT, _PIECE = 96, 128
"""Pieces of vectors that are kept, and windows of a piece: a quarter of a megabyte each."""


class WindowVectors:
    """The vectors of windows, kept a while: beads of every shape need those of the same three sizes."""

    def __init__(self, make: Callable[[Sums, Sums], Matrix]) -> None:
        self._make = make
        self._kept: OrderedDict[tuple[Sums, int, int], Matrix] = OrderedDict()

    def of(self, sums: Sums, ends: range, size: int) -> Matrix:
        """Gives the vectors of the `size` sentences before each of `ends`; every window lies in the text."""
        found = []
        for number in range(ends.start // _PIECE, (ends.stop - 1) // _PIECE + 1):
            first = max(number * _PIECE, size)
            found.append(self._piece(sums, number, size)[max(ends.start, first) - first : ends.stop - first])
        return found[0] if len(found) == 1 else np.concatenate(found)

    def _piece(self, sums: Sums, number: int, size: int) -> Matrix:
        """Those of the windows that end at the nodes of a piece of the text."""
        key = sums, number, size
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        first, last = max(number * _PIECE, size), min((number + 1) * _PIECE - 1, len(sums.tokens))
        made = self._kept[key] = self._make(sums, sums.part(first - size, last).windows(size))
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return made


def blocks(band: Band, shape: Shape) -> Iterator[tuple[range, range]]:
    """Cuts a band into blocks: the rows (nodes of the whole text) and the columns at which beads of a shape can end there."""
    for start in range(0, band.rows, _CHUNK):
        stop = min(start + _CHUNK, band.rows)
        first = max(start, shape[0])  # a bead may not begin before the region
        if first >= stop:
            continue
        left = max(int(band.low[first]), band.start + shape[1])
        right = int(band.low[stop - 1]) + band.width
        if left < right:
            yield range(band.first + first, band.first + stop), range(left, right)


def fill(out: Scores, band: Band, rows: range, columns: range, block: NDArray[np.float32]) -> None:
    """Writes a block of rows × columns to where the band has it."""
    for node, values in zip(rows, block, strict=True):
        row = node - band.first
        low = int(band.low[row])
        left, right = max(low, columns.start), min(low + band.width, columns.stop)
        if left < right:
            out[row, left - low : right - low] = values[left - columns.start : right - columns.start]


def window_sums(rows: Rows, ends: range, size: int) -> Matrix:
    """Adds up the rows of the `size` sentences before each of `ends`."""
    part = rows[ends.start - size : ends.stop - 1].astype(np.float32)
    last = len(part) - size + 1
    total: Matrix = np.sum([part[k : k + last] for k in range(size)], axis=0, dtype=np.float32)
    return total


def running(values: NDArray[np.float64] | NDArray[np.bool_]) -> NDArray[np.float64]:
    """Adds up from the beginning: one figure for every node."""
    return np.concatenate([[0.0], np.cumsum(values)])


def neighbours(band: Band, cosines: Scores, source: int, target: int) -> tuple[Matrix, Matrix]:
    """The mean cosine of the nearest few, by node of the source and by node of the target."""
    count = min(_NEIGHBOURS, band.width)
    rows = np.zeros(source + 1, np.float32)
    rows[band.first : band.first + band.rows] = np.sort(cosines, axis=1)[:, -count:].mean(axis=1)
    nearest = np.full((target + 1, _NEIGHBOURS), -1.0, np.float32)
    for row, low in zip(cosines, band.low, strict=True):
        here = nearest[low : low + band.width]
        worst = here.argmin(axis=1)
        index = np.arange(len(here))
        here[index, worst] = np.maximum(here[index, worst], row)
    return np.maximum(rows, 0), np.maximum(nearest, 0).mean(axis=1)


def margins(band: Band, cosines: Scores, rows: Matrix, columns: Matrix) -> Scores:
    """Takes from every cosine the mean of what is nearest to either side."""
    here = rows[band.first : band.first + band.rows, None] + columns[band.columns()]
    margin: Scores = np.where(cosines > -1, cosines - here / 2, 0).astype(np.float32)
    return margin


def weakest(band: Band, shape: Shape, margins: Mapping[Shape, Scores]) -> Scores:
    """How near the sentence of the bead that fits worst is to all of the other side: one that does not belong is near nothing."""
    a, b = shape
    if shape == (1, 1):
        return np.zeros((band.rows, band.width), np.float32)
    parts = [band.moved(margins[1, b], back, 0, 0.0) for back in range(a)] if a > 1 else []
    parts += [band.moved(margins[a, 1], 0, back, 0.0) for back in range(b)] if b > 1 else []
    least: Scores = np.minimum.reduce(parts)
    return least


def gain(band: Band, shape: Shape, cosines: Mapping[Shape, Scores]) -> Scores:
    """How much nearer the whole bead is than the nearest smaller bead within it; of two beside two, than one beside one twice,
    in their order or crosswise.
    """
    a, b = shape
    if shape == (1, 1):
        return np.zeros((band.rows, band.width), np.float32)
    if shape == (2, 2):
        straight = cosines[1, 1] + band.moved(cosines[1, 1], 1, 1, -1.0)
        across = band.moved(cosines[1, 1], 1, 0, -1.0) + band.moved(cosines[1, 1], 0, 1, -1.0)
        within: Scores = np.maximum(straight, across) / np.float32(2)
        return cosines[shape] - within
    smaller = cosines[a - (a > 1), b - (b > 1)]
    gain: Scores = cosines[shape] - np.maximum(smaller, band.moved(smaller, int(a > 1), int(b > 1), -1.0))
    return gain
