"""How strongly each word of a text belongs to each word of another: attention, lexicon, likeness and place in one matrix.

The numbers here were found by measurement on the gold set (docs/decisions/0006-word-links.md): on every second pair, and
looked at on the others.
"""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from math import exp
from typing import Final

from webapp.align.lexicon import associates, stem_of
from webapp.align.likeness import likeness
from webapp.align.pieces import owners_of
from webapp.align.tokens import Span, split_words
from webapp.engine.base import HopTrace

Matrix = list[list[float]]
"""A row for every target word, in it a weight for every source word."""

_HANGUL: Final = ("\u1100", "\ud7af")


@dataclass(frozen=True)
class Words:
    """A text cut into words; `language` is an ISO 639-1 code."""

    text: str
    language: str

    @cached_property
    def spans(self) -> tuple[Span, ...]:
        return split_words(self.text)

    @cached_property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text[start:end] for start, end in self.spans)

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class Tuning:
    """The weight of each kind of evidence, and how far from its place a word is looked for, as a share of the sentence.

    `likeness_across` is for the two ends of a route of two hops.
    """

    attention: float = 0.5
    lexicon: float = 16.0
    likeness: float = 2.0
    likeness_across: float = 0.25
    alike_from: float = 0.7
    anything: float = 0.001
    near: float = 0.4
    near_russian: float = 0.6
    near_korean: float = 4.0


TUNING: Final = Tuning()


def hop_weights(source: Words, target: Words, trace: HopTrace | None, tuning: Tuning = TUNING) -> Matrix:
    """Weighs every pair of words of one hop; `trace` is None where the model left none.

    A word that the pieces of the trace do not hold, because somebody wrote it since, has only what the lexicon and its spelling
    say: zero nearly everywhere.
    """
    rows = known_weights(source, target, tuning)
    seen = attention_of_words(trace, source, target) if trace is not None and trace.attention else ()
    for row, more in zip(rows, seen, strict=False):
        if more is not None:
            row[:] = [weight + tuning.attention * share + tuning.anything for weight, share in zip(row, more, strict=True)]
    return near(rows, target.language, tuning)


def known_weights(source: Words, target: Words, tuning: Tuning = TUNING) -> Matrix:
    """Weighs pairs by the lexicon and by their spelling alone."""
    known = [(word, associates(word, source.language, target.language)) for word in source.words]
    stems = [stem_of(word, target.language) for word in target.words]
    scale = tuning.lexicon / 255
    return [
        [
            scale * others.get(stem, 0) + tuning.likeness * _alike(likeness(theirs, ours), tuning.alike_from)
            for theirs, others in known
        ]
        for ours, stem in zip(target.words, stems, strict=True)
    ]


def _alike(found: float, start: float) -> float:
    return 0.5 + 0.5 * (found - start) / (1 - start) if found >= start else 0.0


def near(rows: Matrix, language: str, tuning: Tuning = TUNING) -> Matrix:
    """Weakens pairs whose places in their sentences differ; hardly in Korean, which turns the sentence round."""
    width = {"ru": tuning.near_russian, "ko": tuning.near_korean}.get(language, tuning.near)
    return [
        [
            weight and weight * exp(-((((i + 0.5) / len(row) - (j + 0.5) / len(rows)) / width) ** 2))
            for i, weight in enumerate(row)
        ]
        for j, row in enumerate(rows)
    ]


def attention_of_words(trace: HopTrace, source: Words, target: Words) -> list[list[float] | None]:
    """Adds the attention of pieces up to words: the sum over the pieces of a source word, the mean over those of a target word.

    A row for every target word; None where the trace knows nothing of it: a piece without any attention says nothing.
    """
    width = len(trace.source_pieces)
    columns = [(k, i) for k, i in enumerate(owners_of(trace.source_pieces, source.text, source.spans)) if i >= 0]
    owners = owners_of(trace.target_pieces, target.text, target.spans)
    lines = [trace.attention[piece * width : (piece + 1) * width] for piece in range(len(owners))]
    counts = Counter(j for j, line in zip(owners, lines, strict=True) if any(line))
    rows: list[list[float] | None] = [None] * len(target)
    for j, line in zip(owners, lines, strict=True):
        if j < 0 or not any(line):
            continue
        row = rows[j] = rows[j] or [0.0] * len(source)
        share = 1 / (255 * counts[j])
        for k, i in columns:
            if line[k]:
                row[i] += line[k] * share
    return rows


def language_of(text: str, latin: str) -> str:
    """Tells Korean and Russian by their letters; `latin` is what a text in Latin letters is taken for."""
    if any(_HANGUL[0] <= c <= _HANGUL[1] for c in text if c >= _HANGUL[0]):
        return "ko" if any("\uac00" <= c <= "\ud7a3" or "\u1100" <= c <= "\u11ff" for c in text) else latin
    return "ru" if any("\u0400" <= c <= "\u04ff" for c in text) else latin
