"""What the aligner has to beat: lengths alone (Gale and Church 1993), and the same embeddings in the usual way.

Both look at every node, know nothing of numbers, names, drafts or moved paragraphs, and use the weights of their papers or, for
the embeddings, those that did best on the documents for fitting.
"""

from collections.abc import Sequence
from math import erfc, log, sqrt

import numpy as np

from webapp.align.beads import MATCHES, Bead, Shape
from webapp.align.embeddings import load_encoder, one_thread
from webapp.align.search import NEVER, Band, Lattice

_PRIORS: dict[Shape, float] = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}
_VARIANCE = 6.8


def gale_church(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Aligns by lengths in characters; the ratio of the languages is that of the whole texts."""
    ours, theirs = _running(source), _running(target)
    ratio = max(1.0, theirs[-1]) / max(1.0, ours[-1])
    matches = {}
    for shape, prior in _PRIORS.items():
        a, b = shape
        if not a or not b:
            continue
        scores = np.full((len(ours), len(theirs)), NEVER, np.float32)
        for i in range(a, len(ours)):
            for j in range(b, len(theirs)):
                scores[i, j] = _length_score(ours[i] - ours[i - a], theirs[j] - theirs[j - b], ratio) + log(prior)
        matches[shape] = scores
    skips = [np.array([_length_score(len(text), 0, ratio) + log(0.0099) for text in side]) for side in (source, target)]
    return _path(Lattice(Band.whole(0, len(source), 0, len(target)), matches, *skips))


def _running(texts: Sequence[str]) -> list[float]:
    return [0.0, *np.cumsum([len(text) for text in texts]).tolist()]


def _length_score(source: float, target: float, ratio: float) -> float:
    mean = (source + target / ratio) / 2
    delta = (target - source * ratio) / sqrt(_VARIANCE * max(1.0, mean))
    return log(max(1e-12, erfc(abs(delta) / sqrt(2))))


def embeddings_alone(source: Sequence[str], target: Sequence[str]) -> list[Bead]:
    """Aligns by cosines of passages that are read as such, less those of their neighbours, as Vecalign and Bertalign do."""
    encoder = load_encoder()
    if not source or not target:
        return [Bead((i,), ()) for i in range(len(source))] + [Bead((), (j,)) for j in range(len(target))]
    with one_thread():
        vectors = [{size: encoder.vectors(encoder.read(_windows(side, size))) for size in (1, 2, 3)} for side in (source, target)]
        matches = {}
        for a, b in MATCHES:
            scores = np.full((len(source) + 1, len(target) + 1), NEVER, np.float32)
            if len(source) >= a and len(target) >= b:
                cosines = vectors[0][a] @ vectors[1][b].T
                near = np.sort(cosines, axis=1)[:, -4:].mean(axis=1)[:, None] + np.sort(cosines, axis=0)[-4:].mean(axis=0)[None]
                scores[a:, b:] = (a + b) / 2 * (cosines - near / 2) - (0.05 if a + b > 2 else 0)
            matches[a, b] = scores
    skips = np.full(len(source), 0.01), np.full(len(target), 0.01)
    return _path(Lattice(Band.whole(0, len(source), 0, len(target)), matches, *skips))


def _windows(texts: Sequence[str], size: int) -> list[str]:
    return [" ".join(texts[n : n + size]) for n in range(len(texts) - size + 1)]


def _path(lattice: Lattice) -> list[Bead]:
    return [Bead(tuple(range(node - a, node)), tuple(range(column - b, column))) for node, column, (a, b) in lattice.best_path()]
