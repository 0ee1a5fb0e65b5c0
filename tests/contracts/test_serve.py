"""`quatrain serve`, with real processes: starts, answers, stops, and leaves nothing behind."""

import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests

from tests.contracts.conftest import Serving, clean_environment, command, free_port, run, start_serving

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("serve")]

EVERYWHERE = "0.0.0.0"  # noqa: S104  (refused, that is the point)
WEB_MEMORY_BYTES = 120 * 1_000_000


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Serving]:
    """A server of the test's own, to be ended by the test in whatever way."""
    running = start_serving(tmp_path)
    family = _family(running)
    yield running
    for process in [running.process, *family]:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    running.stop()


def test_it_answers_where_it_says_and_the_worker_drafts(serving: Serving) -> None:
    assert serving.request("GET", "/healthz") == (200, {"status": "ok"})
    _until(lambda: serving.request("GET", "/readyz")[0] == 200)
    status, document = serving.request("POST", "/api/v1/translate", {"text": "Le port rouvre lundi.", "wait_seconds": 120})
    assert (status, document["status"]) == (200, "done")
    assert document["paragraphs"][0]["versions"]["en"]["text"]


def test_the_web_process_is_small_and_holds_no_model(own: Serving) -> None:
    _, article = own.request("POST", "/api/v1/articles", {"text": "Le port rouvre lundi. Les travaux sont finis."})
    for path in ("/", f"/articles/{article['id']}", "/memory", "/glossary", "/api/v1/openapi.json", "/api/v1/articles"):
        assert requests.get(own.address + path, timeout=60).status_code == 200
    web = _running(own, "web")
    assert len(web) == 2, "the keeper and the process with the threads"
    for process in web:
        assert process.memory_info().rss < WEB_MEMORY_BYTES
        mapped = {Path(region.path).name for region in process.memory_maps()} if psutil.LINUX else set()
        assert not {name for name in mapped if "ctranslate2" in name or "sentencepiece" in name}


def test_the_second_start_takes_less_than_three_seconds_of_work(own: Serving) -> None:
    own.stop()
    again = start_serving(own.data_dir, "--ensure-models")
    try:
        spent = {process.pid: sum(process.cpu_times()[:2]) for process in (psutil.Process(again.process.pid), *_family(again))}
    finally:
        again.stop()
    supervisor = spent.pop(again.process.pid)
    # Web server and worker start side by side; time on the clock would measure whatever else this machine does.
    assert supervisor + max(spent.values()) < 3


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_all_of_it(number: int, own: Serving) -> None:
    family = _family(own)
    assert len(family) == 3
    assert own.stop(number) == 0
    assert _survivors(family) == []
    assert "Traceback" not in (own.data_dir / "serve.log").read_text()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", own.port)) != 0


def test_the_parts_do_not_outlive_a_supervisor_that_is_killed(own: Serving) -> None:
    family = _family(own)
    own.process.kill()
    own.process.wait()
    assert _survivors(family) == []


@pytest.mark.parametrize("part", ["worker", "web"])
def test_a_part_that_dies_is_started_again(part: str, own: Serving) -> None:
    victim = _running(own, part)[0]
    victim.kill()
    _until(lambda: victim not in _running(own, part) and _running(own, part) != [])
    _until(lambda: _answers(own))
    family = _family(own)
    assert own.stop() == 0
    assert _survivors(family) == []


def test_a_part_that_cannot_start_stops_everything_with_one_clear_line(tmp_path: Path) -> None:
    (tmp_path / "quatrain.db").write_bytes(b"this is not a database, whatever its name says " * 100)
    ended = run(["serve", "--port", str(free_port())], clean_environment(tmp_path))
    words = ended.stderr.decode()
    assert ended.returncode == 1
    assert "Traceback" not in words
    assert "The database cannot be used" in words
    assert words.splitlines()[-1].startswith("quatrain: The ")
    assert "stops as soon as it starts" in words.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "settings", "complaint"),
    [
        ([], {"QUATRAIN_HOST": EVERYWHERE}, "QUATRAIN_ACCESS_TOKEN"),
        (["--host", EVERYWHERE], {}, "QUATRAIN_ACCESS_TOKEN"),
        (["--host", "203.0.113.7"], {"QUATRAIN_ACCESS_TOKEN": "a-very-long-token"}, "203.0.113.7"),
        ([], {"QUATRAIN_DATA_DIR": "/proc/quatrain"}, "/proc/quatrain"),
        ([], {"QUATRAIN_PORT": "abc"}, "QUATRAIN_PORT"),
        ([], {"QUATRAIN_TYPO": "1"}, "QUATRAIN_TYPO"),
        (["--port", "0"], {}, "--port"),
    ],
)
def test_what_cannot_work_is_one_clear_line_before_anything_starts(
    words: list[str], settings: dict[str, str], complaint: str, tmp_path: Path
) -> None:
    ended = run(["serve", *words], clean_environment(tmp_path, **{"QUATRAIN_PORT": str(free_port()), **settings}))
    assert ended.returncode == 2
    assert complaint in ended.stderr.decode()
    assert "Traceback" not in ended.stderr.decode()
    assert ended.stdout == b""
    assert list(tmp_path.iterdir()) == []


def test_a_busy_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        ended = run(["serve", "--port", str(port)], clean_environment(tmp_path))
    assert ended.returncode == 2
    (line,) = ended.stderr.decode().splitlines()
    assert line.startswith(f"quatrain: Something else already listens on 127.0.0.1:{port}. Choose another port: ")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_someone_elses_called_webapp_is_not_run(tmp_path: Path) -> None:
    (tmp_path / "webapp").mkdir()
    (tmp_path / "webapp" / "__init__.py").write_text("raise SystemExit('the wrong webapp')")
    ended = subprocess.run(command("--version"), cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ended.stdout.startswith("quatrain, version")


def test_a_second_ctrl_c_does_not_wait(own: Serving) -> None:
    (worker,) = _running(own, "worker")
    worker.suspend()  # a worker that cannot hear
    own.process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    started = time.monotonic()
    assert own.stop() == 0
    assert time.monotonic() - started < 5
    assert _survivors([worker]) == []


def _family(serving: Serving) -> list[psutil.Process]:
    return psutil.Process(serving.process.pid).children(recursive=True)


def _running(serving: Serving, part: str) -> list[psutil.Process]:
    """The processes of a part, the oldest first; those that are ending just now are left out."""
    found = []
    for process in _family(serving):
        with suppress(psutil.Error):
            if part in process.cmdline():
                found.append(process)
    return found


def _survivors(processes: list[psutil.Process]) -> list[psutil.Process]:
    _, alive = psutil.wait_procs(processes, timeout=20)
    return [process for process in alive if process.status() != psutil.STATUS_ZOMBIE]


def _answers(serving: Serving) -> bool:
    try:
        return serving.request("GET", "/healthz")[0] == 200
    except OSError:
        return False


def _until(holds: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.1)


def test_the_first_start_brings_the_starters_where_the_index_cannot_be_reached(tmp_path: Path) -> None:
    running = start_serving(tmp_path, "--ensure-models", QUATRAIN_PACKAGE_INDEX="http://127.0.0.1:9/index.json")
    try:
        _until(lambda: running.request("GET", "/readyz")[0] == 200)
        assert (tmp_path / "serve.log").read_text().count("starter packages") == 1
        kinds = {p["kind"] for t in running.request("GET", "/api/v1/languages")[1]["targets"] for p in t["route"]}
        assert kinds == {"starter"}
    finally:
        running.stop()
