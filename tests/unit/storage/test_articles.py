"""The list of articles: order, search, deletion."""

import re

import pytest
from sqlalchemy import func, select

from tests.factories import draft_all, make_source, store_article
from webapp.domain import JobStatus, Paragraph, ParagraphKind, Sentence, SourceText
from webapp.errors import ArticleNotFound, EmptyArticle, TargetUnknown
from webapp.services.articles import create_article, delete_article, get_document, list_articles
from webapp.storage.articles import new_public_id
from webapp.storage.models import METADATA, routes
from webapp.storage.store import Store


def _text(title: str, sentence: str) -> SourceText:
    return SourceText(title, (Paragraph(ParagraphKind.BODY, (Sentence(sentence),)),))


def test_ids_are_short_random_and_safe_in_an_address() -> None:
    ids = {new_public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{12}", article) for article in ids)


def test_the_list_shows_the_newest_first_page_by_page(store: Store) -> None:
    ids = [store_article(store, make_source(title=f"Titre {n}", seed=n), ["en"]) for n in range(5)]
    with store.read() as tx:
        first = list_articles(tx, limit=2)
        second = list_articles(tx, limit=2, offset=2)
    assert [item.id for item in first.items] == [ids[4], ids[3]]
    assert [item.id for item in second.items] == [ids[2], ids[1]]
    assert first.total == second.total == 5
    summary = first.items[0]
    assert (summary.title, summary.targets, summary.sentence_count) == ("Titre 4", ("en",), 6)
    assert summary.job.status is JobStatus.WAITING
    assert summary.progress["en"].drafted == 0


@pytest.mark.parametrize(
    "query",
    [
        "ÉTÉ",
        "ete",
        "Été",
        "coeur",
        "cœur",
        "l'ete",
        "L’été",
        "CŒUR été",
        "100 %",
        "a_b",
        "\\",
        "  été  ",
        "гора",
        "한국",
        "strasse",
    ],
)
def test_the_search_finds_words_of_title_and_text_without_case_accents_or_wildcards(store: Store, query: str) -> None:
    found = store_article(store, _text("Au cœur de l’été", "Il a dit : 100 % de a_b, pas de \\ ; Гора, 한국, Straße."), ["en"])
    store_article(store, _text("Autre chose", "Rien de tout cela : 1000, axb, aéro."), ["en"])
    with store.read() as tx:
        page = list_articles(tx, query=query)
    assert [item.id for item in page.items] == [found]
    assert page.total == 1


@pytest.mark.parametrize("query", ["%", "_", "été hiver", "x'; DROP TABLE articles; --"])
def test_the_search_finds_nothing_where_a_word_is_missing(store: Store, query: str) -> None:
    store_article(store, _text("Au cœur de l’été", "Rien."), ["en"])
    with store.read() as tx:
        assert list_articles(tx, query=query).total == 0


def test_deleting_an_article_leaves_nothing_of_it_and_everything_of_the_others(store: Store) -> None:
    kept = store_article(store, make_source(seed=1), drafted=None)
    gone = store_article(store, make_source(seed=2), drafted=None)
    with store.begin() as tx:
        before = {t.name: tx.connection.scalar(select(func.count()).select_from(t)) for t in METADATA.sorted_tables}
        delete_article(tx, gone)
    with store.read() as tx:
        after = {t.name: tx.connection.scalar(select(func.count()).select_from(t)) for t in METADATA.sorted_tables}
        assert len(get_document(tx, kept).paragraphs) == 2
        with pytest.raises(ArticleNotFound):
            get_document(tx, gone)
    belonging = {"articles", "search_texts", "paragraphs", "sentences", "versions", "translations", "drafts", "history", "jobs"}
    assert {name for name in after if after[name] != before[name]} >= belonging
    assert all(after[name] == before[name] // 2 for name in belonging)


def test_deleting_what_is_not_there_says_so(store: Store) -> None:
    with pytest.raises(ArticleNotFound), store.begin() as tx:
        delete_article(tx, "0123456789ab")


def test_numbers_of_deleted_articles_are_not_given_again(store: Store) -> None:
    gone = store_article(store)
    with store.begin() as tx:
        delete_article(tx, gone)
    article = store_article(store)
    draft_all(store)
    with store.read() as tx:
        assert get_document(tx, article).paragraphs[0].sentences[0].id == 7


def test_an_article_without_text_or_with_an_unknown_target_is_refused_and_nothing_stored(store: Store) -> None:
    with pytest.raises(EmptyArticle), store.begin() as tx:
        create_article(tx, SourceText("Vide", ()), ["en"])
    for targets in (["en", "xx"], ["fr"], []):
        with pytest.raises(TargetUnknown), store.begin() as tx:
            create_article(tx, make_source(), targets)
    with store.read() as tx:
        assert list_articles(tx).total == 0


def test_equal_routes_are_stored_once(store: Store) -> None:
    for seed in range(3):
        store_article(store, make_source(seed=seed), drafted=None)
    with store.read() as tx:
        assert tx.connection.scalar(select(func.count()).select_from(routes)) == 3
