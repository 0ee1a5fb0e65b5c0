"""The preview of a file: its first paragraphs as they were read, each by its kind, and what was left out."""

from dataclasses import dataclass
from typing import Final

from webapp.domain import ParagraphKind, SourceText, count_words
from webapp.errors import N_
from webapp.languages import SOURCE
from webapp.web.formats import fine_spaces

SHOWN: Final = 120
_LONGEST: Final = 600

KIND_WORDS: Final = {
    ParagraphKind.HEADING: N_("heading"),
    ParagraphKind.BODY: N_("text"),
    ParagraphKind.QUOTE: N_("quote"),
    ParagraphKind.ITEM: N_("item"),
    ParagraphKind.BYLINE: N_("byline"),
    ParagraphKind.ALT: N_("picture, in words"),
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A paragraph; `said` is the message key of its kind."""

    kind: ParagraphKind
    said: str
    text: str
    lang: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What would become of a file: the article's title, its first paragraphs, how many there are, and what was left out."""

    title: str
    rows: tuple[PreviewRow, ...]
    paragraphs: int
    sentences: int
    words: int
    left_out: int
    whole: bool


def preview_of(source: SourceText) -> Preview:
    """Shows what was read."""
    rows = tuple(
        PreviewRow(p.kind, KIND_WORDS[p.kind], _short(fine_spaces(p.text, p.language or SOURCE)), p.language or SOURCE)
        for p in source.paragraphs[:SHOWN]
    )
    return Preview(
        source.title,
        rows,
        len(source.paragraphs),
        source.sentence_count,
        sum(count_words(p.text) for p in source.paragraphs),
        source.file.left_out if source.file else 0,
        bool(source.file and source.file.whole),
    )


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + " …"
