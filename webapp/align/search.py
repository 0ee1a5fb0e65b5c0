"""The best way through two texts, and how sure of it one may be: dynamic programming over beads in a band.

A node (i, j) stands after `i` sentences of the source and `j` of the target; a bead leads from one node to another and brings a
score. `Band` says which nodes are looked at: on every row `width` of them, so that time and memory grow with the length of the
texts and not with its square. Within a row the nodes follow each other through sentences of the target that nothing answers;
that recurrence is a running maximum (or sum), so a row costs a handful of array operations.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from webapp.align.beads import Shape

Scores = NDArray[np.float32]
Floats = NDArray[np.float64]

NEVER: Final = -1e9


@dataclass(frozen=True)
class Band:
    """The nodes looked at: rows `first` … `first + rows - 1`, on row r the columns `low[r]` … `low[r] + width - 1`.

    `start` and `stop` bound the columns (both are nodes); the first and the last node lie in the band.
    """

    first: int
    low: NDArray[np.int64]
    width: int
    start: int
    stop: int

    @classmethod
    def whole(cls, first: int, last: int, start: int, stop: int) -> "Band":
        """Looks at every node of a region."""
        return cls(first, np.full(last - first + 1, start, np.int64), stop - start + 1, start, stop)

    @classmethod
    def around(cls, centres: NDArray[np.float64], half: int, stop: int) -> "Band":
        """Looks at `half` nodes on either side of `centres`, a column for each row of a whole text, rising.

        Where the centres leap, the rows before and after lead there, so that there is always a way.
        """
        last = len(centres) - 1
        width = min(max(2 * half, ceil(stop / max(1, last))) + 1, stop + 1)
        low = np.clip(np.rint(centres).astype(np.int64) - half, 0, stop + 1 - width)
        low[0], low[-1] = 0, stop + 1 - width
        farthest = np.arange(last + 1) * (width - 1)  # a row overlaps the one before by a column at least
        low = np.minimum(np.maximum.accumulate(low), farthest)
        low = np.maximum.accumulate((low - farthest)[::-1])[::-1] + farthest
        return cls(0, low, width, 0, stop)

    def part(self, start: int, stop: int) -> "Band":
        """Looks at some of the rows only."""
        return Band(self.first + start, self.low[start:stop], self.width, self.start, self.stop)

    @property
    def is_whole(self) -> bool:
        """Whether every node between the corners is looked at."""
        return self.width == self.stop - self.start + 1

    @property
    def rows(self) -> int:
        return len(self.low)

    def columns(self) -> NDArray[np.int64]:
        """The column of every node, (rows, width)."""
        return self.low[:, None] + np.arange(self.width)

    def shift(self, row: int, rows_back: int, columns_back: int) -> tuple[slice, slice]:
        """Where on `row`, and where on the row `rows_back` before, nodes lie that are `columns_back` apart."""
        offset = int(self.low[row] - self.low[row - rows_back]) - columns_back
        here = slice(max(0, -offset), min(self.width, self.width - offset))
        if here.stop <= here.start:
            return slice(0, 0), slice(0, 0)
        return here, slice(here.start + offset, here.stop + offset)

    def moved(self, values: Scores, rows_back: int, columns_back: int, missing: float) -> Scores:
        """Gives for every node the value of the node so many rows and columns before; `missing` outside the band."""
        out = np.full_like(values, missing)
        if not rows_back or (self.low == self.low[0]).all():
            stop = self.rows - rows_back
            out[rows_back:, columns_back:] = values[: max(0, stop), : max(0, self.width - columns_back)]
            return out
        for row in range(rows_back, self.rows):
            here, there = self.shift(row, rows_back, columns_back)
            out[row, here] = values[row - rows_back, there]
        return out


@dataclass(frozen=True)
class Lattice:
    """A band with the scores of its beads: `matches` by shape at the node they lead to, (rows, width), NEVER where impossible.

    `skip_source` (rows - 1) and `skip_target` (stop - start) are the scores of sentences that nothing answers.
    """

    band: Band
    matches: Mapping[Shape, Scores]
    skip_source: Floats
    skip_target: Floats

    def forward(self, add: Any = np.maximum) -> Floats:
        """The best score (`np.maximum`) or the sum of all ways (`np.logaddexp`) from the first node to every node."""
        band, path = self.band, self._running()
        values = np.full((band.rows, band.width), NEVER)
        for row in range(band.rows):
            best = np.full(band.width, NEVER)
            if row == 0:
                best[band.start - band.low[0]] = 0.0
            for (a, b), scores in self._steps(row):
                here, there = band.shift(row, a, b)
                best[here] = add(best[here], values[row - a, there] + (scores if np.isscalar(scores) else scores[here]))
            along = path[band.low[row] - band.start :][: band.width]
            values[row] = along + add.accumulate(best - along)
        return values

    def backward(self, add: Any = np.maximum) -> Floats:
        """The same from every node to the last one."""
        band, path = self.band, self._running()
        values = np.full((band.rows, band.width), NEVER)
        waiting = np.full((band.rows, band.width), NEVER)
        waiting[-1, band.stop - band.low[-1]] = 0.0
        for row in reversed(range(band.rows)):
            along = path[band.low[row] - band.start :][: band.width]
            values[row] = add.accumulate((waiting[row] + along)[::-1])[::-1] - along
            for (a, b), scores in self._steps(row):
                here, there = band.shift(row, a, b)
                more = values[row, here] + (scores if np.isscalar(scores) else scores[here])
                waiting[row - a, there] = add(waiting[row - a, there], more)
        return values

    def _running(self) -> Floats:
        return np.concatenate([[0.0], np.cumsum(self.skip_target)])

    def _steps(self, row: int) -> list[tuple[Shape, Any]]:
        """The beads that lead to a row from earlier ones."""
        found: list[tuple[Shape, Any]] = [(shape, s[row]) for shape, s in self.matches.items() if shape[0] <= row]
        if row:
            found.append(((1, 0), float(self.skip_source[row - 1])))
        return found

    def best_path(self) -> list[tuple[int, int, Shape]]:
        """The beads of the best way as (row, column, shape) of the node each leads to, in order."""
        values, band = self.forward(), self.band
        row, column, path = band.rows - 1, band.stop, []
        while (row, column) != (0, band.start):
            shape = self._arrived_by(values, row, column)
            path.append((band.first + row, column, shape))
            row, column = row - shape[0], column - shape[1]
        return path[::-1]

    def _arrived_by(self, values: Floats, row: int, column: int) -> Shape:
        """The last bead of the best way to a node."""
        options: list[tuple[float, Shape]] = []
        for shape, scores in self._steps(row):
            before = self._value(values, row - shape[0], column - shape[1])
            here = scores if np.isscalar(scores) else scores[column - self.band.low[row]]
            options.append((before + float(np.asarray(here).item()), shape))
        if column > self.band.start:
            before = self._value(values, row, column - 1)
            options.append((before + float(self.skip_target[column - 1 - self.band.start]), (0, 1)))
        return max(options)[1]

    def _value(self, values: Floats, row: int, column: int) -> float:
        place = column - int(self.band.low[row])
        return float(values[row, place]) if 0 <= place < self.band.width else 2 * NEVER

    def sureness(self, path: list[tuple[int, int, Shape]]) -> list[float]:
        """How much of all ways, weighed by their scores, goes through each bead of a way: 0..1.

        For a sentence that nothing answers: how much of them leaves it unanswered, wherever they pass meanwhile.
        """
        ahead, behind = self.forward(np.logaddexp), self.backward(np.logaddexp)
        total = self._value(ahead, self.band.rows - 1, self.band.stop)
        found = []
        for node, column, shape in path:
            row = node - self.band.first
            if shape == (1, 0):
                here, there = self.band.shift(row, 1, 0)
                ways = ahead[row - 1, there] + behind[row, here] + float(self.skip_source[row - 1])
                through = float(np.logaddexp.reduce(ways))
            elif shape == (0, 1):
                through = self._all_over(ahead, behind, column) + float(self.skip_target[column - 1 - self.band.start])
            else:
                score = float(self.matches[shape][row, column - self.band.low[row]])
                through = self._value(ahead, row - shape[0], column - shape[1]) + score + self._value(behind, row, column)
            found.append(float(np.exp(min(0.0, through - total))))
        return found

    def _all_over(self, ahead: Floats, behind: Floats, column: int) -> float:
        """All ways on which a sentence of the target is left unanswered, on whatever row."""
        places = column - self.band.low
        rows = np.flatnonzero((places >= 1) & (places < self.band.width))
        here = places[rows]
        return float(np.logaddexp.reduce(ahead[rows, here - 1] + behind[rows, here], initial=NEVER))
