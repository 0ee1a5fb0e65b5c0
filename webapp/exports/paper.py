"""An article as something to read on paper or in a word processor: rows of cells, whatever the file type.

Lives here: what stands on the paper. Never here: a format, markup.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from webapp.domain import UNTRANSLATED, Document, DocumentParagraph, JobStatus, PackageKind, ParagraphKind
from webapp.exports.units import alone, clean, is_reviewed
from webapp.languages import LANGUAGES

DRAFT_MARK: Final = "✎"
DRAFT_NOTE: Final = f"{DRAFT_MARK} marks text that nobody has approved."
STARTER_NOTE: Final = (
    "Drafted by the small starter packages that Quatrain ships, not by the official ones: expect clumsy sentences and check "
    "names and figures."
)


class Layout(StrEnum):
    """French and its versions in columns, one row a paragraph or a sentence; or one version alone, to be read or printed."""

    PARAGRAPHS = "paragraphs"
    SENTENCES = "sentences"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text in one language; a line feed inside it is a line break. `is_reviewed` is always true of the source."""

    lang: str
    text: str
    is_reviewed: bool = True

    @property
    def marked(self) -> str:
        """The text, with the mark of a draft after it where nobody approved it."""
        return self.text if self.is_reviewed or not self.text else f"{self.text} {DRAFT_MARK}"


@dataclass(frozen=True, slots=True)
class Row:
    """A paragraph, or one of its sentences; one cell a language of the paper."""

    kind: ParagraphKind
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """The whole of it. `title` is empty where the rows have one of their own; `notes` are in English."""

    title: str
    lang: str
    languages: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]

    @property
    def is_table(self) -> bool:
        """Columns side by side, not a running text."""
        return len(self.languages) > 1


def make_paper(document: Document, targets: Sequence[str] | None, layout: Layout) -> Paper:
    """Lays an article out; `targets` in the order wanted, None for all. A version alone takes the only target there is.

    Raises ValueError when a version alone is asked of several targets: callers check with `Format.check_targets`.
    """
    chosen = tuple(document.targets if targets is None else targets)
    if layout is Layout.VERSION:
        (target,) = chosen
        found = [(p, alone(p, target)) for p in document.paragraphs]
        rows = tuple(Row(p.kind, (replace(_version(p, target), text=clean(text)),)) for p, text in found if text)
        french = {p.text.strip() for p in document.paragraphs}
        title = (
            "" if rows and (rows[0].kind is ParagraphKind.HEADING or document.title.strip() in french) else clean(document.title)
        )
        return Paper(title, target, (target,), rows, tuple(_notes(document, rows)))
    rows = tuple(_rows(document, chosen, by_sentence=layout is Layout.SENTENCES))
    languages = (document.source, *chosen)
    return Paper(clean(document.title), document.source, languages, rows, tuple(_notes(document, rows)))


def _rows(document: Document, targets: Sequence[str], *, by_sentence: bool) -> Iterator[Row]:
    for paragraph in document.paragraphs:
        lang = paragraph.language or document.source
        if not by_sentence:
            versions = (_version(paragraph, target) for target in targets)
            yield Row(paragraph.kind, (Cell(lang, clean(paragraph.text).strip()), *versions))
            continue
        for sentence in paragraph.sentences:
            found = [(target, sentence.translations.get(target, UNTRANSLATED)) for target in targets]
            cells = (Cell(target, clean(one.text), is_reviewed(one)) for target, one in found)
            yield Row(paragraph.kind, (Cell(lang, clean(sentence.text)), *cells))


def _version(paragraph: DocumentParagraph, target: str) -> Cell:
    found = [s.translations.get(target, UNTRANSLATED) for s in paragraph.sentences]
    return Cell(target, clean(paragraph.version_text(target)), all(is_reviewed(one) for one in found if one.text))


def _notes(document: Document, rows: Sequence[Row]) -> Iterator[str]:
    if any(not cell.is_reviewed and cell.text for row in rows for cell in row.cells):
        yield DRAFT_NOTE
    if any(package.kind is PackageKind.STARTER for package in document.packages):
        yield STARTER_NOTE
    if document.job.status is not JobStatus.DONE:
        yield f"Drafting is not complete: {document.job.done} of {document.job.total} translations."
    packages = ", ".join(f"{p.pair.replace('-', '→')} {p.version} ({p.kind.value})" for p in document.packages)
    if packages:
        yield f"Argos packages: {packages}"


def column_name(code: str) -> str:
    """How a language calls itself."""
    return LANGUAGES[code].endonym
