"""Two texts without an article: read, cut into segments, aligned. What `quatrain align` and `POST /api/v1/align` share."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from webapp.align.beads import Bead
from webapp.domain import SourceText
from webapp.engine.base import Engine
from webapp.errors import EmptyArticle, LanguageMismatch, RequestInvalid, TooManySegments
from webapp.languages import SOURCE, TARGETS
from webapp.text.detect import detect_language
from webapp.text.foreign import split_foreign
from webapp.text.normalise import normalise
from webapp.text.read import MAX_FILE_BYTES, read_article

Paragraphs = tuple[tuple[str, ...], ...]

MAX_SEGMENTS: Final = 50_000
"""On either side: time and memory grow with their number (about two milliseconds and ten kilobytes each)."""


class Unit(StrEnum):
    """What is aligned with what."""

    LINE = "line"
    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts as lists of segments, and the beads that pair them (indices into those lists)."""

    language: str
    source: tuple[str, ...]
    target: tuple[str, ...]
    beads: tuple[Bead, ...]


def read_text(
    data: bytes | str,
    language: str,
    unit: Unit,
    *,
    max_bytes: int,
    max_file_bytes: int = 0,
    file_name: str | None = None,
    any_language: bool = False,
) -> Paragraphs:
    """Reads one of two texts as paragraphs of segments.

    Lines are segments as they stand, blank lines part paragraphs; sentences are cut in paragraphs; paragraphs are segments of
    one whole. Raises what `read_article` raises, LanguageMismatch for a text that is clearly in another language (unless
    `any_language`), TooManySegments beyond `MAX_SEGMENTS`.
    """
    read = read_article(
        data, max_bytes=max_bytes, file_name=file_name, accept_any_language=True, max_file_bytes=max_file_bytes or MAX_FILE_BYTES
    )
    if not any_language:
        check_language(read.text, language)
    segments = cut(read, language, unit)
    count = sum(map(len, segments))
    if count > MAX_SEGMENTS:
        raise TooManySegments(count=count, limit=MAX_SEGMENTS)
    return segments


def check_segments(given: Sequence[str], language: str, *, any_language: bool = False) -> Paragraphs:
    """Takes segments as they are, one whole. Raises EmptyArticle, RequestInvalid for an empty one, LanguageMismatch."""
    segments = tuple(" ".join(normalise(segment).split()) for segment in given)
    if not segments:
        raise EmptyArticle
    if not all(segments):
        raise RequestInvalid(detail=f"Segment {segments.index('')} is empty.")
    if not any_language:
        check_language(" ".join(segments[:200]), language)
    return (segments,)


def check_language(text: str, wanted: str) -> None:
    """Raises LanguageMismatch when a text is clearly in another language than it should be."""
    found = detect_language(text)
    if found.language not in {None, wanted} and found.probability >= 0.9:
        raise LanguageMismatch(language=found.language, target=wanted)


def cut(read: SourceText, language: str, unit: Unit) -> Paragraphs:
    """Cuts a text that was read into its segments."""
    match unit:
        case Unit.LINE:
            blocks = "\n".join(p.text + p.separator for p in read.paragraphs) if read.file else read.text
            return _lines(blocks)
        case Unit.PARAGRAPH:
            return (tuple(" ".join(paragraph.text.split()) for paragraph in read.paragraphs),)
    if language == SOURCE:
        return tuple(tuple(sentence.text for sentence in paragraph.sentences) for paragraph in read.paragraphs)
    return tuple(found for paragraph in read.paragraphs if (found := split_foreign(paragraph.text, language)))


def _lines(text: str) -> Paragraphs:
    made: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            made[-1].append(line.strip())
        elif made[-1]:
            made.append([])
    return tuple(tuple(paragraph) for paragraph in made if paragraph)


def known_language(code: str) -> str:
    """Gives the target language back. Raises RequestInvalid for the source's, or one that is not known here."""
    if code not in TARGETS:
        raise RequestInvalid(detail=f"The language of the second text is to be one of {', '.join(TARGETS)}.")
    return code


def align_texts(source: Paragraphs, target: Paragraphs, language: str, drafts: Sequence[str] | None = None) -> Aligned:
    """Aligns two texts; loads the encoder (about 150 MB), so never in the web process."""
    from webapp.align.documents import align  # noqa: PLC0415  (numpy)

    beads = align(source, target, drafts=drafts, language=language)
    return Aligned(language, _flat(source), _flat(target), beads)


def draft_segments(
    engine: Engine, segments: Sequence[str], language: str, *, progress: Callable[[int], None] | None = None
) -> list[str]:
    """Drafts the source's segments as a bridge; `progress` hears how many are done. Raises NoRoute and what engines raise."""
    done: list[str] = []
    for part in engine.draft(segments, source=SOURCE, targets=[language]):
        done += [draft.text for draft in part.drafts]
        if progress:
            progress(len(done))
    return done


def _flat(paragraphs: Paragraphs) -> tuple[str, ...]:
    return tuple(segment for paragraph in paragraphs for segment in paragraph)
