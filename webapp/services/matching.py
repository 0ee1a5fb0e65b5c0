"""Finds the sentences of an old text in a new one: unchanged, moved, or changed. Pure.

First what is the same in the same order (the longest common blocks), then what is the same elsewhere, then what is alike in the
gap between two fixed points, at last what is very much alike anywhere.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import pairwise
from typing import Final

ALIKE: Final = 0.6
"""In its place, a sentence that shares this much with an old one is that one, changed."""
VERY_ALIKE: Final = 0.75
"""Anywhere."""
_COMMON: Final = 50
_MOST_PAIRS: Final = 40_000
_REACH: Final = 40


class Fate(StrEnum):
    """What became of an old sentence that is found in the new text."""

    KEPT = "kept"
    MOVED = "moved"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Found:
    """The old sentence (its number) behind a new one."""

    old: int
    fate: Fate


def match_sentences(old: Sequence[str], new: Sequence[str]) -> list[Found | None]:
    """Finds for every new sentence the old one it comes from, None where it is new; no old one is given twice.

    Every new sentence whose text an old one has gets such a one, as long as there are enough. Takes time linear in the texts
    where little changed.
    """
    found: list[Found | None] = [None] * len(new)
    fixed = _same_in_order(old, new)
    for i, j in fixed:
        found[j] = Found(i, Fate.KEPT)
    _same_elsewhere(old, new, found)
    for gap in _gaps(fixed, len(old), len(new)):
        _alike(old, new, found, gap, ALIKE)
    _alike(old, new, found, (range(len(old)), range(len(new))), VERY_ALIKE)
    return found


def _same_in_order(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    # Refrains fix nothing, and many of them make the search slow; they are taken where they follow something that does.
    often = {text for text, count in Counter(middle_new).items() if count > _COMMON}
    matcher = SequenceMatcher(often.__contains__ if often else None, middle_old, middle_new, autojunk=False)
    inside = [(head + a + n, head + b + n) for a, b, size in matcher.get_matching_blocks() for n in range(size)]
    before = [(n, n) for n in range(head)]
    after = [(len(old) - n, len(new) - n) for n in range(tail, 0, -1)]
    return before + inside + after


def _same_elsewhere(old: Sequence[str], new: Sequence[str], found: list[Found | None]) -> None:
    taken = {match.old for match in found if match is not None}
    left: dict[str, list[int]] = defaultdict(list)
    for i in reversed(range(len(old))):
        if i not in taken:
            left[old[i]].append(i)
    for j, text in enumerate(new):
        if found[j] is None and left.get(text):
            found[j] = Found(left[text].pop(), Fate.MOVED)


def _gaps(fixed: Sequence[tuple[int, int]], olds: int, news: int) -> Iterable[tuple[range, range]]:
    for (i1, j1), (i2, j2) in pairwise([(-1, -1), *fixed, (olds, news)]):
        if i2 - i1 > 1 and j2 - j1 > 1:
            yield range(i1 + 1, i2), range(j1 + 1, j2)


def _alike(old: Sequence[str], new: Sequence[str], found: list[Found | None], where: tuple[range, range], least: float) -> None:
    """Matches what is left of two ranges by likeness, the most alike first; what is equally alike, by place."""
    taken = {match.old for match in found if match is not None}
    left_old = [i for i in where[0] if i not in taken]
    left_new = [j for j in where[1] if found[j] is None]
    if not left_old or not left_new:
        return
    from rapidfuzz import fuzz  # noqa: PLC0415  (only an update of a source needs it)

    scored = []
    for place_new, j in enumerate(left_new):
        at = place_new * len(left_old) // len(left_new)
        for place_old in _candidates(at, len(left_old), len(left_new)):
            i = left_old[place_old]
            score = fuzz.ratio(old[i], new[j], score_cutoff=100 * least)
            if score:
                scored.append((-score, abs(place_old - at), j, i))
    for _, _, j, i in sorted(scored):
        if found[j] is None and i not in taken:
            found[j] = Found(i, Fate.CHANGED)
            taken.add(i)


def _candidates(at: int, olds: int, news: int) -> range:
    """The old sentences to compare with one new: all of a small gap, those about the same place of a large one."""
    if olds * news <= _MOST_PAIRS:
        return range(olds)
    return range(max(0, at - _REACH), min(olds, at + _REACH + 1))
