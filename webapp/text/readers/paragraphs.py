"""Blocks of a file become paragraphs: the same splitter for every type, the marks cut to sentences."""

from collections.abc import Sequence
from dataclasses import replace

from webapp.domain import Mark, Paragraph, ParagraphKind, Sentence
from webapp.text.kinds import classify
from webapp.text.readers.base import Block
from webapp.text.sentences import split_sentences

BETWEEN = "\n\n"


def paragraphs_of(blocks: Sequence[Block]) -> tuple[Paragraph, ...]:
    """Makes one paragraph of each block, in order; blank lines stand between them."""
    kinds = _kinds(blocks)
    return tuple(
        Paragraph(kind, sentences_of(block.text, block.marks), BETWEEN if n + 1 < len(blocks) else "")
        for n, (block, kind) in enumerate(zip(blocks, kinds, strict=True))
    )


def _kinds(blocks: Sequence[Block]) -> tuple[ParagraphKind, ...]:
    """The kinds that the file gives; for the rest what their form says, but no headings beside a file's own.

    What is said of a picture stands between paragraphs that follow each other without it.
    """
    forms = iter(classify([block.text for block in blocks if block.kind is not ParagraphKind.ALT]))
    by_form = [ParagraphKind.ALT if block.kind is ParagraphKind.ALT else next(forms) for block in blocks]
    has_headings = any(block.kind is ParagraphKind.HEADING for block in blocks)
    return tuple(
        block.kind if block.kind is not None else ParagraphKind.BODY if has_headings and form is ParagraphKind.HEADING else form
        for block, form in zip(blocks, by_form, strict=True)
    )


def sentences_of(text: str, marks: Sequence[Mark]) -> tuple[Sentence, ...]:
    """Cuts a block into sentences, each with its part of the marks, counted from its own start."""
    sentences = split_sentences(text)
    if not marks:
        return sentences
    found: list[Sentence] = []
    start = 0
    for sentence in sentences:
        end = start + len(sentence.text)
        following = end + len(sentence.separator)
        inside = [_cut(text, mark, start, end, following) for mark in marks]
        found.append(replace(sentence, marks=tuple(mark for mark in inside if mark is not None)))
        start = following
    return tuple(found)


def _cut(text: str, mark: Mark, start: int, end: int, following: int) -> Mark | None:
    """The part of a mark inside the sentence from `start` to `end`; None if there is none.

    A point between two sentences belongs to the first.
    """
    if mark.is_point:
        after_start = mark.start > start or (mark.start == start and (start == 0 or text[start - 1].isspace()))
        inside = after_start and (mark.start < following or mark.start == end == following)
        place = min(mark.start, end) - start
        return replace(mark, start=place, end=place) if inside else None
    low, high = max(mark.start, start), min(mark.end, end)
    while low < high and text[low].isspace():
        low += 1
    while low < high and text[high - 1].isspace():
        high -= 1
    return replace(mark, start=low - start, end=high - start) if low < high else None
