"""An article is read: a file or pasted text becomes a SourceText. What kind of file it is, its content and its name say."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from webapp.domain import Paragraph, ParagraphKind, SourceFile, SourceText
from webapp.errors import ArticleTooLarge, EmptyArticle, FileTooLarge, LanguageUnclear
from webapp.languages import SOURCE
from webapp.text.detect import Detection, detect_language, detect_paragraphs
from webapp.text.encodings import decode, refuse_other_files
from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs
from webapp.text.readers import formats

_TITLE_LENGTH, _GIVEN_TITLE_LENGTH, _NAME_LENGTH = 80, 300, 150
_VISIBLE: Final = re.compile(r"[^\W_]")
_RUBRIC: Final = re.compile(r"[^\W\da-z]+(?:[ /&·|-]+[^\W\da-z]+)?")
"""One or two words in capitals above the headline (INTERNATIONAL, FAITS DIVERS)."""
_LEADING_MARKS: Final = re.compile(r"(?:#{1,6}|>|[-–—•*])\s+")


MAX_FILE_BYTES: Final = 16 << 20


def read_article(
    data: bytes | str,
    *,
    title: str | None = None,
    max_bytes: int,
    file_name: str | None = None,
    accept_any_language: bool = False,
    max_file_bytes: int = MAX_FILE_BYTES,
    whole: bool = False,
    kind: str | None = None,
) -> SourceText:
    """Reads an article from the bytes of a file, or from pasted text.

    `max_bytes` bounds the text, in bytes of its UTF-8 form; `max_file_bytes` a file that holds more than text. `kind` is one
    of `readers.formats`; without it the content tells and `file_name` must not contradict it. `title` is the article's title;
    without one it is the first heading (not the rubric above it), without a heading the first sentence, cut at 80 characters
    between words. `accept_any_language` reads a text that is clearly not French as if it were. `whole` keeps the navigation
    of a saved web page.

    The text of the result is `normalise` of what was read. Paragraphs in another language than the article's carry it. What
    was read from a file has the file with it, and the marks of its sentences.

    Raises ArticleTooLarge or FileTooLarge; FileTypeUnsupported for a file of a kind that is not read here, FileNotWhatItSays
    for one with another's name, and the other errors of files (see webapp/errors.py) for broken and hostile ones;
    EncodingUnreadable for bytes that are no text; EmptyArticle if there is no letter or figure; LanguageUnclear if the text is
    clearly not French.
    """
    if isinstance(data, str):
        refuse_other_files(data, file_name)
        return _read_text(data, "utf-8", title, max_bytes, accept_any_language)
    if len(data) > max_bytes and file_name is None and kind is None:
        raise ArticleTooLarge(size_bytes=len(data), limit_bytes=max_bytes)
    if len(data) > max(max_bytes, max_file_bytes):
        raise FileTooLarge(size_bytes=len(data), limit_bytes=max_file_bytes)
    found = kind or formats.recognise(data, file_name)
    if found != formats.TEXT:
        name = _plain_name(file_name or f"article.{found}")
        limits = (max_bytes, max_file_bytes)
        return _read_file(data, found, name, title, limits=limits, any_language=accept_any_language, whole=whole)
    if len(data) > max_bytes:
        raise ArticleTooLarge(size_bytes=len(data), limit_bytes=max_bytes)
    refuse_other_files(data, file_name)
    source = _read_text(*decode(data), title, max_bytes, accept_any_language)
    if file_name is None:
        return source
    return replace(source, file=SourceFile(_plain_name(file_name), found, data, tuple(range(len(source.paragraphs)))))


def _plain_name(file_name: str) -> str:
    """A file's name without folders and without anything that cannot be seen: it travels in headers and messages."""
    seen = "".join(char for char in file_name if char.isprintable())
    return re.split(r"[/\\]", seen)[-1][-_NAME_LENGTH:] or "article"


def _read_text(text: str, encoding: str, title: str | None, max_bytes: int, any_language: bool) -> SourceText:
    _check_size(text, max_bytes)
    text = normalise(text)
    if not _VISIBLE.search(text):
        raise EmptyArticle
    return _source(title, *split_paragraphs(text), encoding, any_language)


