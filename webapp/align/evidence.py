"""What speaks for a bead: features of every bead in a band, weighed into one score.

The scores are log-odds of a conditional random field over alignments (Lafferty, McCallum and Pereira 2001): summed along a way
they say how likely it is, so the share of all ways that goes through a bead is how sure of it one may be. The weights were fitted
to documents made for that (`bench/align_fit.py`), never to those that `bench/align.py` measures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.align import anchors
from webapp.align.beads import MATCHES, Shape
from webapp.align.embeddings import Encoder, Matrix, Sums
from webapp.align.search import NEVER, Band, Scores
from webapp.align.windows import blocks, fill, gain, margins, neighbours, running, window_sums

FEATURES: Final = (
    "meaning", "cosine", "gain", "names", "names-sum", "words", "numbers-shared", "numbers-apart", "length", "length-squared",
    "breaks-crossed", "breaks-together", "break-alone", "draft-meaning", "draft-gain", "draft-letters",
)  # fmt: skip
"""What `Evidence.features` gives, in this order; those named draft are 0 without drafts."""

_COMMON, _SHRINK = 2000, 8
"""Sentences that tell what a text has in common; and how many more of nothing in particular are counted with them."""


@dataclass(frozen=True)
class Side:
    """One text, a row a sentence: what it means, its anchors, its lengths in code points, and where its paragraphs begin."""

    texts: Sequence[str]
    starts: NDArray[np.bool_]
    sums: Sums
    numbers: anchors.Rows
    names: anchors.Rows
    words: anchors.Rows

    def __len__(self) -> int:
        return len(self.texts)

    @cached_property
    def lengths(self) -> NDArray[np.float64]:
        return np.array([max(1, len(text)) for text in self.texts], np.float64)


@dataclass(frozen=True)
class Drafts:
    """The source in the target's language, as the machine wrote it, beside the target: the same features of both."""

    sums: Sums
    letters: anchors.Rows
    target_letters: anchors.Rows


def read_sides(
    encoder: Encoder, source: Sequence[str], target: Sequence[str], starts: tuple[Sequence[bool], Sequence[bool]]
) -> tuple[Side, Side]:
    """Reads both texts, each a list of sentences; `starts` says which of them begin a paragraph."""
    names = anchors.weighted(anchors.names(source), anchors.names(target), anchors.NAME_COLUMNS)
    words = anchors.weighted(anchors.words(source), anchors.words(target), anchors.WORD_COLUMNS)
    sides = [
        Side(texts, np.array(begin, bool), encoder.read(texts), anchors.numbers(texts), names[n], words[n])
        for n, (texts, begin) in enumerate(((source, starts[0]), (target, starts[1])))
    ]
    return sides[0], sides[1]


def read_drafts(encoder: Encoder, drafts: Sequence[str], target: Sequence[str]) -> Drafts:
    """Reads the machine's drafts of the source's sentences, in their order, "" where there is none."""
    letters = anchors.weighted(anchors.letters(drafts), anchors.letters(target), anchors.LETTER_COLUMNS, shared_only=False)
    return Drafts(encoder.read(drafts), *letters)


