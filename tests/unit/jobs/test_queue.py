"""The queue carries the news that there is work, and never gets in the way of the work."""

import logging
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from huey import PostgresHuey, SqliteHuey

from tests.postgres import postgres_server, postgres_url
from webapp.config import Settings
from webapp.errors import DatabaseUnavailable, DataFolderUnwritable, SettingsInvalid
from webapp.jobs.queue import open_queue, waker
from webapp.jobs.tasks import declare

__all__ = ["postgres_server", "postgres_url"]


def test_by_default_the_queue_is_a_private_file_in_the_data_folder(settings: Settings) -> None:
    queue = open_queue(settings)
    assert isinstance(queue, SqliteHuey)
    assert (settings.data_dir / "queue.db").stat().st_mode & 0o777 == 0o600
    assert settings.data_dir.stat().st_mode & 0o777 == 0o700


@pytest.mark.postgres
def test_with_postgresql_the_queue_is_in_the_database_whoever_comes_first(settings: Settings, postgres_url: str) -> None:
    shared = replace(settings, database_url=postgres_url)
    opened: list[object] = []
    threads = [threading.Thread(target=lambda: opened.append(open_queue(shared))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [type(queue) for queue in opened] == [PostgresHuey] * 4
    queue = open_queue(shared)
    waker(queue)()
    assert queue.storage.queue_size() == 3
    queue.storage.close()


def test_redis_without_its_library_is_said_at_the_start(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("huey.storage.Redis", None)
    with pytest.raises(SettingsInvalid, match="QUATRAIN_REDIS_URL"):
        open_queue(replace(settings, redis_url="redis://localhost"))


def test_a_server_that_is_away_and_a_folder_that_cannot_be_written_are_said(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        open_queue(replace(settings, database_url=f"postgresql://nobody@/nothing?host={tmp_path}"))
    (tmp_path / "file").write_text("")
    with pytest.raises(DataFolderUnwritable):
        open_queue(replace(settings, data_dir=tmp_path / "file"))


def test_waking_sends_one_message_to_each_task_that_another_process_understands(settings: Settings) -> None:
    waker(open_queue(settings))()
    done: list[str] = []
    queue = open_queue(settings)
    declare(
        queue, draft=lambda: done.append("draft"), install=lambda: done.append("install"), answer=lambda: done.append("answer")
    )
    for _ in range(3):
        queue.execute(queue.dequeue())
    assert done == ["draft", "answer", "install"]
    assert queue.dequeue() is None


def test_a_queue_that_cannot_be_reached_is_only_logged(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    queue = open_queue(settings)
    wake = waker(queue)

    def away(*_: object) -> None:
        raise OSError("away")

    monkeypatch.setattr(queue.storage, "enqueue", away)
    with caplog.at_level(logging.WARNING):
        wake()
    assert "could not be woken" in caplog.text


def test_the_worker_looks_by_itself_once_a_minute(settings: Settings) -> None:
    queue = open_queue(settings)
    declare(queue, periodic=True)
    assert sorted(task.name for task in queue.read_periodic(None)) == ["answer-again", "draft-again", "install-again"]
