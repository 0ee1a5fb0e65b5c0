"""Lines that went wrong are counted."""

import pytest

from training import evaluate


@pytest.mark.parametrize(
    "text",
    [
        "the the the the end",
        "of the state of the state of the state of the state",
        "aaaaaaaaaaaaaaaa",
        "in May he said in May she said in May it said in May we said in May they said in May",
    ],
)
def test_a_loop_is_seen(text: str) -> None:
    assert evaluate.faults([text], "en").loops == 1


@pytest.mark.parametrize("text", ["", "He said that that was that.", "very, very good", "1000000000000"])
def test_plain_text_is_no_loop(text: str) -> None:
    assert evaluate.faults([text], "en").loops == 0


@pytest.mark.parametrize(
    ("text", "language", "foreign"), [("Привет NATO", "ru", 0), ("Привет", "en", 1), ("한국 привет", "ko", 1)]
)
def test_letters_of_another_script_are_foreign(text: str, language: str, foreign: int) -> None:
    assert evaluate.faults([text], language).foreign == foreign


def test_unknown_pieces_are_seen() -> None:
    assert evaluate.faults(["a <unk> b", "a ⁇ b", "a b?"], "en").unknown == 2
