"""Markdown: a table with one row a paragraph, the source in its first column, for pages and messages that show Markdown."""

import re
from collections.abc import Sequence
from typing import Final

from webapp.domain import Document, ParagraphKind
from webapp.exports.paper import DRAFT_MARK, Cell, Layout, Paper, column_name, make_paper
from webapp.exports.registry import Format
from webapp.exports.units import clean

_BEGINNINGS: Final = {ParagraphKind.HEADING: "## ", ParagraphKind.QUOTE: "> ", ParagraphKind.ITEM: "- "}
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:=$@/])")


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the title and the table; every text stays text, and a cell with anything not approved in it is marked."""
    return print_(make_paper(document, targets, Layout.PARAGRAPHS))


def print_(paper: Paper) -> str:
    """Writes a table with one row a paragraph or sentence, or a version alone with its headings, quotes and list items."""
    lines = [f"# {escape(paper.title)}", ""] if paper.title else []
    if paper.is_table:
        lines += [_row([column_name(code) for code in paper.languages]), _row(["---"] * len(paper.languages))]
        lines += [_row([_marked(cell) for cell in row.cells]) for row in paper.rows]
        lines += [""]
    else:
        lines += [line for row in paper.rows for line in (_BEGINNINGS.get(row.kind, "") + _marked(row.cells[0]), "")]
    for note in paper.notes:
        lines += [escape(note), ""]
    return "\n".join(lines).rstrip() + "\n"


def escape(text: str) -> str:
    """One line in which no character means anything to Markdown or HTML; line breaks become `<br>`."""
    lines = [_SPECIAL.sub(r"\\\1", line) for line in clean(text).strip().splitlines()]
    return "<br>".join(lines)


def _marked(cell: Cell) -> str:
    text = escape(cell.text)
    return f"{text} {DRAFT_MARK}" if text and not cell.is_reviewed else text


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


FORMAT = Format("markdown", "text/markdown", ".md", render, print_=print_)
