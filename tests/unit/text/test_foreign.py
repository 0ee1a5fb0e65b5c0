"""Brought texts cut into sentences: English, Russian, Korean."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.text.foreign import split_foreign

CASES = [
    ("en", ["The U.S. president, Mr. Smith, spoke in Jan. 2024.", "“Really?” he asked.", "They left."]),
    ("en", ["It rose by 3.5 percent.", "No. 5 is out.", "J. K. Rowling wrote it.", "“We won.”", "The crowd cheered."]),
    ("en", ["He lives in Washington D.C. and works there.", "(He lied.)", "We know…", "Do we?"]),
    ("ru", ["По данным ООН, в 2024 г. погибли 12 чел.", "Президент В. В. Иванов заявил: «Мы готовы».", "Это т. е. важно."]),
    ("ru", ["«Да?» — спросил он.", "А. С. Пушкин родился в 1799 г. в Москве.", "Сумма — 5 млн руб.", "Завтра решат."]),
    ("ru", ["Он сказал, что «Газета. Ру» закрыта.", "Дальше — больше!", "И что?"]),
    ("ko", ["시의회는 예산안을 부결했다.", "성장률은 3.5%다.", "정말인가?", "그렇다!", "고등학교는 문을 닫았다."]),
    ("ko", ['그는 "간다." 라고 했다.', "고민이 깊다."]),
    ("xx", ["Some words.", "More words."]),
]


@pytest.mark.parametrize(("language", "sentences"), CASES)
def test_sentences_are_cut_where_they_end(language: str, sentences: list[str]) -> None:
    assert split_foreign(" ".join(sentences), language) == tuple(sentences)


@given(st.text(st.sampled_from("aБ가 .!?…«»“”\"'()—\n1г"), max_size=80), st.sampled_from(["en", "ru", "ko"]))
def test_nothing_is_lost_but_white_space(text: str, language: str) -> None:
    assert "".join("".join(split_foreign(text, language)).split()) == "".join(text.split())


@pytest.mark.parametrize("text", ["«" * 100_000 + ". Да", "Да. " * 50_000, "а" * 200_000 + ". Б", "“А. " * 30_000])
def test_hostile_texts_take_no_longer_than_others(text: str) -> None:
    start = time.process_time()
    split_foreign(text, "ru")
    assert time.process_time() - start < 5
