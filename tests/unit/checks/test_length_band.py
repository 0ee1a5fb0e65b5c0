"""The band of usual lengths is learned from approved pairs, and stands up to the few that are wrong."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.align_documents import blocks
from bench.checks import read_rows
from webapp.checks.base import CheckInput, Severity
from webapp.checks.length import Length
from webapp.checks.length_band import LEAST_PAIRS, SHORT, Band, learn_band, widening
from webapp.languages import TARGETS

Pairs = list[tuple[int, int]]

lengths = st.tuples(st.integers(SHORT, 400), st.integers(1, 800))
some_pairs = st.lists(lengths, min_size=LEAST_PAIRS, max_size=LEAST_PAIRS + 40)


def pairs_around(ratio: float, spread: float, *, seed: int = 0, count: int = 400) -> Pairs:
    """Sources of 60 to 200 code points with translations whose ratio lies evenly within `ratio` ± `spread`."""
    random = Random(seed)
    sources = [random.randint(60, 200) for _ in range(count)]
    return [(source, round(source * random.uniform(ratio - spread, ratio + spread))) for source in sources]


def learned(pairs: Sequence[tuple[int, int]]) -> Band:
    """The band that they teach."""
    band = learn_band(pairs)
    assert band is not None
    return band


@pytest.mark.parametrize("count", [0, 1, LEAST_PAIRS - 1])
def test_too_few_pairs_teach_nothing(count: int) -> None:
    assert learn_band(pairs_around(0.9, 0.1, count=count)) is None


def test_short_and_empty_ones_do_not_count() -> None:
    short = [(SHORT - 1, 40)] * LEAST_PAIRS
    empty = [(100, 0)] * LEAST_PAIRS
    assert learn_band([*short, *empty, *pairs_around(0.9, 0.1, count=LEAST_PAIRS - 1)]) is None
    assert learn_band([*short, *empty, *pairs_around(0.9, 0.1, count=LEAST_PAIRS)]) is not None


@settings(max_examples=30)
@given(some_pairs, st.randoms(use_true_random=False))
def test_the_order_of_the_pairs_does_not_matter(pairs: Pairs, random: Random) -> None:
    assert learn_band(random.sample(pairs, len(pairs))) == learn_band(pairs)


@settings(max_examples=30)
@given(some_pairs)
def test_a_band_holds_what_is_usual_and_is_neither_a_line_nor_without_end(pairs: Pairs) -> None:
    low, high = learned(pairs)
    ratios = sorted(target / source for source, target in pairs)
    assert low < ratios[len(ratios) // 2] < high
    assert high / low * (1 + 1e-9) >= 1.15**2
    assert high / low <= 2.0**2 * (1 + 1e-9)


@settings(max_examples=20)
@given(st.floats(0.4, 1.6), st.floats(0.05, 0.3), st.integers(0, 99))
def test_nearly_all_of_what_was_approved_lies_inside(ratio: float, relative: float, seed: int) -> None:
    pairs = pairs_around(ratio, ratio * relative, seed=seed)
    low, high = learned(pairs)
    inside = [low / widening(source) <= target / source <= high * widening(source) for source, target in pairs]
    assert sum(inside) >= 0.99 * len(pairs)


@settings(max_examples=20)
@given(st.integers(0, 99))
def test_a_few_mistakes_that_were_approved_do_not_widen_it(seed: int) -> None:
    pairs = pairs_around(0.9, 0.1, seed=seed, count=400)
    mistakes = [(150, 20), (150, 400)]
    wrong = learned([*mistakes, *pairs])
    right = learned(pairs)
    assert wrong == pytest.approx(right, rel=0.1)
    assert mistakes[0][1] / mistakes[0][0] < wrong[0] / widening(150)


def test_the_band_that_was_learned_decides_instead_of_the_built_in_one() -> None:
    source = "Le ministre a quitté la réunion sans dire un seul mot à la presse qui l’attendait."
    wordy = source + " " + source[: len(source) // 2]
    given_band = learned(pairs_around(1.5, 0.1))

    def severities(target: str, band: Band | None) -> list[Severity]:
        text = CheckInput(source=source, target=target, language="en", length_band=band)
        return [finding.severity for finding in Length().find(text)]

    assert severities(wordy, None) == [Severity.WARNING]
    assert severities(wordy, given_band) == []
    assert severities(source[:60], given_band) == [Severity.WARNING]
    assert severities(source[:20], given_band) == [Severity.ERROR]


@pytest.mark.parametrize("target", TARGETS)
def test_learned_from_edited_news_it_leaves_correct_sentences_alone_and_still_sees_what_is_missing(target: str) -> None:
    band = learned([(len(row["fr"]), len(row[target])) for _, rows in blocks() for row in rows])
    wanted = [row for row in read_rows() if len(row["fr"]) >= SHORT]

    def found(text: str, source: str) -> bool:
        return any(Length().find(CheckInput(source=source, target=text, language=target, length_band=band)))

    assert not [row["fr"] for row in wanted if found(row[target], row["fr"])]
    cut = [row["fr"] for row in wanted if not found(row[target][: len(row[target]) // 3], row["fr"])]
    assert not cut
