"""Files for people: word processors, paper, spreadsheets; each is read back by the library of its field."""

import re
import subprocess
import zlib
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document as read_docx
from hypothesis import given
from hypothesis import strategies as st
from odfdo import Document as read_odt
from openpyxl import load_workbook

from tests.unit.exports.samples import draft, sample
from webapp.domain import Document, DocumentParagraph, DocumentSentence, Origin, ParagraphKind, State, Translation
from webapp.errors import PdfTooLong, PdfUnavailable, RequestInvalid
from webapp.exports import pdf
from webapp.exports.paper import DRAFT_MARK, DRAFT_NOTE, STARTER_NOTE, Layout, make_paper
from webapp.exports.registry import Format, formats
from webapp.exports.units import clean

HOSTILE = '=HYPERLINK("http://x") & <w:p>]]>\x07 «\u202fa\u202f»'
PAPERS = [one for one in formats().values() if one.print_ is not None and one.name != "pdf"]  # that is set from the HTML


def article(*sentences: str, kind: ParagraphKind = ParagraphKind.BODY, state: State = State.APPROVED) -> Document:
    """An article of one paragraph; its English is the French in capitals."""
    found = tuple(
        DocumentSentence(n, text, " ", {"en": Translation(text.upper(), state, Origin.HUMAN)}) for n, text in enumerate(sentences)
    )
    return replace(sample(), targets=("en",), paragraphs=(DocumentParagraph(0, kind, found),), sentence_count=len(found))


def docx_rows(data: bytes) -> list[list[str]]:
    (table,) = read_docx(BytesIO(data)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def odt_rows(data: bytes) -> list[list[str]]:
    rows = read_odt(BytesIO(data)).body.get_elements("//table:table-row")
    return [[cell.inner_text.removesuffix("\n") for cell in row.get_elements("table:table-cell")] for row in rows]


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_the_table_of_a_word_processor_holds_every_row_and_marks_what_nobody_approved(name: str) -> None:
    data = formats()[name].write(sample(), ("en", "ko"))
    rows = (docx_rows if name == "docx" else odt_rows)(data)
    assert rows == [
        ["Français", "English", "한국어"],
        ["Le musée rouvre.", f"The museum reopens. {DRAFT_MARK}", f"박물관이 다시 문을 연다. {DRAFT_MARK}"],
        [
            "« 3\u202f000 visiteurs <b>demain</b> » Fin & suite.",
            f"“3,000 <b>visitors</b>” End & more. {DRAFT_MARK}",
            "",
        ],
    ]


@pytest.mark.parametrize("name", ["docx", "odt"])
def test_one_row_a_sentence_where_that_is_asked_for(name: str) -> None:
    data = formats()[name].write(article("Un.", "Deux."), None, layout=Layout.SENTENCES)
    rows = (docx_rows if name == "docx" else odt_rows)(data)
    assert rows[1:] == [["Un.", "UN."], ["Deux.", "DEUX."]]


def test_a_version_alone_is_a_text_with_its_headings_and_lists() -> None:
    paragraphs = tuple(
        DocumentParagraph(n, kind, (DocumentSentence(0, "x", "", {"en": draft(f"{kind.value} text")}),))
        for n, kind in enumerate(ParagraphKind)
    )
    file = read_docx(BytesIO(formats()["docx"].write(replace(sample(), paragraphs=paragraphs), ("en",), layout=Layout.VERSION)))
    styles = [p.style.name for p in file.paragraphs if p.style is not None][: len(paragraphs)]
    assert styles == ["Heading 2", "Normal", "Quote", "List Bullet", "Normal", "Normal"]
    assert any(p.text.startswith("[alt text]") for p in file.paragraphs)  # stands for the picture, which is not there
    assert not file.tables


def test_every_text_of_a_docx_says_its_language() -> None:
    body = read_docx(BytesIO(formats()["docx"].write(sample(), ("en", "ko")))).element.xml
    assert {'w:val="fr-FR"', 'w:val="en-US"', 'w:eastAsia="ko-KR"'} <= set(re.findall(r'<w:lang (w:\w+="[^"]+")', body))


@pytest.mark.parametrize("one", PAPERS, ids=lambda one: str(one.name))
@pytest.mark.parametrize("layout", list(Layout))
def test_hostile_text_stays_text(one: Format, layout: Layout) -> None:
    data = one.write(article(HOSTILE), None, layout=layout)
    if one.name == "html":
        assert b"<w:p>" not in data.lower()
    if one.name == "docx":
        assert clean(HOSTILE.upper()) in "\n".join(_docx_texts(data))


def _docx_texts(data: bytes) -> list[str]:
    file = read_docx(BytesIO(data))
    return [p.text for p in file.paragraphs] + [cell.text for t in file.tables for row in t.rows for cell in row.cells]


@pytest.mark.slow
@given(st.lists(st.text(min_size=1).filter(lambda text: bool(clean(text).strip())), min_size=1, max_size=3))
def test_whatever_people_write_a_docx_an_odt_and_a_spreadsheet_can_be_read_back(texts: list[str]) -> None:
    document = article(*texts)
    assert len(docx_rows(formats()["docx"].write(document, None))) == 2
    assert len(odt_rows(formats()["odt"].write(document, None))) == 2
    assert _sheet(formats()["xlsx"].write(document, None)).max_row == len(texts) + 1


def _sheet(data: bytes) -> Any:
    return load_workbook(BytesIO(data)).active


def test_no_cell_of_a_spreadsheet_is_a_formula_or_a_link() -> None:
    sheet = _sheet(formats()["xlsx"].write(article("=1+1", "@SUM(A1)", "http://x.example/"), None))
    assert [sheet.cell(n, 3).value for n in (2, 3, 4)] == ["=1+1", "@SUM(A1)", "http://x.example/"]
    assert {sheet.cell(n, 3).data_type for n in (2, 3, 4)} == {"s"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)


def test_a_sentence_longer_than_a_cell_is_cut_with_an_ellipsis() -> None:
    value = _sheet(formats()["xlsx"].write(article("a" * 40_000), None)).cell(2, 3).value
    assert len(value) == 32_767 and value.endswith("…")


def test_notes_say_what_was_drafted_by_what() -> None:
    assert make_paper(sample(), None, Layout.PARAGRAPHS).notes[:2] == (DRAFT_NOTE, STARTER_NOTE)
    assert DRAFT_NOTE not in make_paper(article("Oui."), None, Layout.PARAGRAPHS).notes


@pytest.mark.slow
def test_a_pdf_is_set_in_fonts_that_have_the_letters() -> None:
    data = formats()["pdf"].write(sample(), ("en", "ko"))
    streams = (_inflated(part) for part in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL))
    names = set(re.findall(rb"/BaseFont ?/[A-Z]{6}\+([\w-]+)", data + b"".join(streams)))
    assert data.startswith(b"%PDF")
    assert any(b"CJK" in name or b"KR" in name for name in names), names


