"""Where quotations and parentheses open and close in a text.

Pure and linear; unpaired marks are ignored, because journalists forget them.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_PAIRS: Final = {"«": "»", "“": "”", "(": ")", "[": "]", "‹": "›", "{": "}"}
_QUOTATIONS: Final = '«“‹"'
_CLOSERS: Final = {closing: opening for opening, closing in _PAIRS.items()}
_MARKS: Final = re.compile('[«»“”()\\[\\]{}‹›"]')

OPENING: Final = "«“(\\[‹„\"'‘‚{"
CLOSING: Final = "»”)\\]›\"'’}"
"""Character classes for regular expressions (already escaped)."""


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation or parenthesis: `start` is the offset of its opening mark, `stop` of its closing mark."""

    start: int
    stop: int
    mark: str

    @property
    def quotes(self) -> bool:
        """A quotation, not a parenthesis."""
        return self.mark in _QUOTATIONS


class Spans:
    """The outermost spans of a text, by kind of mark; `holding(offset)` finds those around an offset."""

    def __init__(self, text: str) -> None:
        by_mark: dict[str, list[Span]] = {}
        for span in _outermost(text):
            by_mark.setdefault(span.mark, []).append(span)
        self._spans = [sorted(spans, key=lambda span: span.start) for spans in by_mark.values()]
        self._starts = [[span.start for span in spans] for spans in self._spans]
        self._stops = {span.stop for spans in self._spans for span in spans}

    def holding(self, offset: int) -> Iterator[Span]:
        """Yields the spans whose marks stand before and after `offset`, at most one of each kind."""
        for spans, starts in zip(self._spans, self._starts, strict=True):
            index = bisect_right(starts, offset - 1) - 1
            if index >= 0 and offset <= spans[index].stop:
                yield spans[index]

    def closes_at(self, offset: int) -> bool:
        """Says whether the mark at `offset` closes a span."""
        return offset in self._stops


def _outermost(text: str) -> Iterator[Span]:
    stacks: dict[str, list[int]] = {opening: [] for opening in _PAIRS}
    found: dict[str, list[Span]] = {opening: [] for opening in _PAIRS}
    straight: list[int] = []
    for match in _MARKS.finditer(text):
        mark, offset = match[0], match.start()
        if mark == '"':
            straight.append(offset)
        elif mark in stacks:
            stacks[mark].append(offset)
        elif stacks[_CLOSERS[mark]]:
            opening = _CLOSERS[mark]
            start, spans = stacks[opening].pop(), found[opening]
            while spans and spans[-1].start > start:  # those inside the new one
                spans.pop()
            spans.append(Span(start, offset, opening))
    for spans in found.values():
        yield from spans
    if len(straight) % 2 == 0:
        for start, stop in zip(straight[::2], straight[1::2], strict=True):
            yield Span(start, stop, '"')
