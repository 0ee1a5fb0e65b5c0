"""Finds the quotation marks of a text and pairs them."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

_PAIRED: Final = {"«": "»", "‹": "›"}
_CLOSERS: Final = frozenset(_PAIRED.values())
_BEFORE_OPENER: Final = frozenset(" \t\n\u00a0\u202f\u2009([{—–-/«“„‘‹「『…:")
_STRAIGHT: Final = frozenset('"″')
DOUBLE_MARKS: Final = re.compile('[«»“”„‟"″‹›]')
# marks that quote a word or a title, or stand inside other quotations
_SINGLE: Final = re.compile(
    r"(?<![^\W_])[‘'](?=[^\W_])[^‘\n]{1,400}?[’'](?![^\W_가-힣])|‘[^‘\n]{1,400}?’|[「『《〈][^「『《〈\n]{1,400}?[」』》〉]"
)


class Side(Enum):
    """Whether a mark opens or closes."""

    OPEN = "open"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Mark:
    """One double mark: `depth` is 0 for the outer pair; `partner` is the place of its counterpart, -1 if it has none."""

    place: int
    glyph: str
    side: Side
    depth: int
    partner: int = -1


@lru_cache(maxsize=4096)
def read_quotations(text: str) -> tuple[Mark, ...]:
    """Pairs the double quotation marks of a text, in order.

    Straight marks open after a space or at the start. “ closes what „ opened, as Russian and German write it.
    """
    marks: dict[int, Mark] = {}
    stack: list[Mark] = []
    for match in DOUBLE_MARKS.finditer(text):
        place, glyph = match.start(), match.group()
        if glyph in _STRAIGHT and not stack and place and text[place - 1].isdigit():
            continue  # inches, seconds
        side = _side(text, place, glyph, stack[-1].glyph if stack else "")
        if side is Side.OPEN:
            mark = Mark(place, glyph, side, len(stack))
            stack.append(mark)
        elif stack:
            opener = stack.pop()
            marks[opener.place] = Mark(opener.place, opener.glyph, Side.OPEN, opener.depth, place)
            mark = Mark(place, glyph, side, opener.depth, opener.place)
        else:
            mark = Mark(place, glyph, side, 0)
        marks[place] = mark
    return tuple(marks[place] for place in sorted(marks))


def outer_pairs(text: str) -> tuple[tuple[int, int], ...]:
    """The outer quotations of a text as spans, marks included."""
    return tuple(
        (m.place, m.partner + 1) for m in read_quotations(text) if m.side is Side.OPEN and m.partner >= 0 and not m.depth
    )


def has_quotation(text: str) -> bool:
    """Whether anything is quoted: double marks of any kind, or single ones around words."""
    return bool(read_quotations(text)) or bool(_SINGLE.search(text))


def balance(text: str) -> int:
    """Openers without a closer less closers without an opener: above 0, a quotation goes on after this text."""
    return sum((m.side is Side.OPEN) - (m.side is Side.CLOSE) for m in read_quotations(text) if m.partner < 0)


def _side(text: str, place: int, glyph: str, top: str) -> Side:
    if glyph in _PAIRED or glyph in "„‟":
        return Side.OPEN
    if glyph in _CLOSERS or glyph == "”":
        return Side.CLOSE
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if glyph == "“":
        return Side.CLOSE if top == "„" else Side.OPEN
    if top in _STRAIGHT and top:
        return Side.CLOSE
    return Side.OPEN if before in _BEFORE_OPENER and not after.isspace() else Side.CLOSE
