"""CSV: one row a sentence, each version with its state, for a spreadsheet; UTF-8 with a byte order mark.

A text that a spreadsheet would take for a formula is disarmed by an apostrophe before it.
"""

import csv
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Final

from webapp.domain import UNTRANSLATED, Document, Translation
from webapp.exports.registry import Format
from webapp.exports.units import clean, unit_id

BYTE_ORDER_MARK: Final = "\ufeff"
_FORMULA: Final = tuple("=+-@\t|%＝＋－＠")


def render(document: Document, targets: Sequence[str] | None = None) -> str:
    """Writes all sentences with their texts and states, approved or not; lines end as RFC 4180 says."""
    chosen = document.targets if targets is None else targets
    out = StringIO(newline="")
    table = csv.writer(out)
    table.writerow(head(document, chosen))
    table.writerows([disarm(cell) for cell in cells] for cells in rows(document, chosen))
    return BYTE_ORDER_MARK + out.getvalue()


def head(document: Document, targets: Sequence[str]) -> list[str]:
    """The names of the columns."""
    return ["id", "kind", document.source, *(name for t in targets for name in (t, f"{t}_state"))]


def rows(document: Document, targets: Sequence[str]) -> Iterator[list[str]]:
    """Yields the cells of every sentence in the order of `head`, without control characters; not yet disarmed."""
    for paragraph in document.paragraphs:
        for sentence in paragraph.sentences:
            versions = [sentence.translations.get(target, UNTRANSLATED) for target in targets]
            cells = [unit_id(document, paragraph, sentence), paragraph.kind.value, sentence.text]
            cells += [cell for one in versions for cell in (one.text, _state(one))]
            yield [clean(cell) for cell in cells]


def disarm(text: str) -> str:
    """The text, with an apostrophe before it if its first visible character could begin a formula."""
    plain = clean(text)
    return f"'{plain}" if plain.startswith(_FORMULA) or plain.lstrip().startswith(_FORMULA) else plain


def _state(translation: Translation) -> str:
    """An approval of an earlier French is not to be read as one of the present."""
    return f"{translation.state.value} (stale)" if translation.stale else translation.state.value


FORMAT = Format("csv", "text/csv", ".csv", render)
