"""ODT: the open word processor format; side by side as a table with one row a paragraph or sentence, or one version to read."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, Final

from webapp.domain import Document, ParagraphKind
from webapp.exports.paper import Cell, Layout, Paper, column_name, make_paper
from webapp.exports.registry import Format
from webapp.languages import LANGUAGES

MEDIA_TYPE: Final = "application/vnd.oasis.opendocument.text"
FONT: Final = "Noto Serif"
KOREAN_FONT: Final = "Noto Serif CJK KR"
_CLASSES: Final = {ParagraphKind.HEADING: "bold", ParagraphKind.QUOTE: "italic"}
_BOLD: Final = 'fo:font-weight="bold" style:font-weight-asian="bold"'
_LOOKS: Final = {"": "", "bold": _BOLD, "italic": 'fo:font-style="italic"'}
_HEADING: Final = f'{_BOLD} fo:font-style="normal" style:font-style-asian="normal"'
_NUMBERING: Final = ("style:num-suffix", "loext:num-list-format", "text:display-levels")
_SIZES: Final = {1: 16, 2: 12}
"""Of headings, in points, by their level."""


def render(document: Document, targets: Sequence[str] | None = None) -> bytes:
    """Writes the table of paragraphs, landscape, its heads repeated on every page."""
    return print_(make_paper(document, targets, Layout.PARAGRAPHS))


def print_(paper: Paper) -> bytes:
    """Writes the paper in its layout."""
    from odfdo import Document as new_document  # noqa: PLC0415  (loaded when the first file is written)
    from odfdo import Paragraph  # noqa: PLC0415  (loaded when the first file is written)

    file = new_document("text")
    file.body.clear()
    file.meta.title = paper.title
    file.meta.language = LANGUAGES[paper.lang].locale
    file.meta.generator = "Quatrain"
    _add_styles(file, paper)
    if paper.title:
        file.body.append(_heading(1, Cell(paper.lang, paper.title)))
    if paper.is_table:
        file.body.append(_table(paper))
    else:
        for row in paper.rows:
            file.body.append(_block(row.kind, row.cells[0]))
    for note in paper.notes:
        file.body.append(Paragraph(note, style=_style("en", "italic")))
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def _add_styles(file: Any, paper: Paper) -> None:
    from odfdo import Element  # noqa: PLC0415  (loaded when the first file is written)

    for face in (FONT, KOREAN_FONT):
        file.insert_style(Element.from_tag(f"""<style:font-face style:name="{face}" svg:font-family="'{face}'"/>"""))
    codes = {*paper.languages, *(cell.lang for row in paper.rows for cell in row.cells), paper.lang, "en"}
    for code in sorted(codes):
        for look in _LOOKS:
            file.insert_style(
                Element.from_tag(_paragraph_style(code, look, space="0" if paper.is_table else "0.2cm")), automatic=True
            )
        for level in _SIZES:
            file.insert_style(Element.from_tag(_heading_style(code, level)), automatic=True)
    for level in file.styles.get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")  # the template numbers its headings
        level.del_attribute_list(_NUMBERING)
    edge = '<style:table-cell-properties fo:padding="0.15cm" fo:border="0.5pt solid #b0b0b0"/>'
    cell = f'<style:style style:name="cell" style:family="table-cell">{edge}</style:style>'
    file.insert_style(Element.from_tag(cell), automatic=True)
    if paper.is_table:
        _turn_page(file)


def _paragraph_style(code: str, look: str, *, space: str) -> str:
    """The XML of a style; what stands in it comes from our own tables and from language codes."""
    spacing = f'<style:paragraph-properties fo:margin-top="0" fo:margin-bottom="{space}"/>'
    name = f'style:name="{_style(code, look)}" style:family="paragraph" style:parent-style-name="Standard"'
    return f"<style:style {name}>{spacing}{_letters(code, 10, _LOOKS[look])}</style:style>"


def _heading_style(code: str, level: int) -> str:
    name = f'style:name="{_style(code, f"h{level}")}" style:family="paragraph" style:parent-style-name="Heading_20_{level}"'
    spacing = '<style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"/>'
    return f"<style:style {name}>{spacing}{_letters(code, _SIZES[level], _HEADING)}</style:style>"


def _letters(code: str, size: int, look: str) -> str:
    language, _, country = (LANGUAGES[code].locale if code in LANGUAGES else code).partition("-")
    said = f'fo:language="{language}" fo:country="{country or "none"}"'
    if code == "ko":
        said += f' style:language-asian="{language}" style:country-asian="{country}"'
    fonts = f'style:font-name="{FONT}" style:font-name-asian="{KOREAN_FONT}"'
    return f'<style:text-properties {fonts} {said} {look} fo:font-size="{size}pt" style:font-size-asian="{size}pt"/>'


def _turn_page(file: Any) -> None:
    for layout in file.styles.get_elements("//style:page-layout/style:page-layout-properties"):
        layout.set_attribute("style:print-orientation", "landscape")
        layout.set_attribute("fo:page-width", "29.7cm")
        layout.set_attribute("fo:page-height", "21cm")


def _style(code: str, look: str = "") -> str:
    return f"text-{code}{'-' + look if look else ''}"


def _heading(level: int, cell: Cell) -> Any:
    from odfdo import Header  # noqa: PLC0415  (loaded when the first file is written)

    heading = Header(level, cell.marked)
    heading.style = _style(cell.lang, f"h{level}")
    return heading


def _block(kind: ParagraphKind, cell: Cell) -> Any:
    from odfdo import List, ListItem, Paragraph  # noqa: PLC0415  (loaded when the first file is written)

    if kind is ParagraphKind.HEADING:
        return _heading(2, cell)
    paragraph = Paragraph(cell.marked, style=_style(cell.lang, _CLASSES.get(kind, "")))
    if kind is not ParagraphKind.ITEM:
        return paragraph
    item = ListItem()
    item.append(paragraph)
    items = List()
    items.append(item)
    return items


def _table(paper: Paper) -> Any:
    from odfdo import Element, Table  # noqa: PLC0415  (loaded when the first file is written)

    table = Table("article")
    heads = Element.from_tag("table:table-header-rows")
    heads.append(_row([Cell(code, column_name(code)) for code in paper.languages], "bold"))
    table.append(Element.from_tag(f'<table:table-column table:number-columns-repeated="{len(paper.languages)}"/>'))
    table.append(heads)
    for row in paper.rows:
        table.append(_row(row.cells, _CLASSES.get(row.kind, "")))
    return table


def _row(cells: Sequence[Cell], look: str) -> Any:
    from odfdo import Element, Paragraph  # noqa: PLC0415  (loaded when the first file is written)

    row = Element.from_tag("table:table-row")
    for cell in cells:
        place = Element.from_tag('<table:table-cell table:style-name="cell" office:value-type="string"/>')
        place.append(Paragraph(cell.marked, style=_style(cell.lang, look)))
        row.append(place)
    return row


FORMAT = Format("odt", MEDIA_TYPE, ".odt", render, print_=print_)
