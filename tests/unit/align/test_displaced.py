"""Passages that changed places are cut out, and what stood between them is aligned as if they had never been there."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.align.beads import MATCHES, Bead, covers, in_reading_order
from webapp.align.displaced import GAIN, replaced, replaced_nearby
from webapp.align.search import NEVER, Band, Lattice


def _lattice(source: int, target: int, pairs: dict[tuple[int, int], float], band: Band | None = None) -> Lattice:
    """A text where only the given pairs of sentences say the same; every other pair is worth -6, a sentence alone -1."""
    band = band or Band.whole(0, source, 0, target)
    matches = {shape: np.full((band.rows, band.width), NEVER, np.float32) for shape in MATCHES}
    for row in range(1, band.rows):
        for place, column in enumerate(band.columns()[row].tolist()):
            if 1 <= column <= target:
                matches[1, 1][row, place] = pairs.get((row - 1, column - 1), -6.0)
    return Lattice(band, matches, np.full(source, -1.0), np.full(target, -1.0))


def _way(lattice: Lattice) -> list[Bead]:
    return [Bead(tuple(range(i - a, i)), tuple(range(j - b, j))) for i, j, (a, b) in lattice.best_path()]


def _pairs(beads: list[Bead]) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    return {(bead.source, bead.target) for bead in beads}


@settings(max_examples=40, deadline=None)
@given(st.integers(4, 12), st.data())
def test_two_passages_that_changed_places_are_both_found(size: int, data: st.DataObject) -> None:
    first = data.draw(st.integers(0, size - 2))
    second = data.draw(st.integers(first + 1, size - 1))
    order = list(range(size))
    order[first], order[second] = order[second], order[first]
    lattice = _lattice(size, size, {(order[j], j): 8.0 for j in range(size)})
    beads = replaced(lattice, _way(lattice))
    assert _pairs(beads) == {((order[j],), (j,)) for j in range(size)}
    assert all(bead.score > 0.9 for bead in beads)


def test_a_sentence_that_filled_the_place_of_another_is_let_go() -> None:
    # The second French sentence went to the end; the third, which resembles what stands there a little, is in its place.
    lattice = _lattice(4, 5, {(0, 0): 8.0, (1, 4): 9.0, (2, 1): 3.0, (2, 2): 2.5, (3, 3): 8.0})
    way = _way(lattice)
    assert ((1,), ()) in _pairs(way)
    assert _pairs(replaced(lattice, way)) == {((0,), (0,)), ((1,), (4,)), ((2,), (1,)), ((3,), (3,)), ((), (2,))}


def test_what_would_gain_too_little_stays_where_it_is() -> None:
    pairs = {(n, n): 8.0 for n in (0, 2, 3)} | {(1, 4): GAIN - 2.5}
    lattice = _lattice(5, 5, pairs)
    way = _way(lattice)
    assert replaced(lattice, way) == way


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 7), st.integers(0, 7), st.integers(0, 2**31))
def test_every_sentence_stays_in_exactly_one_bead(source: int, target: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    band = Band.whole(0, source, 0, target)
    matches = {}
    for a, b in MATCHES:
        matches[a, b] = np.full((band.rows, band.width), NEVER, np.float32)
        matches[a, b][a:, b:] = random.normal(-2, 6, (max(0, source + 1 - a), max(0, target + 1 - b)))
    lattice = Lattice(band, matches, random.normal(-1, 1, source), random.normal(-1, 1, target))
    assert covers(in_reading_order(replaced(lattice, _way(lattice))), source, target)


@pytest.mark.parametrize("far", [1, 3, 8])
def test_in_a_long_text_only_the_part_where_something_moved_is_aligned_again(far: int) -> None:
    size, one, two = 300, 150, 150 + far
    order = list(range(size))
    order[one], order[two] = order[two], order[one]
    pairs = {(order[j], j): 8.0 for j in range(size)}
    band = Band.around(np.arange(size + 1, dtype=np.float64), 20, size)
    asked: list[tuple[range, range]] = []

    def region(source: range, target: range) -> Lattice:
        asked.append((source, target))
        shifted = {(i - source.start, j - target.start): score for (i, j), score in pairs.items()}
        part = _lattice(len(source), len(target), shifted)
        whole = Band.whole(source.start, source.stop, target.start, target.stop)
        return Lattice(whole, part.matches, part.skip_source, part.skip_target)

    lattice = _lattice(size, size, pairs, band)
    beads = replaced_nearby(lattice, _way(lattice), region)
    assert _pairs(beads) == {((order[j],), (j,)) for j in range(size)}
    assert len(asked) == 1
    assert len(asked[0][0]) < 40


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 200), min_size=2, max_size=40), st.integers(1, 20), st.integers(1, 200))
def test_there_is_a_way_through_every_band(centres: list[int], half: int, stop: int) -> None:
    rising = np.minimum(np.sort(np.array(centres, np.float64)), stop)
    band = Band.around(rising, half, stop)
    assert (band.low[0], band.low[-1] + band.width - 1) == (0, stop)
    assert (np.diff(band.low) >= 0).all()
    assert (band.low[1:] < band.low[:-1] + band.width).all()
