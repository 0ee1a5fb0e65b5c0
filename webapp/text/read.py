"""An article is read: bytes or pasted text become a SourceText."""

import re
from typing import Final

from webapp.domain import Paragraph, ParagraphKind, SourceText
from webapp.errors import ArticleTooLarge, EmptyArticle, LanguageUnclear
from webapp.languages import SOURCE
from webapp.text.detect import Detection, detect_language, detect_paragraphs
from webapp.text.encodings import decode, refuse_other_files
from webapp.text.normalise import normalise
from webapp.text.paragraphs import split_paragraphs

_TITLE_LENGTH, _GIVEN_TITLE_LENGTH = 80, 300
_VISIBLE: Final = re.compile(r"[^\W_]")
_RUBRIC: Final = re.compile(r"[^\W\da-z]+(?:[ /&·|-]+[^\W\da-z]+)?")
"""One or two words in capitals above the headline (INTERNATIONAL, FAITS DIVERS)."""
_LEADING_MARKS: Final = re.compile(r"(?:#{1,6}|>|[-–—•*])\s+")


def read_article(
    data: bytes | str,
    *,
    title: str | None = None,
    max_bytes: int,
    file_name: str | None = None,
    accept_any_language: bool = False,
) -> SourceText:
    """Reads an article from the bytes of a plain text file, or from pasted text.

    `max_bytes` bounds the bytes, for pasted text those of its UTF-8 form. `file_name` only tells what kind of file it is
    said to be. `title` is the article's title; without one it is the first heading (not the rubric above it), without a
    heading the first sentence, cut at 80 characters between words. `accept_any_language` reads a text that is clearly not
    French as if it were.

    The text of the result is `normalise` of what was read. Paragraphs in another language than the article's carry it.

    Raises ArticleTooLarge; FileTypeUnsupported for a file that is not plain text by its name or content; EncodingUnreadable for
    bytes that are no text; EmptyArticle if there is no letter or figure; LanguageUnclear if the text is clearly not French.
    """
    _check_size(data, max_bytes)
    refuse_other_files(data, file_name)
    decoded, encoding = decode(data) if isinstance(data, bytes) else (data, "utf-8")
    text = normalise(decoded)
    if not _VISIBLE.search(text):
        raise EmptyArticle
    detection = detect_language(text)
    if detection.language not in {None, SOURCE} and not accept_any_language:
        raise LanguageUnclear(language=detection.language, probability=round(detection.probability, 3))
    leading, paragraphs = split_paragraphs(text)
    languages = detect_paragraphs([paragraph.text for paragraph in paragraphs])
    paragraphs = tuple(_with_language(*pair, detection) for pair in zip(paragraphs, languages, strict=True))
    return SourceText(
        title=choose_title(title, paragraphs),
        paragraphs=paragraphs,
        leading=leading,
        encoding=encoding,
        language=detection.language,
        probability=detection.probability,
    )


def choose_title(given: str | None, paragraphs: tuple[Paragraph, ...]) -> str:
    """Gives the title of an article: the one given, else its first heading, else the beginning of its first sentence."""
    if title := " ".join(normalise(given or "").split()):
        return shorten(title, _GIVEN_TITLE_LENGTH)
    headings = [index for index, p in enumerate(paragraphs) if p.kind == ParagraphKind.HEADING][:2]
    if headings:
        rubric = headings[1:] == [headings[0] + 1] and _RUBRIC.fullmatch(paragraphs[headings[0]].text)
        heading = paragraphs[headings[1 if rubric else 0]]
        return " ".join(_LEADING_MARKS.sub("", heading.text, count=1).split())
    visible = next((s for p in paragraphs for s in p.sentences if _VISIBLE.search(s.text)), None)
    return shorten(_LEADING_MARKS.sub("", visible.text, count=1), _TITLE_LENGTH) if visible else ""


def shorten(text: str, length: int) -> str:
    """Cuts `text` to at most `length` code points, between words if it has any, and ends it with an ellipsis."""
    text = " ".join(text[: 20 * length].split())
    if len(text) <= length:
        return text
    cut = text[:length].rpartition(" ")[0] or text[: length - 1]
    return cut.rstrip(" ,;:.!?…«“(–—-") + "…"


def _check_size(data: bytes | str, limit: int) -> None:
    size = len(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
    if size > limit:
        raise ArticleTooLarge(size_bytes=size, limit_bytes=limit)


def _with_language(paragraph: Paragraph, language: str | None, article: Detection) -> Paragraph:
    if language is None or language == article.language:
        return paragraph
    return Paragraph(paragraph.kind, paragraph.sentences, paragraph.separator, language)
