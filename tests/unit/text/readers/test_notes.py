"""Raised figures: a footnote's stands beside the sentence, a power's and an ordinal's in it, in every kind of document."""

from collections.abc import Callable

import pytest

from tests.files import ODT_CONTENT, line, make_odt, word
from tests.unit.text.readers.test_documents import docx_of, unchanged
from webapp.text.readers.base import Block, OpenedFile
from webapp.text.readers.docx import DocxFile
from webapp.text.readers.html import HtmlFile
from webapp.text.readers.notes import is_of_the_word
from webapp.text.readers.odt import OdtFile

RAISED = '<w:vertAlign w:val="superscript"/>'
BY_POINTS = '<w:position w:val="8"/><w:sz w:val="19"/>'


def html(before: str, raised: str, after: str) -> OpenedFile:
    return HtmlFile(f"<p>{before}<sup>{raised}</sup>{after}</p>".encode(), boilerplate=False)


def docx(before: str, raised: str, after: str, look: str = RAISED) -> OpenedFile:
    return DocxFile(docx_of(line(word(before), word(raised, look), word(after))))


def docx_by_points(before: str, raised: str, after: str) -> OpenedFile:
    return docx(before, raised, after, BY_POINTS)


def odt(before: str, raised: str, after: str, position: str = "super 58%") -> OpenedFile:
    raising = f'<style:text-properties style:text-position="{position}"/>'
    style = f'<style:style style:name="Up" style:family="text">{raising}</style:style>'
    start, stop = ODT_CONTENT.index("<office:text>") + 13, ODT_CONTENT.index("</office:text>")
    text = f'<text:p>{before}<text:span text:style-name="Up">{raised}</text:span>{after}</text:p>'
    content = ODT_CONTENT[:start] + text + ODT_CONTENT[stop:]
    return OdtFile(make_odt(content.replace("</office:automatic-styles>", style + "</office:automatic-styles>")))


def odt_by_percent(before: str, raised: str, after: str) -> OpenedFile:
    return odt(before, raised, after, "33% 80%")


def first(file: OpenedFile) -> Block:
    return file.blocks[0]


WAYS = [html, docx, docx_by_points, odt, odt_by_percent]
Way = Callable[[str, str, str], OpenedFile]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("figure", ["1", "12", "*", "[3]", "b"])
def test_a_footnotes_figure_stands_beside_the_sentence(way: Way, figure: str) -> None:
    block = first(way("Le port", figure, " rouvre lundi."))
    assert block.text == "Le port rouvre lundi."
    assert [(mark.start, mark.end) for mark in block.marks] == [(7, 7)]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("before", "raised"), [("Il a 12 m", "2"), ("Au XIX", "e"), ("Il y a 10", "6"), ("Le 1", "er"), ("M", "me")]
)
def test_a_power_and_the_end_of_an_ordinal_stand_in_it(way: Way, before: str, raised: str) -> None:
    block = first(way(before, raised, " ou plus."))
    assert block.text == f"{before}{raised} ou plus."
    assert [(mark.tag, block.text[mark.start : mark.end]) for mark in block.marks] == [("sup", raised)]


@pytest.mark.parametrize("way", WAYS)
def test_the_figure_comes_back_where_it_was(way: Way) -> None:
    file = way("Le port", "1", " rouvre lundi.")
    again = type(file)(file.write(unchanged(file), "fr"))
    assert first(again) == first(file)


@pytest.mark.parametrize(
    ("raised", "before", "expected"),
    [
        ("2", "12 m", True),
        ("3", "5 cm", True),
        ("2", "300 ha", True),
        ("2", "10", True),
        ("9", "× 10", True),
        ("2", "le port", False),
        ("2", "le film", False),
        ("2", "en 2010", False),
        ("4", "12 m", False),
        ("e", "XX", True),
        ("e", "2", True),
        ("e", "le port", False),
    ],
)
def test_a_unit_ten_and_a_figure_are_told_from_other_words(raised: str, before: str, expected: bool) -> None:
    assert is_of_the_word(raised, before) is expected
