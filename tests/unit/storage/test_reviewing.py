"""Review on both databases: what depends on how they lock, count and keep constraints, above all when several write at once."""

import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.factories import draft_all, make_worker, store_article
from tests.unit.services import test_pivot, test_review, test_revising, test_search_replace
from tests.unit.services.reviewing import check_counters, sentence, sentences_of, source_of, write
from webapp.config import Settings
from webapp.domain import State
from webapp.errors import EditConflict, NothingToUndo
from webapp.services.autosave import get_unsaved, save_unsaved
from webapp.services.comments import add_comment
from webapp.services.review import approve_version, edit_translation, history_of, undo
from webapp.services.revising import update_source
from webapp.storage.db import migrating, open_engine
from webapp.storage.migrate import run_alembic
from webapp.storage.store import Store

TEXTS = [[f"La ville numéro {'abcdefghij'[n]} dort.", f"Le vent {'abcdefghij'[n]} souffle."] for n in range(10)]


@pytest.fixture
def article(store: Store) -> str:
    """A drafted article of ten paragraphs with two sentences each."""
    return store_article(store, source_of(*TEXTS), drafted=None)


@pytest.mark.parametrize(
    "scenario",
    [
        test_pivot.test_an_accepted_proposal_takes_the_place_and_can_be_undone_whole,
        test_pivot.test_a_corrected_pivot_can_be_undone_after_its_draft_came,
        test_review.test_two_people_on_one_sentence_see_both_texts_and_nothing_is_overwritten,
        test_search_replace.test_it_is_one_step_that_can_be_undone,
    ],
    ids=lambda scenario: scenario.__name__,
)
def test_what_review_does_on_one_database_it_does_on_both(store: Store, scenario: Callable[[Store, str], None]) -> None:
    texts = ["La ville dort.", "Le vent souffle."]
    if scenario.__module__.endswith("replace"):
        article = test_search_replace.article.__wrapped__(store)  # type: ignore[attr-defined] # pytest keeps the function there
    else:
        article = store_article(store, source_of(texts), drafted=None)
    scenario(store, article)


@pytest.mark.parametrize(
    "scenario",
    [
        test_revising.test_moved_sentences_keep_translations_states_comments_and_history,
        test_revising.test_paragraphs_are_split_and_joined_without_a_loss,
        test_revising.test_a_removed_paragraph_comes_back_as_one_sentence_by_sentence,
        test_revising.test_a_correction_that_is_taken_back_makes_the_human_text_good_again,
    ],
    ids=lambda scenario: scenario.__name__,
)
def test_the_source_changes_alike_on_both(store: Store, scenario: Callable[[Store, str], None]) -> None:
    scenario(store, test_revising.article.__wrapped__(store))  # type: ignore[attr-defined] # pytest keeps the function there


def _at_once(*tasks: Callable[[], None]) -> list[BaseException]:
    raised: list[BaseException] = []
    gate = threading.Barrier(len(tasks))

    def run(task: Callable[[], None]) -> None:
        gate.wait()
        try:
            task()
        except BaseException as error:  # noqa: BLE001 — told to the test
            raised.append(error)

    threads = [threading.Thread(target=run, args=(task,)) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_of_two_who_save_at_once_one_is_told(store: Store, article: str) -> None:
    mine = sentence(store, article)
    seen = mine.translations["en"].revision

    def save(who: str) -> Callable[[], None]:
        def run() -> None:
            with store.begin() as tx:
                edit_translation(tx, article, mine.id, "en", f"By {who}.", revision=seen, who=who)

        return run

    raised = _at_once(save("Ana"), save("Ben"), save("Cem"))
    assert [type(error) for error in raised] == [EditConflict, EditConflict]
    with store.read() as tx:
        assert len(history_of(tx, article, mine.id, "en")) == 2
    check_counters(store, article)


def test_people_who_approve_undo_and_write_beside_a_working_machine_lose_nothing(store: Store, article: str) -> None:
    write(store, article, 0, "en", "The first city sleeps.")
    new = [list(paragraph) for paragraph in TEXTS]
    new[4][0] = "La ville numéro e dort encore un peu."

    def person() -> None:
        for n in range(2, 12):
            with store.begin() as tx:
                edit_translation(tx, article, ids[n], "ru", f"Моё {n}.", revision=None, who="Ana")

    def approver() -> None:
        with store.begin() as tx:
            approve_version(tx, article, "ko", confirmed=True, who="Ben")
        with store.begin() as tx:
            undo(tx, article, who="Ben")

    def editor() -> None:
        with store.begin() as tx:
            update_source(tx, article, source_of(*new), who="Cem")

    ids = [s.id for s in sentences_of(store, article)]
    machine = make_worker("machine")
    raised = _at_once(person, approver, editor, lambda: draft_all(store, worker=machine))
    assert [error for error in raised if not isinstance(error, NothingToUndo)] == []
    draft_all(store, worker=machine)
    shown = {s.id: s for s in sentences_of(store, article)}
    assert [shown[ids[n]].translations["ru"].text for n in range(2, 12)] == [f"Моё {n}." for n in range(2, 12)]
    assert shown[ids[8]].text == new[4][0]
    check_counters(store, article)


def test_two_tabs_that_keep_what_is_typed_at_once_do_not_collide(store: Store, article: str) -> None:
    mine = sentence(store, article).id

    def keep(text: str) -> Callable[[], None]:
        def run() -> None:
            with store.begin() as tx:
                save_unsaved(tx, article, mine, "ko", text, base_revision=1)

        return run

    assert _at_once(keep("a"), keep("b"), keep("c")) == []
    with store.read() as tx:
        kept = get_unsaved(tx, article, mine, "ko")
    assert kept is not None and kept.text in {"a", "b", "c"}


def test_comments_at_once_are_all_kept(store: Store, article: str) -> None:
    mine = sentence(store, article).id

    def remark(n: int) -> Callable[[], None]:
        def run() -> None:
            with store.begin() as tx:
                add_comment(tx, article, mine, f"Remark {n}")

        return run

    assert _at_once(*(remark(n) for n in range(4))) == []
    assert sentence(store, article).comments == 4
    assert sentence(store, article).translations["en"].state is State.DRAFT


def test_an_article_of_before_review_is_as_it_was_after_the_upgrade(database: Settings) -> None:
    store = Store.open(database)
    article = store_article(store, source_of(*TEXTS), drafted=None)
    before = [s.translations for s in sentences_of(store, article)]
    store.close()
    engine = open_engine(database)
    with migrating(engine).begin() as connection:
        run_alembic(connection, "downgrade", "0001")
    engine.dispose()
    store = Store.open(database)
    after = [s.translations for s in sentences_of(store, article)]
    assert [{t: replace(v, errors=0, warnings=0) for t, v in s.items()} for s in before] == [dict(s) for s in after]
    write(store, article, 0, "en", "The first city sleeps.")
    check_counters(store, article)
    store.close()