def _inflated(part: bytes) -> bytes:
    try:
        return zlib.decompress(part)
    except zlib.error:
        return b""


def test_a_pdf_that_cannot_be_made_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.sys, "executable", "/bin/false")
    with pytest.raises(PdfUnavailable, match="apt install"):
        formats()["pdf"].write(sample(), None)


def test_a_pdf_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(*_: object, **options: Any) -> None:
        raise subprocess.TimeoutExpired("pdf", options["timeout"])

    monkeypatch.setattr(pdf.subprocess, "run", slow)
    with pytest.raises(PdfTooLong):
        formats()["pdf"].write(sample(), None)


def test_a_format_with_one_layout_and_a_version_of_two_languages_are_refused() -> None:
    with pytest.raises(RequestInvalid, match="one layout"):
        formats()["tmx"].write(sample(), ("en",), layout=Layout.VERSION)
    with pytest.raises(RequestInvalid, match="Name one"):
        formats()["docx"].check_targets(("en", "ko"), named=True, layout=Layout.VERSION)


def test_an_odt_has_headings_of_their_own_look_and_none_is_numbered() -> None:
    file = read_odt(BytesIO(formats()["odt"].write(sample(), ("en",), layout=Layout.VERSION)))
    (heading,) = file.body.get_elements("//text:h")
    look = file.get_style("paragraph", heading.style)
    assert look.get_attribute("style:parent-style-name") == "Heading_20_2"
    levels = file.styles.get_elements("//text:outline-level-style")
    assert levels
    assert not any(level.get_attribute("style:num-format") for level in levels)


def test_a_row_of_a_spreadsheet_is_as_tall_as_its_longest_text() -> None:
    sheet = _sheet(formats()["xlsx"].write(article("a" * 100, "court", "가" * 60, "a" * 40_000), None))
    assert [sheet.row_dimensions[n].height for n in range(2, 6)] == [45, None, 45, 408.75]


def test_a_version_alone_does_not_begin_with_the_french_of_a_heading_that_it_has() -> None:
    titled = replace(sample(), title="Le musée rouvre.")
    turned = replace(titled, paragraphs=titled.paragraphs[::-1])
    assert make_paper(turned, ("en",), Layout.VERSION).title == ""
    assert make_paper(replace(turned, title="Autre chose"), ("en",), Layout.VERSION).title == "Autre chose"
