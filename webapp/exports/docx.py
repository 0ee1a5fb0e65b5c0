"""DOCX: a word processor's document; side by side as a table with one row a paragraph or sentence, or one version to read.

Headings, quotes and list items keep their kind; every text says its language, so that spelling is checked in the right one.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from webapp.domain import Document, ParagraphKind
from webapp.exports.paper import Cell, Layout, Paper, column_name, make_paper
from webapp.exports.registry import Format
from webapp.languages import LANGUAGES

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FONT: Final = "Noto Serif"
KOREAN_FONT: Final = "Noto Serif CJK KR"
_STYLES: Final = {
    ParagraphKind.HEADING: "Heading 2",
    ParagraphKind.QUOTE: "Quote",
    ParagraphKind.ITEM: "List Bullet",
}
_MARGIN_CM: Final = 1.8


def render(document: Document, targets: Sequence[str] | None = None) -> bytes:
    """Writes the table of paragraphs, landscape, its heads repeated on every page."""
    return print_(make_paper(document, targets, Layout.PARAGRAPHS))


def print_(paper: Paper) -> bytes:
    """Writes the paper in its layout."""
    file = _new(paper)
    if paper.title:
        _write(file.add_heading("", level=1), Cell(paper.lang, paper.title))
    if paper.is_table:
        _table(file, paper)
    else:
        for row in paper.rows:
            _write(file.add_paragraph(style=_STYLES.get(row.kind)), row.cells[0])
    for note in paper.notes:
        run = _write(file.add_paragraph(), Cell("en", note))
        run.italic = True
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _new(paper: Paper) -> Any:
    from docx import Document as new_document  # noqa: PLC0415  (loaded when the first file is written)
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415  (loaded when the first file is written)
    from docx.shared import Cm, Pt  # noqa: PLC0415  (loaded when the first file is written)

    file = new_document()
    about = file.core_properties
    about.title, about.language, about.author, about.comments = paper.title, LANGUAGES[paper.lang].locale, "Quatrain", ""
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    if paper.is_table:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(_MARGIN_CM))
    for name in ("Normal", "Heading 1", "Heading 2", "Quote", "List Bullet"):
        _set_font(file.styles[name])
    file.styles["Normal"].font.size = Pt(10)
    return file


def _set_font(style: Any) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415  (loaded when the first file is written)

    style.font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme font would win over ours
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:eastAsia"), KOREAN_FONT)


def _table(file: Any, paper: Paper) -> None:
    from docx.oxml import OxmlElement  # noqa: PLC0415  (loaded when the first file is written)

    table = file.add_table(rows=len(paper.rows) + 1, cols=len(paper.languages), style="Table Grid")
    heads, *rows = table._tbl.tr_lst  # table.rows[n].cells counts through the whole table for every cell
    heads.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for element, language in zip(heads.tc_lst, paper.languages, strict=True):
        _write_cell(element, table, Cell(language, column_name(language))).bold = True
    for element, row in zip(rows, paper.rows, strict=True):
        for place, cell in zip(element.tc_lst, row.cells, strict=True):
            _write_cell(place, table, cell).bold = row.kind is ParagraphKind.HEADING or None


def _write_cell(element: Any, table: Any, cell: Cell) -> Any:
    from docx.text.paragraph import Paragraph  # noqa: PLC0415  (loaded when the first file is written)

    return _write(Paragraph(element.p_lst[0], table), cell)


def _write(paragraph: Any, cell: Cell) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415  (loaded when the first file is written)
    from docx.oxml.ns import qn  # noqa: PLC0415  (loaded when the first file is written)

    run = paragraph.add_run(cell.marked)
    properties = run._r.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(
        qn("w:eastAsia" if cell.lang == "ko" else "w:val"), LANGUAGES[cell.lang].locale if cell.lang in LANGUAGES else cell.lang
    )
    properties.append(language)
    return run


FORMAT = Format("docx", MEDIA_TYPE, ".docx", render, print_=print_)
