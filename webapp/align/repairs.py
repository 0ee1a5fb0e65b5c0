"""An alignment that a person repairs, row by row: pure values, without texts being read again.

What a person said about a row stays as it is (`by_person`); what a repair sets free is aligned again together with its nearest
neighbours that nobody touched, and with nothing else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from webapp.align.beads import Bead, in_reading_order
from webapp.align.ledger import Ledger
from webapp.errors import N_

NEIGHBOURS: Final = 3
"""Rows on either side that a repair may align again."""


class Repair(StrEnum):
    """What may be done with a row."""

    CONFIRM = "confirm"
    MERGE = "merge"
    SPLIT = "split"
    UP = "up"
    DOWN = "down"
    MISSING = "missing"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Row:
    """A bead as it is repaired; `by_person`: somebody said that it is so."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
    by_person: bool = False

    @property
    def bead(self) -> Bead:
        return Bead(self.source, self.target, self.score)


class Impossible(ValueError):
    """The row cannot be changed that way; the message is a message key of the catalogues."""


Rows = tuple[Row, ...]


def repair(rows: Rows, number: int, how: Repair, ledger: Ledger | None) -> Rows:
    """Does a repair to row `number`; gives all rows in reading order, every sentence in exactly one of them.

    `ledger` holds the scores from which a neighbourhood is aligned again, None where there are none. Raises Impossible.
    """
    return _ordered(_REPAIRS[how](rows, number, ledger))


def _ordered(rows: Sequence[Row]) -> Rows:
    by_sides = {(row.source, row.target): row for row in rows}
    return tuple(by_sides[bead.source, bead.target] for bead in in_reading_order([row.bead for row in rows]))


def _confirm(rows: Rows, number: int, _ledger: Ledger | None) -> Sequence[Row]:
    return (*rows[:number], replace(rows[number], by_person=True, score=1.0), *rows[number + 1 :])


def _merge(rows: Rows, number: int, _ledger: Ledger | None) -> Sequence[Row]:
    if number + 1 >= len(rows):
        raise Impossible(N_("There is no row below to merge with."))
    one, two = rows[number], rows[number + 1]
    merged = Row(_joined(one.source, two.source), _joined(one.target, two.target), 1.0, by_person=True)
    return (*rows[:number], merged, *rows[number + 2 :])


def _split(rows: Rows, number: int, ledger: Ledger | None) -> Sequence[Row]:
    row = rows[number]
    if len(row.source) + len(row.target) < 2:
        raise Impossible(N_("This row holds a single sentence."))
    if not row.source or not row.target:
        parts = [Row((i,), (), 1.0, by_person=True) for i in row.source] + [
            Row((), (j,), 1.0, by_person=True) for j in row.target
        ]
    elif ledger is None or len(row.source) == len(row.target) == 1:
        parts = [Row(row.source, (), 1.0, by_person=True), Row((), row.target, 1.0, by_person=True)]
    else:
        beads = ledger.align(_range(row.source), _range(row.target), together=False)
        parts = [Row(bead.source, bead.target, bead.score, by_person=True) for bead in beads]
    return (*rows[:number], *parts, *rows[number + 1 :])


def _up(rows: Rows, number: int, ledger: Ledger | None) -> Sequence[Row]:
    if number == 0:
        raise Impossible(N_("There is no row above."))
    row, above = rows[number], rows[number - 1]
    if not row.target:
        raise Impossible(N_("This row has no sentence of the translation to move."))
    taker = Row(above.source, _joined(above.target, row.target[:1]), 1.0, by_person=True)
    left = _without(row, row.target[1:])
    return [*rows[: number - 1], taker, *_realigned([*left, *rows[number + 1 :]], len(left), ledger, after=True)]


def _down(rows: Rows, number: int, ledger: Ledger | None) -> Sequence[Row]:
    if number + 1 >= len(rows):
        raise Impossible(N_("There is no row below."))
    row, below = rows[number], rows[number + 1]
    if not row.target:
        raise Impossible(N_("This row has no sentence of the translation to move."))
    taker = Row(below.source, _joined(row.target[-1:], below.target), 1.0, by_person=True)
    left = _without(row, row.target[:-1])
    return [*_realigned([*rows[:number], *left], len(left), ledger, after=False), taker, *rows[number + 2 :]]


