"""Inline marks to be shown: those of the French as they were read, those of translations where the word links are sure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from webapp.align.markup import project_marks
from webapp.align.words import Link
from webapp.domain import Document, DocumentParagraph, DocumentSentence, Mark
from webapp.languages import SOURCE
from webapp.services.links import with_links
from webapp.services.relocating import marks_for
from webapp.storage import articles, files
from webapp.storage.store import Transaction

Marks = Mapping[tuple[int, str], tuple[Mark, ...]]
"""By sentence and language; sentences without any are left out."""

NO_MARKS: Marks = {}


def marks_of(tx: Transaction, document: Document, paragraphs: Sequence[DocumentParagraph]) -> Marks:
    """Finds the marks of paragraphs of a document, in the French and in its targets.

    A translation whose word links are not made yet has none. An article that was pasted costs one question to the database.
    Raises ArticleNotFound.
    """
    if not paragraphs or files.facts(tx, articles.key_of(tx, document.id)) is None:
        return NO_MARKS
    marked = files.marks_of_sentences(tx, [s.id for p in paragraphs for s in p.sentences])
    rich = tuple(p for p in paragraphs if any(s.id in marked for s in p.sentences))
    if not rich:
        return NO_MARKS
    linked = with_links(tx, replace(document, paragraphs=rich), rich[0].index, rich[-1].index + 1)
    found: dict[tuple[int, str], tuple[Mark, ...]] = {}
    for sentence in (s for p in linked.paragraphs for s in p.sentences if s.id in marked):
        kept = marked[sentence.id]
        marks = tuple(m for m in marks_for(sentence.text, kept.text, kept.marks) if not m.is_point)
        found[sentence.id, SOURCE] = marks
        found |= {(sentence.id, target): _placed(sentence, marks, target) for target in document.targets}
    return {spot: marks for spot, marks in found.items() if marks}


def _placed(sentence: DocumentSentence, marks: Sequence[Mark], target: str) -> tuple[Mark, ...]:
    translation = sentence.translations.get(target)
    if translation is None or not translation.text or not translation.links:
        return ()
    links = [Link(*link) for link in translation.links]
    return tuple(p.mark for p in project_marks(sentence.text, marks, translation.text, links) if p.sure)
