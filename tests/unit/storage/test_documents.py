"""What readers see of an article while it is drafted."""

import pytest

from tests.factories import draft_all, make_source, store_article
from tests.fakes import FakeEngine
from webapp.domain import JobStatus, Origin, State
from webapp.errors import ArticleNotFound
from webapp.services.articles import changed_paragraphs, get_document
from webapp.storage.store import Store


def test_a_new_article_gives_back_its_source_exactly_and_shows_no_translation(store: Store) -> None:
    source = make_source(paragraphs=3, sentences=2)
    article = store_article(store, source, ["ko", "en"])
    with store.read() as tx:
        document = get_document(tx, article)
    assert "".join(p.text + p.separator for p in document.paragraphs) == source.text
    assert [p.kind for p in document.paragraphs] == [p.kind for p in source.paragraphs]
    assert document.targets == ("en", "ko")
    assert (document.paragraph_count, document.sentence_count) == (3, 6)
    assert document.word_count == document.progress["en"].words == document.progress["en"].words_by_state[State.UNTRANSLATED] > 0
    assert all(t.state is State.UNTRANSLATED for p in document.paragraphs for s in p.sentences for t in s.translations.values())
    assert (document.job.status, document.job.done, document.job.total) == (JobStatus.WAITING, 0, 12)
    assert document.packages == ()


def test_a_drafted_article_shows_every_draft_with_its_pivot_and_packages(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=2, sentences=2), drafted=None)
    with store.read() as tx:
        document = get_document(tx, article)
    sentence = document.paragraphs[1].sentences[0]
    assert list(sentence.translations) == ["en", "ru", "ko"]
    russian = sentence.translations["ru"]
    assert (russian.text, russian.pivot) == (f"[ru] {sentence.text}", f"[en] {sentence.text}")
    assert (russian.state, russian.origin, russian.confidence, russian.revision) == (State.DRAFT, Origin.MT, 0.75, 1)
    assert document.packages_by_target["ko"] == FakeEngine().fingerprints("fr", "ko")
    assert [package.pair for package in document.packages] == ["en-ko", "en-ru", "fr-en"]
    assert document.job.status is JobStatus.DONE
    assert document.progress["ko"].drafted == document.sentence_count == 4


def test_a_window_holds_the_paragraphs_asked_for_and_the_counts_of_the_whole(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=7, sentences=2), drafted=None)
    with store.read() as tx:
        whole = get_document(tx, article)
        window = get_document(tx, article, start=2, stop=5)
        rest = get_document(tx, article, start=5)
    assert window.paragraphs == whole.paragraphs[2:5]
    assert rest.paragraphs == whole.paragraphs[5:]
    assert window.paragraph_count == 7
    assert window.progress == whole.progress


def test_only_paragraphs_that_changed_since_a_revision_are_given(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4, sentences=1), drafted=2)
    with store.read() as tx:
        before = get_document(tx, article)
        assert changed_paragraphs(tx, article, since=before.revision) == ()
    draft_all(store)
    with store.read() as tx:
        changed = changed_paragraphs(tx, article, since=before.revision)
        after = get_document(tx, article)
    assert [p.index for p in changed] == [2, 3]
    assert changed == after.paragraphs[2:]
    assert after.revision > before.revision


def test_an_article_that_is_not_there_is_named_in_the_error(store: Store) -> None:
    with store.read() as tx, pytest.raises(ArticleNotFound) as raised:
        get_document(tx, "0123456789ab")
    assert raised.value.data == {"article_id": "0123456789ab"}
