"""From weights to links: seen from both sides, symmetrised, with a probability each (pure arithmetic on matrices)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from webapp.align.weights import Matrix

Pair = tuple[int, int]
"""Numbers of words: source, target."""

_TINY: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability two words that choose each other are linked (`mutual`), and from which a neighbour is (`beside`)."""

    mutual: float = 0.15
    beside: float = 0.2


LOOSE: Final = Thresholds()
STRICT: Final = Thresholds(0.3, 0.25)
"""For Korean, where less is certain."""


def links(weights: Matrix, thresholds: Thresholds = LOOSE) -> dict[Pair, float]:
    """Links words: pairs that prefer each other, then neighbours that one side prefers (grow-diag, Koehn et al. 2003).

    The probability of a link is the geometric mean of what it is among all of its row and among all of its column, 0..1.
    """
    if not weights or not weights[0]:
        return {}
    rows, columns = by_rows(weights), by_columns(weights)
    forward = {(_best(row), j) for j, row in enumerate(rows) if max(row) > 0}
    turned = list(zip(*columns, strict=True))
    backward = {(i, _best(column)) for i, column in enumerate(turned) if max(column) > 0}
    probability = {(i, j): (rows[j][i] * columns[j][i]) ** 0.5 for i, j in forward | backward}
    chosen = {pair for pair in forward & backward if probability[pair] >= thresholds.mutual}
    others = [pair for pair in (forward | backward) - chosen if probability[pair] >= thresholds.beside]
    _grow(chosen, sorted(others, key=lambda pair: (-probability[pair], pair)))
    return {pair: probability[pair] for pair in chosen}


def _grow(chosen: set[Pair], others: Sequence[Pair]) -> None:
    """Takes in pairs beside chosen ones while one of the two words has no link yet."""
    grown = True
    while grown:
        grown = False
        for i, j in others:
            if (i, j) in chosen or not any((i + a, j + b) in chosen for a in (-1, 0, 1) for b in (-1, 0, 1)):
                continue
            if all(i != a for a, _ in chosen) or all(j != b for _, b in chosen):
                chosen.add((i, j))
                grown = True


def by_rows(weights: Matrix) -> Matrix:
    """Makes every row sum to 1, or leaves it empty."""
    return [[weight / total for weight in row] for row in weights for total in [max(_TINY, sum(row))]]


def by_columns(weights: Matrix) -> Matrix:
    """Makes every column sum to 1, or leaves it empty."""
    totals = [max(_TINY, sum(column)) for column in zip(*weights, strict=True)]
    return [[weight / total for weight, total in zip(row, totals, strict=True)] for row in weights]


def both_ways(weights: Matrix, *, columns: float, power: float) -> Matrix:
    """Probabilities that look at the rows, and by the share `columns` at the columns too; `power` below 1 flattens them."""
    flat = [[weight**power if weight else 0.0 for weight in row] for row in weights]
    return [
        [a ** (1 - columns) * b**columns if a and b else 0.0 for a, b in zip(*pair, strict=True)]
        for pair in zip(by_rows(flat), by_columns(flat), strict=True)
    ]


def product(second: Matrix, first: Matrix, width: int) -> Matrix:
    """Composes two hops: the sum over the words between of the product of both probabilities; `width` is the source's."""
    found = []
    for row in second:
        total = [0.0] * width
        for weight, ahead in zip(row, first, strict=True):
            if weight > _TINY:
                total = [have + weight * more for have, more in zip(total, ahead, strict=True)]
        found.append(total)
    return found


def _best(weights: Sequence[float]) -> int:
    return max(range(len(weights)), key=weights.__getitem__)
