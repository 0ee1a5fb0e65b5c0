"""Two texts that say the same, aligned: paragraph by paragraph, and within them sentence by sentence.

One way is looked for through both texts (`search`) by what speaks for each bead (`evidence`): meaning, numbers and names,
lengths, and, where the machine drafted the source before, how near the draft comes in the target's own language. Paragraphs
that stand elsewhere in the target cannot lie on that way; they are found among what it left unanswered (`moves`). Time and
memory grow with the length of the texts: long ones are first aligned in blocks, then sentence by sentence around that way.
"""

from collections.abc import Sequence
from itertools import chain
from typing import Final

import numpy as np
from numpy.typing import NDArray

from webapp.align.bead_weights import weights_for
from webapp.align.beads import MATCHES, Bead, Shape, in_reading_order
from webapp.align.displaced import replaced, replaced_nearby
from webapp.align.embeddings import Encoder, Sums, load_encoder, one_thread
from webapp.align.evidence import Evidence, Weights
from webapp.align.moves import find_moves
from webapp.align.search import NEVER, Band, Lattice
from webapp.align.sides import read_drafts, read_sides, skips

Paragraphs = Sequence[Sequence[str]]

_WHOLE: Final = 160
"""Up to so many sentences on both sides every node is looked at."""
_HALF: Final = 40
_ROWS, _REACH = 1000, 3
"""Rows of a band whose features are in memory at once; how far a bead reaches back."""
_BLOCKS: Final = (64, 8)


def align(
    source: Paragraphs,
    target: Paragraphs,
    *,
    drafts: Sequence[str] | None = None,
    language: str | None = None,
    encoder: Encoder | None = None,
) -> tuple[Bead, ...]:
    """Aligns two texts, each given as paragraphs of sentences.

    Returns beads in the order of the source; together they hold every sentence of both sides once (indices count through the
    paragraphs). `drafts` are the machine's translations of the source's sentences into the target's language, one each, "" where
    there is none. `language` is that of the target (ISO 639-1) and chooses the weights. A bead's score is 0..1: how sure of it
    one may be. Raises ValueError where the number of drafts is not that of the sentences.
    """
    return compare(source, target, drafts=drafts, language=language, encoder=encoder).beads()


def compare(
    source: Paragraphs,
    target: Paragraphs,
    *,
    drafts: Sequence[str] | None = None,
    language: str | None = None,
    encoder: Encoder | None = None,
) -> "Comparison":
    """Reads two texts and weighs every bead they may have; takes and raises what `align` does."""
    ours, theirs = list(chain.from_iterable(source)), list(chain.from_iterable(target))
    if drafts is not None and len(drafts) != len(ours):
        raise ValueError(f"{len(ours)} sentences and {len(drafts)} drafts")
    reader = encoder or load_encoder()
    with one_thread():
        sides = read_sides(reader, ours, theirs, (_starts(source), _starts(target)), language)
        draft = read_drafts(reader, drafts, theirs) if drafts and theirs and any(drafts) else None
        return Comparison(Evidence(reader, *sides, draft), weights_for(language, drafted=draft is not None))


