"""Files: the document an article came from, given back in a target language with everything else as it was.

The file that was sent is kept beside its article. When somebody wants it back it is read once more, which gives the same
blocks in the same order, and the translations of now are written into them, their marks placed by the word links. What has no
translation yet, or none that was asked for, stays in French.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from webapp.domain import (
    UNTRANSLATED,
    Document,
    DocumentParagraph,
    DocumentSentence,
    Mark,
    ParagraphKind,
    SourceFile,
    SourceText,
    State,
    WordLink,
)
from webapp.engine.base import Draft
from webapp.errors import OriginalFileMissing, TargetUnknown
from webapp.exports.registry import Include
from webapp.services.links import sentence_links, with_links
from webapp.services.markup import place_marks, place_marks_in_draft
from webapp.services.relocating import marks_for
from webapp.storage import articles, documents, files
from webapp.storage.files import FileFacts, MarkedText
from webapp.storage.store import Transaction
from webapp.text.read import read_article
from webapp.text.readers import formats
from webapp.text.readers.base import Rich, joined
from webapp.text.readers.sandbox import write_file


@dataclass(frozen=True, slots=True)
class TranslatedFile:
    """A file to be sent to somebody."""

    name: str
    media_type: str
    data: bytes


def get_file(tx: Transaction, article_id: str) -> FileFacts | None:
    """Tells what file an article came from, None for pasted text. Raises ArticleNotFound."""
    return files.facts(tx, articles.key_of(tx, article_id))


def translated_file(tx: Transaction, article_id: str, target: str, *, include: Include = Include.ALL) -> TranslatedFile:
    """Writes the file of an article in a target, from the translations of now.

    With `Include.APPROVED` sentences that nobody approved stay in French. Raises ArticleNotFound, OriginalFileMissing when
    the article was pasted, TargetUnknown when it is not translated into `target`.
    """
    key = articles.key_of(tx, article_id)
    facts = files.facts(tx, key)
    if facts is None:
        raise OriginalFileMissing(article_id=article_id)
    document = documents.read_document(tx, article_id, 0, None)
    if target not in document.targets:
        raise TargetUnknown(target=target, known=", ".join(document.targets))
    blocks = files.blocks_of(tx, key)
    marks = files.marks_of(tx, key)
    document = _linked(tx, document, marks, target)
    write = _Writer(target, include, marks)
    paragraphs = [_Written(blocks.get(p.index), write.paragraph(p), p.separator, p.kind) for p in document.paragraphs]
    return _written(SourceFile(facts.name, facts.format, files.data(tx, key), facts.blocks), paragraphs, target)


def _linked(tx: Transaction, document: Document, marks: Mapping[int, MarkedText], target: str) -> Document:
    """Adds the word links, wherever there are marks to be placed."""
    if not marks:
        return document
    document = with_links(tx, document)
    found = {
        s.id: sentence_links(tx, document.id, s.id, target).links
        for p in document.paragraphs
        for s in p.sentences
        if s.id in marks and s.translations[target].text and s.translations[target].links is None
    }
    return document if not found else replace(document, paragraphs=tuple(_with(p, found, target) for p in document.paragraphs))


def _with(paragraph: DocumentParagraph, found: Mapping[int, tuple[WordLink, ...]], target: str) -> DocumentParagraph:
    sentences = tuple(
        replace(s, translations={**s.translations, target: replace(s.translations[target], links=found[s.id])})
        if s.id in found
        else s
        for s in paragraph.sentences
    )
    return replace(paragraph, sentences=sentences)


def file_of_document(source: SourceText, document: Document, target: str) -> TranslatedFile:
    """The same for an article that is not stored: `document` is its translation, with its word links.

    Raises OriginalFileMissing when the source was no file.
    """
    if source.file is None:
        raise OriginalFileMissing(article_id=document.id)
    sentences = [s for p in source.paragraphs for s in p.sentences]
    marks = {n: MarkedText(s.text, s.marks) for n, s in enumerate(sentences) if s.marks}
    write = _Writer(target, Include.ALL, marks)
    paragraphs, number = [], 0
    for block, paragraph in zip(source.file.blocks, document.paragraphs, strict=True):
        numbered = tuple(replace(s, id=number + n) for n, s in enumerate(paragraph.sentences))
        number += len(numbered)
        rich = write.paragraph(replace(paragraph, sentences=numbered))
        paragraphs.append(_Written(block, rich, paragraph.separator, paragraph.kind))
    return _written(source.file, paragraphs, target)


def translate_bytes(
    data: bytes,
    file_name: str,
    target: str,
    draft: Callable[[Sequence[str]], Sequence[Draft]],
    *,
    max_bytes: int,
    max_file_bytes: int,
) -> TranslatedFile:
    """Translates a file at once, whole and without keeping it; `draft` drafts plain sentences in one target, in order.

    Raises what `read_article` raises, but for the language, and what `draft` raises.
    """
    source = read_article(
        data,
        file_name=file_name,
        max_bytes=max_bytes,
        max_file_bytes=max_file_bytes,
        accept_any_language=True,
        whole=True,
    )
    if source.file is None:
        raise OriginalFileMissing(article_id="")
    sentences = [s for p in source.paragraphs for s in p.sentences]
    drafts = iter(draft([sentence.text for sentence in sentences]))
    paragraphs = []
    for block, paragraph in zip(source.file.blocks, source.paragraphs, strict=True):
        parts = [
            place_marks_in_draft(sentence.text, sentence.marks, made).rich
            for sentence, made in zip(paragraph.sentences, drafts, strict=False)
        ]
        paragraphs.append(_Written(block, joined(parts), paragraph.separator, paragraph.kind))
    return _written(source.file, paragraphs, target)


# --- bringing back what was left out ----------------------------------------------------------------------------------


def read_whole(tx: Transaction, article_id: str, *, max_bytes: int, max_file_bytes: int) -> SourceText:
    """Reads the file of an article again, with what had been taken for navigation.

    Raises ArticleNotFound, OriginalFileMissing, ArticleTooLarge.
    """
    key = articles.key_of(tx, article_id)
    facts = files.facts(tx, key)
    if facts is None:
        raise OriginalFileMissing(article_id=article_id)
    return read_article(
        files.data(tx, key),
        file_name=facts.name,
        kind=facts.format,
        max_bytes=max_bytes,
        max_file_bytes=max(max_file_bytes, facts.size),
        accept_any_language=True,
        whole=True,
    )


# --- writing ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Written:
    """The block of the file that a paragraph came from, its text to be written, what follows it, and its kind."""

    block: int | None
    rich: Rich
    separator: str
    kind: ParagraphKind


@dataclass(frozen=True, slots=True)
class _Writer:
    """Makes the texts that are written: translations with their marks, or the French where there is none."""

    target: str
    include: Include
    marks: Mapping[int, MarkedText]

    def paragraph(self, paragraph: DocumentParagraph) -> Rich:
        return joined(self._sentence(sentence) for sentence in paragraph.sentences)

    def _sentence(self, sentence: DocumentSentence) -> Rich:
        marks = self._marks(sentence)
        translation = sentence.translations.get(self.target, UNTRANSLATED)
        if not translation.text or (self.include is Include.APPROVED and translation.state is not State.APPROVED):
            return Rich(sentence.text, marks)
        return place_marks(sentence.text, marks, translation.text, translation.links).rich

    def _marks(self, sentence: DocumentSentence) -> tuple[Mark, ...]:
        kept = self.marks.get(sentence.id)
        return () if kept is None else marks_for(sentence.text, kept.text, kept.marks)


def _written(file: SourceFile, paragraphs: Sequence[_Written], target: str) -> TranslatedFile:
    known = formats.FORMATS[file.format]
    stem = PurePath(file.name).stem or "article"
    extension = formats.extension_of(file.name) if formats.format_by_name(file.name) == file.format else known.extensions[0]
    if file.format == formats.TEXT:
        data = "".join(one.rich.text + one.separator for one in paragraphs).encode()
    else:
        data = write_file(file.data, file.format, file.name, _replacements(file, paragraphs), target)
    return TranslatedFile(f"{stem}.{target}{extension}", known.media_type, data)


def _replacements(file: SourceFile, paragraphs: Sequence[_Written]) -> dict[int, list[Rich]]:
    """What becomes of every block: paragraphs that were added later follow the text before them; removed ones go."""
    texts: dict[int, list[Rich]] = {block: [] for block in file.blocks}
    waiting: list[Rich] = []
    last: int | None = None
    for one in paragraphs:
        if one.block is not None and one.kind is ParagraphKind.ALT:  # no place for a paragraph
            texts[one.block] = [one.rich]
            continue
        place = last if one.block is None else one.block
        if place is None:
            waiting.append(Rich(one.rich.text))
            continue
        # A paragraph from elsewhere has marks of another block, if any.
        texts.setdefault(place, []).extend([*waiting, one.rich if one.block is not None else Rich(one.rich.text)])
        waiting = []
        last = place
    return texts
