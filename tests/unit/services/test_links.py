"""Word links of stored articles: made when the worker has time, derived until then, and never of a text that is gone."""

import pytest

from tests.factories import draft_all, make_source, store_article
from tests.fakes import FakeEngine
from tests.unit.services.reviewing import document, put, sentence, source_of, write
from webapp.domain import Document, State
from webapp.errors import ArticleNotFound, SentenceNotFound
from webapp.services.articles import create_article
from webapp.services.links import (
    DERIVED_AT_ONCE,
    Chain,
    Linked,
    link_round,
    paragraph_links,
    sentence_chain,
    sentence_links,
    with_links,
)
from webapp.services.pivot import set_pivot
from webapp.services.quality import Remark, article_quality
from webapp.services.revising import update_source
from webapp.storage.store import Store

STRANGE = "Zibu blorp kvax."
"""English whose words neither lexicon nor spelling know: only the models can link them."""


def link_all(store: Store, engine: FakeEngine | None = None, limit: int = 200) -> FakeEngine:
    """Drafts what an edit asks for, then links whatever waits, as a worker does."""
    draft_all(store)
    used = engine or FakeEngine()
    while link_round(store, used, limit=limit):
        pass
    return used


def linked(store: Store, article: str, number: int = 0, target: str = "en") -> Linked:
    current = sentence(store, article, number)
    with store.read() as tx:
        return sentence_links(tx, article, current.id, target)


def told(found: Linked) -> dict[str, str]:
    """Each word of the target with the source word it is linked to."""
    source, text = found.subject.source, found.subject.text
    return {text[c:d]: source[a:b] for a, b, c, d, _ in found.links}


def full(store: Store, article: str) -> Document:
    with store.read() as tx:
        return with_links(tx, document(store, article))


def test_drafts_are_linked_without_asking_the_models_again(store: Store) -> None:
    article = store_article(store, source_of("Tours attend 300 coureurs."), drafted=None)
    engine = link_all(store)
    assert engine.traced == []
    found = linked(store, article)
    assert found.exact
    assert told(found) == {"Tours": "Tours", "attend": "attend", "300": "300", "coureurs": "coureurs"}


def test_what_a_person_wrote_is_read_by_the_models_with_what_was_made_from_it_and_nothing_else_is(store: Store) -> None:
    article = store_article(store, source_of("Tours attend 300 coureurs.", "Nantes dort."), drafted=None)
    link_all(store)
    write(store, article, 0, "en", "Tours awaits 300 strange beings.")
    engine = link_all(store)
    french, english = "Tours attend 300 coureurs.", "Tours awaits 300 strange beings."
    assert [(p.source, p.target, p.pivot, target) for p, target in engine.traced] == [
        (french, english, None, "en"),
        (french, f"[ko] {english}", english, "ko"),
        (french, f"[ru] {english}", english, "ru"),
    ]
    assert told(linked(store, article))["awaits"] == "attend"
    assert linked(store, article).exact


def test_until_then_a_new_word_has_no_link_and_unchanged_ones_keep_theirs(store: Store) -> None:
    article = store_article(store, source_of("Tours zibule 300 coureurs."), drafted=None)
    link_all(store)
    write(store, article, 0, "en", "Tours blorps 300 coureurs.")
    found = linked(store, article)
    assert not found.exact
    assert told(found) == {"Tours": "Tours", "300": "300", "coureurs": "coureurs"}


def test_russian_goes_through_the_english_it_was_drafted_from(store: Store) -> None:
    article = store_article(store, source_of("Tours attend."), drafted=None)
    write(store, article, 0, "ru", "Тур ждёт.")
    engine = link_all(store)
    assert [(p.pivot, target) for p, target in engine.traced] == [("[en] Tours attend.", "ru")]
    found = linked(store, article, target="ru")
    assert found.exact
    assert told(found)["Тур"] == "Tours"


def test_a_changed_source_is_linked_anew(store: Store) -> None:
    article = store_article(store, source_of("Tours attend 300 coureurs."), drafted=None)
    write(store, article, 0, "en", "Tours awaits 300 runners.")
    link_all(store)
    with store.begin() as tx:
        update_source(tx, article, source_of("Tours attend 400 coureurs."), who="local")
    assert not linked(store, article).exact
    draft_all(store)
    engine = link_all(store)
    assert ("Tours attend 400 coureurs.", "en") in {(p.source, target) for p, target in engine.traced}
    assert linked(store, article).exact


