"""Batches hold every item once, padded, within their size."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from training import batches

LENGTHS = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 60)), min_size=1, max_size=60)


def item(source: int, target: int) -> batches.Item:
    """An item of these lengths."""
    return np.arange(5, 5 + source, dtype=np.int32), np.arange(5, 5 + target, dtype=np.int32)


@given(LENGTHS, st.integers(70, 400))
def test_every_item_stands_in_one_group_and_groups_keep_to_their_size(lengths: list[tuple[int, int]], tokens: int) -> None:
    groups = list(batches.grouped([item(*both) for both in lengths], tokens, np.random.default_rng(1)))
    assert sorted((len(s), len(t)) for group in groups for s, t in group) == sorted(lengths)
    for group in groups:
        source, target = (max(len(each[side]) for each in group) for side in (0, 1))
        assert len(group) == 1 or (0.7 * source + target + 1) / 1.7 * len(group) <= tokens


def test_a_padded_batch_predicts_each_piece_from_those_before_it() -> None:
    batch = batches.padded([item(2, 3), item(1, 1)])
    assert batch.source.tolist() == [[5, 6, 2], [5, 2, 2]]
    assert batch.real.tolist() == [[True, True, True], [True, True, False]]
    assert batch.shifted.tolist() == [[1, 5, 6, 7], [1, 5, 2, 2]]
    assert batch.gold.tolist() == [[5, 6, 7, 2], [5, 2, -1, -1]]


def test_masking_hides_inputs_and_never_what_is_predicted() -> None:
    batch = batches.padded([item(50, 50) for _ in range(20)])
    hidden = batches.masked(batch, 0.5, np.random.default_rng(1))
    assert (hidden.gold == batch.gold).all()
    assert (hidden.shifted[:, 0] == batches.START).all()
    assert 0.4 < (hidden.shifted == batches.UNKNOWN).mean() < 0.6
    assert 0.15 < (hidden.source == batches.UNKNOWN).mean() < 0.35


def test_items_of_implausible_length_or_foreign_pieces_do_not_fit() -> None:
    allowed = frozenset(range(200))
    assert batches.fits([5] * 10, [6] * 12, allowed)
    assert not batches.fits([5] * 2, [6] * 40, allowed)
    assert not batches.fits([5], [900], allowed)
    assert not batches.fits([], [6], allowed)


def test_the_pairs_most_like_the_news_come_first() -> None:
    news = [("le ministre a démissionné", ""), ("la police a arrêté un homme", "")]
    pairs = [("ouvrir le fichier dans un onglet", "x"), ("le ministre de la police", "y"), ("copier le dossier", "z")]
    assert batches.most_like(news, pairs, 0.4) == [("le ministre de la police", "y")]


def test_placeholders_are_left_out() -> None:
    sentences, short = batches.split_by_length([("a b c d e f", "x"), ("un %s", "a %s"), ("un deux", "one two")])
    assert (sentences, short) == ([("a b c d e f", "x")], [("un deux", "one two")])
