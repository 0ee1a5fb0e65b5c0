"""What a reader takes for one word, in four languages."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.align.tokens import key_of, split_words


def words(text: str) -> list[str]:
    return [text[start:end] for start, end in split_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’homme qu'il a vu, d’abord.", ["L’", "homme", "qu'", "il", "a", "vu", "d’", "abord"]),
        ("aujourd’hui, quelqu’un", ["aujourd’hui", "quelqu’un"]),
        ("Fallait-il détruire ?", ["Fallait", "il", "détruire"]),
        ("a-t-elle dit, sur-le-champ", ["a", "t-elle", "dit", "sur-le-champ"]),
        ("12 000 € et 53,7 % en 2020", ["12 000 €", "et", "53,7 %", "en", "2020"]),
        ("En 2020 300 personnes", ["En", "2020", "300", "personnes"]),
        ("« Oui », dit-il — 1.850 m.", ["Oui", "dit", "il", "1.850", "m"]),
        ("The U.S. paid $1.2bn, Seoul's 53.7%", ["The", "U.S", "paid", "$1.2bn", "Seoul's", "53.7%"]),
        ("Ла-Рошель, «Мы» — 12 тысяч", ["Ла-Рошель", "Мы", "12", "тысяч"]),
    ],
)
def test_a_sentence_is_cut_as_readers_cut_it(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("프랑스 국영철도(SNCF)는 금요일", ["프랑스", "국영철도(SNCF)는", "금요일"]),
        ("“떠났다”고 증언했다.", ["떠났다”고", "증언했다"]),
        ("53.7%의 반대, 12·3 비상", ["53.7%의", "반대", "12·3", "비상"]),
        ("한·미 정상 BTS 콘서트", ["한", "미", "정상", "BTS", "콘서트"]),
    ],
)
def test_a_korean_word_keeps_its_particles(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@settings(deadline=None)
@given(st.text())
def test_words_stand_in_order_apart_and_hold_something(text: str) -> None:
    spans = split_words(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert all(any(c.isalnum() for c in text[start:end]) for start, end in spans)


def test_spellings_of_one_word_share_a_key() -> None:
    assert key_of("12 000") == key_of("12,000") == key_of("12\u202f000")
    assert key_of("École") == key_of("ÉCOLE") != key_of("Ecole")
