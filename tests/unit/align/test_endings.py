"""Half sentences are told from whole ones."""

import pytest

from webapp.align.endings import unfinished


@pytest.mark.parametrize(
    "text",
    [
        "이제 하류인 카자흐스탄에서.",
        "이 기관은 2025~2026년 시즌에 설탕이 31만.",
        "“국고가 비었다”고.",
        "예산안에 담긴 내용은",
        "Le ministre, qui parlait à Lyon,",
        "Трое погибли —",
        "The council said:",
    ],
)
def test_a_sentence_that_stops_before_its_verb_or_at_a_comma_is_unfinished(text: str) -> None:
    assert unfinished([text, "Après."]).tolist() == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "시의회는 예산안을 부결했다.",
        "“인공지능을 두려워해야 할까?”",
        "정부는 “준비가 됐다”고 밝혔다.”",
        "케냐 대통령, 사흘 일정으로 도쿄 방문 예정",
        "벨기에 철도 닷새간 파업… 전국 마비",
        "Le musée rouvre lundi.",
        "Un coureur suspendu quatre ans",
        "«Мы готовы», — сказал он.",
        "She left at 5 p.m.",
        "1 200 emplois (2025)",
    ],
)
def test_headlines_and_whole_sentences_are_finished(text: str) -> None:
    assert unfinished([text, "Après."]).tolist() == [False, False]


def test_a_small_letter_at_the_beginning_goes_on_with_the_line_before() -> None:
    assert unfinished(["Le maire a coupé", "le ruban.", "La foule a applaudi."]).tolist() == [True, False, False]


def test_nothing_is_unfinished_in_nothing() -> None:
    assert unfinished([]).tolist() == []
    assert unfinished(["", " ", "…", "."]).tolist() == [False] * 4
