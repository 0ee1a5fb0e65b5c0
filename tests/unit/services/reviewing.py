"""Helpers of the tests of review: short ways to a sentence, and what must always be true of an article."""

from collections.abc import Sequence

from sqlalchemy import func, select

from tests.fakes import FakeEngine
from webapp.domain import Document, DocumentSentence, Paragraph, ParagraphKind, Sentence, SourceText, State
from webapp.reviewing import Saved
from webapp.services.articles import get_document
from webapp.services.review import edit_translation, set_state
from webapp.storage import articles
from webapp.storage.models import jobs, translations
from webapp.storage.store import Store


def source_of(*paragraphs: Sequence[str] | str, title: str = "Un titre") -> SourceText:
    """Makes a source of body paragraphs, each a list of sentences."""
    made = []
    for n, given in enumerate(paragraphs):
        texts = [given] if isinstance(given, str) else list(given)
        inside = tuple(Sentence(text, " " if i < len(texts) - 1 else "") for i, text in enumerate(texts))
        made.append(Paragraph(ParagraphKind.BODY, inside, "\n\n" if n < len(paragraphs) - 1 else "\n"))
    return SourceText(title, tuple(made))


def document(store: Store, article: str) -> Document:
    """Reads an article whole."""
    with store.read() as tx:
        return get_document(tx, article)


def sentences_of(store: Store, article: str) -> list[DocumentSentence]:
    """Lists the sentences of an article in source order."""
    return [s for p in document(store, article).paragraphs for s in p.sentences]


def sentence(store: Store, article: str, number: int = 0) -> DocumentSentence:
    """Reads one sentence by its number in the article."""
    return sentences_of(store, article)[number]


def write(store: Store, article: str, number: int, target: str, text: str, *, who: str = "local", approve: bool = False) -> Saved:
    """Edits a sentence as somebody who sees what stands there."""
    current = sentence(store, article, number)
    with store.begin() as tx:
        revision = current.translations[target].revision
        return edit_translation(tx, article, current.id, target, text, revision=revision, who=who, approve=approve)


def put(store: Store, article: str, number: int, target: str, state: State, *, who: str = "local") -> Saved:
    """Sets the state of a sentence."""
    current = sentence(store, article, number)
    with store.begin() as tx:
        return set_state(tx, article, current.id, target, state, who=who)


def check_counters(store: Store, article: str) -> None:
    """Asserts that every counter of the article agrees with what it counts."""
    shown = document(store, article)
    inside = [s for p in shown.paragraphs for s in p.sentences]
    assert shown.sentence_count == len(inside)
    assert shown.paragraph_count == len(shown.paragraphs)
    for target, progress in shown.progress.items():
        states = [s.translations[target].state for s in inside]
        assert progress.sentences_by_state == {state: states.count(state) for state in State}, target
        assert progress.words == shown.word_count
    with store.read() as tx:
        key = articles.key_of(tx, article)
        here = select(func.count()).where(translations.c.article_id == key, translations.c.pending)
        pending = tx.connection.scalar(here)
        job = tx.connection.execute(select(jobs).where(jobs.c.article_id == key)).one()
    assert job.total - job.done == pending
    if not pending:
        assert job.remaining == 0


class Calls(FakeEngine):
    """A fake engine that also remembers from which language and into which targets it was asked."""

    def __init__(self) -> None:
        super().__init__(slice_size=50)
        self.ways: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []

    def draft(self, sentences, *, source, targets):  # type: ignore[no-untyped-def] # as the fake engine's
        self.ways.append((source, tuple(targets), tuple(sentences)))
        return super().draft(sentences, source=source, targets=targets)
