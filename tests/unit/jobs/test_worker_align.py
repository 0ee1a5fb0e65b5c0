"""The worker aligns what waits, beside whatever else it does."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from tests.factories import store_article
from tests.fakes import FakeEngine
from webapp.config import Settings
from webapp.jobs.worker import Worker
from webapp.services.align_requests import alignment_status, ask_alignment, get_alignment
from webapp.services.bringing import bring_version, get_brought
from webapp.storage import alignments, bringing
from webapp.storage.brought_models import alignments as table
from webapp.storage.store import Store

pytestmark = pytest.mark.slow  # loads the sentence encoder

TEXTS = (
    (("Le port rouvre lundi.", "La ministre s’en réjouit."),),
    (("The harbour reopens on Monday.", "The minister is delighted."),),
)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings)
    yield opened
    opened.close()


@pytest.fixture
def worker(store: Store) -> Worker:
    packages: Any = None
    return Worker(store, packages, FakeEngine(), targets=())


def test_it_answers_requests_and_aligns_brought_versions(store: Store, worker: Worker) -> None:
    article = store_article(store, targets=("en",), drafted=None)
    with store.begin() as tx:
        asked = ask_alignment(tx, *TEXTS, "en")
        bring_version(tx, article, "en", [("One.", True), ("Two.", False)])
    worker.answer()
    with store.read() as tx:
        assert [(row.source, row.target) for row in get_alignment(tx, asked).answer] == [((0,), (0,)), ((1,), (1,))]
        assert get_brought(tx, article, "en").status == "ready"


def test_what_a_worker_left_behind_another_takes_up_after_some_minutes(store: Store, worker: Worker) -> None:
    with store.begin() as tx:
        asked = ask_alignment(tx, *TEXTS, "en")
        assert alignments.claim_alignment(tx) is not None
    worker.answer()
    with store.read() as tx:
        assert alignment_status(tx, asked) == "running"
    with store.begin() as tx:
        tx.connection.execute(update(table).values(claimed_at=tx.moment() - timedelta(minutes=6)))
    worker.answer()
    with store.read() as tx:
        assert alignment_status(tx, asked) == "ready"


def test_a_version_that_was_brought_anew_meanwhile_is_not_overwritten_by_the_old_alignment(store: Store) -> None:
    article = store_article(store, targets=("en",), drafted=None)
    with store.begin() as tx:
        bring_version(tx, article, "en", [("Old.", True)])
    with store.begin() as tx:
        claimed = bringing.claim_brought(tx)
        assert claimed is not None
    with store.begin() as tx:
        bring_version(tx, article, "en", [("New.", True)])
    with store.begin() as tx:
        bringing.aligned(tx, claimed, [], "")
    with store.read() as tx:
        assert get_brought(tx, article, "en").status == "waiting"


def test_requests_of_yesterday_are_forgotten(store: Store) -> None:
    with store.begin() as tx:
        ask_alignment(tx, *TEXTS, "en")
        tx.connection.execute(update(table).values(at=tx.moment() - timedelta(hours=25)))
        new = ask_alignment(tx, *TEXTS, "en")
    with store.read() as tx:
        assert tx.connection.scalars(table.select().with_only_columns(table.c.public_id)).all() == [new]
