"""What speaks for a bead: features of every bead in a band, weighed into one score.

The scores are log-odds of a conditional random field over alignments (Lafferty, McCallum and Pereira 2001): summed along a way
they say how likely it is, so the share of all ways that goes through a bead is how sure of it one may be. The weights were fitted
to documents made for that (`bench/align_fit.py`), never to those that `bench/align.py` measures.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.align import anchors
from webapp.align.beads import MATCHES, Shape
from webapp.align.embeddings import Encoder, Matrix, Sums
from webapp.align.search import NEVER, Band, Scores
from webapp.align.sides import Drafts, Side
from webapp.align.windows import WindowVectors, blocks, fill, gain, margins, neighbours, running, weakest, window_sums

FEATURES: Final = (
    "meaning", "cosine", "gain", "names", "names-sum", "words", "numbers-shared", "numbers-apart", "length", "length-squared",
    "breaks-crossed", "breaks-together", "break-alone", "draft-meaning", "draft-gain", "draft-letters",
    "weakest", "cut-short", "vocabulary", "vocabulary-weakest",
)  # fmt: skip
"""What `Evidence.features` gives, in this order; those named draft are 0 without drafts."""

_PART: Final = 1024
"""Rows of a band of which the vectors are made at once."""
_CELLS: Final = 2_000_000
"""Pairs of sentences that are compared at once."""
_DOUBT: Final = 3.0
"""So much is added to the product of the lengths of two rows of words: that they have one word in common says little."""
_WHOLE: Final = 0.02
"""So much nearer than its parts, as a cosine, is a bead of two beside two at least."""
_COMMON, _SHRINK = 2000, 8
"""Sentences that tell what a text has in common; and how many more of nothing in particular are counted with them."""


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
        self._windows = WindowVectors(self._vectors)

    # --- the meaning of windows ---------------------------------------------------------------------------------------

    def cosines(self, band: Band, shape: Shape, *, of_draft: bool = False) -> Scores:
        """The cosines of the two sides of every bead of a shape, at the node it leads to; -1 where there is no such bead."""
        first, second = (self.draft.sums if of_draft and self.draft else self.source.sums), self.target.sums
        return self.compare(band, shape, first, second)

    def compare(self, band: Band, shape: Shape, first: Sums, second: Sums) -> Scores:
        """The cosines of windows of any two rows of sums."""
        out = np.full((band.rows, band.width), -1.0, np.float32)
        for rows, columns in blocks(band, shape):
            ours = self._windows.of(first, rows, shape[0])
            theirs = self._windows.of(second, columns, shape[1])
            fill(out, band, rows, columns, ours @ theirs.T)
        return out

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
        for of_draft in (False, True) if self.draft else (False,):
            if (of_draft, MATCHES[0]) not in self._hubs:
                for shape, cosines in self._all_cosines(band, of_draft).items():
                    self._hubs[of_draft, shape] = neighbours(band, cosines, len(self.source), len(self.target))

    def _all_cosines(self, band: Band, of_draft: bool) -> dict[Shape, Scores]:
        """The cosines of every shape, part by part of the band, so that the vectors of a part are made once."""
        out = {shape: np.full((band.rows, band.width), -1.0, np.float32) for shape in MATCHES}
        for start in range(0, band.rows, _PART):
            before = max(0, start - max(MATCHES)[0])
            part = band.part(before, start + _PART)
            for shape, cosines in out.items():
                cosines[start : start + _PART] = self.cosines(part, shape, of_draft=of_draft)[start - before :]
        return out

    @staticmethod
    def margins_of(band: Band, cosines: Scores, source: int, target: int) -> Scores:
        """The same for any two rows of sums, so many on either side."""
        return margins(band, cosines, *neighbours(band, cosines, source, target))

    def alike(self, source: Sequence[int], target: Sequence[int], least: float) -> list[tuple[int, int]]:
        """Which sentences of the source and of the target are nearer to each other than to their neighbours, by `least`.

        The nearest come first.
        """
        rows, columns = self._hubs[False, (1, 1)]
        others = np.array(target, np.int64)
        theirs, hubs = self._some(self.target.sums, others), columns[others + 1] / 2
        found: list[tuple[float, int, int]] = []
        size = max(1, _CELLS // max(1, len(target)))
        for start in range(0, len(source), size):
            part = np.array(source[start : start + size], np.int64)
            margin = self._some(self.source.sums, part) @ theirs.T - rows[part + 1, None] / 2 - hubs
            found += [(float(margin[i, j]), int(part[i]), target[j]) for i, j in np.argwhere(margin >= least)]
        return [(i, j) for _, i, j in sorted(found, key=lambda pair: -pair[0])]

    def _some(self, whole: Sums, numbers: NDArray[np.int64]) -> Matrix:
        """The vectors of some sentences of a text."""
        return self._vectors(whole, Sums(whole.meaning[numbers], whole.tokens[numbers], whole.ends))

    # --- features -----------------------------------------------------------------------------------------------------

    def features(self, band: Band) -> Iterator[tuple[Shape, NDArray[np.float32], NDArray[np.bool_]]]:
        """Yields for every shape of `MATCHES` its features, (FEATURES, rows, width), and at which nodes such a bead can end."""
        meaning = {shape: self.cosines(band, shape) for shape in MATCHES}
        told = self._told(band)
        nearer = {shape: self.margins(band, shape, meaning[shape]) for shape in MATCHES}
        drafted = {shape: self.cosines(band, shape, of_draft=True) for shape in MATCHES} if self.draft else {}
        for shape in MATCHES:
            possible = meaning[shape] > -1
            found = np.zeros((len(FEATURES), band.rows, band.width), np.float32)
            size = sum(shape) / 2
            found[0] = size * nearer[shape]
            found[1] = size * meaning[shape]
            found[2] = gain(band, shape, meaning)
            if shape == (2, 2):  # two pairs are no bead only because both are good: the whole has to be nearer than they are
                possible &= found[2] >= _WHOLE
            self._add_anchors(found, band, shape)
            self._add_lengths(found, band, shape)
            self._add_breaks(found, band, shape)
            found[16] = weakest(band, shape, nearer)
            found[17] = self._cut_short(band)
            if told:
                found[18], found[19] = size * told[shape], weakest(band, shape, told)
            if self.draft is not None:
                found[13] = size * self.margins(band, shape, drafted[shape], of_draft=True)
                found[14] = gain(band, shape, drafted)
                found[15] = size * self._letters(band, shape)
            found *= possible
            yield shape, found, possible

    def _cut_short(self, band: Band) -> Scores:
        """How many sides end before their sentence does."""
        ours, theirs = (np.append(False, side.unfinished).astype(np.float32) for side in (self.source, self.target))
        columns = np.clip(band.columns(), 0, len(self.target))
        short: Scores = ours[band.first : band.first + band.rows, None] + theirs[columns]
        return short

    def _told(self, band: Band) -> dict[Shape, Scores]:
        """How far the words of both sides translate each other, by the lexicon."""
        if self.source.vocabulary is None or self.target.vocabulary is None:
            return {}
        return {shape: self._overlap(band, shape, self.source.vocabulary, self.target.vocabulary, _DOUBT)[0] for shape in MATCHES}

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

    def _overlap(
        self, band: Band, shape: Shape, first: anchors.Rows, second: anchors.Rows, doubt: float = 1e-3
    ) -> tuple[Scores, Scores]:
        """The cosine, and the bare product, of rows of features; `doubt` takes from it where rows are short."""
        cosine, dot = np.zeros((2, band.rows, band.width), np.float32)
        for rows, columns in blocks(band, shape):
            ours, theirs = window_sums(first, rows, shape[0]), window_sums(second, columns, shape[1])
            product = ours @ theirs.T
            norms = np.linalg.norm(ours, axis=1)[:, None] * np.linalg.norm(theirs, axis=1)[None]
            fill(cosine, band, rows, columns, product / (norms + doubt))
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


@dataclass(frozen=True)
class Weights:
    """How much each feature counts, with a constant for every shape and the three of `skips`."""

    features: tuple[float, ...]
    shapes: Mapping[Shape, float]
    skip_source: tuple[float, float, float]
    skip_target: tuple[float, float, float]

    def score(self, shape: Shape, features: NDArray[np.float32], possible: NDArray[np.bool_]) -> Scores:
        """Weighs the features of one shape."""
        weighed = np.tensordot(np.array(self.features, np.float32), features, axes=1) + self.shapes[shape]
        score: Scores = np.where(possible, weighed, NEVER).astype(np.float32)
        return score
