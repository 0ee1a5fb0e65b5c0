"""Translating without a database gives what the stored article gives."""

from dataclasses import replace

import pytest

from tests.factories import draft_all, make_source, store_article
from tests.fakes import FakeEngine
from webapp.domain import Document, DocumentSentence, SourceText
from webapp.errors import EmptyArticle, NoRoute, TargetUnknown
from webapp.services.articles import get_document
from webapp.services.translate import translate_document
from webapp.storage.store import Store


def _plain(sentence: DocumentSentence) -> DocumentSentence:
    found = {target: replace(t, errors=0, warnings=0) for target, t in sentence.translations.items()}
    return replace(sentence, id=0, translations=found)


def _without_numbers(document: Document) -> Document:
    """The document without what only a stored one has: its numbers, and the findings reviewers work on."""
    paragraphs = tuple(replace(p, sentences=tuple(_plain(s) for s in p.sentences)) for p in document.paragraphs)
    return replace(document, id="", revision=0, created_at=None, paragraphs=paragraphs)


@pytest.mark.parametrize("targets", [["en"], ["ko", "ru"], ["en", "ru", "ko"]])
def test_the_command_line_and_the_stored_article_give_the_same_document(store: Store, targets: list[str]) -> None:
    source = make_source(paragraphs=6, sentences=3, languages=[None, "en", "ru", "de", None, "en"])
    article = store_article(store, source, targets)
    draft_all(store)
    with store.read() as tx:
        stored = get_document(tx, article)
    assert translate_document(FakeEngine(), source, targets) == _without_numbers(stored)


def test_progress_counts_sentences_and_targets_up_to_the_end() -> None:
    seen: list[tuple[int, int]] = []
    source = make_source(paragraphs=3, sentences=3, languages=["en"])
    translate_document(FakeEngine(), source, ["en", "ko"], progress=lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [18] * len(seen)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert seen[-1] == (18, 18)


def test_a_missing_route_is_an_error_before_anything_is_translated() -> None:
    class Without(FakeEngine):
        def fingerprints(self, source: str, target: str) -> tuple[()]:  # type: ignore[override]
            raise NoRoute(source=source, target=target, command="quatrain models install fr-en")

    engine = Without()
    with pytest.raises(NoRoute):
        translate_document(engine, make_source(), ["en"])
    assert engine.calls == []


def test_nothing_to_translate_and_unknown_targets_are_errors() -> None:
    with pytest.raises(EmptyArticle):
        translate_document(FakeEngine(), SourceText("Vide", ()), ["en"])
    with pytest.raises(TargetUnknown):
        translate_document(FakeEngine(), make_source(), ["xx"])


def test_what_the_engine_raises_comes_through() -> None:
    source = make_source()
    with pytest.raises(RuntimeError, match="poisoned"):
        translate_document(FakeEngine(poison=source.paragraphs[0].sentences[0].text), source, ["en"])