class Comparison:
    """Two texts with the scores of the beads they may have, and the way through them."""

    def __init__(self, evidence: Evidence, weights: Weights) -> None:
        self.evidence, self._weights = evidence, weights
        self.band = self._band()
        self.lattice = self._weigh(self.band)

    def beads(self) -> tuple[Bead, ...]:
        """Gives the alignment."""
        with one_thread():
            beads = _beads(self.lattice)
            if self.band.is_whole:
                return in_reading_order(replaced(self.lattice, beads))
            beads = replaced_nearby(self.lattice, beads, self._region)
            return in_reading_order(find_moves(beads, self._region, self.evidence.alike))

    def _region(self, source: range, target: range) -> Lattice:
        """Weighs the beads of a part of both texts."""
        return self._weigh(Band.whole(source.start, source.stop, target.start, target.stop))

    def _weigh(self, band: Band) -> Lattice:
        matches = {shape: np.full((band.rows, band.width), NEVER, np.float32) for shape in MATCHES}
        self.evidence.know_neighbours(band)
        for start in range(0, band.rows, _ROWS):
            before = max(0, start - _REACH)
            part = band.part(before, start + _ROWS)
            for shape, found, possible in self.evidence.features(part):
                scores = self._weights.score(shape, found, possible)
                matches[shape][start : start + _ROWS] = scores[start - before :]
        rows = slice(band.first, band.first + band.rows - 1)
        columns = slice(band.start, band.stop)
        return Lattice(
            band,
            matches,
            skips(self.evidence.source)[rows] @ np.array(self._weights.skip_source),
            skips(self.evidence.target)[columns] @ np.array(self._weights.skip_target),
        )

    def _band(self) -> Band:
        source, target = len(self.evidence.source), len(self.evidence.target)
        if max(source, target) <= _WHOLE or not source or not target:
            return Band.whole(0, source, 0, target)
        centres: NDArray[np.float64] | None = None
        for size in _BLOCKS:
            if max(source, target) > 4 * size:
                centres = _rough_way(self.evidence, size, centres)
        if centres is None:
            centres = np.linspace(0, target, source + 1)
        return Band.around(centres, _HALF, target)


def _starts(paragraphs: Paragraphs) -> list[bool]:
    return [place == 0 for paragraph in paragraphs for place in range(len(paragraph))]


def _beads(lattice: Lattice) -> list[Bead]:
    path = lattice.best_path()
    return [_bead(node, column, shape, sure) for (node, column, shape), sure in zip(path, lattice.sureness(path), strict=True)]


def _bead(node: int, column: int, shape: Shape, score: float) -> Bead:
    return Bead(tuple(range(node - shape[0], node)), tuple(range(column - shape[1], column)), score)


# --- long texts -------------------------------------------------------------------------------------------------------


def _rough_way(evidence: Evidence, size: int, before: NDArray[np.float64] | None) -> NDArray[np.float64]:
    """Aligns blocks of `size` sentences; gives for every node of the source the column where the way passes it.

    `before` is the way that larger blocks showed: smaller ones are looked for around it.
    """
    ours, theirs = _blocks_of(evidence.source.sums, size), _blocks_of(evidence.target.sums, size)
    rows, columns = len(ours.tokens), len(theirs.tokens)
    if before is None:
        band = Band.whole(0, rows, 0, columns)
    else:
        nodes = np.minimum(np.arange(rows + 1) * size, len(evidence.source))
        band = Band.around(before[nodes] / size, 24, columns)
    cosines = evidence.compare(band, (1, 1), ours, theirs)
    scores = np.where(cosines > -1, 4 * evidence.margins_of(band, cosines, rows, columns), NEVER).astype(np.float32)
    lattice = Lattice(band, {(1, 1): scores}, np.full(rows, -0.1), np.full(columns, -0.1))
    passing = [(0, 0), *((row, column) for row, column, _ in lattice.best_path())]
    at = [min(row * size, len(evidence.source)) for row, _ in passing]
    passed = [min(column * size, len(evidence.target)) for _, column in passing]
    way: NDArray[np.float64] = np.interp(np.arange(len(evidence.source) + 1), at, passed)
    return way


def _blocks_of(sums: Sums, size: int) -> Sums:
    starts = np.arange(0, len(sums.tokens), size)
    counts = np.diff(np.append(starts, len(sums.tokens)))
    meaning = np.add.reduceat(sums.meaning, starts, axis=0) - (counts - 1)[:, None] * sums.ends
    tokens = np.add.reduceat(sums.tokens, starts) - 2 * (counts - 1)
    return Sums(meaning.astype(np.float32), tokens.astype(np.float32), sums.ends)


__all__ = ["MATCHES", "Bead", "Comparison", "align", "compare"]
