"""`quatrain align`, as people and programs call it."""

import json
from pathlib import Path

import pytest

from tests.contracts.test_cli import call

FRENCH = "Le port rouvre lundi\n\nAprès deux ans de travaux, le port de la ville rouvre lundi. La ministre s’en réjouit.\n"
RUSSIAN = "Порт откроется в понедельник\n\nПосле двух лет ремонта городской порт откроется в понедельник. Министр этому рада.\n"


@pytest.fixture
def texts(tmp_path: Path) -> tuple[str, str]:
    french, russian = tmp_path / "article.fr.txt", tmp_path / "article.ru.txt"
    french.write_text(FRENCH, encoding="utf-8")
    russian.write_text(RUSSIAN, encoding="utf-8")
    return str(french), str(russian)


def test_two_texts_become_pairs_with_their_scores(texts: tuple[str, str]) -> None:
    done = call("align", *texts, "--to", "ru")
    assert done.exit_code == 0, done.output
    lines = [line.split("\t") for line in done.output.splitlines()]
    assert [(a, b) for a, b, _ in lines] == [
        ("Le port rouvre lundi", "Порт откроется в понедельник"),
        (
            "Après deux ans de travaux, le port de la ville rouvre lundi.",
            "После двух лет ремонта городской порт откроется в понедельник.",
        ),
        ("La ministre s’en réjouit.", "Министр этому рада."),
    ]
    assert all(0 <= float(score) <= 1 for _, _, score in lines)


def test_json_holds_the_segments_and_indices_into_them(texts: tuple[str, str]) -> None:
    found = json.loads(call("align", *texts, "--to", "ru", "-f", "json").output)
    assert list(found) == ["source", "target", "beads"]
    assert [(b["source"], b["target"]) for b in found["beads"]] == [([0], [0]), ([1], [1]), ([2], [2])]


def test_lines_and_paragraphs_are_taken_as_they_stand(texts: tuple[str, str]) -> None:
    for unit in ("line", "paragraph"):
        found = json.loads(call("align", *texts, "--to", "ru", "--unit", unit, "-f", "json").output)
        assert found["source"] == [line for line in FRENCH.splitlines() if line]
        assert len(found["beads"]) == 2


@pytest.mark.parametrize(
    ("ending", "beginning"), [("tmx", "<?xml"), ("html", "<!doctype html>"), ("json", "{"), ("tsv", "Le port")]
)
def test_what_the_output_ends_in_chooses_the_format(texts: tuple[str, str], tmp_path: Path, ending: str, beginning: str) -> None:
    output = tmp_path / f"pairs.{ending}"
    assert call("align", *texts, "--to", "ru", "-o", str(output)).exit_code == 0
    assert output.read_text(encoding="utf-8").startswith(beginning)


def test_one_text_may_come_from_standard_input(texts: tuple[str, str]) -> None:
    done = call("align", texts[0], "-", "--to", "ru", input=RUSSIAN)
    assert done.output.count("\n") == 3


def test_texts_in_the_wrong_order_are_noticed(texts: tuple[str, str]) -> None:
    long = (FRENCH + "\n") * 4
    Path(texts[0]).write_text(RUSSIAN * 3, encoding="utf-8")
    Path(texts[1]).write_text(long, encoding="utf-8")
    done = call("align", *texts, "--to", "ru")
    assert done.exit_code == 2
    assert "looks like another language" in done.output
    assert call("align", *texts, "--to", "ru", "--any-language").exit_code == 0


@pytest.mark.parametrize(
    "words", [("-", "-", "--to", "ru"), ("a", "b"), ("a", "b", "--to", "fr"), ("a", "b", "--to", "ru", "-f", "doc")]
)
def test_bad_usage_ends_with_2_and_one_line(words: tuple[str, ...]) -> None:
    done = call("align", *words)
    assert done.exit_code == 2
    assert done.output.count("\n") == 1


def test_a_file_that_is_not_there_is_named(texts: tuple[str, str]) -> None:
    done = call("align", texts[0], "/nowhere.txt", "--to", "ru")
    assert (done.exit_code, "“/nowhere.txt” cannot be read" in done.output) == (2, True)
