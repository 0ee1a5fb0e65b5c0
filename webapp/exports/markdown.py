"""Markdown: a table with one row a paragraph, the source in its first column, for pages and messages that show Markdown."""

import re
from collections.abc import Sequence
from typing import Final

from webapp.domain import UNTRANSLATED, Document, DocumentParagraph
from webapp.exports.registry import Format
from webapp.exports.units import clean, is_reviewed
from webapp.languages import LANGUAGES

DRAFT_MARK: Final = "✎"
NOTE: Final = f"{DRAFT_MARK} marks cells that hold text nobody has approved."
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~&:=$@/])")


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes the title and the table; every text stays text, and a cell with anything not approved in it is marked."""
    chosen = tuple(document.targets if targets is None else targets)
    heads = [LANGUAGES[code].endonym for code in (document.source, *chosen)]
    lines = [f"# {escape(document.title)}", "", _row(heads), _row(["---"] * len(heads))]
    rows = [_row([escape(p.text), *(_cell(p, target) for target in chosen)]) for p in document.paragraphs]
    return "\n".join([*lines, *rows, "", NOTE]) + "\n"


def escape(text: str) -> str:
    """One line in which no character means anything to Markdown or HTML; line breaks become `<br>`."""
    lines = [_SPECIAL.sub(r"\\\1", line) for line in clean(text).strip().splitlines()]
    return "<br>".join(lines)


def _cell(paragraph: DocumentParagraph, target: str) -> str:
    found = [s.translations.get(target, UNTRANSLATED) for s in paragraph.sentences]
    text = escape(paragraph.version_text(target))
    return f"{text} {DRAFT_MARK}" if text and not all(is_reviewed(one) for one in found if one.text) else text


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


FORMAT = Format("markdown", "text/markdown", ".md", render)
