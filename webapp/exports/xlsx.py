"""XLSX: the rows of the CSV as a spreadsheet; every cell is a string, so nothing in it is ever a formula, a link or a date."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil
from typing import Final
from unicodedata import east_asian_width

from webapp.domain import Document
from webapp.exports.csv import head, rows
from webapp.exports.registry import Format

MEDIA_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST: Final = 32_767
"""Characters a cell may hold (the format's limit); a longer sentence is cut there, with an ellipsis."""
_WIDE, _LETTERS = 50, 46  # of a column, in digits; letters that surely fit a line of it, where words are not cut
# Excel finds the heights of rows when it opens a file, LibreOffice does not.
_LINE, _TALLEST = 15, 409  # points; no row may be taller
_PLAIN: Final = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def render(document: Document, targets: Sequence[str] | None = None) -> bytes:
    """Writes all sentences with their texts and states, approved or not; the heads stay in view."""
    from xlsxwriter import Workbook  # noqa: PLC0415  (loaded when the first file is written)

    chosen = document.targets if targets is None else targets
    out = BytesIO()
    with Workbook(out, _PLAIN) as book:
        book.set_properties({"title": document.title[:255], "author": "Quatrain"})
        sheet = book.add_worksheet("Quatrain")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        names = head(document, chosen)
        for column, name in enumerate(names):
            sheet.set_column(column, column, _WIDE if name in {document.source, *chosen} else 18)
            sheet.write_string(0, column, name, bold)
        for number, cells in enumerate(rows(document, chosen), start=1):
            sheet.set_row(number, min(_TALLEST, _LINE * max(_lines(text) for text in cells)))
            for column, text in enumerate(cells):
                sheet.write_string(number, column, _fitting(text), wrapped)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)  # printed as wide as the paper
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, max(1, document.sentence_count), len(names) - 1)
    return out.getvalue()


def _lines(text: str) -> int:
    """How many lines a text takes in a wide column, rather too many than too few; Hangul is as wide as two letters."""
    widths = (sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line) for line in text.split("\n"))
    return sum(ceil(max(1, width) / _LETTERS) for width in widths)


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


FORMAT = Format("xlsx", MEDIA_TYPE, ".xlsx", render)
