"""Numbers as values: what a figure or a number word may stand for, and the comparison of two texts' numbers."""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

Key = int | Fraction | str  # a value; "18:30" for a time of day; the digits themselves where they are too many


class Strength(IntEnum):
    """How surely something is a number that the other text must have.

    A hint (un, double, 한) answers a number of the other side but never asks for one. A word (deux, the 35 of F-35) is missed
    only where the other side has a number too many, since languages drop and add small ones (les deux pays, 양국). A figure,
    and any number spelled from three on, is always missed.
    """

    HINT = 0
    WORD = 1
    FIGURE = 2


@dataclass(frozen=True)
class Number:
    """One number of a text: `keys` are its possible values, the most usual first; `parts` other ways to say it in several.

    `parts` of 2½ are ((2, ½),); those of 18:30 ((18, 30),).
    """

    start: int
    end: int
    keys: tuple[Key, ...]
    strength: Strength = Strength.FIGURE
    parts: tuple[tuple[Key, ...], ...] = ()

    def also(self, *keys: Key) -> "Number":
        """The same number with further values it may stand for."""
        return replace(self, keys=(*self.keys, *keys))


class Difference(NamedTuple):
    """The numbers of the source that the translation lacks, and those it has too many, in reading order."""

    missing: tuple[Number, ...]
    added: tuple[Number, ...]


_Places = dict[Key, deque[int]]


def _places(numbers: Sequence[Number], readings: int | None) -> _Places:
    places: _Places = defaultdict(deque)
    for strength in sorted(Strength, reverse=True):
        for index, number in enumerate(numbers):
            if number.strength is strength:
                for key in number.keys[:readings]:
                    places[key].append(index)
    return places


class _Side:
    """The numbers of one text while they are being matched; a number leaves when its counterpart is found."""

    def __init__(self, numbers: Sequence[Number]) -> None:
        self.numbers = numbers
        self.free = dict.fromkeys(range(len(numbers)))

    @cached_property
    def first(self) -> _Places:
        """Where each value stands, by the most usual reading."""
        return _places(self.numbers, 1)

    @cached_property
    def every(self) -> _Places:
        """Where each value stands, by any reading."""
        return _places(self.numbers, None)

    def take(self, keys: Iterable[Key], places: _Places) -> bool:
        """Takes one number for each of the keys, the surest first, or none at all when one is not there."""
        taken: list[tuple[Key, int]] = []
        for key in keys:
            queue = places.get(key)
            while queue and queue[0] not in self.free:
                queue.popleft()
            if not queue:
                for used, index in taken:
                    self.free[index] = None
                    places[used].appendleft(index)
                return False
            taken.append((key, queue[0]))
            del self.free[queue.popleft()]
        return True

    def left(self, strength: Strength) -> list[Number]:
        return [self.numbers[i] for i in sorted(self.free) if self.numbers[i].strength is strength]


def difference(source: Sequence[Number], target: Sequence[Number]) -> Difference:
    """Compares two texts' numbers as multisets of values, in time linear in their count.

    Figures that stay alone on either side are reported. Words that stay alone are reported only where both sides have a
    number left over: then one was put for the other. Hints are never reported.
    """
    left, right = _Side(source), _Side(target)
    for first_only in (True, False):
        _match_single(left, right, first_only=first_only)
        _match_single(right, left, first_only=first_only)
    _match_parts(left, right)
    _match_parts(right, left)
    missing, added = left.left(Strength.FIGURE), right.left(Strength.FIGURE)
    missing_words, added_words = left.left(Strength.WORD), right.left(Strength.WORD)
    if missing_words and (added or added_words):
        missing, added = missing + missing_words, added + added_words
    elif missing and added_words:
        added += added_words
    by_place = lambda number: number.start  # noqa: E731 # too small for a name of its own
    return Difference(tuple(sorted(missing, key=by_place)), tuple(sorted(added, key=by_place)))


def _match_single(left: _Side, right: _Side, *, first_only: bool) -> None:
    """Pairs numbers one to one; hints answer and do not ask.

    The surest come first, and what can mean one thing only before what may mean several.
    """
    asking = [index for index in left.free if left.numbers[index].strength is not Strength.HINT]
    order = sorted(asking, key=lambda i: (-left.numbers[i].strength, len(left.numbers[i].keys)))
    for index in order:
        keys = left.numbers[index].keys
        places = right.first if first_only else right.every
        if any(right.take([key], places) for key in (keys[:1] if first_only else keys)):
            del left.free[index]


def _match_parts(left: _Side, right: _Side) -> None:
    for index in sorted(left.free):
        if left.numbers[index].strength is not Strength.HINT and any(
            right.take(part, right.every) for part in left.numbers[index].parts
        ):
            del left.free[index]
