"""What became of a file that was brought: how much was taken, what was left and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final


class Reason(StrEnum):
    """Why something of a file was left."""

    NO_FRENCH = "no-french"
    NO_TARGET = "no-target"
    TOO_LONG = "too-long"
    UNREVIEWED = "unreviewed"  # a draft, or rejected, where it comes from
    RULE_UNKNOWN = "rule-unknown"
    DIFFERS = "differs"  # the glossary says otherwise


_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Left:
    """What was left for one reason: how much, and the numbers of the first few in the file."""

    count: int
    first: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What became of a file. `read` counts its units or rows; the others count pairs of texts, or terms."""

    name: str
    read: int
    added: int
    changed: int
    known: int
    left: Mapping[Reason, Left]


@dataclass(slots=True)
class Tally:
    """Counts while a file is read."""

    name: str
    read: int = 0
    added: int = 0
    changed: int = 0
    known: int = 0
    _left: dict[Reason, tuple[int, tuple[int, ...]]] = field(default_factory=dict)

    def leave(self, reason: Reason, number: int) -> None:
        """Counts what is left; `number` is its place in the file."""
        count, first = self._left.get(reason, (0, ()))
        self._left[reason] = (count + 1, (*first, number) if len(first) < _NAMED else first)

    @property
    def report(self) -> Report:
        """What was counted so far."""
        left = {reason: Left(*found) for reason, found in sorted(self._left.items(), key=lambda pair: -pair[1][0])}
        return Report(self.name, self.read, self.added, self.changed, self.known, MappingProxyType(left))
