"""One real installation for the contract tests: the starters in a data folder, and `quatrain serve` in front of it."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests

from webapp.config import Settings
from webapp.engine.packages import PackageStore

ROOT = Path(__file__).parents[2]
START_SECONDS = 120
"""How long a loaded machine may take to start; a quiet one needs two."""


def clean_environment(data_dir: Path, **more: str) -> dict[str, str]:
    """This environment without anybody's settings, and with this data folder.

    Bytecode is kept, where `make` keeps it: compiling everything anew would double what each process costs.
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUATRAIN_")}
    bytecode = {"PYTHONPYCACHEPREFIX": str(ROOT / ".venv" / "cache" / "python"), "PYTHONDONTWRITEBYTECODE": ""}
    return {**kept, **bytecode, "QUATRAIN_DATA_DIR": str(data_dir), **more}


def command(*words: str) -> list[str]:
    """The command line of `quatrain` with the Python that runs the tests."""
    return [sys.executable, "-P", "-m", "webapp.cli", *words]


def run(words: Sequence[str], environment: Mapping[str, str], **more: Any) -> subprocess.CompletedProcess[bytes]:
    """Runs `quatrain` to its end."""
    if "input" not in more:
        more.setdefault("stdin", subprocess.DEVNULL)
    return subprocess.run(command(*words), env=environment, capture_output=True, timeout=START_SECONDS, check=False, **more)


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Serving:
    """A running `quatrain serve`."""

    process: subprocess.Popen[str]
    port: int
    data_dir: Path
    started_in_seconds: float

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def request(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Sends one request, JSON in and out."""
        answer = requests.request(method, self.address + path, json=body, timeout=START_SECONDS)
        return answer.status_code, answer.json() if answer.content else None

    def stop(self, number: int = signal.SIGINT) -> int:
        """Sends a signal to the supervisor and waits for its end."""
        self.process.send_signal(number)
        try:
            return self.process.wait(START_SECONDS)
        finally:
            for stream in (self.process.stdout, self.process.stderr):
                if stream is not None:
                    stream.close()


def start_serving(data_dir: Path, *words: str, **settings: str) -> Serving:
    """Starts `quatrain serve` and waits until it says where it is."""
    port = free_port()
    started = time.monotonic()
    with (data_dir / "serve.log").open("a") as log:
        process = subprocess.Popen(
            command("serve", "--port", str(port), *words),
            env=clean_environment(data_dir, **settings),
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            encoding="utf-8",
        )
    assert process.stdout is not None
    for line in process.stdout:
        if f"http://127.0.0.1:{port}/" in line:
            return Serving(process, port, data_dir, time.monotonic() - started)
    raise AssertionError(f"quatrain serve ended with {process.wait()}: {(data_dir / 'serve.log').read_text()}")


@pytest.fixture(scope="session")
def starters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the starter packages are installed, and nothing else."""
    data_dir = tmp_path_factory.mktemp("starters")
    PackageStore(Settings(data_dir=data_dir)).install_starters()
    return data_dir


@pytest.fixture(scope="session")
def serving(starters: Path) -> Iterator[Serving]:
    """`quatrain serve` with the starters, shared by the tests that only ask it things."""
    running = start_serving(starters)
    yield running
    running.stop()
