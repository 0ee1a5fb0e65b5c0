"""Finds remembered sentences that are like another one, by the marks of their words, without looking at all of them.

A sentence that is alike shares telling words. Marks that few sentences of about the same length have are enough to find it;
those that many have are not even read to their end. What is found is then compared, letter by letter.
"""

from collections import Counter
from typing import Any, Final

from sqlalchemy import Select, String, bindparam, cast, func, select

from webapp.storage.memory_models import memory_marks, memory_sources
from webapp.storage.store import Transaction
from webapp.text.resemblance import LEAST, lengths_near, likeness, marks_of

_READ: Final = 800  # of one mark; one that more sentences of this length have tells little
_COMPARED: Final = 200


def candidates(tx: Transaction, form: str) -> list[int]:
    """Lists the sentences most likely to be like `form`, at most some hundred, those that share most marks first."""
    low, high = lengths_near(len(form))
    rare: list[list[str]] = []
    common: list[list[str]] = []
    for mark in marks_of(form):
        found = _with_mark(tx, mark, low, high)
        (rare if len(found) <= _READ else common).append(found)
    shared = Counter(number for found in rare for number in found)
    for found in common:
        known = [number for number in found if number in shared] if shared else found
        shared.update(known)
    return [int(number) for number, _ in shared.most_common(_COMPARED)]


def _with_mark(tx: Transaction, mark: int, low: int, high: int) -> list[str]:
    """The numbers of sentences of these lengths that have a mark, one more than are wanted of it if there are so many.

    They come as one text: thousands of rows would cost several times as much, most of it for the collection of garbage.
    """
    joined: str | None = tx.connection.scalar(_NUMBERS, {"mark": mark, "low": low, "high": high})
    return joined.split(",") if joined else []


def _numbers() -> Select[tuple[Any]]:
    """The statement of `_with_mark`: made once, for a sentence asks it of a dozen marks."""
    length = memory_marks.c.length.between(bindparam("low"), bindparam("high"))
    here = select(memory_marks.c.source_id).where(memory_marks.c.mark == bindparam("mark"), length)
    numbers = here.limit(_READ + 1).subquery().c.source_id
    return select(func.aggregate_strings(cast(numbers, String), ","))


_NUMBERS: Final = _numbers()


def alike(tx: Transaction, form: str) -> dict[int, int]:
    """Finds the sentences that are like `form`: their numbers with the percentage, `LEAST` to 100."""
    wanted = candidates(tx, form)
    if not wanted:
        return {}
    query = select(memory_sources.c.id, memory_sources.c.form).where(memory_sources.c.id.in_(wanted))
    scored = {number: likeness(form, other) for number, other in tx.connection.execute(query)}
    return {number: percent for number, percent in scored.items() if percent >= LEAST}
