"""Processes that install at the same time, and processes that die in the middle of it: what worked before still works."""

import dataclasses
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from tests.package_server import Handler, package_server
from tests.packages import STARTERS, package_bytes, write_package
from webapp.config import Settings
from webapp.domain import PackageKind
from webapp.engine import probe
from webapp.engine.folder import PackageFolder
from webapp.engine.packages import PackageStore
from webapp.engine.records import check_files, read_records

ROOT = Path(__file__).parents[2]
SPAWN = multiprocessing.get_context("spawn")

INSTALL_FOR_EVER = """
import sys
from pathlib import Path
from webapp.config import Settings
from webapp.engine import probe
from webapp.engine.packages import PackageStore

probe.translate_one = lambda *args: ("", "")  # most of the time would pass there, little in the steps that matter here
store = PackageStore(Settings(data_dir=Path(sys.argv[1])))
print("ready", flush=True)
while True:
    for path in sys.argv[2:]:
        store.import_file(Path(path))
"""

INSTALL_ONCE = """
import sys
from pathlib import Path
from webapp.config import Settings
from webapp.engine.packages import PackageStore
PackageStore(Settings(data_dir=Path(sys.argv[1]), package_index=sys.argv[2], targets=("ko",))).install(["en-ko"])
"""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


def start(code: str, *arguments: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def assert_sound(settings: Settings, pairs: set[str]) -> None:
    """Every package is there, byte for byte as recorded."""
    records = read_records(settings.packages_dir)
    assert set(records.packages) == pairs
    for record in records.packages.values():
        check_files(settings.packages_dir, record)


@pytest.mark.slow
def test_killed_at_any_moment_it_leaves_a_package_that_works_and_the_next_one_succeeds(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(probe, "translate_one", lambda *args: ("", ""))
    store = PackageStore(settings)
    files = [write_package(tmp_path / f"{number}.argosmodel", version=f"1.{number}") for number in range(3)]
    store.import_file(files[0])
    seen_nothing, stop = [], threading.Event()

    def read() -> None:
        reader = PackageStore(settings)
        while not stop.is_set():
            if len(reader.installed()) != 1:
                seen_nothing.append(time.monotonic())
            stop.wait(0.001)

    thread = threading.Thread(target=read)
    thread.start()
    randomness = random.Random(2026)
    try:
        for _ in range(8):
            process = start(INSTALL_FOR_EVER, settings.data_dir, *files)
            assert process.stdout is not None and process.stdout.readline() == b"ready\n"
            time.sleep(randomness.uniform(0.0, 0.3))
            kill(process)
            assert_sound(settings, {"fr-en"})
            (package,) = store.installed()
            assert (package.folder / "model" / "model.bin").read_bytes()
    finally:
        stop.set()
        thread.join()
    assert seen_nothing == []
    newest = store.import_file(write_package(tmp_path / "newest.argosmodel", version="2.0"))
    assert store.installed() == (newest,)
    folders = {path.name for path in settings.packages_dir.iterdir() if path.is_dir()}
    assert newest.folder.name in folders and len(folders) == 2  # this one and the one before: no litter


def test_a_download_that_was_killed_is_gone_on_with(settings: Settings) -> None:
    with package_server() as server:
        data = (STARTERS / "translate-en_ko-starter.argosmodel").read_bytes()
        path = server.offer("en-ko", data)
        sent = threading.Event()

        def slowly(handler: Handler, body: bytes) -> None:
            handler.send_response(200)
            handler.send_header("Content-Length", str(len(body)))
            handler.send_header("ETag", server.etags[path])
            handler.end_headers()
            handler.wfile.write(body[:4_000_000])
            handler.wfile.flush()
            sent.set()
            time.sleep(20)

        server.behaviours[path] = [slowly]
        process = start(INSTALL_ONCE, settings.data_dir, server.url + "/")
        assert sent.wait(20)
        part = settings.packages_dir / "downloads"
        while sum(p.stat().st_size for p in part.glob("*.part")) < 3_000_000:
            time.sleep(0.02)
        kill(process)
        store = PackageStore(dataclasses.replace(settings, package_index=server.url + "/"))
        (package,) = store.install(["en-ko"])
        assert package.size_bytes == len(data)
        first, second = server.ranges(path)
        assert first is None and second is not None and int(second.removeprefix("bytes=").removesuffix("-")) >= 3_000_000


def import_files(barrier: Barrier, settings: Settings, paths: list[Path]) -> None:
    probe.translate_one = lambda *args: ("", "")  # type: ignore[assignment] # as above
    barrier.wait()
    store = PackageStore(settings)
    for path in paths:
        store.import_file(path)


@pytest.mark.slow
def test_processes_that_import_at_once_take_turns(settings: Settings, tmp_path: Path) -> None:
    pairs = ["fr-en", "en-ru", "en-ko"]
    barrier = SPAWN.Barrier(len(pairs))
    processes = []
    for pair in pairs:
        files = [write_package(tmp_path / f"{pair}-{number}.argosmodel", pair=pair, version=f"1.{number}") for number in range(4)]
        processes.append(SPAWN.Process(target=import_files, args=(barrier, settings, files)))
    run(processes)
    assert_sound(settings, set(pairs))
    assert {package.version for package in PackageStore(settings).installed()} == {"1.3"}


def install_starters(barrier: Barrier, settings: Settings) -> None:
    barrier.wait()
    PackageStore(settings).install_starters()


@pytest.mark.slow
def test_two_processes_install_the_starters_at_once(settings: Settings) -> None:
    barrier = SPAWN.Barrier(2)
    run([SPAWN.Process(target=install_starters, args=(barrier, settings)) for _ in range(2)])
    assert_sound(settings, {"fr-en", "en-ru", "en-ko"})


def install(barrier: Barrier, settings: Settings) -> None:
    barrier.wait()
    PackageStore(settings).install(["en-ko"])


@pytest.mark.slow
def test_two_processes_install_from_the_index_at_once_and_one_of_them_downloads(settings: Settings) -> None:
    with package_server() as server:
        path = server.offer("en-ko", package_bytes(pair="en-ko"))
        settings = dataclasses.replace(settings, package_index=server.url + "/")
        barrier = SPAWN.Barrier(2)
        run([SPAWN.Process(target=install, args=(barrier, settings)) for _ in range(2)])
        assert len(server.ranges(path)) == 1
    (package,) = PackageStore(settings).installed()
    assert package.kind is PackageKind.OFFICIAL


def test_a_long_download_hinders_no_import(settings: Settings, tmp_path: Path) -> None:
    folder = PackageFolder(settings.packages_dir, max_bytes=1, starter_dir=STARTERS, lock_seconds=1)
    with folder.downloading("en-ko"):
        package = PackageStore(settings, lock_seconds=1).import_file(write_package(tmp_path / "x.argosmodel"))
    assert package.pair == "fr-en"


BECOME_NOBODY = """
import os, sys
from pathlib import Path
from webapp.config import Settings
from webapp.engine.packages import PackageStore
from webapp.errors import DataFolderUnwritable
store = PackageStore(Settings(data_dir=Path(sys.argv[1])))
store.remove("en-ru")  # everything is imported now: nobody may not read the interpreter's folders everywhere
os.setgid(65534)
os.setuid(65534)
print(len(store.installed()))
try:
    store.remove("fr-en")
except DataFolderUnwritable as error:
    print(error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody who may not write")
def test_somebody_who_may_not_write_reads_and_is_told() -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        settings = Settings(data_dir=Path(name))
        PackageStore(settings).install_starters()
        result = subprocess.run(
            [sys.executable, "-c", BECOME_NOBODY, name], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
        )
        assert result.returncode == 0, result.stderr
        assert result.stdout.splitlines()[0] == "2"
        assert "Permission denied" in result.stdout
        assert_sound(settings, {"fr-en", "en-ko"})


def run(processes: list[multiprocessing.context.SpawnProcess]) -> None:
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
    assert [process.exitcode for process in processes] == [0] * len(processes)
