"""What must stay quick however much there is, by the statements' plans; `python -m bench pages` measures the times."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Connection, event

from tests.factories import store_article
from webapp.config import Settings
from webapp.languages import TARGETS
from webapp.services.articles import changed_paragraphs, get_document, get_job
from webapp.storage import articles, drafts
from webapp.storage.store import Store

LARGE = {"articles", "paragraphs", "sentences", "translations", "drafts", "history", "versions"}


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    opened = Store.open(settings)
    yield opened
    opened.close()


def _scans(store: Store, work: Callable[..., object]) -> list[str]:
    """Lists the steps that read a large table from end to end in what `work` asks SQLite for."""
    asked: list[tuple[str, object]] = []

    def remember(_connection: Connection, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(store._engine, "before_cursor_execute", remember)
    with store.read() as tx:
        work(tx)
    event.remove(store._engine, "before_cursor_execute", remember)
    steps: list[str] = []
    with store.read() as tx:
        for statement, parameters in asked:
            if statement.startswith("SELECT"):
                plan = tx.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)  # type: ignore[arg-type]
                steps += [row.detail for row in plan]
    return [step for step in steps if step.startswith("SCAN") and step.split()[1] in LARGE]


def test_reading_an_article_looks_at_nothing_of_the_others(store: Store) -> None:
    article = store_article(store, drafted=None)
    assert _scans(store, lambda tx: get_document(tx, article, start=0, stop=1)) == []
    assert _scans(store, lambda tx: changed_paragraphs(tx, article, since=1)) == []
    assert _scans(store, lambda tx: get_job(tx, article)) == []
    assert _scans(store, lambda tx: drafts.pending_of(tx, articles.key_of(tx, article), TARGETS, 100)) == []
