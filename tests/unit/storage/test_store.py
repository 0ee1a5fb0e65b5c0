"""Opening the store, its transactions, and what its failures say."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.factories import draft_all, make_source, store_article
from webapp.config import Settings
from webapp.errors import DatabaseUnavailable, DataFolderUnwritable, DiskFull
from webapp.services.articles import create_article, get_document, get_job, list_articles
from webapp.storage.store import Store


def test_only_the_owner_can_read_the_data(settings: Settings) -> None:
    store = Store.open(settings)
    store_article(store)
    assert settings.data_dir.stat().st_mode & 0o777 == 0o700
    files = sorted(path for path in settings.data_dir.iterdir() if path.name.startswith("quatrain.db"))
    assert [path.name for path in files] == ["quatrain.db", "quatrain.db-shm", "quatrain.db-wal"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    store.close()


def test_sqlite_keeps_readers_going_checks_keys_and_waits_for_locks(settings: Settings) -> None:
    store = Store.open(settings)
    with store.read() as tx:
        found = {name: tx.connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "synchronous")}
        assert tx.connection.scalar(text("PRAGMA busy_timeout")) == 30_000
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1}
    store.close()


def test_a_transaction_that_raises_is_undone(store: Store) -> None:
    with pytest.raises(RuntimeError), store.begin() as tx:
        create_article(tx, make_source(), ["en"])
        raise RuntimeError
    with store.read() as tx:
        assert list_articles(tx).total == 0


def test_a_reading_transaction_cannot_change_anything(store: Store) -> None:
    with pytest.raises(Exception, match=r"(?i)read.?only"), store.read() as tx:
        create_article(tx, make_source(), ["en"])
    store_article(store)
    with store.read() as tx:
        assert list_articles(tx).total == 1


def test_a_reading_transaction_sees_one_state(store: Store) -> None:
    article = store_article(store)
    with store.read() as tx:
        before = get_document(tx, article)
        draft_all(store)
        assert get_document(tx, article) == before
    with store.read() as tx:
        assert get_document(tx, article).revision > before.revision


def test_mistakes_of_the_program_are_not_called_a_database_that_is_away(store: Store) -> None:
    with pytest.raises(IntegrityError) as raised, store.begin() as tx:
        tx.connection.execute(text("INSERT INTO search_texts (article_id, folded) VALUES (99, :folded)"), {"folded": "secret"})
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize("place", ["file", "under-a-file"])
def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    folder = tmp_path / "file" if place == "file" else tmp_path / "file" / "data"
    with pytest.raises(DataFolderUnwritable) as raised:
        Store.open(Settings(data_dir=folder))
    assert str(folder) in str(raised.value)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs a folder in which even root cannot write")
def test_a_data_folder_that_cannot_be_written_is_named() -> None:
    with pytest.raises(DataFolderUnwritable):
        Store.open(Settings(data_dir=Path("/proc/self/fdinfo")))


def test_a_full_disk_is_said_and_what_was_there_is_kept(settings: Settings) -> None:
    store = Store.open(settings)
    article = store_article(store)
    with pytest.raises(DiskFull) as raised, store.begin() as tx:
        pages = tx.connection.scalar(text("PRAGMA page_count"))
        tx.connection.execute(text(f"PRAGMA max_page_count = {pages + 2}"))
        create_article(tx, make_source(paragraphs=100), ["en"])
    assert str(settings.data_dir) in str(raised.value)
    with store.read() as tx:
        assert get_document(tx, article).sentence_count == 6
        assert list_articles(tx).total == 1
    store.close()


def test_a_file_that_is_no_database_is_said(settings: Settings) -> None:
    settings.data_dir.mkdir()
    (settings.data_dir / "quatrain.db").write_bytes(b"this is not a database, whatever its name says" * 100)
    with pytest.raises(DatabaseUnavailable, match="not a database"):
        Store.open(settings)


def test_a_server_that_is_away_is_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        Store.open(replace(settings, database_url=f"postgresql://nobody@/nothing?host={tmp_path}"))


@pytest.mark.postgres
def test_a_server_that_comes_back_is_used_again(settings: Settings, postgres_server: str, postgres_url: str) -> None:
    store = Store.open(replace(settings, database_url=postgres_url))
    article = store_article(store)
    name = urlsplit(postgres_url).path[1:]
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        with pytest.raises(DatabaseUnavailable), store.read() as tx:
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
            get_document(tx, article)
        with store.read() as tx:
            assert get_document(tx, article).id == article
    store.close()


def test_submitters_a_reader_and_a_worker_at_once_never_meet_a_busy_database(database: Settings) -> None:
    store = Store.open(database)
    stop = threading.Event()

    def submit(seed: int) -> list[str]:
        return [store_article(store, make_source(paragraphs=3, seed=seed + n), ["en", "ko"]) for n in range(10)]

    def work() -> None:
        while not stop.is_set():
            draft_all(store)
        draft_all(store)

    def read() -> int:
        seen = 0
        while not stop.is_set():
            with store.read() as tx:
                for item in list_articles(tx).items:
                    seen += get_document(tx, item.id).job.done == item.job.done
        return seen

    with ThreadPoolExecutor(5) as threads:
        readers = [threads.submit(read) for _ in range(2)]
        worker = threads.submit(work)
        ids = [article for found in threads.map(submit, (100, 200)) for article in found]
        stop.set()
        worker.result()
        assert all(reader.result() >= 0 for reader in readers)
    with store.read() as tx:
        assert {get_job(tx, article).done for article in ids} == {18}
    store.close()


def test_two_processes_may_write_at_once(settings: Settings) -> None:
    store = Store.open(settings)
    other = sqlite3.connect(settings.data_dir / "quatrain.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.5, other.execute, ["COMMIT"]).start()
    store_article(store)
    with store.read() as tx:
        assert list_articles(tx).total == 1
    other.close()
    store.close()


def test_a_forked_process_shares_no_connection(settings: Settings) -> None:
    store = Store.open(settings)
    assert store._engine.pool.checkedin() == 0
    store.close()
