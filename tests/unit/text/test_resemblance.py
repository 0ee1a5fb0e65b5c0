"""How alike two sentences are, and that like ones are found again by their marks."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.text.resemblance import EXACT, LEAST, key_of, lengths_near, likeness, marks_of, plain_form, same_figures

SENTENCE = "Le maire a annoncé mardi soir la fermeture du vieux pont de fer."
OTHERS = ["trois", "3", "2,5", "été", "école", "où", "naïf", ";", "«", "»", "!", "-"]
WORDS = st.lists(st.sampled_from(SENTENCE.split() + OTHERS), min_size=1, max_size=30)


def test_what_only_typography_tells_apart_is_the_same() -> None:
    one = plain_form("L’eau\u202f: «\u00a0rien\u00a0» à 3\u202f% …")
    assert one == plain_form("L'eau: «rien» à 3% ...")
    assert one != plain_form("L'Eau: «rien» à 3% ...")
    assert one != plain_form("L'eau: «rien» à 4% ...")


@given(st.text(max_size=200))
def test_a_plain_form_stays_as_it_is(text: str) -> None:
    assert plain_form(plain_form(text)) == plain_form(text)


@given(st.text(max_size=100))
def test_every_sentence_leaves_marks_that_a_database_can_hold(text: str) -> None:
    marks = marks_of(plain_form(text))
    assert marks
    assert all(-(1 << 31) <= mark < 1 << 31 for mark in marks)
    assert -(1 << 63) <= key_of(text) < 1 << 63


def test_one_word_out_of_many_leaves_a_high_percentage_and_another_sentence_none() -> None:
    assert likeness(SENTENCE, SENTENCE) == EXACT
    assert 90 <= likeness(SENTENCE, SENTENCE.replace("mardi", "jeudi")) < EXACT
    assert likeness(SENTENCE, "La banque centrale relève son taux directeur d'un demi-point.") == 0


@given(WORDS, WORDS)
def test_only_the_same_sentence_is_a_hundred_percent(one: list[str], other: list[str]) -> None:
    a, b = plain_form(" ".join(one)), plain_form(" ".join(other))
    percent = likeness(a, b)
    assert (percent == EXACT) == (a == b)
    assert percent == likeness(b, a)
    assert percent == 0 or percent >= LEAST
    if percent:
        low, high = lengths_near(len(a))
        assert low <= len(b) <= high


def test_a_long_sentence_that_differs_in_one_letter_is_not_rounded_up() -> None:
    long = "a" * 5000
    assert likeness(long, long[:-1] + "b") == EXACT - 1


def test_figures_are_compared_as_numbers_are_written() -> None:
    assert same_figures("3 000 à 2,5 %", "de 2,5 à 3000")
    assert not same_figures("2,5 %", "25 %")
    assert not same_figures("en 2025", "en 2026")
    assert not same_figures("3 et 3", "3")
