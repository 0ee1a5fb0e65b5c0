"""Which words of one text translate those of the other, by the lexicon: what a sentence says in words, beside what it means.

A sentence of the source becomes the stems of the target's language that its words may be translated by; rows of these may be
added up over sentences that follow each other, as all anchors.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import log, sqrt
from typing import Final

import numpy as np

from webapp.align.anchors import Rows, place
from webapp.align.lexicon import stem_of, whole_lexicon
from webapp.languages import SOURCE

COLUMNS: Final = 256
_MOST_WORDS: Final = 400
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


def vocabulary(source: Sequence[str], target: Sequence[str], language: str | None) -> tuple[Rows, Rows] | None:
    """Makes rows of the target's stems for both texts; None where no lexicon leads to its language.

    The rarer a stem in the target, the heavier; those that one of the texts never comes to are left out.
    """
    known = whole_lexicon(SOURCE, language) if language else {}
    if language is None or not known:
        return None
    ours = [_translations(text, known) for text in source]
    reached = {stem for stems in ours for stem in stems}
    theirs = [
        dict.fromkeys((stem for stem in (stem_of(word, language) for word in _words(text)) if stem in reached), 1.0)
        for text in target
    ]
    counts = Counter(stem for stems in theirs for stem in stems)
    placed: dict[str, tuple[int, float]] = {}
    for stem, count in counts.items():
        column, sign = place(stem, COLUMNS)
        placed[stem] = column, sign * sqrt(log(1 + len(target) / count))
    return _rows(ours, placed), _rows(theirs, placed)


def _words(text: str) -> Iterator[str]:
    for match in list(_WORD.finditer(text))[:_MOST_WORDS]:
        yield match[0]


def _translations(text: str, known: Mapping[str, Mapping[str, int]]) -> Mapping[str, float]:
    """The stems that the words of a text may be translated by, and how probably."""
    found: dict[str, float] = {}
    for word in _words(text):
        for stem, strength in known.get(stem_of(word, SOURCE), {}).items():
            found[stem] = max(found.get(stem, 0.0), strength / 255)
    return found


def _rows(texts: Sequence[Mapping[str, float]], placed: Mapping[str, tuple[int, float]]) -> Rows:
    rows = np.zeros((len(texts), COLUMNS), np.float16)
    for row, stems in zip(rows, texts, strict=True):
        for stem, strength in stems.items():
            if stem in placed:
                column, weight = placed[stem]
                row[column] += strength * weight
    return rows