def _read_file(
    data: bytes, kind: str, name: str, title: str | None, *, limits: tuple[int, int], any_language: bool, whole: bool
) -> SourceText:
    """Reads a file that holds more than text; `limits` are those of the text and of the file."""
    from webapp.text.readers.base import reading_order  # noqa: PLC0415  (only a file that holds more than text needs it)
    from webapp.text.readers.paragraphs import paragraphs_of  # noqa: PLC0415  (only a file that holds more than text needs them)
    from webapp.text.readers.sandbox import read_file  # noqa: PLC0415  (only a file that holds more than text needs them)

    max_bytes, max_file_bytes = limits
    if len(data) > max_file_bytes:
        raise FileTooLarge(size_bytes=len(data), limit_bytes=max_file_bytes)
    read = read_file(data, kind, name, max_text_bytes=max_bytes, boilerplate=not whole)
    chosen = [n for n in reading_order(read.blocks) if read.blocks[n].main or whole]
    if not chosen:
        raise EmptyArticle
    source = _source(title, "", paragraphs_of([read.blocks[n] for n in chosen]), read.encoding, any_language)
    file = SourceFile(name, kind, data, tuple(chosen), len(read.blocks) - len(chosen), whole)
    return replace(source, file=file)


def _source(title: str | None, leading: str, paragraphs: tuple[Paragraph, ...], encoding: str, any_language: bool) -> SourceText:
    """Puts an article together; tells its language, and that of every paragraph."""
    detection = detect_language(leading + "".join(paragraph.text + paragraph.separator for paragraph in paragraphs))
    if detection.language not in {None, SOURCE} and not any_language:
        raise LanguageUnclear(language=detection.language, probability=round(detection.probability, 3))
    languages = detect_paragraphs([paragraph.text for paragraph in paragraphs])
    if detection.language is None and not any_language and (foreign := _mostly(languages, paragraphs)):
        raise LanguageUnclear(language=foreign, probability=0.0)
    paragraphs = tuple(_with_language(*pair, detection) for pair in zip(paragraphs, languages, strict=True))
    return SourceText(
        title=choose_title(title, paragraphs),
        paragraphs=paragraphs,
        leading=leading,
        encoding=encoding,
        language=detection.language,
        probability=detection.probability,
    )


def _mostly(languages: Sequence[str | None], paragraphs: Sequence[Paragraph]) -> str | None:
    """The other language that holds more than half of a text too short to be told as a whole, or None."""
    letters: Counter[str | None] = Counter()
    for language, paragraph in zip(languages, paragraphs, strict=True):
        letters[language] += len(paragraph.text)
    language, most = letters.most_common(1)[0]
    return language if 2 * most > letters.total() else None


def choose_title(given: str | None, paragraphs: tuple[Paragraph, ...]) -> str:
    """Gives the title of an article: the one given, else its first heading, else the beginning of its first sentence."""
    if title := " ".join(normalise(given or "").split()):
        return shorten(title, _GIVEN_TITLE_LENGTH)
    headings = [index for index, p in enumerate(paragraphs) if p.kind == ParagraphKind.HEADING][:2]
    if headings:
        rubric = headings[1:] == [headings[0] + 1] and _RUBRIC.fullmatch(paragraphs[headings[0]].text)
        heading = paragraphs[headings[1 if rubric else 0]]
        return " ".join(_LEADING_MARKS.sub("", heading.text, count=1).split())
    of_text = [p for p in paragraphs if p.kind != ParagraphKind.ALT] or paragraphs
    visible = next((s for p in of_text for s in p.sentences if _VISIBLE.search(s.text)), None)
    return shorten(_LEADING_MARKS.sub("", visible.text, count=1), _TITLE_LENGTH) if visible else ""


def shorten(text: str, length: int) -> str:
    """Cuts `text` to at most `length` code points, between words if it has any, and ends it with an ellipsis."""
    text = " ".join(text[: 20 * length].split())
    if len(text) <= length:
        return text
    cut = text[:length].rpartition(" ")[0] or text[: length - 1]
    return cut.rstrip(" ,;:.!?…«“(–—-") + "…"


def _check_size(text: str, limit: int) -> None:
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > limit:
        raise ArticleTooLarge(size_bytes=size, limit_bytes=limit)


def _with_language(paragraph: Paragraph, language: str | None, article: Detection) -> Paragraph:
    if language is None or language == article.language:
        return paragraph
    return Paragraph(paragraph.kind, paragraph.sentences, paragraph.separator, language)
