"""Which lines of a text belong to one paragraph.

A blank line always ends a paragraph. A single line break ends one too, unless the text is hard-wrapped (set in lines of 40 to
120 columns, as in e-mails and old text files) or the break is an accident:

- A text counts as hard-wrapped when its lines are at most 120 columns (two in a hundred may be longer: addresses) and at
  least three single breaks in ten fall inside a sentence: no punctuation before and a lower-case letter after, a comma
  before, or a mark after that no line begins with.
- In a hard-wrapped text a break stays inside the paragraph if the next line goes on with a lower-case letter, or if the line
  is full: its length and that of the next line's first word exceed the width. A short line, an indented next line or a mark
  of enumeration after a short line begins a new paragraph.
- In any other text a break stays inside only after a line of at least 35 columns without punctuation at its end, before a
  lower-case letter; and between an item and its indented continuation.

The break that stays inside is part of the paragraph's text, so nothing is lost.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from webapp.text.marks import item_mark

_NARROWEST, _WIDEST, _SLACK = 40, 120, 4
_ACCIDENT_WIDTH: Final = 35
_TERMINAL: Final = re.compile('[.!?…:;»”")\\]][\\s\u200b-\u200d]*\\Z')
_NEVER_FIRST: Final = ",;:.!?»”)]"
_GOES_ON: Final = re.compile(f"[{re.escape(_NEVER_FIRST)}]|(?!\\S*(?:@|://|\\.[^\\W_]))[a-zß-öø-ÿœ]")
_FIRST_WORD: Final = re.compile(r"\S{1,40}")
_VISIBLE: Final = re.compile("[^\\s\u200b-\u200f\u2060-\u2064]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with something to see: offsets of its first and after its last character that is no white space."""

    start: int
    stop: int
    indent: int
    after_blank: bool
    text: str


def split_blocks(text: str) -> tuple[tuple[int, int], ...]:
    """Gives (start, stop) of every paragraph of a normalised text, in order; what is between them is white space.

    Neither end of a paragraph is white space. A line that holds only zero-width characters counts as blank.
    """
    lines = tuple(_visible_lines(text))
    width = _wrapped_width(lines)
    blocks: list[tuple[int, int]] = []
    for index, line in enumerate(lines):
        if index and _joins(lines[index - 1], line, width):
            blocks[-1] = (blocks[-1][0], line.stop)
        else:
            blocks.append((line.start, line.stop))
    return tuple(blocks)


def _visible_lines(text: str) -> Iterator[Line]:
    offset, blank = 0, False
    for raw in text.split("\n"):
        if _VISIBLE.search(raw):
            stripped = raw.strip()
            indent = len(raw) - len(raw.lstrip())
            start = offset + indent
            yield Line(start, start + len(stripped), indent, blank, stripped)
            blank = False
        else:
            blank = True
        offset += len(raw) + 1


def _wrapped_width(lines: Sequence[Line]) -> int:
    """The column at which the text was wrapped, 0 if it was not."""
    singles = [(lines[i], lines[i + 1]) for i in range(len(lines) - 1) if not lines[i + 1].after_blank]
    if not singles:
        return 0
    lengths = sorted(line.indent + len(line.text) for line in lines)
    width = lengths[-1 - len(lengths) // 50]
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    inside = sum(_goes_on(line, following) or line.text.endswith(",") for line, following in singles)
    return width if inside * 10 >= len(singles) * 3 else 0


def _goes_on(line: Line, following: Line) -> bool:
    """The break falls inside a sentence."""
    if _TERMINAL.search(line.text[-8:]) and following.text[0] not in _NEVER_FIRST:
        return False
    return _GOES_ON.match(following.text) is not None and not item_mark(following.text)


def _joins(line: Line, following: Line, width: int) -> bool:
    if following.after_blank:
        return False
    if item_mark(following.text):
        return _mid_sentence_dash(line, following, width)
    if item_mark(line.text) and following.indent > line.indent:
        return True
    if not width:
        return len(line.text) >= _ACCIDENT_WIDTH and _goes_on(line, following)
    return _goes_on(line, following) or (following.indent <= line.indent and _full(line, following, width))


def _full(line: Line, following: Line, width: int) -> bool:
    first = _FIRST_WORD.match(following.text)
    slack = 0 if _TERMINAL.search(line.text[-8:]) else _SLACK
    return line.indent + len(line.text) + 1 + (len(first[0]) if first else 0) > width - slack


def _mid_sentence_dash(line: Line, following: Line, width: int) -> bool:
    """A dash at the start of a wrapped line that is an aside's (– dit-il –), not an item's."""
    dash, rest = following.text[0], following.text[1:].lstrip()
    if not width or dash not in "–—" or not rest[:1].islower() or _TERMINAL.search(line.text[-8:]):
        return False
    return f" {dash}" in rest or f"{dash}," in rest or _full(line, following, width)
