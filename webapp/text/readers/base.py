"""What every reader makes of a file, and what it is given to write it again."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from webapp.domain import Mark, ParagraphKind

MAX_DEPTH: Final = 250
"""Elements inside each other; pages of the web have thirty or forty. libxml2 itself gives up at 256."""
MAX_BLOCKS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the file that is one paragraph: `text` is normalised and has no white space at its ends.

    `kind` is None where the file does not say it. `marks[n].number == n`. `main` is False for navigation and the like.
    `place` is None for text; for what stands beside it (see `labels`) it tells how many blocks of text stand before.
    """

    text: str
    kind: ParagraphKind | None
    marks: tuple[Mark, ...] = ()
    main: bool = True
    place: int | None = None


def reading_order(blocks: Sequence[Block]) -> list[int]:
    """The numbers of the blocks as they are read: text in its order, what stands beside it after the text it stands in."""
    return sorted(range(len(blocks)), key=lambda n: n if (place := blocks[n].place) is None else place - 0.5)


@dataclass(frozen=True, slots=True)
class Rich:
    """A text to be written in the place of a block, with marks of that block (by their `number`) at their new places."""

    text: str
    marks: tuple[Mark, ...] = ()


Replacements = Mapping[int, Sequence[Rich]]
"""What each block becomes: nothing (it goes), one text, or several after each other. Blocks that are not named stay."""


class OpenedFile(ABC):
    """A file that was read: its blocks, those of text in reading order and then what stands beside it, and the way back."""

    encoding: str = "utf-8"
    blocks: Sequence[Block]

    @abstractmethod
    def write(self, replacements: Replacements, language: str) -> bytes:
        """Writes the file with other texts, marked as being in `language`; can be asked once."""


_SPACED: Final = frozenset({"img", "svg", "object", "picture", "input", "button", "frame", "drawing", "pict"})
"""Things that stand among words as a word does."""


class Step:
    """The steps in which a marked text is written: see `steps`."""

    OPEN: Final = "open"
    CLOSE: Final = "close"
    POINT: Final = "point"
    TEXT: Final = "text"


def steps(rich: Rich) -> Iterator[tuple[str, int, str]]:
    """Yields (step, number of the mark, text) in the order of writing; what is opened is closed in reverse order.

    Marks that only partly overlap are closed and opened again around the end of the other, so that they nest. A point at the
    edge of the mark it belongs to stays inside it. White space around a line break goes.
    """
    text = rich.text
    spans = sorted((m for m in rich.marks if not m.is_point), key=lambda m: (m.start, -m.end, m.number))
    points = sorted((m for m in rich.marks if m.is_point), key=lambda m: (m.start, m.number))
    places = sorted({0, len(text), *(m.start for m in rich.marks), *(m.end for m in spans)})
    opened: list[Mark] = []
    after_break = False
    for here, following in zip(places, [*places[1:], len(text)], strict=True):
        here_points = [m for m in points if min(m.start, len(text)) == here]
        yield from _at(here, opened, [m for m in spans if m.start == here], here_points)
        after_break = here_points[-1].tag == "br" if here_points else False
        part = text[here:following]
        if after_break:
            part = part.lstrip(" \n")
        if any(m.tag == "br" and m.start == following for m in points):
            part = part.rstrip(" \n")
        if part and not part[0].isspace() and text[here - 1 : here] == " " and any(m.tag in _SPACED for m in here_points):
            part = f" {part}"  # there was one on either side, of which a reader sees one
        if part:
            yield Step.TEXT, -1, part
    for mark in reversed(opened):
        yield Step.CLOSE, mark.number, ""


def _at(here: int, opened: list[Mark], starting: Sequence[Mark], points: Sequence[Mark]) -> Iterator[tuple[str, int, str]]:
    """The steps at one place: points inside what ends, closing, points of their own, opening, points inside what begins."""
    ending = {m.number for m in opened if m.end <= here}
    rest = list(points)
    for point in [p for p in rest if p.parent in ending]:
        if opened and opened[-1].number == point.parent:
            rest.remove(point)
            yield Step.POINT, point.number, ""
    yield from _close(here, opened)
    inside = {m.number for m in starting}
    for point in [p for p in rest if p.parent not in inside]:
        rest.remove(point)
        yield Step.POINT, point.number, ""
    for mark in starting:
        if mark.end > here:
            opened.append(mark)
            yield Step.OPEN, mark.number, ""
            for point in [p for p in rest if p.parent == mark.number]:
                rest.remove(point)
                yield Step.POINT, point.number, ""
    for point in rest:
        yield Step.POINT, point.number, ""


def _close(here: int, opened: list[Mark]) -> Iterator[tuple[str, int, str]]:
    """Closes what ends here; what lies inside it and goes on is closed and opened again."""
    ends = [n for n, mark in enumerate(opened) if mark.end <= here]
    if not ends:
        return
    again = [mark for mark in opened[ends[0] :] if mark.end > here]
    for mark in reversed(opened[ends[0] :]):
        yield Step.CLOSE, mark.number, ""
    del opened[ends[0] :]
    for mark in again:
        opened.append(mark)
        yield Step.OPEN, mark.number, ""


def joined(parts: Iterable[Rich]) -> Rich:
    """Puts marked texts behind each other, a space between; a mark that ends one and begins the next goes on through it."""
    text = ""
    marks: list[Mark] = []
    for part in parts:
        if text and part.text:
            text += " "
        start = len(text)
        text += part.text
        for mark in part.marks:
            moved = shifted(mark, start)
            before = next((n for n, old in enumerate(marks) if start and _goes_on(old, moved, start - 1)), None)
            if before is None:
                marks.append(moved)
            else:
                marks[before] = replace(marks[before], end=moved.end)
    return Rich(text, tuple(marks))


def _goes_on(before: Mark, after: Mark, end: int) -> bool:
    spans = not (before.is_point or after.is_point)
    return spans and before.number == after.number and before.end == end and after.start <= end + 1


def shifted(mark: Mark, by: int) -> Mark:
    """The same mark further on in a text."""
    return replace(mark, start=mark.start + by, end=mark.end + by)