@dataclass
class Evidence:
    """Two texts ready to be compared. `draft` is None where the machine wrote nothing."""

    encoder: Encoder
    source: Side
    target: Side
    draft: Drafts | None = None
    ratio: float = field(init=False)
    _hubs: dict[tuple[bool, Shape], tuple[Matrix, Matrix]] = field(init=False, default_factory=dict)
    _means: dict[Sums, Matrix] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        # The texts say the same on the whole, so the whole tells how long one language is in the other.
        ours, theirs = self.source.lengths.sum() + 300, self.target.lengths.sum() + 300
        self.ratio = log(theirs / ours)

    # --- the meaning of windows ---------------------------------------------------------------------------------------

    def cosines(self, band: Band, shape: Shape, *, of_draft: bool = False) -> Scores:
        """The cosines of the two sides of every bead of a shape, at the node it leads to; -1 where there is no such bead."""
        first, second = (self.draft.sums if of_draft and self.draft else self.source.sums), self.target.sums
        return self.compare(band, shape, first, second)

    def compare(self, band: Band, shape: Shape, first: Sums, second: Sums) -> Scores:
        """The cosines of windows of any two rows of sums."""
        out = np.full((band.rows, band.width), -1.0, np.float32)
        for rows, columns in blocks(band, shape):
            ours = self._window_vectors(first, rows, shape[0])
            theirs = self._window_vectors(second, columns, shape[1])
            fill(out, band, rows, columns, ours @ theirs.T)
        return out

    def _window_vectors(self, sums: Sums, ends: range, size: int) -> Matrix:
        return self._vectors(sums, sums.part(ends.start - size, ends.stop - 1).windows(size))

    def _vectors(self, whole: Sums, part: Sums) -> Matrix:
        """Unit vectors of a part of a text, without what all of the text has in common: its language, its subject."""
        vectors = self.encoder.vectors(part) - self._common(whole)
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        return vectors

    def _common(self, whole: Sums) -> Matrix:
        if whole not in self._means:
            read = whole.part(0, _COMMON)
            mean: Matrix = self.encoder.vectors(read).sum(axis=0) / (len(read.tokens) + _SHRINK)
            self._means[whole] = mean
        return self._means[whole]

    def margins(self, band: Band, shape: Shape, cosines: Scores, *, of_draft: bool = False) -> Scores:
        """How much nearer the two sides are than what is nearest to either: the cosine less the mean of its neighbours'.

        The neighbours are those in the first band that was asked about, which covers the whole texts (Artetxe and Schwenk 2019).
        """
        key = (of_draft, shape)
        if key not in self._hubs:
            self._hubs[key] = neighbours(band, cosines, len(self.source), len(self.target))
        return margins(band, cosines, *self._hubs[key])

    def know_neighbours(self, band: Band) -> None:
        """Finds the nearest neighbours of every window in a band over the whole texts, unless they are known already."""
        for shape in MATCHES:
            for of_draft in (False, True) if self.draft else (False,):
                if (of_draft, shape) not in self._hubs:
                    cosines = self.cosines(band, shape, of_draft=of_draft)
                    self._hubs[of_draft, shape] = neighbours(band, cosines, len(self.source), len(self.target))

    @staticmethod
    def margins_of(band: Band, cosines: Scores, source: int, target: int) -> Scores:
        """The same for any two rows of sums, so many on either side."""
        return margins(band, cosines, *neighbours(band, cosines, source, target))

    def likeness(self, source: range, target: range) -> float:
        """How much nearer than to their neighbours the nearest two sentences of a part of both texts are."""
        rows, columns = self._hubs[False, (1, 1)]
        hubs = rows[source.start + 1 : source.stop + 1, None] + columns[None, target.start + 1 : target.stop + 1]
        ours, theirs = (side[part].astype(np.float32) for side, part in zip(self._singles, (source, target), strict=True))
        return float((ours @ theirs.T - hubs / 2).max())

    @cached_property
    def _singles(self) -> tuple[NDArray[np.float16], NDArray[np.float16]]:
        """The vectors of every sentence, in half the room: there may be many."""
        return self._halved(self.source.sums), self._halved(self.target.sums)

    def _halved(self, whole: Sums) -> NDArray[np.float16]:
        out = np.empty(whole.meaning.shape, np.float16)
        for start in range(0, len(out), _COMMON):
            out[start : start + _COMMON] = self._vectors(whole, whole.part(start, start + _COMMON))
        return out

    # --- features -----------------------------------------------------------------------------------------------------

    def features(self, band: Band) -> Iterator[tuple[Shape, NDArray[np.float32], NDArray[np.bool_]]]:
        """Yields for every shape of `MATCHES` its features, (FEATURES, rows, width), and at which nodes such a bead can end."""
        meaning = {shape: self.cosines(band, shape) for shape in MATCHES}
        drafted = {shape: self.cosines(band, shape, of_draft=True) for shape in MATCHES} if self.draft else {}
        for shape in MATCHES:
            possible = meaning[shape] > -1
            found = np.zeros((len(FEATURES), band.rows, band.width), np.float32)
            size = sum(shape) / 2
            found[0] = size * self.margins(band, shape, meaning[shape])
            found[1] = size * meaning[shape]
            found[2] = gain(band, shape, meaning)
            self._add_anchors(found, band, shape)
            self._add_lengths(found, band, shape)
            self._add_breaks(found, band, shape)
            if self.draft is not None:
                found[13] = size * self.margins(band, shape, drafted[shape], of_draft=True)
                found[14] = gain(band, shape, drafted)
                found[15] = size * self._letters(band, shape)
            found *= possible
            yield shape, found, possible

    def _letters(self, band: Band, shape: Shape) -> Scores:
        if self.draft is None:
            return np.zeros((band.rows, band.width), np.float32)
        return self._overlap(band, shape, self.draft.letters, self.draft.target_letters)[0]

    def _add_anchors(self, found: NDArray[np.float32], band: Band, shape: Shape) -> None:
        size = sum(shape) / 2
        cosine, dot = self._overlap(band, shape, self.source.names, self.target.names)
        found[3], found[4] = size * cosine, np.minimum(dot, 12) / 4
        found[5] = size * self._overlap(band, shape, self.source.words, self.target.words)[0]
        for rows, columns in blocks(band, shape):
            ours, theirs = window_sums(self.source.numbers, rows, shape[0]), window_sums(self.target.numbers, columns, shape[1])
            shared = np.minimum(ours, 1) @ np.minimum(theirs, 1).T
            apart = (ours > 0).sum(axis=1)[:, None] + (theirs > 0).sum(axis=1)[None] - 2 * shared
            both = np.asarray((ours > 0).any(axis=1))[:, None] & np.asarray((theirs > 0).any(axis=1))[None]
            fill(found[6], band, rows, columns, np.minimum(shared, 3))
            fill(found[7], band, rows, columns, np.where(both, np.minimum(apart, 3), np.minimum(apart, 2) / 3))

    def _overlap(self, band: Band, shape: Shape, first: anchors.Rows, second: anchors.Rows) -> tuple[Scores, Scores]:
        """The cosine, and the bare product, of rows of features."""
        cosine, dot = np.zeros((2, band.rows, band.width), np.float32)
        for rows, columns in blocks(band, shape):
            ours, theirs = window_sums(first, rows, shape[0]), window_sums(second, columns, shape[1])
            product = ours @ theirs.T
            norms = np.linalg.norm(ours, axis=1)[:, None] * np.linalg.norm(theirs, axis=1)[None]
            fill(cosine, band, rows, columns, product / np.maximum(norms, 1e-3))
            fill(dot, band, rows, columns, product)
        return cosine, dot

    def _add_lengths(self, found: NDArray[np.float32], band: Band, shape: Shape) -> None:
        ours, theirs = running(self.source.lengths), running(self.target.lengths)
        rows = np.arange(band.first, band.first + band.rows)
        columns = np.clip(band.columns(), 0, len(self.target))
        source = ours[rows] - ours[np.maximum(rows - shape[0], 0)]
        target = theirs[columns] - theirs[np.maximum(columns - shape[1], 0)]
        off = np.log((target + 4) / (np.exp(self.ratio) * source[:, None] + 4))
        # A short sentence may well be twice as long in another language, a long one hardly.
        spread = np.abs(off) * np.minimum(np.sqrt((source[:, None] + target) / 100), 2)
        found[8], found[9] = np.minimum(spread, 3), np.minimum(spread, 3) ** 2

    def _add_breaks(self, found: NDArray[np.float32], band: Band, shape: Shape) -> None:
        """Paragraphs: beads do not reach across them, and they begin together."""
        rows = np.arange(band.first, band.first + band.rows)
        columns = np.clip(band.columns(), 0, len(self.target))
        ours, theirs = running(self.source.starts), running(self.target.starts)
        first, second = np.maximum(rows - shape[0], 0), np.maximum(columns - shape[1], 0)
        inside = ours[rows] - ours[np.minimum(first + 1, len(self.source))]
        inside_target = theirs[columns] - theirs[np.minimum(second + 1, len(self.target))]
        found[10] = inside[:, None] + inside_target
        begins = np.append(self.source.starts, True)[first][:, None]
        begins_target = np.append(self.target.starts, True)[second]
        found[11], found[12] = begins & begins_target, begins ^ begins_target


def skips(side: Side) -> NDArray[np.float64]:
    """What speaks for a sentence that nothing answers: (sentences, 2), 1 and how long it is."""
    return np.stack([np.ones(len(side)), np.log(side.lengths / 80)], axis=1)


@dataclass(frozen=True)
class Weights:
    """How much each feature counts, with a constant for every shape and the two of `skips`."""

    features: tuple[float, ...]
    shapes: Mapping[Shape, float]
    skip_source: tuple[float, float]
    skip_target: tuple[float, float]

    def score(self, shape: Shape, features: NDArray[np.float32], possible: NDArray[np.bool_]) -> Scores:
        """Weighs the features of one shape."""
        weighed = np.tensordot(np.array(self.features, np.float32), features, axes=1) + self.shapes[shape]
        score: Scores = np.where(possible, weighed, NEVER).astype(np.float32)
        return score
