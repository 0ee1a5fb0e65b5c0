"""Sentences of French news, from a table of examples, and what is always true of a split."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp.text.sentences import split_sentences

TABLE = Path(__file__).parents[2] / "data" / "text" / "sentences.fr.txt"


def examples() -> Iterator[tuple[str, str]]:
    """Yields (group, example) for each line of the table; "¦" marks where sentences begin."""
    group = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            group = line[2:]
        elif line:
            yield group, line.replace("⏎", "\n")


EXAMPLES = tuple(examples())


def test_the_table_is_large_enough() -> None:
    assert len(EXAMPLES) >= 120


@pytest.mark.parametrize(("group", "example"), EXAMPLES)
def test_french_news_is_cut_where_sentences_begin(group: str, example: str) -> None:
    sentences = split_sentences(example.replace("¦", ""))
    assert "¦".join(s.text + s.separator for s in sentences) == example, group


def test_sentences_carry_no_white_space_at_their_ends() -> None:
    first, second = split_sentences("Le port est fermé.\u00a0 La ville attend. \n")
    assert (first.text, first.separator) == ("Le port est fermé.", "\u00a0 ")
    assert (second.text, second.separator) == ("La ville attend.", " \n")


def test_a_blank_line_ends_a_sentence_whatever_follows() -> None:
    sentences = split_sentences("un début sans point\n \nla suite, sans capitale")
    assert [s.text for s in sentences] == ["un début sans point", "la suite, sans capitale"]


@pytest.mark.parametrize("text", ["", " ", "\n\n\t ", "\u00a0\u202f"])
def test_text_without_a_visible_character_has_no_sentence(text: str) -> None:
    assert split_sentences(text) == ()


@pytest.mark.parametrize("text", ["…", "***", "— —", "« »", ". . .", "?!", "🎉"])
def test_signs_alone_are_one_sentence(text: str) -> None:
    assert [s.text for s in split_sentences(text)] == [text]


def test_ten_thousand_characters_without_punctuation_stay_one_sentence() -> None:
    text = "le vent et la mer " * 600
    assert [s.text for s in split_sentences(text)] == [text.strip()]


def test_a_long_quotation_inside_a_sentence_is_cut_where_its_sentences_end() -> None:
    remark = "Nous avons attendu des heures. " * 20
    sentences = split_sentences(f"Le maire a expliqué que « {remark.strip()} » et puis s’en est allé. La nuit tombait.")
    assert len(sentences) == 21
    assert sentences[-2].text.endswith("» et puis s’en est allé.")


def test_a_forgotten_quotation_mark_does_not_swallow_the_rest() -> None:
    sentences = split_sentences("Il a dit « non. La salle a ri. Le maire aussi. On vota.")
    assert len(sentences) == 4
