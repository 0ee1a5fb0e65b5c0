"""The order of the jobs, their leases and what people see of them."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from tests.factories import make_source, make_worker, store_article
from tests.fakes import FakeEngine
from webapp.config import Settings
from webapp.domain import JobStatus, JobView
from webapp.errors import NoRoute
from webapp.services.articles import get_job, list_articles
from webapp.services.drafting import draft_round
from webapp.storage import articles, jobs, measures, workers
from webapp.storage.models import jobs as table
from webapp.storage.models import workers as workers_table
from webapp.storage.store import Store

ME = make_worker("me")


def _set(store: Store, article: str, **values: object) -> int:
    with store.begin() as tx:
        key = articles.key_of(tx, article)
        if values:
            tx.connection.execute(update(table).where(table.c.article_id == key).values(**values))
        return key


def _order(store: Store) -> list[int]:
    with store.begin() as tx:
        return [job.article for job in jobs.claimable(tx, ME.id)]


def _view(store: Store, article: str) -> JobView:
    with store.read() as tx:
        return get_job(tx, article)


def test_small_articles_go_before_large_ones(store: Store) -> None:
    book = _set(store, store_article(store, make_source(paragraphs=200, sentences=10, words=20)), done=5)
    small = _set(store, store_article(store, make_source(paragraphs=2)), done=1)
    assert _order(store) == [small, book]


def test_a_book_that_has_waited_long_goes_before_a_small_article(store: Store) -> None:
    book = _set(store, store_article(store, make_source(paragraphs=20)), done=5, remaining=300_000, queued_at=0)
    small = _set(store, store_article(store, make_source(paragraphs=2)), done=1)
    assert _order(store) == [book, small]


def test_articles_that_show_nothing_go_first_and_stuck_ones_before_those_under_way(store: Store) -> None:
    under_way = _set(store, store_article(store), done=1)
    stuck = _set(store, store_article(store), attempts=1)
    new = _set(store, store_article(store, make_source(paragraphs=30)))
    assert _order(store) == [new, stuck, under_way]


def test_jobs_of_another_living_worker_are_not_taken(store: Store) -> None:
    taken, free = (_set(store, store_article(store)) for _ in range(2))
    with store.begin() as tx:
        workers.heartbeat(tx, make_worker("other"))
        jobs.claim(tx, [taken], "other")
        jobs.free_leases(tx)
    assert _order(store) == [free]


def test_the_lease_of_a_worker_not_heard_of_for_half_a_minute_ends(store: Store) -> None:
    article = _set(store, store_article(store))
    with store.begin() as tx:
        workers.heartbeat(tx, make_worker("silent"))
        jobs.claim(tx, [article], "silent")
        long_ago = tx.clock() - jobs.LEASE_SECONDS - 1
        tx.connection.execute(update(workers_table).values(heartbeat_at=long_ago))
        assert jobs.free_leases(tx) == 1
    assert _order(store) == [article]


def test_a_job_that_stopped_its_worker_again_and_again_is_set_aside_and_says_so(store: Store) -> None:
    article = store_article(store)
    key = _set(store, article)
    for _ in range(4):
        with store.begin() as tx:
            assert jobs.fail_repeaters(tx) == []
            jobs.claim(tx, [key], "crashed")
            jobs.free_leases(tx, ["crashed"])
    with store.begin() as tx:
        assert jobs.fail_repeaters(tx) == [key]
    view = _view(store, article)
    assert (view.status, view.error, view.error_data) == (JobStatus.FAILED, "drafting-repeatedly-failed", {"attempts": 4})
    assert "4 times" in (view.detail or "")


def test_progress_forgets_the_attempts(store: Store) -> None:
    article = store_article(store)
    key = _set(store, article, attempts=2)
    with store.begin() as tx:
        jobs.progressed(tx, key, pairs=1, words=5)
        assert jobs.fail_repeaters(tx) == []
        assert jobs.claimable(tx, ME.id)[0].attempts == 0


def test_a_waiting_article_shows_its_place_and_the_time_left_once_the_rate_is_known(store: Store) -> None:
    first, second = (store_article(store, make_source(paragraphs=n), ["en"]) for n in (1, 2))
    assert _view(store, second).seconds_left is None
    with store.begin() as tx:
        measures.add_drafting(tx, 120, 2.0)
    assert (_view(store, first).position, _view(store, second).position) == (0, 1)
    with store.read() as tx:
        words = [item.word_count for item in list_articles(tx).items]
        assert measures.drafting_rate(tx) == 60
    assert _view(store, first).seconds_left == words[1] / 60
    assert _view(store, second).seconds_left == sum(words) / 60


def test_newer_measurements_count_more(store: Store) -> None:
    with store.begin() as tx:
        measures.add_drafting(tx, 100, 10.0)
        for _ in range(20):
            measures.add_drafting(tx, 100, 1.0)
        rate = measures.drafting_rate(tx)
    assert rate is not None
    assert 90 < rate <= 100


def test_a_failure_keeps_what_fills_its_message(store: Store) -> None:
    article = store_article(store)
    key = _set(store, article)
    error = NoRoute(source="fr", target="en", command="quatrain models install fr-en")
    with store.begin() as tx:
        jobs.claim(tx, [key], ME.id)
        jobs.fail(tx, key, ME.id, error)
        assert jobs.failed_with(tx, "no-route") == [key]
    view = _view(store, article)
    assert (view.status, view.error, view.detail) == (JobStatus.FAILED, "no-route", str(error))
    assert view.error_data == error.data


def test_workers_are_known_while_they_are_heard_of(store: Store) -> None:
    with store.begin() as tx:
        assert workers.alive(tx) == 0
        workers.heartbeat(tx, ME)
        workers.heartbeat(tx, ME)
        assert workers.alive(tx) == 1
        assert workers.on_host(tx, ME.host) == [ME]
        tx.connection.execute(update(workers_table).values(heartbeat_at=tx.clock() - 3 * jobs.LEASE_SECONDS))
        assert workers.alive(tx) == 0
        workers.forget_silent(tx)
        assert workers.on_host(tx, ME.host) == []


@pytest.mark.postgres
def test_a_worker_does_not_go_idle_because_another_is_just_looking_at_the_jobs(settings: Settings, postgres_url: str) -> None:
    store = Store.open(replace(settings, database_url=postgres_url))
    article = store_article(store)
    with store.begin() as other:
        assert len(jobs.claimable(other, "other")) == 1
        assert draft_round(store, FakeEngine(), ME) is True
        assert _view(store, article).done == 0
    assert draft_round(store, FakeEngine(), ME) is True
    assert _view(store, article).status is JobStatus.DONE
    assert draft_round(store, FakeEngine(), ME) is False
    store.close()
