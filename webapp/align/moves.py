"""Passages that stand elsewhere in the target: what one way through two texts has to leave unanswered on both sides.

A paragraph that changed its place leaves a run of sentences on either side that nothing answers. Each run of the source is
compared with each of the target; what fits best is aligned by itself, as long as it gains more than leaving it would.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from webapp.align.beads import Bead
from webapp.align.search import Lattice

Region = Callable[[range, range], Lattice]
Alike = Callable[[Sequence[int], Sequence[int], float], list[tuple[int, int]]]

_GAIN: Final = 5.0
"""What a moved passage has to gain over leaving it unanswered, in log-odds: moves are rare."""
_DOUBTFUL: Final = 0.6
_ALIKE: Final = 0.12
"""Runs of which no two sentences are nearer than this (a cosine less that of their neighbours) are not compared."""
_NEAREST: Final = 1000
"""Pairs of sentences that are followed up: of two texts that have nothing to do with each other there may be millions."""
_LONGEST: Final = 120
"""Sentences of a run that are compared at once."""


def find_moves(beads: Sequence[Bead], region: Region, alike: Alike) -> list[Bead]:
    """Aligns what stands elsewhere; every other bead stays as it is.

    `region` weighs the beads of a part of both texts, `alike` says which of some sentences are nearer to each other than so much.
    Beads that the way through the texts was not sure of may be given up for a passage that stands elsewhere.
    """
    doubtful = [bead for bead in beads if bead.is_match and bead.score < _DOUBTFUL]
    kept = [bead for bead in beads if bead not in doubtful] + [part for bead in doubtful for part in _apart(bead)]
    ours, theirs = (sorted(number for side in sides for number in side) for sides in _alone(kept))
    near = alike(ours, theirs, _ALIKE)[:_NEAREST]
    compared: dict[tuple[range, range], tuple[float, list[Bead]]] = {}
    while True:
        options = []
        sources, targets = (_by_number(_runs(sides)) for sides in _alone(kept))
        for source, target in dict.fromkeys((sources[i], targets[j]) for i, j in near if i in sources and j in targets):
            if (source, target) not in compared:
                in_place = _is_in_place(source, target, doubtful)
                compared[source, target] = (0.0, []) if in_place else _gain(source, target, region)
            options.append((compared[source, target][0], source, target))
        gain, source, target = max(options, key=lambda option: option[0], default=(0.0, range(0), range(0)))
        if gain < _GAIN:
            return _restored(kept, doubtful)
        kept = [bead for bead in kept if not _within(bead, source, target)] + compared[source, target][1]


def _alone(beads: Iterable[Bead]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """The sentences of either side that nothing answers."""
    listed = list(beads)
    return [bead.source for bead in listed if not bead.target], [bead.target for bead in listed if not bead.source]


def _by_number(runs: Iterable[range]) -> Mapping[int, range]:
    return {number: run for run in runs for number in run}


def _apart(bead: Bead) -> list[Bead]:
    """The sentences of a bead, each by itself."""
    return [Bead((i,), (), 1 - bead.score) for i in bead.source] + [Bead((), (j,), 1 - bead.score) for j in bead.target]


def _is_in_place(source: range, target: range, doubtful: Sequence[Bead]) -> bool:
    """Whether two runs are nothing but beads that were taken apart: the way through the texts knows better what they are."""
    return any(set(source) <= set(bead.source) and set(target) <= set(bead.target) for bead in doubtful)


def _restored(beads: Sequence[Bead], doubtful: Sequence[Bead]) -> list[Bead]:
    """Puts together again what was taken apart and not needed elsewhere."""
    alone = {bead for bead in beads if not bead.is_match}
    for bead in doubtful:
        parts = set(_apart(bead))
        if parts <= alone:
            alone = (alone - parts) | {bead}
    return [bead for bead in beads if bead.is_match] + list(alone)


def _gain(source: range, target: range, region: Region) -> tuple[float, list[Bead]]:
    lattice = region(source, target)
    left = float(lattice.skip_source.sum() + lattice.skip_target.sum())
    gain = float(lattice.forward()[-1, lattice.band.stop - lattice.band.low[-1]]) - left
    if gain < _GAIN:
        return gain, []
    path = lattice.best_path()
    sure = lattice.sureness(path)
    return gain, [
        Bead(tuple(range(node - a, node)), tuple(range(column - b, column)), score)
        for (node, column, (a, b)), score in zip(path, sure, strict=True)
    ]


def _runs(sides: Iterable[tuple[int, ...]]) -> Iterator[range]:
    """Joins sentences that follow each other."""
    numbers = sorted(number for side in sides for number in side)
    start = 0
    for n in range(1, len(numbers) + 1):
        if n == len(numbers) or numbers[n] != numbers[n - 1] + 1 or n - start >= _LONGEST:
            yield range(numbers[start], numbers[n - 1] + 1)
            start = n


def _within(bead: Bead, source: range, target: range) -> bool:
    """Whether a bead is one of those that were left unanswered in two runs."""
    if bead.source and not bead.target:
        return bead.source[0] in source
    return bool(bead.target and not bead.source and bead.target[0] in target)