def test_a_sentence_the_models_break_on_is_linked_without_them(store: Store) -> None:
    article = store_article(store, source_of("Tours attend."), drafted=None)
    write(store, article, 0, "en", "Tours \N{SKULL} attend.")
    link_all(store)
    assert told(linked(store, article)) == {"Tours": "Tours", "attend": "attend"}
    assert linked(store, article).exact


def test_rounds_are_small_and_come_to_an_end(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=2, sentences=3), drafted=None)
    rounds = 0
    while link_round(store, FakeEngine(), limit=4):
        rounds += 1
        assert rounds < 20
    assert rounds == 6  # four of six in the first, two in the second, three versions
    with store.read() as tx:
        assert all(one.exact for number in (0, 1) for one in paragraph_links(tx, article, number))


def test_a_round_reads_only_some_again_and_the_next_ones_go_on(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("webapp.services.links.READ_AGAIN", 2)
    article = store_article(store, make_source(paragraphs=1, sentences=7), ("en",), drafted=None)
    for number in (1, 2, 4, 5, 6):
        write(store, article, number, "en", STRANGE)
    engines = [FakeEngine() for _ in range(4)]
    assert [link_round(store, engine) for engine in engines] == [True, True, True, False]
    assert [len(engine.traced) for engine in engines] == [2, 2, 1, 0]
    assert all(linked(store, article, number).exact for number in range(7))


def test_an_article_that_is_being_drafted_waits(store: Store) -> None:
    store_article(store, make_source(paragraphs=1, sentences=4), drafted=2)
    assert not link_round(store, FakeEngine())


def test_a_document_brings_its_links_and_none_while_it_is_drafted(store: Store) -> None:
    article = store_article(store, source_of("Tours attend.", "Nantes dort."), drafted=None)
    derived = full(store, article)
    link_all(store)
    stored = full(store, article)
    assert stored == derived
    assert stored.paragraphs[0].sentences[0].translations["en"].links
    waiting = store_article(store, source_of("Tours attend.", "Nantes dort."), drafted=1)
    translations = full(store, waiting).paragraphs[0].sentences[0].translations
    assert {t.links for t in translations.values() if t.text} == {None}


def test_a_book_waits_for_the_worker(store: Store) -> None:
    count = DERIVED_AT_ONCE // 3 + 5
    article = store_article(store, make_source(paragraphs=1, sentences=count, words=3), drafted=None)
    links = [t.links for s in full(store, article).paragraphs[0].sentences for t in s.translations.values()]
    assert sum(one is None for one in links) == 15


def test_a_chain_shows_the_english_between(store: Store) -> None:
    article = store_article(store, source_of("Tours attend."), drafted=None)
    current = sentence(store, article)
    with store.read() as tx:
        russian, english = (sentence_chain(tx, article, current.id, target) for target in ("ru", "en"))
    assert [lang for lang, _ in russian.texts] == ["fr", "en", "ru"]
    assert len(russian.hops) == 2
    assert all(russian.hops)
    assert [lang for lang, _ in english.texts] == ["fr", "en"]
    assert english.hops == (english.links,)


def test_a_sentence_without_a_text_and_an_unknown_one_are_told_apart_from_one_without_links(store: Store) -> None:
    with store.begin() as tx:
        article = create_article(tx, source_of("Tours attend."), ("en",))
    current = sentence(store, article)
    with store.read() as tx:
        with pytest.raises(SentenceNotFound):
            sentence_links(tx, article, current.id, "en")
        with pytest.raises(ArticleNotFound):
            paragraph_links(tx, "nothing", 0)
        assert paragraph_links(tx, article, 0) == ()


def test_the_quality_of_a_sentence_is_that_of_its_worst_version(store: Store) -> None:
    article = store_article(store, source_of(["Tours attend 300 coureurs.", "Nantes dort."]), drafted=None)
    write(store, article, 0, "en", "Tours awaits 300 runners.", approve=True)
    with store.read() as tx:
        first, second = article_quality(tx, article)
        english = article_quality(tx, article, target="en")[0]
    assert (first.state, first.paragraph, first.length) == (State.DRAFT, 0, len("Tours attend 300 coureurs."))
    assert first.doubt == pytest.approx(0.25)
    assert (english.state, english.doubt, english.remark) == (State.APPROVED, 0.0, Remark.NOTHING)
    assert second.state is State.DRAFT


def test_an_open_error_is_on_the_map(store: Store) -> None:
    article = store_article(store, source_of("Tours attend 300 coureurs."), drafted=None)
    write(store, article, 0, "en", "Tours awaits 400 runners.")
    with store.read() as tx:
        assert article_quality(tx, article, target="en")[0].remark is Remark.ERROR


# --- the picture of a sentence people have changed --------------------------------------------------------------------


def chain(store: Store, article: str, target: str) -> Chain:
    current = sentence(store, article)
    with store.read() as tx:
        return sentence_chain(tx, article, current.id, target)


def hop(found: Chain, number: int) -> dict[str, str]:
    """Each word of a line with the one above it is linked to."""
    (_, upper), (_, lower) = found.texts[number : number + 2]
    return {lower[c:d]: upper[a:b] for a, b, c, d, _ in found.hops[number]}


def test_the_picture_of_an_edited_english_sentence_has_the_links_of_what_stands_there(store: Store) -> None:
    article = store_article(store, source_of("Tours attend beaucoup."), drafted=None)
    link_all(store)
    write(store, article, 0, "en", STRANGE)
    before = chain(store, article, "en")
    assert not before.exact
    assert hop(before, 0) == {}
    link_all(store)
    after = chain(store, article, "en")
    assert after.exact
    assert hop(after, 0) == {"Zibu": "Tours", "blorp": "attend", "kvax": "beaucoup"}


def test_the_picture_of_an_edited_target_links_it_with_the_english_it_came_from(store: Store) -> None:
    article = store_article(store, source_of("Tours attend."), drafted=None)
    link_all(store)
    write(store, article, 0, "ru", "Щука вяжет пряник.")
    assert not chain(store, article, "ru").exact
    link_all(store)
    found = chain(store, article, "ru")
    assert found.exact
    assert [text for _, text in found.texts] == ["Tours attend.", "[en] Tours attend.", "Щука вяжет пряник."]
    assert hop(found, 1) == {"Щука": "en", "вяжет": "Tours", "пряник": "attend"}
    assert hop(found, 0)


def test_a_draft_from_edited_english_shows_that_english_with_its_own_links(store: Store) -> None:
    article = store_article(store, source_of("Tours attend beaucoup."), drafted=None)
    link_all(store)
    write(store, article, 0, "en", STRANGE)
    draft_all(store)
    assert not chain(store, article, "ru").exact
    engine = link_all(store)
    assert ("Tours attend beaucoup.", f"[ru] {STRANGE}", STRANGE, "ru") in {
        (p.source, p.target, p.pivot, target) for p, target in engine.traced
    }
    found = chain(store, article, "ru")
    assert found.exact
    assert [text for _, text in found.texts] == ["Tours attend beaucoup.", STRANGE, f"[ru] {STRANGE}"]
    assert hop(found, 0) == {"Zibu": "Tours", "blorp": "attend", "kvax": "beaucoup"}


def test_a_persons_text_stays_with_the_english_it_was_made_from_until_they_look_at_the_new_one(store: Store) -> None:
    article = store_article(store, source_of("Tours attend beaucoup."), drafted=None)
    write(store, article, 0, "ru", "Щука вяжет пряник.")
    link_all(store)
    write(store, article, 0, "en", STRANGE)
    link_all(store)
    assert [text for _, text in chain(store, article, "ru").texts][1] == "[en] Tours attend beaucoup."
    assert chain(store, article, "ru").exact
    put(store, article, 0, "ru", State.APPROVED)
    assert not chain(store, article, "ru").exact
    link_all(store)
    found = chain(store, article, "ru")
    assert found.exact
    assert found.texts[1] == ("en", STRANGE)
    assert hop(found, 0)["Zibu"] == "Tours"


def test_a_corrected_pivot_is_the_english_of_the_picture(store: Store) -> None:
    article = store_article(store, source_of("Tours attend beaucoup."), drafted=None)
    link_all(store)
    current = sentence(store, article)
    with store.begin() as tx:
        set_pivot(tx, article, current.id, "ko", STRANGE)
    link_all(store)
    found = chain(store, article, "ko")
    assert found.exact
    assert found.texts[1] == ("en", STRANGE)
    assert hop(found, 0) == {"Zibu": "Tours", "blorp": "attend", "kvax": "beaucoup"}
    assert chain(store, article, "ru").texts[1] == ("en", "[en] Tours attend beaucoup.")


def test_what_the_models_break_on_is_drawn_as_far_as_it_is_known_and_asked_no_more(store: Store) -> None:
    article = store_article(store, source_of("Tours attend."), drafted=None)
    write(store, article, 0, "ru", "Tours \N{SKULL} attend.")
    link_all(store)
    found = chain(store, article, "ru")
    assert found.exact
    assert hop(found, 0) == {"Tours": "Tours", "attend": "attend"}
