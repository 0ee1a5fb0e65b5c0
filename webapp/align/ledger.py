"""The scores of an alignment, kept small: enough to align a neighbourhood again without the texts, the encoder or numpy.

A byte a bead of the band: its log-odds in quarters, -127 where there is no such bead. Written by whoever compared the texts,
read where somebody repairs the result.
"""

import json
import zlib
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from typing import TYPE_CHECKING, Final

from webapp.align.beads import MATCHES, Bead, Shape

if TYPE_CHECKING:
    from webapp.align.search import Lattice

Node = tuple[int, int]

_STEPS: Final = 4
_LIMIT: Final = 127
_NEVER: Final = -1e9


@dataclass(frozen=True)
class Ledger:
    """Scores by shape and node, and those of leaving a sentence out; `low` is the first column of every row of the band."""

    low: tuple[int, ...]
    width: int
    matches: Mapping[Shape, bytes]
    skip_source: tuple[float, ...]
    skip_target: tuple[float, ...]

    @classmethod
    def of(cls, lattice: "Lattice") -> "Ledger":
        """Takes over the scores of a whole text."""
        import numpy as np  # noqa: PLC0415  (only where texts are compared)

        return cls(
            tuple(int(low) for low in lattice.band.low),
            lattice.band.width,
            {
                shape: np.clip(np.rint(s * _STEPS), -_LIMIT, _LIMIT).astype(np.int8).tobytes()
                for shape, s in lattice.matches.items()
            },
            tuple(round(float(x), 2) for x in lattice.skip_source),
            tuple(round(float(x), 2) for x in lattice.skip_target),
        )

    def pack(self) -> str:
        """Makes a line of text of it."""
        head = json.dumps([self.low, self.width, self.skip_source, self.skip_target]).encode()
        body = b"".join(self.matches[shape] for shape in MATCHES)
        return b64encode(zlib.compress(len(head).to_bytes(4, "big") + head + body, 6)).decode()

    @classmethod
    def unpack(cls, packed: str) -> "Ledger":
        """Reads what `pack` made."""
        data = zlib.decompress(b64decode(packed))
        size = int.from_bytes(data[:4], "big")
        low, width, skip_source, skip_target = json.loads(data[4 : 4 + size])
        body, count = data[4 + size :], len(low) * width
        matches = {shape: body[n * count : (n + 1) * count] for n, shape in enumerate(MATCHES)}
        return cls(tuple(low), width, matches, tuple(skip_source), tuple(skip_target))

    def score(self, shape: Shape, row: int, column: int) -> float:
        """The log-odds of the bead of a shape that leads to a node; hopeless outside the band."""
        if shape == (1, 0):
            return self.skip_source[row - 1]
        if shape == (0, 1):
            return self.skip_target[column - 1]
        place = column - self.low[row]
        if not 0 <= place < self.width:
            return -12.0 * sum(shape)  # never compared: only where nothing else is left
        byte = self.matches[shape][row * self.width + place]
        value = byte - 256 if byte > _LIMIT else byte
        return value / _STEPS

    def align(self, source: range, target: range, *, together: bool = True) -> list[Bead]:
        """Aligns a part of both texts again. `together` False: not as one bead, if there is any other way."""
        if not source and not target:
            return []
        ahead = self._sweep(source, target, together)
        beads: list[Bead] = []
        i, j = source.stop, target.stop
        while (i, j) != (source.start, target.start):
            options = [
                (ahead[i - a, j - b] + self._allowed((a, b), (i, j), source, target, together), a, b)
                for a, b in _SHAPES
                if (i - a, j - b) in ahead
            ]
            best, a, b = max(options)
            sure = exp(min(0.0, best - _log_sum([option[0] for option in options])))
            beads.append(Bead(tuple(range(i - a, i)), tuple(range(j - b, j)), round(sure, 4)))
            i, j = i - a, j - b
        return beads[::-1]

    def _sweep(self, source: range, target: range, together: bool) -> dict[tuple[int, int], float]:
        ahead: dict[tuple[int, int], float] = {(source.start, target.start): 0.0}
        for i in range(source.start, source.stop + 1):
            for j in range(target.start, target.stop + 1):
                options = [
                    ahead[i - a, j - b] + self._allowed((a, b), (i, j), source, target, together)
                    for a, b in _SHAPES
                    if (i - a, j - b) in ahead
                ]
                if options:
                    ahead[i, j] = max(options)
        return ahead

    def _allowed(self, shape: Shape, node: Node, source: range, target: range, together: bool) -> float:
        whole = shape == (len(source), len(target)) and node == (source.stop, target.stop)
        return _NEVER if whole and not together else self.score(shape, *node)


_SHAPES: Final = (*MATCHES, (1, 0), (0, 1))


def _log_sum(values: Sequence[float]) -> float:
    top = max(values)
    return top + log(sum(exp(value - top) for value in values))
