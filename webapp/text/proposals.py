"""What sentencex proposes: the base that the French layer accepts, vetoes or adds to.

sentencex 1.0 skips everything between quotation marks, takes quadratic time to look for them (200,000 opening guillemets keep
it busy for half a minute), loses a character in some runs of line breaks, and panics where its window of thirty bytes ends
inside a character. It is therefore given a shadow of the text, letter for letter in ASCII, with quotation marks, brackets and
line breaks blanked out, in windows of bounded size that overlap: what it then says about a full stop depends on the words
around it only, and the time is linear.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

import sentencex

_WINDOW: Final = 2000
_OVERLAP: Final = 200


class _Shadows(dict[int, str]):
    """The ASCII character that stands in for each other one; filled as texts need it."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFD", char)[0]
        if base.isascii():
            shadow = base
        elif unicodedata.category(char) == "Pd":
            shadow = "-"
        elif char.isspace() or char.isdigit():
            shadow = " "
        else:
            shadow = "a" if char.islower() else "A"
        self[code] = shadow
        return shadow


_SHADOWS: Final = _Shadows({code: chr(code) for code in range(0x80)} | {ord(mark): " " for mark in "\"'`()[]{}<>@\n\t«»“”„‘‚"})


class Proposals:
    """The places where sentencex would begin a new sentence in `text` (offsets in code points)."""

    def __init__(self, text: str) -> None:
        self._starts = list(_starts(text.translate(_SHADOWS)))

    def between(self, end: int, start: int) -> bool:
        """Says whether sentencex puts a boundary after `end` (of one sentence) and not after `start` (of the next)."""
        index = bisect_right(self._starts, end - 1)
        return index < len(self._starts) and self._starts[index] <= start


def _starts(text: str) -> Iterator[int]:
    for low in range(0, len(text), _WINDOW):
        base = max(0, low - _OVERLAP)
        window = text[base : low + _WINDOW + _OVERLAP]
        for sentence in sentencex.get_sentence_boundaries("fr", window):
            start = base + sentence["start_index"]
            if low <= start < low + _WINDOW:
                yield start
