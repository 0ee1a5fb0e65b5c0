"""What is read of two texts before they are compared: a row a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from webapp.align import anchors
from webapp.align.embeddings import Encoder, Sums
from webapp.align.endings import unfinished
from webapp.align.vocabulary import vocabulary


@dataclass(frozen=True)
class Side:
    """One text, a row a sentence: what it means, its anchors, its lengths in code points, and where its paragraphs begin."""

    texts: Sequence[str]
    starts: NDArray[np.bool_]
    sums: Sums
    numbers: anchors.Rows
    names: anchors.Rows
    words: anchors.Rows
    vocabulary: anchors.Rows | None = None

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        return np.array([max(1, len(text)) for text in self.texts], np.float64)

    @cached_property
    def unfinished(self) -> NDArray[np.bool_]:
        return unfinished(self.texts)


@dataclass(frozen=True)
class Drafts:
    """The source in the target's language, as the machine wrote it, beside the target: the same features of both."""

    sums: Sums
    letters: anchors.Rows
    target_letters: anchors.Rows


def read_sides(
    encoder: Encoder,
    source: Sequence[str],
    target: Sequence[str],
    starts: tuple[Sequence[bool], Sequence[bool]],
    language: str | None = None,
) -> tuple[Side, Side]:
    """Reads both texts, each a list of sentences.

    `starts` says which of them begin a paragraph, `language` what the target is in (ISO 639-1), None where nobody knows.
    """
    translated = vocabulary(source, target, language) or (None, None)
    names = anchors.weighted(anchors.names(source), anchors.names(target), anchors.NAME_COLUMNS)
    words = anchors.weighted(anchors.words(source), anchors.words(target), anchors.WORD_COLUMNS)
    sides = [
        Side(texts, np.array(begin, bool), encoder.read(texts), anchors.numbers(texts), names[n], words[n], translated[n])
        for n, (texts, begin) in enumerate(((source, starts[0]), (target, starts[1])))
    ]
    return sides[0], sides[1]


def read_drafts(encoder: Encoder, drafts: Sequence[str], target: Sequence[str]) -> Drafts:
    """Reads the machine's drafts of the source's sentences, in their order, "" where there is none."""
    letters = anchors.weighted(anchors.letters(drafts), anchors.letters(target), anchors.LETTER_COLUMNS, shared_only=False)
    return Drafts(encoder.read(drafts), *letters)


def skips(side: Side) -> NDArray[np.float64]:
    """What speaks for a sentence that nothing answers: (sentences, 3), 1, how long it is and whether it is unfinished."""
    return np.stack([np.ones(len(side)), np.log(side.lengths / 80), side.unfinished], axis=1)
