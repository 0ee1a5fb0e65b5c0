"""An update of the source undone: everything is as before, but for what people wrote since."""

import random
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import draft_all, store_article
from tests.unit.services.reviewing import check_counters, document, put, sentence, sentences_of, source_of, write
from tests.unit.services.test_revising import OLD, shaken
from webapp.config import Settings
from webapp.domain import SourceText, State
from webapp.errors import NothingToUndo
from webapp.reviewing import Undone
from webapp.services.articles import create_article
from webapp.services.comments import add_comment
from webapp.services.files import get_file, translated_file
from webapp.services.pivot import set_pivot
from webapp.services.removed import list_removed, restore_removed
from webapp.services.review import history_of, last_step, undo
from webapp.services.revising import update_source
from webapp.storage.store import Store
from webapp.text.read import read_article

pytestmark = pytest.mark.slow  # whole articles, updated and undone

NEW = source_of(["La ville dort encore un peu.", "Une phrase toute neuve."], OLD[1])
"""The first sentence is changed, the second gone, another in its place."""


def state_of(store: Store, article: str) -> Any:
    """Everything readers see of an article but revision numbers."""
    shown = document(store, article)
    paragraphs = [
        (p.kind, p.separator, p.language, [replace(s, translations=_plain(s.translations)) for s in p.sentences])
        for p in shown.paragraphs
    ]
    progress = {target: of.sentences_by_state for target, of in shown.progress.items()}
    return shown.title, paragraphs, progress


def _plain(translations: Any) -> Any:
    return {target: replace(translation, revision=0) for target, translation in translations.items()}


def _update(store: Store, article: str, source: SourceText, who: str = "local") -> None:
    with store.begin() as tx:
        update_source(tx, article, source, who=who)


def _undo(store: Store, article: str, **more: Any) -> Undone:
    with store.begin() as tx:
        return undo(tx, article, **more)


def _drawer(store: Store, article: str) -> list[str]:
    with store.read() as tx:
        return [removed.text for removed in list_removed(tx, article)]


@pytest.fixture
def article(store: Store) -> str:
    """A drafted article of two paragraphs with two sentences each; the first English sentence is approved, with a comment."""
    article = store_article(store, source_of(*OLD), drafted=None)
    write(store, article, 0, "en", "The city still sleeps.", approve=True)
    with store.begin() as tx:
        add_comment(tx, article, sentence(store, article).id, "Check the name.")
    draft_all(store)
    return article


@pytest.mark.parametrize("drafted", [False, True], ids=["at once", "after the machine came"])
def test_an_undone_update_leaves_no_trace_but_in_the_drawer_and_the_history(store: Store, article: str, drafted: bool) -> None:
    before = state_of(store, article)
    _update(store, article, NEW)
    if drafted:
        draft_all(store)
    undone = _undo(store, article)
    assert (undone.undid.action, undone.skipped, undone.source_changed) == ("source", (), True)
    assert state_of(store, article) == before
    assert _drawer(store, article) == ["Une phrase toute neuve."]
    check_counters(store, article)
    with store.read() as tx:
        assert [line.action for line in history_of(tx, article, sentence(store, article).id, "en")][:2] == ["undo", "source"]
    draft_all(store)
    assert state_of(store, article) == before, "the machine has nothing left to do"


def test_an_undone_update_can_be_done_again(store: Store, article: str) -> None:
    _update(store, article, NEW)
    draft_all(store)
    after = state_of(store, article)
    undone = _undo(store, article)
    again = _undo(store, article, step=undone.step)
    assert again.undid.action == "undo"
    assert state_of(store, article) == after
    assert _drawer(store, article) == [OLD[0][1]]
    check_counters(store, article)


def test_what_a_person_wrote_since_stays_stale_with_a_draft_of_the_earlier_french_beside_it(store: Store, article: str) -> None:
    _update(store, article, NEW)
    draft_all(store)
    write(store, article, 0, "ru", "Город ещё немного спит.", who="Ana")
    undone = _undo(store, article)
    assert [(place.sentence_id, place.target) for place in undone.skipped] == [(sentence(store, article).id, "ru")]
    shown = sentence(store, article)
    assert (shown.text, shown.previous_text) == (OLD[0][0], "La ville dort encore un peu.")
    assert (shown.translations["ru"].text, shown.translations["ru"].stale) == ("Город ещё немного спит.", True)
    assert (shown.translations["en"].text, shown.translations["en"].stale) == ("The city still sleeps.", False)
    draft_all(store)
    assert sentence(store, article).translations["ru"].has_proposal
    check_counters(store, article)


def test_a_new_sentence_that_a_person_worked_on_stays_where_it_stands(store: Store, article: str) -> None:
    _update(store, article, NEW)
    draft_all(store)
    write(store, article, 1, "ko", "새 문장.", who="Ana")
    undone = _undo(store, article)
    assert [place.target for place in undone.skipped] == ["ko"]
    texts = [s.text for s in sentences_of(store, article)]
    assert sorted(texts) == sorted([*OLD[0], *OLD[1], "Une phrase toute neuve."])
    assert texts.index("Une phrase toute neuve.") == 1, "after the sentence that it followed"
    kept = next(s for s in sentences_of(store, article) if s.text == "Une phrase toute neuve.")
    assert kept.translations["ko"].text == "새 문장."
    assert _drawer(store, article) == []
    check_counters(store, article)


