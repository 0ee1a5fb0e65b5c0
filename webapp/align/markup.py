"""Inline marks of a sentence find their places in its translation, which was made of the plain text.

A mark goes where the words it holds went: the same letters where they stand in the translation, else the words that the word
links lead to, always whole words, with the quotation marks and final marks it held. A point (a footnote's number, a break, a
picture) goes after the word it stood after, or between the words that were before and after it. Where the links do not say
enough the place is the nearest there is, and marked as doubtful.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from webapp.align.spots import Spots
from webapp.align.tokens import Span
from webapp.align.words import Link
from webapp.domain import Mark


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark at its place in the translation; `source` is where it was. `sure` is False where a person should look."""

    mark: Mark
    source: Span
    sure: bool


def project_marks(source: str, marks: Sequence[Mark], target: str, links: Sequence[Link]) -> tuple[Placed, ...]:
    """Places the marks of a source in its translation, in their order; `links` are the word links of the two texts.

    Marks that nested still do, and none lies partly over another. Only raised or lowered letters inside a word (1er, m2) are left
    out where their word is written otherwise. Takes time in proportion to marks times links.
    """
    work = Spots(source, target, links)
    placed: list[Placed] = []
    for mark in marks:
        found = work.point(mark) if mark.is_point else work.span(mark)
        if found is not None:
            (start, end), sure = found
            moved = replace(mark, start=start, end=end)
            placed.append(Placed(moved, (mark.start, mark.end), sure))
    return tuple(_untangled(_nested(placed)))


def keep_verbatim(source: str, marks: Sequence[Mark], target: str, links: Sequence[Link]) -> tuple[str, tuple[Link, ...]]:
    """Puts what is not to be translated back into a translation, where the machine translated it all the same.

    Returns the text with the links of its words; those of words that were replaced are gone.
    """
    work = Spots(source, target, links)
    changes: list[tuple[Span, str]] = []
    for mark in marks:
        words = source[mark.start : mark.end]
        if mark.is_verbatim and words and target.count(words) < source.count(words):
            found = work.span(mark)
            if found is not None and all(found[0][1] <= a or b <= found[0][0] for (a, b), _ in changes):
                changes.append((found[0], words))
    kept = tuple(links)
    for (start, end), words in sorted(changes, reverse=True):
        target = target[:start] + words + target[end:]
        by = len(words) - (end - start)
        kept = tuple(_after(link, by) if link.target_start >= end else link for link in kept if not _hits(link, start, end))
    return target, kept


def _hits(link: Link, start: int, end: int) -> bool:
    return link.target_start < end and link.target_end > start


def _after(link: Link, by: int) -> Link:
    return replace(link, target_start=link.target_start + by, target_end=link.target_end + by)


def _nested(placed: Sequence[Placed]) -> list[Placed]:
    """Makes every mark as wide as what it held in the source."""
    found = {one.mark.number: one for one in placed}
    for number in sorted(found, reverse=True):  # what is inside comes later in the source's order
        one = found[number]
        outer = found.get(one.mark.parent)
        if outer is None or outer.mark.is_point or outer.mark.is_verbatim:
            continue
        start, end = min(outer.mark.start, one.mark.start), max(outer.mark.end, one.mark.end)
        if (start, end) != (outer.mark.start, outer.mark.end):
            if one.mark.is_point:  # a point moves to its mark, not the mark to the point
                moved = max(outer.mark.start, min(one.mark.start, outer.mark.end))
                found[one.mark.number] = replace(one, mark=replace(one.mark, start=moved, end=moved))
                continue
            found[outer.mark.number] = replace(outer, mark=replace(outer.mark, start=start, end=end), sure=False)
    return [found[one.mark.number] for one in placed]


def _untangled(placed: Sequence[Placed]) -> list[Placed]:
    """Where two marks lie partly over each other, the second begins where the first ends."""
    spans = sorted((p for p in placed if not p.mark.is_point), key=lambda p: (p.mark.start, -p.mark.end, p.mark.number))
    done: list[Placed] = []
    for one in spans:
        start = one.mark.start
        for before in done:
            if before.mark.start < start < before.mark.end < one.mark.end:
                start = before.mark.end
        done.append(one if start == one.mark.start else replace(one, mark=replace(one.mark, start=start), sure=False))
    by_number = {one.mark.number: one for one in done}
    return [by_number.get(p.mark.number, p) for p in placed]
