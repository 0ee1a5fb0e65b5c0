"""Saving drafts: everything kept, nothing of a person's overwritten, nothing saved twice."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select, update

from tests.factories import draft_all, make_source, make_worker, store_article
from webapp.domain import Origin, State
from webapp.engine.base import HopTrace
from webapp.languages import TARGETS
from webapp.services.articles import delete_article, get_document, get_job
from webapp.services.drafting import cancel_drafting
from webapp.storage import articles, drafts, jobs, traces, workers
from webapp.storage.drafts import Pending, Proposal
from webapp.storage.models import drafts as drafts_table
from webapp.storage.models import history, translations
from webapp.storage.store import Store

WORKER = make_worker("me")
TRACE = HopTrace(("▁Bon", "jour"), ("▁Hello",), bytes([200, 55]))


def _claimed(store: Store, article: str) -> list[Pending]:
    with store.begin() as tx:
        workers.heartbeat(tx, WORKER)
        key = articles.key_of(tx, article)
        jobs.claim(tx, [key], WORKER.id)
        return drafts.pending_of(tx, key, TARGETS, 100)


def _proposed(work: Sequence[Pending], text: str = "text") -> list[tuple[Pending, dict[str, Proposal]]]:
    return [(p, {t: Proposal(f"{text} {p.sentence} {t}", 0.5, "pivot", (), (TRACE,)) for t in p.targets}) for p in work]


def _person_writes(store: Store, sentence: int, target: str, **values: Any) -> None:
    with store.begin() as tx:
        here = (translations.c.sentence_id == sentence) & (translations.c.target == target)
        tx.connection.execute(update(translations).where(here).values(revision=translations.c.revision + 1, **values))


def test_pending_sentences_come_in_source_order_with_the_targets_in_theirs(store: Store) -> None:
    work = _claimed(store, store_article(store, make_source(paragraphs=3, sentences=2, languages=[None, "en"]), ["ko", "ru"]))
    assert [p.sentence for p in work] == sorted(p.sentence for p in work)
    assert [p.language for p in work] == [None, None, "en", "en", None, None]
    assert {p.targets for p in work} == {("ru", "ko")}


def test_a_saved_draft_is_kept_with_its_traces_and_its_history(store: Store) -> None:
    work = _claimed(store, store_article(store, targets=["en"]))
    with store.begin() as tx:
        assert drafts.save(tx, WORKER.id, _proposed(work)) == set()
    with store.read() as tx:
        draft = drafts.latest_draft(tx, work[0].sentence, "en")
        line = tx.connection.execute(select(history).where(history.c.sentence_id == work[0].sentence)).one()
    assert draft == Proposal(f"text {work[0].sentence} en", 0.5, "pivot", (), (TRACE,))
    assert (line.who, line.action, line.via, line.revision) == ("worker", "draft", "worker", 1)
    assert (line.text_before, line.text_after) == ("", draft.text)
    assert (line.state_before, line.state_after, line.origin_before, line.origin_after) == ("untranslated", "draft", None, "mt")
    assert line.at.utcoffset().total_seconds() == 0


def test_the_same_drafts_saved_again_change_nothing(store: Store) -> None:
    work = _claimed(store, store_article(store))
    for _ in range(2):
        with store.begin() as tx:
            drafts.save(tx, WORKER.id, _proposed(work))
    with store.read() as tx:
        assert tx.connection.scalar(select(func.count()).select_from(drafts_table)) == 18
        assert tx.connection.scalar(select(func.count()).select_from(history)) == 18


@pytest.mark.parametrize(
    "touched",
    [
        {"text": "the person's", "state": "translated", "origin": "human"},
        {"text": "the person's", "state": "draft", "origin": "mt-edited"},
        {"text": "the person's", "state": "approved", "origin": "mt", "pending": False},
        {"text": "the person's", "state": "rejected", "origin": "human", "pending": False},
    ],
)
def test_what_a_person_touched_meanwhile_is_never_overwritten(store: Store, touched: dict[str, Any]) -> None:
    article = store_article(store)
    work = _claimed(store, article)
    _person_writes(store, work[1].sentence, "ru", **touched)
    with store.begin() as tx:
        drafts.save(tx, WORKER.id, _proposed(work))
    draft_all(store, worker=WORKER)
    with store.read() as tx:
        document = get_document(tx, article)
    sentences = [s for p in document.paragraphs for s in p.sentences]
    mine = sentences[1].translations["ru"]
    assert (mine.text, mine.state.value, mine.origin) == ("the person's", touched["state"], touched["origin"])
    assert all(t.text for s in sentences for t in s.translations.values())


def test_a_translation_whose_revision_moved_on_is_drafted_again_not_overwritten(store: Store) -> None:
    article = store_article(store)
    work = _claimed(store, article)
    _person_writes(store, work[0].sentence, "en", pivot=None)
    with store.begin() as tx:
        drafts.save(tx, WORKER.id, _proposed(work, "stale"))
    draft_all(store, worker=WORKER)
    with store.read() as tx:
        document = get_document(tx, article)
    assert document.paragraphs[0].sentences[0].translations["en"].text.startswith("[en]")
    assert document.paragraphs[0].sentences[0].translations["ru"].text.startswith("stale")


def test_drafts_of_a_cancelled_or_deleted_article_are_dropped_and_the_others_saved(store: Store) -> None:
    ids = [store_article(store, make_source(seed=n), ["en"]) for n in range(3)]
    work = [pending for article in ids for pending in _claimed(store, article)]
    with store.begin() as tx:
        cancel_drafting(tx, ids[0])
        delete_article(tx, ids[1])
    with store.begin() as tx:
        lost = drafts.save(tx, WORKER.id, _proposed(work))
    assert lost == {work[0].article, work[6].article}
    with store.read() as tx:
        assert get_job(tx, ids[0]).done == 0
        assert get_job(tx, ids[2]).done == 6


def test_counters_follow_every_state(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=2, sentences=2), drafted=3)
    with store.read() as tx:
        document = get_document(tx, article)
    for target, progress in document.progress.items():
        states = [s.translations[target].state for p in document.paragraphs for s in p.sentences]
        assert progress.sentences_by_state == {state: states.count(state) for state in State}
        assert sum(progress.words_by_state.values()) == progress.words == document.word_count
    assert (document.job.done, document.job.total) == (9, 12)
    assert all(t.origin in {None, Origin.MT} for p in document.paragraphs for s in p.sentences for t in s.translations.values())


PIECES = st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=5), max_size=6).map(tuple)


@given(st.lists(st.builds(HopTrace, PIECES, PIECES, st.binary(max_size=40)), max_size=3).map(tuple))
def test_packed_traces_come_back_as_they_were(given_traces: tuple[HopTrace, ...]) -> None:
    assert traces.unpack(traces.pack(given_traces)) == given_traces


def test_traces_of_an_unknown_layout_are_refused() -> None:
    import zlib

    with pytest.raises(ValueError, match="layout 9"):
        traces.unpack(zlib.compress(b"\x09"))
