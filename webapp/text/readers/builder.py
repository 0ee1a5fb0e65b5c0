"""Puts the text of a block together piece by piece, normalised and with white space as a reader sees it, marks beside it."""

import re
import unicodedata
from typing import Final

from webapp.domain import Mark
from webapp.errors import FileTooComplex
from webapp.text.normalise import normalise

_SPACES: Final = re.compile("[ \t\n\r\f]+")
_VISIBLE: Final = re.compile(r"[^\W_]")
MAX_MARKS_PER_BLOCK: Final = 2000


class TextBuilder:
    """Text in the making: runs of white space become one space, none stands at the ends or beside a line break."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = "\n"  # as if a line had just begun: white space at the start is dropped
        self._marks: list[tuple[int, int, str, tuple[tuple[str, str], ...], int]] = []
        self._open: list[int] = []

    def add(self, text: str) -> None:
        """Adds text."""
        text = _SPACES.sub(" ", normalise(text))
        if not self._parts:
            text = text.lstrip()
        elif text.startswith(" ") and self._last in " \n":
            text = text[1:]
        if text and unicodedata.combining(text[0]) and self._parts:
            text = self._recomposed(text)
        self._put(text)

    def _recomposed(self, text: str) -> str:
        """An accent at the start belongs to the letter before it, though a tag stands between them."""
        before = self._parts.pop()
        self._length -= len(before)
        return normalise(before + text)

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self._length += len(text)
            self._last = text[-1]

    def line_break(self) -> None:
        """Adds a line break; a space before it goes."""
        while self._parts and self._parts[-1].endswith(" "):
            before = self._parts.pop().rstrip(" ")
            self._length = sum(map(len, self._parts))
            self._last = self._parts[-1][-1] if self._parts else "\n"
            self._put(before)
        if self._parts:
            self._put("\n")

    def open(self, tag: str, attributes: tuple[tuple[str, str], ...] = ()) -> int:
        """Begins a mark; returns its number."""
        if len(self._marks) >= MAX_MARKS_PER_BLOCK:
            raise FileTooComplex(name="", detail=f"more than {MAX_MARKS_PER_BLOCK} marks in one paragraph")
        parent = self._open[-1] if self._open else -1
        number = len(self._marks)
        self._marks.append((self._length, self._length, tag, attributes, parent))
        self._open.append(number)
        return number

    def close(self) -> None:
        """Ends the mark that was begun last."""
        number = self._open.pop()
        start, _, *rest = self._marks[number]
        self._marks[number] = (start, self._length, *rest)  # type: ignore[assignment] # the rest is as it was

    def point(self, tag: str, attributes: tuple[tuple[str, str], ...] = ()) -> int:
        """Notes something that stands here between two characters; returns its number."""
        number = self.open(tag, attributes)
        self.close()
        return number

    @property
    def is_visible(self) -> bool:
        """Whether a letter or a figure is in it so far."""
        return any(_VISIBLE.search(part) for part in self._parts)

    def finish(self) -> tuple[str, tuple[Mark, ...]]:
        """Gives the text and its marks: at their edges is no white space."""
        text = "".join(self._parts)
        text = text.rstrip()
        marks = []
        for number, (start, end, tag, attributes, parent) in enumerate(self._marks):
            begin, stop = _trimmed(text, min(start, len(text)), min(end, len(text)))
            marks.append(Mark(begin, stop, tag, attributes, number, parent))
        return text, tuple(marks)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
