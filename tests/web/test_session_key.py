"""The key of the sessions: made once, kept for oneself."""

import stat
import threading
from dataclasses import replace

import pytest

from webapp.config import Settings
from webapp.errors import DataFolderUnwritable
from webapp.web.session_key import FILE_NAME, load_session_key


def test_the_key_is_made_once_and_readable_by_its_owner_only(settings: Settings) -> None:
    first = load_session_key(settings)
    assert len(first) >= 48
    assert load_session_key(settings) == first
    mode = (settings.data_dir / FILE_NAME).stat().st_mode
    assert stat.S_IMODE(mode) == 0o600
    assert [path.name for path in settings.data_dir.iterdir()] == [FILE_NAME]


def test_processes_that_start_at_once_agree(settings: Settings) -> None:
    keys: list[str] = []
    threads = [threading.Thread(target=lambda: keys.append(load_session_key(settings))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_key_that_is_set_is_used_and_nothing_written(settings: Settings) -> None:
    assert load_session_key(replace(settings, secret_key="a key somebody chose")) == "a key somebody chose"
    assert not settings.data_dir.exists()


def test_a_folder_that_cannot_be_written_is_said_plainly(settings: Settings) -> None:
    settings.data_dir.parent.joinpath("file").write_text("in the way")
    with pytest.raises(DataFolderUnwritable):
        load_session_key(replace(settings, data_dir=settings.data_dir.parent / "file" / "data"))
