"""A paragraph cut into sentences, losslessly: `"".join(s.text + s.separator for s in split_sentences(text)) == text`."""

import re
from collections.abc import Iterator
from typing import Final

from webapp.domain import Sentence
from webapp.text.boundaries import ENDS, boundaries

_MAY_CUT: Final = re.compile(f"[{ENDS}\n]")
_BLANK_LINES: Final = re.compile(r"\n[^\S\n]*+\n\s*+")


def split_sentences(text: str) -> tuple[Sentence, ...]:
    """Cuts `text`, one paragraph or several, into sentences in source order.

    Every sentence holds a visible character; white space between two of them is the separator of the first, white space at
    either end of `text` stays with the first or is the separator of the last. A blank line always ends a sentence, a
    single line break is a space like any other. Text without any visible character gives (). The time is linear.
    """
    if not _MAY_CUT.search(text):
        return (Sentence(text.rstrip(), text[len(text.rstrip()) :]),) if text.strip() else ()
    cuts = [cut for start, stop in _blocks(text) for cut in _cuts(text, start, stop)]
    if not cuts:
        return ()
    starts = [0, *(start for _, start in cuts[:-1])]
    return tuple(Sentence(text[begin:end], text[end:following]) for begin, (end, following) in zip(starts, cuts, strict=True))


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Yields (start, stop) of the parts between blank lines; each stop is the start of the next."""
    start = 0
    for gap in _BLANK_LINES.finditer(text):
        if text[start : gap.start()].strip():
            yield start, gap.end()
            start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _cuts(text: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yields (end of a sentence, start of the next) for each sentence of the block."""
    block = text[start:stop].rstrip()
    for end, following in boundaries(block):
        yield start + end, start + following
    yield start + len(block), stop