def _without(row: Row, target: tuple[int, ...]) -> list[Row]:
    return [Row(row.source, target, row.score)] if row.source or target else []


def _missing(rows: Rows, number: int, ledger: Ledger | None) -> Sequence[Row]:
    row = rows[number]
    if not row.source:
        raise Impossible(N_("This row has no French sentence."))
    said = [Row((i,), (), 1.0, by_person=True) for i in row.source]
    freed = [Row((), (j,), 0.0) for j in row.target]
    return _set_free(rows, number, said, freed, ledger)


def _added(rows: Rows, number: int, ledger: Ledger | None) -> Sequence[Row]:
    row = rows[number]
    if not row.target:
        raise Impossible(N_("This row has no sentence of the translation."))
    said = [Row((), (j,), 1.0, by_person=True) for j in row.target]
    freed = [Row((i,), (), 0.0) for i in row.source]
    return _set_free(rows, number, said, freed, ledger)


def _set_free(rows: Rows, number: int, said: list[Row], freed: list[Row], ledger: Ledger | None) -> Sequence[Row]:
    """Puts `said` in the place of a row; what it sets free goes to the rows above or below, whichever gains more."""
    options = []
    for count in range(len(freed) + 1):
        above = _realigned([*rows[:number], *freed[:count]], count, ledger, after=False)
        below = _realigned([*freed[count:], *rows[number + 1 :]], len(freed) - count, ledger, after=True)
        options.append((_worth(above, ledger) + _worth(below, ledger), -count, [*above, *said, *below]))
    return max(options, key=lambda option: option[:2])[2]


def _worth(rows: Sequence[Row], ledger: Ledger | None) -> float:
    if ledger is None:
        return 0.0
    return sum(
        ledger.score((len(row.source), len(row.target)), (row.source or (0,))[-1] + 1, (row.target or (0,))[-1] + 1)
        for row in rows
        if not row.by_person and len(row.source) <= 3 and len(row.target) <= 3 and len(row.source) * len(row.target) <= 4
    )


def _realigned(rows: Sequence[Row], edge: int, ledger: Ledger | None, *, after: bool) -> list[Row]:
    """Aligns again the rows at one end of a part: the `edge` rows that changed, and their untouched neighbours.

    `after`: the part begins with what changed; otherwise it ends with it.
    """
    if ledger is None or not edge:
        return list(rows)
    ordered = list(rows) if after else list(rows)[::-1]
    count = edge
    while count < min(len(ordered), edge + NEIGHBOURS) and not ordered[count].by_person and _follow(ordered[: count + 1]):
        count += 1
    part = ordered[:count]
    if not _follow(part):
        return list(rows)
    beads = ledger.align(_span([row.source for row in part]), _span([row.target for row in part]))
    made = [Row(bead.source, bead.target, bead.score) for bead in beads]
    return [*made, *ordered[count:]] if after else [*ordered[count:][::-1], *made]


def _follow(rows: Sequence[Row]) -> bool:
    """Whether the sentences of some rows are a part of both texts without gaps."""
    sides: tuple[Callable[[Row], tuple[int, ...]], ...] = (lambda row: row.source, lambda row: row.target)
    for side in sides:
        numbers = sorted(n for row in rows for n in side(row))
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            return False
    return all(row.source or row.target for row in rows)


def _span(sides: Sequence[tuple[int, ...]]) -> range:
    numbers = [n for side in sides for n in side]
    return range(min(numbers), max(numbers) + 1) if numbers else range(0)


def _range(side: tuple[int, ...]) -> range:
    return range(side[0], side[-1] + 1) if side else range(0)


def _joined(one: tuple[int, ...], two: tuple[int, ...]) -> tuple[int, ...]:
    """Two runs as one. Raises Impossible when they do not follow each other."""
    joined = tuple(sorted(one + two))
    if joined and joined != tuple(range(joined[0], joined[0] + len(joined))):
        raise Impossible(N_("The sentences do not follow each other: a passage stands elsewhere in the translation."))
    return joined


_REPAIRS: Final[dict[Repair, Callable[[Rows, int, Ledger | None], Sequence[Row]]]] = {
    Repair.CONFIRM: _confirm,
    Repair.MERGE: _merge,
    Repair.SPLIT: _split,
    Repair.UP: _up,
    Repair.DOWN: _down,
    Repair.MISSING: _missing,
    Repair.ADDED: _added,
}
