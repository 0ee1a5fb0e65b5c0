"""The marks of a sentence after its French was corrected: each follows the words it held, if they are still there."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import Final

from webapp.domain import Mark

_LONGEST: Final = 2000
"""Characters; longer sentences are not compared letter by letter."""


def marks_for(text: str, old: str, marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Moves marks from the text they were read for to the one that stands there now; what was cut away loses its mark."""
    if text == old:
        return tuple(marks)
    if max(len(text), len(old)) > _LONGEST:
        return ()
    blocks = SequenceMatcher(None, old, text, autojunk=False).get_matching_blocks()
    moved = (_moved(mark, blocks, len(text)) for mark in marks)
    return tuple(mark for mark in moved if mark is not None)


def _moved(mark: Mark, blocks: Sequence[tuple[int, int, int]], length: int) -> Mark | None:
    if mark.is_point:
        place = next((b + mark.start - a for a, b, size in blocks if a <= mark.start <= a + size), length)
        return replace(mark, start=place, end=place)
    kept = [
        (b + max(mark.start, a) - a, b + min(mark.end, a + size) - a)
        for a, b, size in blocks
        if max(mark.start, a) < min(mark.end, a + size)
    ]
    if sum(end - start for start, end in kept) * 2 < mark.end - mark.start:
        return None
    return replace(mark, start=kept[0][0], end=kept[-1][1])
