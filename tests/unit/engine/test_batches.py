"""Slices and batches: arithmetic that decides how soon text appears and how full the cores are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.engine.batches import FIRST_SLICE, LARGEST_SLICE, MOST_SENTENCES, SMALLEST, make_batches, make_slices

lengths = st.lists(st.integers(0, 1500), max_size=400)


@given(lengths)
def test_slices_cover_the_sentences_in_order_without_gaps(sizes: list[int]) -> None:
    covered = [i for where in make_slices(sizes) for i in where]
    assert covered == list(range(len(sizes)))


@given(st.lists(st.integers(20, 300), min_size=1, max_size=2000))
def test_the_first_slice_is_small_and_none_is_larger_than_half_as_much_again_as_the_largest(sizes: list[int]) -> None:
    slices = [sum(sizes[i] for i in where) for where in make_slices(sizes)]
    assert slices[0] <= FIRST_SLICE * 1.5 + 300
    assert max(slices) <= LARGEST_SLICE * 1.5 + 300
    assert all(len(where) <= MOST_SENTENCES for where in make_slices(sizes))


def test_an_article_of_thirty_sentences_comes_in_two_slices_and_a_book_in_slices_of_even_size() -> None:
    assert [len(where) for where in make_slices([95] * 30)] == [6, 24]
    book = [len(where) for where in make_slices([100] * 10_000)]
    assert book[:3] == [6, 18, 54]
    assert set(book[3:-1]) == {LARGEST_SLICE // 100}


@given(st.lists(st.integers(0, 400), max_size=300), st.integers(16, 2048), st.integers(1, 8), st.integers(1, 8))
def test_every_sequence_is_in_one_batch_and_no_batch_is_too_large(
    sizes: list[int], tokens: int, at_least: int, worthwhile: int
) -> None:
    batches = make_batches(sizes, tokens=tokens, at_least=at_least, worthwhile=worthwhile)
    assert sorted(i for batch in batches for i in batch) == list(range(len(sizes)))
    for batch in batches:
        longest = max(max(sizes[i] + 1, SMALLEST) for i in batch)
        assert longest * len(batch) <= tokens or len(batch) == 1
    assert [sizes[i] for batch in batches for i in batch] == sorted(sizes, reverse=True) or min(sizes, default=0) < SMALLEST


@pytest.mark.parametrize(
    ("count", "at_least", "batches"), [(32, 2, [16, 16]), (32, 1, [32]), (15, 2, [15]), (16, 2, [8, 8]), (70, 2, [24, 23, 23])]
)
def test_batches_are_of_even_size_and_never_too_small_to_be_worth_it(count: int, at_least: int, batches: list[int]) -> None:
    assert [len(batch) for batch in make_batches([30] * count, tokens=1024, at_least=at_least)] == batches
