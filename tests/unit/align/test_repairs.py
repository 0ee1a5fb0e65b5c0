"""Repairs of an alignment: every sentence stays in exactly one row, and only the neighbourhood changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.align.beads import MATCHES, covers
from webapp.align.ledger import Ledger
from webapp.align.repairs import Impossible, Repair, Row, repair
from webapp.align.search import NEVER, Band, Lattice


def _ledger(source: int, target: int, seed: int = 0, *, near_diagonal: bool = True) -> Ledger:
    """Scores in which sentence i answers sentence i, and nothing else does."""
    band = Band.whole(0, source, 0, target)
    random = np.random.default_rng(seed)
    matches = {}
    for a, b in MATCHES:
        scores = random.uniform(-9, -5, (source + 1, target + 1)).astype(np.float32)
        if near_diagonal and (a, b) == (1, 1):
            for n in range(1, min(source, target) + 1):
                scores[n, n] = 5.0
        scores[:a, :] = NEVER
        scores[:, :b] = NEVER
        matches[a, b] = scores
    return Ledger.of(Lattice(band, matches, np.full(source, -1.0), np.full(target, -1.0)))


def _sides(rows: tuple[Row, ...]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(row.source, row.target) for row in rows]


def _rows(*sides: tuple[tuple[int, ...], tuple[int, ...]]) -> tuple[Row, ...]:
    return tuple(Row(source, target, 0.9) for source, target in sides)


@given(
    st.integers(1, 9),
    st.integers(1, 9),
    st.integers(0, 5),
    st.lists(st.tuples(st.sampled_from(list(Repair)), st.integers(0, 30)), max_size=12),
)
def test_whatever_is_repaired_every_sentence_stays_in_exactly_one_row(
    source: int, target: int, seed: int, repairs: list[tuple[Repair, int]]
) -> None:
    ledger = _ledger(source, target, seed)
    rows = tuple(Row(bead.source, bead.target, bead.score) for bead in ledger.align(range(source), range(target)))
    for how, number in repairs:
        try:
            rows = repair(rows, number % len(rows), how, ledger)
        except Impossible:
            continue
        assert covers([row.bead for row in rows], source, target)


@given(st.integers(0, 11), st.sampled_from([Repair.MERGE, Repair.UP, Repair.DOWN, Repair.MISSING, Repair.ADDED, Repair.SPLIT]))
def test_a_repair_leaves_what_is_far_away_as_it_was(number: int, how: Repair) -> None:
    ledger = _ledger(12, 12)
    rows = _rows(*(((n,), (n,)) for n in range(12)))
    try:
        after = repair(rows, number, how, ledger)
    except Impossible:
        return
    far = [row for n, row in enumerate(rows) if abs(n - number) > 5]
    assert set(far) <= set(after)


def test_a_ledger_says_the_same_after_it_was_stored() -> None:
    ledger = _ledger(7, 9, 3)
    again = Ledger.unpack(ledger.pack())
    assert again == ledger
    assert again.align(range(7), range(9)) == ledger.align(range(7), range(9))


def test_merging_joins_two_rows_and_says_that_a_person_did_it() -> None:
    rows = repair(_rows(((0,), (0,)), ((1,), ())), 0, Repair.MERGE, _ledger(2, 1))
    assert rows == (Row((0, 1), (0,), 1.0, by_person=True),)


def test_merging_across_a_passage_that_stands_elsewhere_is_refused() -> None:
    rows = _rows(((0,), (2,)), ((1,), (0,)), ((2,), (1,)))
    with pytest.raises(Impossible):
        repair(rows, 0, Repair.MERGE, _ledger(3, 3))


def test_splitting_finds_the_best_place_to_cut() -> None:
    rows = repair(_rows(((0, 1), (0, 1))), 0, Repair.SPLIT, _ledger(2, 2))
    assert _sides(rows) == [((0,), (0,)), ((1,), (1,))]
    assert all(row.by_person for row in rows)


def test_splitting_a_pair_says_that_they_do_not_belong_together() -> None:
    rows = repair(_rows(((0,), (0,)), ((1,), (1,))), 1, Repair.SPLIT, _ledger(2, 2))
    assert set(_sides(rows)) == {((0,), (0,)), ((1,), ()), ((), (1,))}


def test_moving_a_sentence_up_aligns_the_rows_below_again() -> None:
    # The first translation holds one sentence too few, so everything after it stands one row too low.
    rows = _rows(((0,), (0,)), ((1,), (1,)), ((2,), (2, 3)))
    ledger = _shifted()
    after = repair(rows, 1, Repair.UP, ledger)
    assert _sides(after) == [((0,), (0, 1)), ((1,), (2,)), ((2,), (3,))]
    assert [row.by_person for row in after] == [True, False, False]


def _shifted() -> Ledger:
    """Scores of three sentences and four: 0 answers 0 and 1, then 1 answers 2 and 2 answers 3."""
    matches = {shape: np.full((4, 5), -8.0, np.float32) for shape in MATCHES}
    matches[1, 1][2, 3] = matches[1, 1][3, 4] = 5.0
    return Ledger.of(Lattice(Band.whole(0, 3, 0, 4), matches, np.full(3, -1.0), np.full(4, -1.0)))


def test_what_is_marked_as_left_out_gives_its_translation_to_the_row_it_fits() -> None:
    matches = {shape: np.full((4, 3), -8.0, np.float32) for shape in MATCHES}
    matches[1, 1][1, 1] = matches[1, 1][3, 2] = 5.0
    ledger = Ledger.of(Lattice(Band.whole(0, 3, 0, 2), matches, np.full(3, -1.0), np.full(2, -1.0)))
    rows = _rows(((0,), (0,)), ((1,), (1,)), ((2,), ()))
    after = repair(rows, 1, Repair.MISSING, ledger)
    assert _sides(after) == [((0,), (0,)), ((1,), ()), ((2,), (1,))]
    assert after[1].by_person


def test_what_a_person_said_is_not_aligned_again() -> None:
    ledger = _shifted()
    rows = (Row((0,), (0,), 0.9), Row((1,), (1,), 0.9), Row((2,), (2, 3), 1.0, by_person=True))
    after = repair(rows, 1, Repair.UP, ledger)
    assert after[-1] == rows[-1]


@pytest.mark.parametrize("how", [Repair.UP, Repair.DOWN, Repair.MERGE])
def test_there_is_nothing_beyond_the_ends(how: Repair) -> None:
    with pytest.raises(Impossible):
        repair(_rows(((0,), (0,))), 0, how, None)
