"""The nouns keep their promises."""

import pytest

from webapp.domain import (
    DocumentParagraph,
    DocumentSentence,
    Paragraph,
    ParagraphKind,
    Sentence,
    SourceText,
    State,
    Translation,
    VersionProgress,
    count_words,
)


def test_a_source_text_joins_to_what_was_read() -> None:
    source = SourceText(
        "T",
        (
            Paragraph(ParagraphKind.HEADING, (Sentence("Un titre"),), "\n\n"),
            Paragraph(ParagraphKind.BODY, (Sentence("Un.", "\u202f"), Sentence("Deux.")), "\n"),
        ),
        leading="\n",
    )
    assert source.text == "\nUn titre\n\nUn.\u202fDeux.\n"
    assert source.sentence_count == 3


def test_nothing_is_made_of_nothing() -> None:
    with pytest.raises(ValueError, match="visible"):
        Sentence(" \n")
    with pytest.raises(ValueError, match="at least one sentence"):
        Paragraph(ParagraphKind.BODY, ())


def test_a_version_joins_with_spaces_and_line_breaks_and_leaves_out_what_is_not_translated() -> None:
    def sentence(index: int, separator: str, text: str) -> DocumentSentence:
        state = State.DRAFT if text else State.UNTRANSLATED
        return DocumentSentence(index, "x", separator, {"ko": Translation(text, state)})

    sentences = (sentence(0, "\u00a0", "하나."), sentence(1, " ", ""), sentence(2, "\n", "셋."), sentence(3, "", "넷."))
    paragraph = DocumentParagraph(0, ParagraphKind.BODY, sentences)
    assert paragraph.version_text("ko") == "하나. 셋.\n넷."
    assert paragraph.version_text("ru") == ""


def test_progress_counts_what_has_a_text_and_what_is_approved() -> None:
    states = {State.UNTRANSLATED: 2, State.DRAFT: 5, State.APPROVED: 3}
    progress = VersionProgress("en", 10, 100, states, {})
    assert (progress.drafted, progress.approved) == (8, 3)


@pytest.mark.parametrize(("text", "words"), [("", 0), ("« Oui », dit-il.", 2), ("1 600 emplois — 3,5 %", 4), ("l’ONU", 1)])
def test_words_are_counted_as_editors_do(text: str, words: int) -> None:
    assert count_words(text) == words
