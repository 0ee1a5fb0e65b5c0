"""Markdown and subtitles: written in place, so that everything that is no text stays to the letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import MARKDOWN, SUBTITLES, WEBVTT
from webapp.domain import Mark, ParagraphKind
from webapp.text.readers.base import Rich
from webapp.text.readers.markdown import MarkdownFile
from webapp.text.readers.subtitles import LINE, SubtitleFile


def unchanged(file: MarkdownFile | SubtitleFile) -> dict[int, list[Rich]]:
    return {n: [Rich(block.text, block.marks)] for n, block in enumerate(file.blocks)}


def test_markdown_is_read_with_its_kinds_and_marks() -> None:
    blocks = MarkdownFile(MARKDOWN.encode()).blocks
    assert [(b.text, b.kind) for b in blocks] == [
        ("Le bac revient", ParagraphKind.HEADING),
        ("Le bac revient à quai", ParagraphKind.HEADING),
        ("Après trois mois de travaux, le bac de Kerlann reprend bac --aller et la mer.", None),
        ("Nous avons attendu cet instant.", ParagraphKind.QUOTE),
        ("La coque est repeinte.", ParagraphKind.ITEM),
        ("Le moteur tourne.", ParagraphKind.ITEM),
        ("Ligne", ParagraphKind.ITEM),
        ("Prix", ParagraphKind.ITEM),
        ("Kerlann", ParagraphKind.ITEM),
        ("4 euros", ParagraphKind.ITEM),
        ("Une note.", None),
        ("neuf", ParagraphKind.ALT),
    ]
    held = [(m.tag, blocks[2].text[m.start : m.end]) for m in blocks[2].marks]
    assert held == [("b", "trois mois"), ("i", "Kerlann"), ("code", "bac --aller"), ("a", "la mer"), ("note", "")]


def test_markdown_comes_back_with_only_its_words_changed() -> None:
    file = MarkdownFile(MARKDOWN.encode())
    texts = {n: [Rich(b.text.replace("e", "E"), b.marks)] for n, b in enumerate(file.blocks)}
    written = file.write(texts, "ru").decode()
    assert written.splitlines()[0] == "---"
    assert "tags: [mer]" in written
    assert "# LE bac *rEviEnt* à quai" in written
    assert (
        '**trois mois** dE travaux, lE bac dE _KErlann_ rEprEnd `bac --allEr` Et [la mEr](https://exemple.fr "quai").[^1]'
        in written
    )
    assert "> Nous avons attEndu cEt instant." in written
    assert "<b>rEpEintE</b>" in written
    assert "![nEuf](m.png) tournE." in written
    assert "|-------|------|" in written
    assert "```sh\nbac --aller\n```" in written
    assert written.endswith("[^1]: UnE notE.\n")


@pytest.mark.parametrize("text", ["Un mot.\r\n\r\nDeux mots.\r\n", "Un mot.\n\nDeux mots.\n", "Un mot."])
def test_line_ends_stay_as_they_were(text: str) -> None:
    file = MarkdownFile(text.encode())
    assert file.write(unchanged(file), "fr").decode() == text


def test_added_and_removed_paragraphs_keep_the_shape_of_the_list() -> None:
    file = MarkdownFile(b"- Un\n- Deux\n\nTrois\n\nQuatre\n")
    written = file.write({0: [Rich("One"), Rich("More")], 2: [], 3: [Rich("Four"), Rich("Five")]}, "en").decode()
    assert written == "- One\n- More\n- Deux\n\nFour\n\nFive\n"


@given(st.text("ab é*_`[]()<>#&;!|~\\-+.1:\"'", min_size=1, max_size=40))
def test_whatever_a_translation_holds_is_text_in_markdown(text: str) -> None:
    file = MarkdownFile(b"Un **mot** ici.\n\nFin.\n")
    words = " ".join(text.split())
    if not re.search(r"[^\W_]", words):
        return
    again = MarkdownFile(file.write({0: [Rich(words)]}, "en"))
    assert [b.text for b in again.blocks] == [words, "Fin."]
    assert not again.blocks[0].marks


def test_an_underscore_inside_a_word_does_not_break_the_emphasis() -> None:
    file = MarkdownFile(b"Un _mot_ ici.")
    assert file.write({0: [Rich("가단어를", (Mark(1, 3, "i", (), 0),))]}, "ko").decode() == "가*단어*를"


def test_cues_of_one_sentence_are_one_paragraph_and_are_cut_again() -> None:
    file = SubtitleFile(SUBTITLES.encode())
    assert [b.text for b in file.blocks] == ["Je voulais te dire quelque chose que tu sais déjà.", "- Bonjour.\n- Salut."]
    marks = (Mark(21, 30, "i", (), 0), Mark(30, 30, "cue", (), 1))
    written = file.write({0: [Rich("I wanted to tell you something you already know.", marks)]}, "en").decode()
    first = SUBTITLES.replace("Je voulais te dire\n<i>quelque chose</i>", "I wanted to tell you <i>something</i>")
    assert written == first.replace("que tu sais déjà.", "you already know.")


def test_a_cue_is_never_left_empty() -> None:
    file = SubtitleFile(SUBTITLES.encode())
    marks = (Mark(0, 2, "i", (), 0), Mark(11, 11, "cue", (), 1))
    lines = file.write({0: [Rich("네가 아는 걸 말해", marks)]}, "ko").decode().split("\n")
    assert lines[2].strip()
    assert lines[5 if lines[3] == "" else 6].strip()
    assert "00:00:03,100 --> 00:00:05,000" in lines


def test_the_times_and_numbers_of_subtitles_stay() -> None:
    file = SubtitleFile(SUBTITLES.encode())
    written = file.write({n: [Rich("x")] for n in range(2)}, "en").decode()
    keep = re.compile(r"^(?:\d+|.*-->.*)$", re.MULTILINE)
    assert keep.findall(written) == keep.findall(SUBTITLES)


def test_webvtt_keeps_its_settings_styles_notes_names_and_voices() -> None:
    file = SubtitleFile(WEBVTT.encode(), is_vtt=True)
    assert [b.text for b in file.blocks] == ["Le bac & la mer sont revenus."]
    assert file.write(unchanged(file), "fr").decode() == WEBVTT


def test_a_long_cue_is_broken_into_lines_that_fit() -> None:
    file = SubtitleFile(SUBTITLES.encode())
    text = "one two three four five six seven eight nine ten eleven twelve thirteen"
    written = file.write({1: [Rich(text)]}, "en").decode()
    lines = written.split("00:00:08,000\n")[1].strip().split("\n")
    assert " ".join(lines) == text
    assert all(len(one) <= LINE for one in lines)


def test_an_arrow_in_a_translation_does_not_become_a_cue() -> None:
    file = SubtitleFile(SUBTITLES.encode())
    written = file.write({1: [Rich("a --> b")]}, "en")
    assert len(SubtitleFile(written).blocks) == 2
    assert b"a --> b" not in written
