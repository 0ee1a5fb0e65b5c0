"""A worker may be killed at any moment: every article ends complete, no sentence saved twice, none lost."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from tests.factories import make_source, store_article
from tests.postgres import postgres_server, postgres_url
from tests.worker_process import SlowEngine, start_worker
from webapp.config import Settings
from webapp.domain import JobStatus, Paragraph, ParagraphKind, Sentence, SourceText
from webapp.engine.packages import PackageStore
from webapp.jobs.queue import open_queue, waker
from webapp.services.articles import get_document, get_job
from webapp.storage.models import drafts, history, translations
from webapp.storage.store import Store

__all__ = ["postgres_server", "postgres_url"]

pytestmark = pytest.mark.slow
KILLS = 20


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings)
    yield opened
    opened.close()


def _wait_for(condition: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def _is_done(store: Store, articles: list[str]) -> bool:
    with store.read() as tx:
        return all(get_job(tx, article).status is JobStatus.DONE for article in articles)


def _prove_nothing_lost_nothing_twice(store: Store, articles: list[str], *, is_fake: bool = True) -> None:
    with store.read() as tx:
        documents = [get_document(tx, article) for article in articles]
        saved = [tuple(row) for row in tx.connection.execute(select(drafts.c.sentence_id, drafts.c.target))]
        lines = tx.connection.execute(select(history.c.sentence_id, history.c.target, history.c.revision)).all()
        wanted = {tuple(row) for row in tx.connection.execute(select(translations.c.sentence_id, translations.c.target))}
        revisions = set(tx.connection.scalars(select(translations.c.revision)))
    assert len(saved) == len(set(saved))
    assert set(saved) == wanted
    assert {(row.sentence_id, row.target) for row in lines} == wanted
    assert len(lines) == len(wanted)
    assert revisions == {1}
    for document in documents:
        assert document.job.done == document.job.total == document.sentence_count * 3
        assert {progress.drafted for progress in document.progress.values()} == {document.sentence_count}
        for paragraph in document.paragraphs:
            for sentence in paragraph.sentences:
                texts = {target: translation.text for target, translation in sentence.translations.items()}
                assert all(texts.values())
                assert not is_fake or texts == {target: f"[{target}] {sentence.text}" for target in texts}


def test_twenty_kills_at_random_moments_lose_nothing_and_repeat_nothing(settings: Settings, store: Store) -> None:
    seed = random.randrange(10**6)
    print(f"random.seed({seed})")  # noqa: T201 — shown when the test fails
    moments = random.Random(seed)
    wake = waker(open_queue(settings))
    articles = []
    for kill in range(KILLS):
        articles.append(store_article(store, make_source(paragraphs=moments.randint(2, 30), sentences=3, seed=kill)))
        wake()
        worker = start_worker(settings, SlowEngine(slice_size=2))
        time.sleep(moments.uniform(0.05, 0.9))
        worker.kill()
        worker.join()
    assert not _is_done(store, articles), "the workers must have been killed in the middle of their work"
    worker = start_worker(settings, SlowEngine(slice_size=2))
    _wait_for(lambda: _is_done(store, articles))
    worker.terminate()
    worker.join(5)
    assert worker.exitcode == 0
    _prove_nothing_lost_nothing_twice(store, articles)


def test_the_real_engine_killed_while_it_translates_loses_nothing_and_repeats_nothing(settings: Settings, store: Store) -> None:
    PackageStore(settings).install_starters()
    article = store_article(store, make_source(paragraphs=25, sentences=4, words=12))

    def has_more_than(done: int) -> bool:
        with store.read() as tx:
            return get_job(tx, article).done > done

    for kill in range(2):
        worker = start_worker(settings)
        _wait_for(lambda done=30 * kill: has_more_than(done))  # type: ignore[misc]
        worker.kill()
        worker.join()
    assert not _is_done(store, [article])
    worker = start_worker(settings)
    _wait_for(lambda: _is_done(store, [article]))
    worker.terminate()
    worker.join(5)
    assert worker.exitcode == 0
    _prove_nothing_lost_nothing_twice(store, [article], is_fake=False)


def test_an_article_that_kills_its_worker_is_set_aside_and_the_others_are_finished(settings: Settings, store: Store) -> None:
    bomb = SourceText("Titre", (Paragraph(ParagraphKind.BODY, (Sentence("Bien.", " "), Sentence("\N{BOMB}"))),))
    fatal = store_article(store, bomb)
    well = [store_article(store, make_source(paragraphs=4, seed=n)) for n in range(3)]

    def is_over() -> bool:
        with store.read() as tx:
            return get_job(tx, fatal).status is JobStatus.FAILED

    deaths = 0
    for _ in range(8):
        worker = start_worker(settings, SlowEngine(slice_size=1))
        _wait_for(lambda started=worker: not started.is_alive() or (is_over() and _is_done(store, well)))  # type: ignore[misc]
        if worker.is_alive():
            worker.terminate()
            worker.join(5)
            break
        deaths += 1
    with store.read() as tx:
        view = get_job(tx, fatal)
        text = get_document(tx, fatal).paragraphs[0].sentences[0].translations["ko"].text
    assert (view.status, view.error) == (JobStatus.FAILED, "drafting-repeatedly-failed")
    assert text == "[ko] Bien.", "what can be drafted is"
    assert _is_done(store, well)
    assert 3 <= deaths <= 6


@pytest.mark.postgres
def test_two_workers_on_one_postgresql_share_the_work_and_repeat_nothing(settings: Settings, postgres_url: str) -> None:
    shared = replace(settings, database_url=postgres_url)
    elsewhere = replace(shared, data_dir=settings.data_dir.with_name("elsewhere"))
    store = Store.open(shared)
    workers = [start_worker(each, SlowEngine(slice_size=4, seconds=0.02)) for each in (shared, elsewhere)]
    articles = [store_article(store, make_source(paragraphs=20, sentences=3, seed=n)) for n in range(20)]
    queue = open_queue(shared)
    waker(queue)()
    queue.storage.close()
    _wait_for(lambda: _is_done(store, articles))
    for worker in workers:
        worker.terminate()
        worker.join(5)
    _prove_nothing_lost_nothing_twice(store, articles)
    with store.read() as tx:
        by_process = tx.connection.execute(select(drafts.c.confidence, func.count()).group_by(drafts.c.confidence)).all()
    store.close()
    assert len(by_process) == 2, "both workers took their part"


@pytest.mark.postgres
def test_a_killed_worker_on_postgresql_is_replaced_by_one_on_the_same_machine_at_once(
    settings: Settings, postgres_url: str
) -> None:
    shared = replace(settings, database_url=postgres_url)
    store = Store.open(shared)
    articles = [store_article(store, make_source(paragraphs=30, sentences=3, seed=n)) for n in range(2)]
    first = start_worker(shared, SlowEngine(slice_size=2, seconds=0.02))

    def shows_something() -> bool:
        with store.read() as tx:
            return get_job(tx, articles[0]).done > 0

    _wait_for(shows_something)
    first.kill()
    first.join()
    second = start_worker(shared, SlowEngine(slice_size=2))
    _wait_for(lambda: _is_done(store, articles))
    second.terminate()
    second.join(5)
    _prove_nothing_lost_nothing_twice(store, articles)
    store.close()
