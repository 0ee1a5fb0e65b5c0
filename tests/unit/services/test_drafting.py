"""Rounds of drafting: who comes first, what is saved, what happens when the engine breaks."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, select, update

from tests.factories import draft_all, make_source, make_worker, store_article
from tests.fakes import FakeEngine
from webapp.domain import Document, Fingerprint, JobStatus, Paragraph, ParagraphKind, Sentence, SourceText, State
from webapp.engine.base import Slice
from webapp.errors import ArticleNotFound, DiskFull, NoRoute
from webapp.services import drafting
from webapp.services.articles import create_article, delete_article, get_document, get_job
from webapp.services.drafting import (
    cancel_drafting,
    draft_round,
    estimate_seconds,
    redraft_starter_drafts,
    retry_drafting,
    retry_without_route,
    workers_alive,
)
from webapp.storage import drafts as stored_drafts
from webapp.storage import jobs
from webapp.storage.models import drafts, translations
from webapp.storage.models import jobs as jobs_table
from webapp.storage.store import Store, Transaction

ME = make_worker("me")


@dataclass
class WatchedEngine(FakeEngine):
    """A fake engine that calls `before_slice` with the number of slices already made, across all its calls."""

    before_slice: Callable[[int], object] = lambda made: None
    made: int = 0

    def draft(self, sentences: Sequence[str], *, source: str, targets: Sequence[str]) -> Iterator[Slice]:
        for part in super().draft(sentences, source=source, targets=targets):
            if part.target == targets[0]:
                self.before_slice(self.made)
                self.made += 1
            yield part


@dataclass
class PartialEngine(FakeEngine):
    """A fake engine without packages for some targets."""

    missing: set[str] = field(default_factory=set)

    def fingerprints(self, source: str, target: str) -> tuple[Fingerprint, ...]:
        if target in self.missing:
            raise NoRoute(source=source, target=target, command=f"quatrain models install en-{target}")
        return super().fingerprints(source, target)


def _document(store: Store, article: str) -> Document:
    with store.read() as tx:
        return get_document(tx, article)


def _texts(store: Store, article: str, target: str) -> list[str]:
    return [s.translations[target].text for p in _document(store, article).paragraphs for s in p.sentences]


def _do(store: Store, verb: Callable[[Transaction, str], object], article: str) -> object:
    with store.begin() as tx:
        return verb(tx, article)


def _poisoned(*sentences: str) -> SourceText:
    return SourceText("Titre", (Paragraph(ParagraphKind.BODY, tuple(Sentence(s, " ") for s in sentences)),))


def test_a_round_without_jobs_does_nothing(store: Store) -> None:
    assert draft_round(store, FakeEngine(), ME) is False


def test_articles_are_pooled_into_one_call_of_the_engine(store: Store) -> None:
    engine = FakeEngine()
    ids = [store_article(store, make_source(seed=n)) for n in range(3)]
    assert draft_round(store, engine, ME)
    assert [len(call) for call in engine.calls] == [18]
    assert all(_document(store, article).job.status is JobStatus.DONE for article in ids)
    assert draft_round(store, engine, ME) is False


def test_the_first_sentences_of_every_new_article_go_before_the_rest_of_any(store: Store) -> None:
    engine = FakeEngine()
    ids = [store_article(store, make_source(paragraphs=4, sentences=3, seed=n)) for n in range(2)]
    draft_round(store, engine, ME)
    first = [s.text for article in ids for s in [s for p in _document(store, article).paragraphs for s in p.sentences][:4]]
    assert list(engine.calls[0][:8]) == first


def test_a_newcomer_interrupts_a_book_and_shows_its_first_rows_next(store: Store) -> None:
    book = store_article(store, make_source(paragraphs=30, seed=1))
    newcomers: list[str] = []

    def submit(made: int) -> None:
        if made == 3:
            with store.begin() as tx:
                newcomers.append(create_article(tx, make_source(paragraphs=5, seed=2), ["en", "ru", "ko"]))

    engine = WatchedEngine(before_slice=submit)
    draft_round(store, engine, ME)
    assert 0 < _document(store, book).job.done < 270
    assert _document(store, book).job.status is JobStatus.RUNNING
    newcomer = _document(store, newcomers[0])
    assert newcomer.job.status is JobStatus.WAITING
    draft_round(store, engine, ME)
    assert engine.calls[1][0] == newcomer.paragraphs[0].sentences[0].text
    draft_all(store, engine)
    assert {_document(store, article).job.status for article in (book, newcomers[0])} == {JobStatus.DONE}


def test_an_express_round_takes_only_what_shows_nothing_and_only_its_first_part(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "EXPRESS_SENTENCES", 10)
    under_way = store_article(store, make_source(paragraphs=5, seed=1), drafted=2)
    small, book = (store_article(store, make_source(paragraphs=n, seed=n)) for n in (2, 30))
    assert draft_round(store, FakeEngine(), ME, express=True)
    assert _document(store, under_way).job.done == 6
    assert _document(store, small).job.status is JobStatus.DONE
    assert _document(store, book).job.done == 12
    assert draft_round(store, FakeEngine(), ME, express=True) is False


def test_a_patient_round_leaves_newcomers_a_while_to_another_lane(store: Store) -> None:
    book = store_article(store, make_source(paragraphs=30, seed=1))
    submit = WatchedEngine(before_slice=lambda made: store_article(store, make_source(seed=2)) if made == 3 else None)
    draft_round(store, submit, ME, patience=60)
    assert _document(store, book).job.status is JobStatus.DONE


def test_a_small_article_is_done_while_the_round_goes_on_with_a_book(store: Store) -> None:
    book = store_article(store, make_source(paragraphs=30, seed=1), drafted=5)
    small = store_article(store, make_source(paragraphs=1, seed=2))
    seen: list[JobStatus] = []
    draft_round(store, WatchedEngine(before_slice=lambda made: seen.append(_document(store, small).job.status)), ME)
    assert seen[:3] == [JobStatus.RUNNING, JobStatus.DONE, JobStatus.DONE]
    assert _document(store, book).job.status is JobStatus.DONE


def test_many_newcomers_beyond_a_round_show_their_first_rows_in_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "ROUND_SENTENCES", 10)
    ids = [store_article(store, make_source(paragraphs=3, seed=n), ["en"]) for n in range(6)]
    draft_round(store, FakeEngine(), ME)
    assert all(_document(store, article).job.done >= 4 for article in ids)
    draft_all(store)
    assert all(_document(store, article).job.status is JobStatus.DONE for article in ids)


def test_with_other_workers_about_a_round_leaves_articles_to_them(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "SHARED_ROUND_SENTENCES", 9)
    ids = [store_article(store, make_source(seed=n), ["en"]) for n in range(4)]
    draft_round(store, FakeEngine(), make_worker("other"))
    draft_round(store, FakeEngine(), ME)
    done = [_document(store, article).job.done for article in ids]
    assert done == [6, 6, 6, 6]


def test_the_article_shows_each_range_as_soon_as_it_is_drafted(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4))
    seen: list[int] = []
    draft_round(store, WatchedEngine(before_slice=lambda made: seen.append(_document(store, article).job.done)), ME)
    assert seen == [0, 9, 18, 27]


def test_a_cancelled_article_keeps_what_it_has_and_can_go_on_later(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4))
    other = store_article(store, make_source(paragraphs=1, seed=9))
    cancel = WatchedEngine(before_slice=lambda made: _do(store, cancel_drafting, article) if made == 2 else None)
    draft_round(store, cancel, ME)
    draft_all(store)
    view = _document(store, article).job
    assert view.status is JobStatus.CANCELLED
    assert 0 < view.done < view.total
    assert _document(store, other).job.status is JobStatus.DONE
    _do(store, retry_drafting, article)
    draft_all(store)
    assert _document(store, article).job.status is JobStatus.DONE
    assert all(_texts(store, article, "ko"))


def test_asking_again_for_an_article_under_way_changes_nothing(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4))
    draft_round(store, WatchedEngine(before_slice=lambda made: _do(store, retry_drafting, article) and None), ME)
    assert _document(store, article).job.status is JobStatus.DONE
    _do(store, retry_drafting, article)
    assert _document(store, article).job.status is JobStatus.DONE


def test_an_article_deleted_while_it_is_drafted_disturbs_nobody(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4))
    other = store_article(store, make_source(paragraphs=6, seed=9))
    draft_round(store, WatchedEngine(before_slice=lambda made: _do(store, delete_article, article) if made == 2 else None), ME)
    draft_all(store)
    assert _document(store, other).job.status is JobStatus.DONE


def test_a_round_told_to_stop_saves_its_range_and_gives_everything_back(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4))
    draft_round(store, FakeEngine(), ME, stopping=lambda: True)
    view = _document(store, article).job
    assert (view.status, view.done) == (JobStatus.RUNNING, 9)
    with store.begin() as tx:
        assert [job.attempts for job in jobs.claimable(tx, "another")] == [0]


def test_a_poisoned_article_fails_with_its_reason_and_everything_else_of_it_and_others_is_drafted(store: Store) -> None:
    well = [store_article(store, make_source(seed=n)) for n in (1, 2)]
    ill = store_article(store, _poisoned(*(f"Phrase {n}." for n in range(20)), "Du poison \N{SKULL}.", "Une fin."))
    draft_all(store)
    assert {_document(store, article).job.status for article in well} == {JobStatus.DONE}
    view = _document(store, ill).job
    assert (view.status, view.error) == (JobStatus.FAILED, "engine-failed")
    assert "RuntimeError" in (view.detail or "")
    assert view.done == view.total - 3
    assert [bool(text) for text in _texts(store, ill, "ru")] == [True] * 20 + [False, True]
    _do(store, retry_drafting, ill)
    draft_all(store, FakeEngine(poison="nothing"))
    assert _document(store, ill).job.status is JobStatus.DONE
    assert all(_texts(store, ill, "ru"))


def test_an_engine_that_breaks_on_everything_is_not_asked_for_every_sentence(store: Store) -> None:
    article = store_article(store, _poisoned(*(f"\N{SKULL} {n}." for n in range(200))))
    engine = FakeEngine()
    draft_all(store, engine)
    assert _document(store, article).job.status is JobStatus.FAILED
    assert len(engine.calls) < 40


def test_a_text_the_database_refuses_fails_its_article_only(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    ill = store_article(store, _poisoned("Bien.", "Refusé."), ["en"])
    well = store_article(store, make_source(), ["en"])
    save = stored_drafts.save

    def refuse(tx: Transaction, worker: str, proposals: stored_drafts.Proposals) -> set[int]:
        if any(pending.text == "Refusé." for pending, _ in proposals):
            raise ValueError("refused")
        return save(tx, worker, proposals)

    monkeypatch.setattr(stored_drafts, "save", refuse)
    draft_all(store)
    assert _document(store, well).job.status is JobStatus.DONE
    assert _document(store, ill).job.error == "engine-failed"
    assert _texts(store, ill, "en") == ["[en] Bien.", ""]


def test_a_full_disk_fails_no_article(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    article = store_article(store)

    def full(*_: object) -> set[int]:
        raise DiskFull(folder="here")

    with monkeypatch.context() as patched:
        patched.setattr(stored_drafts, "save", full)
        with pytest.raises(DiskFull):
            draft_round(store, FakeEngine(), ME)
    assert _document(store, article).job.status is JobStatus.RUNNING
    draft_all(store, worker=ME)
    assert _document(store, article).job.status is JobStatus.DONE


def test_a_missing_package_fails_the_article_with_the_command_that_mends_it_and_keeps_the_other_versions(store: Store) -> None:
    article = store_article(store)
    only_english = store_article(store, make_source(seed=4), ["en"])
    draft_all(store, PartialEngine(missing={"ko"}))
    view = _document(store, article).job
    assert (view.status, view.error) == (JobStatus.FAILED, "no-route")
    assert view.error_data["command"] == "quatrain models install en-ko"
    assert all(_texts(store, article, "en") + _texts(store, article, "ru"))
    assert not any(_texts(store, article, "ko"))
    assert _document(store, only_english).job.status is JobStatus.DONE
    with store.begin() as tx:
        assert retry_without_route(tx) == 1
    draft_all(store)
    assert _document(store, article).job.status is JobStatus.DONE


def test_a_paragraph_in_another_language_is_kept_in_its_version_and_drafted_from_it_or_kept_elsewhere(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4, sentences=1, languages=[None, "en", "ru", "de"]))
    draft_all(store)
    english, russian, german = (p.sentences[0] for p in _document(store, article).paragraphs[1:])
    assert english.translations["en"].text == english.text
    assert english.translations["en"].confidence is None
    assert english.translations["en"].state is State.DRAFT
    assert (english.translations["ru"].text, english.translations["ru"].pivot) == (f"[ru] {english.text}", None)
    assert (russian.translations["ru"].confidence, russian.translations["ko"].confidence) == (None, 0)
    assert {t.text for t in german.translations.values()} == {german.text}
    assert {t.confidence for t in german.translations.values()} == {0}
    assert _document(store, article).job.status is JobStatus.DONE


def test_a_job_that_failed_to_advance_is_taken_alone(store: Store) -> None:
    for n in range(3):
        store_article(store, make_source(seed=n))
    with store.begin() as tx:
        tx.connection.execute(update(jobs_table).where(jobs_table.c.article_id == 2).values(attempts=1))
    engine = FakeEngine()
    draft_all(store, engine)
    assert [len(call) for call in engine.calls] == [12, 6]


def test_what_dies_with_its_worker_goes_on_where_it_stopped(store: Store) -> None:
    article = store_article(store, make_source(paragraphs=4), drafted=5)
    with store.begin() as tx:
        jobs.claim(tx, [1], "dead")
        jobs.free_leases(tx, ["dead"])
    draft_all(store)
    assert _document(store, article).job.status is JobStatus.DONE
    with store.read() as tx:
        rows = tx.connection.execute(
            select(drafts.c.sentence_id, drafts.c.target, func.count()).group_by("sentence_id", "target")
        )
        assert {row[2] for row in rows} == {1}


def test_starter_drafts_are_made_again_except_where_a_person_touched_them(store: Store) -> None:
    article = store_article(store, drafted=None)
    with store.begin() as tx:
        mine = (translations.c.sentence_id == 2) & (translations.c.target == "ru")
        tx.connection.execute(update(translations).where(mine).values(state="approved", text="à moi"))
        assert redraft_starter_drafts(tx, article) == 17
        assert redraft_starter_drafts(tx, None) == 0
        view = get_job(tx, article)
    assert (view.status, view.done, view.total) == (JobStatus.WAITING, 0, 17)
    assert all(_texts(store, article, "ko")), "the old drafts stay until the new ones come"
    draft_all(store)
    document = _document(store, article)
    assert document.job.status is JobStatus.DONE
    assert document.paragraphs[0].sentences[1].translations["ru"].text == "à moi"
    assert document.paragraphs[0].sentences[0].translations["ru"].revision == 2
    with pytest.raises(ArticleNotFound), store.begin() as tx:
        redraft_starter_drafts(tx, "0123456789ab")


def test_the_time_needed_is_known_once_it_was_measured(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(10_000))
    monkeypatch.setattr(drafting.time, "monotonic", lambda: float(next(clock)))
    with store.read() as tx:
        assert estimate_seconds(tx, 500, 3) is None
        assert workers_alive(tx) == 0
    store_article(store, make_source(paragraphs=4))
    draft_round(store, FakeEngine(), ME)
    with store.read() as tx:
        estimate = estimate_seconds(tx, 500, 3)
        assert workers_alive(tx) == 1
    assert estimate == pytest.approx(500 * 3 / (9 * 8 * 3 / 3), rel=0.3)


def test_verbs_on_an_article_that_is_not_there_say_so(store: Store) -> None:
    for verb in (cancel_drafting, retry_drafting):
        with pytest.raises(ArticleNotFound):
            _do(store, verb, "0123456789ab")
