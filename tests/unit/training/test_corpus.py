"""The corpus is sound, and its files are read as they are meant."""

from pathlib import Path

import pytest

from training import corpus

FILES = sorted(path for path in corpus.CORPUS.glob("*.tsv") if path.name != "figures.templates.tsv")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_line_has_four_full_columns(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(list(corpus.read_rows(path, 4))) == len(lines) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_column_holds_a_foreign_script(path: Path) -> None:
    for row in corpus.read_rows(path, 4):
        assert [
            language for language, cell in zip(corpus.COLUMNS, row, strict=True) if corpus.foreign_letters(cell, language)
        ] == []


def test_no_held_out_text_is_trained_on() -> None:
    assert corpus.leaks(corpus.CORPUS) == []


def test_a_leak_is_found(corpus_folder: Path) -> None:
    with (corpus_folder / "toy.terms.tsv").open("a", encoding="utf-8") as file:
        file.write("x\tOne\ty\tz\n")
    assert corpus.leaks(corpus_folder) == ["One"]


@pytest.mark.parametrize("text", ["fr", "fr-fr", "fr-xx", "", "fr-en-ru"])
def test_what_is_no_direction_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="direction"):
        corpus.Direction.parse(text)


def test_a_direction_reads_as_it_is_written() -> None:
    assert str(corpus.Direction.parse("fr-en")) == "fr-en"