def test_a_corrected_pivot_of_since_stays(store: Store, article: str) -> None:
    _update(store, article, NEW)
    draft_all(store)
    with store.begin() as tx:
        set_pivot(tx, article, sentence(store, article).id, "ko", "The city dozes.", who="Ana", via="web")
    draft_all(store)
    assert [place.target for place in _undo(store, article).skipped] == ["ko"]
    draft_all(store)
    assert sentence(store, article).translations["ko"].text == "[ko] The city dozes."
    check_counters(store, article)


def test_updates_are_undone_one_after_the_other_and_an_earlier_one_not_before_a_later_one(store: Store, article: str) -> None:
    states = [state_of(store, article)]
    steps = []
    for source in (NEW, source_of(OLD[1]), source_of(OLD[1], ["Fin."])):
        _update(store, article, source)
        draft_all(store)
        states.append(state_of(store, article))
        with store.read() as tx:
            last = last_step(tx, article)
        assert last is not None
        steps.append(last.id)
    with store.begin() as tx, pytest.raises(NothingToUndo):
        undo(tx, article, step=steps[0])
    for n in (2, 1, 0):
        assert _undo(store, article).undid.id == steps[n]
        assert state_of(store, article) == states[n]
        check_counters(store, article)


def test_only_who_updated_the_source_undoes_it_by_the_way(store: Store, article: str) -> None:
    _update(store, article, NEW, who="Ana")
    with store.read() as tx:
        mine = last_step(tx, article)
    assert mine is not None and mine.action != "source"
    assert _undo(store, article, who="Ana").undid.action == "source"


def test_a_sentence_put_back_from_the_drawer_is_a_step_too(store: Store, article: str) -> None:
    _update(store, article, source_of(OLD[0]))
    draft_all(store)
    before = state_of(store, article)
    with store.begin() as tx:
        restore_removed(tx, article, list_removed(tx, article)[0].sentence_id)
    assert state_of(store, article) != before
    assert _undo(store, article).undid.size == 1
    assert state_of(store, article) == before
    check_counters(store, article)


def test_an_update_that_changes_nothing_is_no_step(store: Store, article: str) -> None:
    _update(store, article, source_of(*OLD))
    with store.read() as tx:
        last = last_step(tx, article)
    assert last is not None and last.action != "source"


def test_sentences_that_only_changed_places_go_back(store: Store, article: str) -> None:
    before = state_of(store, article)
    _update(store, article, source_of(OLD[1], [OLD[0][1], OLD[0][0]]))
    undone = _undo(store, article)
    assert (undone.changed, undone.skipped) == ((), ())
    assert state_of(store, article) == before


def test_states_come_back_too(store: Store, article: str) -> None:
    put(store, article, 1, "ko", State.REJECTED)
    before = state_of(store, article)
    _update(store, article, source_of([OLD[0][0], "Le vent souffle fort ce matin."], OLD[1]))
    draft_all(store)
    _undo(store, article)
    assert state_of(store, article) == before
    check_counters(store, article)


def test_the_file_of_before_comes_back_with_its_marks(store: Store) -> None:
    old, new = (b"# Un port\n\nLe **port** rouvre lundi.\n\nFin.\n", b"# Un port\n\nLe port rouvre **mardi**.\n")
    with store.begin() as tx:
        article = create_article(tx, read_article(old, file_name="a.md", max_bytes=9999), ("en", "ru"))
    draft_all(store)
    with store.read() as tx:
        before = translated_file(tx, article, "ru")
    _update(store, article, read_article(new, file_name="b.md", max_bytes=9999, accept_any_language=True))
    draft_all(store)
    with store.read() as tx:
        after = translated_file(tx, article, "ru")
    assert (after.name, "**mardi**" in after.data.decode()) == ("b.ru.md", True)
    undone = _undo(store, article)
    with store.read() as tx:
        assert translated_file(tx, article, "ru") == before
    _undo(store, article, step=undone.step)
    with store.read() as tx:
        assert translated_file(tx, article, "ru") == after


def test_an_article_that_was_pasted_is_one_again(store: Store, article: str) -> None:
    before = state_of(store, article)
    _update(store, article, read_article(b"# Autre\n\nTout va bien ici.\n", file_name="b.md", max_bytes=9999))
    _undo(store, article)
    with store.read() as tx:
        assert get_file(tx, article) is None
    assert state_of(store, article) == before


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=st.lists(st.integers(0, 10_000), min_size=1, max_size=3), drafted=st.booleans())
def test_updates_undone_give_the_same_document(seeds: list[int], drafted: bool, tmp_path_factory: pytest.TempPathFactory) -> None:
    store = Store.open(Settings(data_dir=tmp_path_factory.mktemp("d")))
    article = store_article(store, shaken(random.Random(1)), drafted=None)
    count = len(sentences_of(store, article))
    for n in range(0, count, 2):
        write(store, article, n, ("ru", "en")[n % 4 // 2], f"Моё {n}.")
    draft_all(store)
    states = [state_of(store, article)]
    for seed in seeds:
        _update(store, article, shaken(random.Random(seed)))
        if drafted:
            draft_all(store)
        states.append(state_of(store, article))
    while len(states) > 1:
        after = states.pop()
        if after == states[-1]:
            continue  # this update changed nothing
        assert _undo(store, article).skipped == ()
        assert state_of(store, article) == states[-1]
        check_counters(store, article)
    store.close()
