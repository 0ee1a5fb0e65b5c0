"""Plain text: the bare translation for one target, headed parts for several."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.exports.samples import draft, sample
from webapp.domain import DocumentParagraph, DocumentSentence, ParagraphKind
from webapp.exports import text


def test_one_target_is_the_bare_translation_with_the_paragraphs_of_the_source() -> None:
    assert text.render(sample(), ["en"]) == "The museum reopens.\n\n“3,000 <b>visitors</b>” End & more.\n"


def test_several_targets_follow_each_other_under_the_name_each_language_gives_itself() -> None:
    english = "=== English ===\n\nThe museum reopens.\n\n“3,000 <b>visitors</b>” End & more.\n"
    korean = "=== 한국어 ===\n\n박물관이 다시 문을 연다.\n"
    assert text.render(sample()) == f"{english}\n{korean}"


def test_targets_come_in_the_order_in_which_they_were_asked_for() -> None:
    written = text.render(sample(), ["ko", "en"])
    assert written.index("한국어") < written.index("English")


def test_single_line_breaks_of_the_source_stay_single() -> None:
    document = sample()
    items = tuple(replace(p, kind=ParagraphKind.ITEM, separator="\n") for p in document.paragraphs)
    assert (
        text.render(replace(document, paragraphs=items), ["en"]) == "The museum reopens.\n“3,000 <b>visitors</b>” End & more.\n"
    )


@given(st.lists(st.sampled_from(["", "\n", "\n\n", "\n\n\n"]), min_size=1, max_size=8))
def test_whatever_stands_between_paragraphs_the_text_ends_in_one_line_feed_and_loses_none(separators: list[str]) -> None:
    paragraphs = tuple(
        DocumentParagraph(n, ParagraphKind.BODY, (DocumentSentence(0, "x", "", {"en": draft(f"No. {n}.")}),), separator)
        for n, separator in enumerate(separators)
    )
    written = text.render(replace(sample(), paragraphs=paragraphs), ["en"])
    assert [line for line in written.split("\n") if line] == [f"No. {n}." for n in range(len(separators))]
    assert written.endswith(".\n")
    assert "\n\n\n" not in written
