"""The paper as HTML for printing: what the PDF is made from, and the HTML of a version alone."""

from collections.abc import Iterator
from html import escape
from importlib.resources import files
from typing import Final

from webapp.domain import ParagraphKind
from webapp.exports.paper import Cell, Paper, column_name

_TAGS: Final = {ParagraphKind.HEADING: ("<h2", "</h2>"), ParagraphKind.QUOTE: ("<blockquote", "</blockquote>")}


def print_html(paper: Paper) -> str:
    """Writes one file that needs nothing else; all text is escaped, nothing in it points outside."""
    return "\n".join(_lines(paper)) + "\n"


def _lines(paper: Paper) -> Iterator[str]:
    title = escape(paper.title or (paper.rows[0].cells[0].text if paper.rows else ""))
    yield f'<!doctype html>\n<html lang="{escape(paper.lang)}">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="generator" content="Quatrain">'
    sheet = files("webapp.exports").joinpath("print.css").read_text(encoding="utf-8")
    yield f'<title>{title}</title>\n<style>\n{sheet}</style>\n</head>\n<body class="{"wide" if paper.is_table else "one"}">'
    if paper.title:
        yield f"<h1>{title}</h1>"
    yield from _table(paper) if paper.is_table else _text(paper)
    yield from (f'<p class="note" lang="en">{escape(note)}</p>' for note in paper.notes)
    yield "</body>\n</html>"


def _table(paper: Paper) -> Iterator[str]:
    heads = "".join(f'<th scope="col" lang="{escape(c)}">{escape(column_name(c))}</th>' for c in paper.languages)
    yield f'<table class="n{len(paper.languages)}">\n<thead><tr>{heads}</tr></thead>\n<tbody>'
    for row in paper.rows:
        cells = "".join(f'<td lang="{escape(cell.lang)}">{_words(cell)}</td>' for cell in row.cells)
        yield f'<tr class="{row.kind.value}">{cells}</tr>'
    yield "</tbody>\n</table>"


def _text(paper: Paper) -> Iterator[str]:
    within = False
    for row in paper.rows:
        if within != (row.kind is ParagraphKind.ITEM):
            within = not within
            yield "<ul>" if within else "</ul>"
        opening, closing = ("<li", "</li>") if within else _TAGS.get(row.kind, (f'<p class="{row.kind.value}"', "</p>"))
        yield f'{opening} lang="{escape(row.cells[0].lang)}">{_words(row.cells[0])}{closing}'
    if within:
        yield "</ul>"


def _words(cell: Cell) -> str:
    return escape(cell.marked).replace("\n", "<br>")
