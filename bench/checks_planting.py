"""Plants every kind of error into correct translations, to see which of them the checks find.

A planter takes a row (the French with its translations) and a target, and yields broken inputs; nothing where the error
cannot be made. The same rows give the same errors each time.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from webapp.checks.base import CheckInput

Row = dict[str, str]
Planter = Callable[[Row, str, Random], Iterator[CheckInput]]


@dataclass(frozen=True)
class Kind:
    """One kind of error: the check that must find it, whether as an error, and how to make it."""

    name: str
    check: str
    is_error: bool
    plant: Planter


_KINDS: list[Kind] = []


def kind(name: str, check: str, *, is_error: bool = True) -> Callable[[Planter], Planter]:
    """Registers a planter; `check` is the slug that must find it, or several joined by |."""

    def keep(planter: Planter) -> Planter:
        _KINDS.append(Kind(name, check, is_error, planter))
        return planter

    return keep


def kinds() -> tuple[Kind, ...]:
    """Every kind of error, those that must be errors first."""
    return tuple(sorted(_KINDS, key=lambda kind: not kind.is_error))


def broken(row: Row, language: str, target: str, **more: object) -> CheckInput:
    """The row with this instead of its translation."""
    return CheckInput(source=row["fr"], target=target, language=language, **more)  # type: ignore[arg-type] # fields by name


def replaced(text: str, start: int, end: int, new: str) -> str:
    """The text with something else between two places."""
    return text[:start] + new + text[end:]
