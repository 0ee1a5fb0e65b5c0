"""Generated lines carry the same figures in every language, written as that language writes them."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training import corpus, figures


@pytest.mark.parametrize(
    ("number", "written"),
    [(7, "7"), (9999, "9,999"), (10_000, "1만"), (198_000, "19만 8,000"), (142_000_000, "1억 4,200만"), (10**12 + 5, "1조 5")],
)
def test_korean_counts_in_ten_thousands(number: int, written: str) -> None:
    assert figures.korean_integer(number) == written


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("3.2", ("3,2", "3.2", "3,2", "3.2")),
        ("1250", ("1 250", "1,250", "1250", "1,250")),
        ("8123.45", ("8 123,45", "8,123.45", "8123,45", "8,123.45")),
    ],
)
def test_decimal_and_thousand_signs_are_each_language_s(number: str, written: tuple[str, ...]) -> None:
    assert figures.decimal(number) == written


@pytest.mark.parametrize(("number", "form"), [(1, "год"), (2, "года"), (5, "лет"), (11, "лет"), (21, "год"), (112, "лет")])
def test_russian_nouns_follow_their_number(number: int, form: str) -> None:
    assert figures.russian_plural(number, "год", "года", "лет") == form


def digits(text: str) -> list[str]:
    """Digits of a text, those of clock times left out (English counts twelve hours)."""
    return sorted(re.findall(r"\d", text))


@given(st.integers(0, 10**6))
def test_percentages_hold_the_same_digits_everywhere(seed: int) -> None:
    written = figures.percent(random.Random(seed))
    assert {tuple(digits(text)) for text in written} == {tuple(digits(written.fr))}


def test_every_template_has_the_same_slots_in_every_language() -> None:
    for template in figures.read_templates():
        named = [{name.removesuffix("adj") for name in figures.SLOT.findall(text)} for text in template]
        assert all(slots == named[0] for slots in named), template


def test_every_slot_is_filled_and_no_line_holds_a_foreign_script() -> None:
    for line in figures.lines(300):
        for language, text in zip(corpus.COLUMNS, line, strict=True):
            assert "{" not in text
            assert not corpus.foreign_letters(text, language)


def test_lines_can_be_had_in_any_direction_of_the_corpus() -> None:
    (french, russian), *_ = figures.pairs(1, corpus.Direction("fr", "ru"))
    assert not corpus.foreign_letters(french, "fr")
    assert re.search(corpus.CYRILLIC, russian)
    assert figures.pairs(1, corpus.Direction("fr", "de")) == []


def test_the_same_seed_gives_the_same_lines() -> None:
    assert figures.lines(20, seed=4) == figures.lines(20, seed=4) != figures.lines(20, seed=5)
