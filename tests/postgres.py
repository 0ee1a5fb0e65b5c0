"""A PostgreSQL server for the tests: private, thrown away afterwards, on a Unix socket in a temporary folder.

It is made from the programs Debian, Ubuntu and Homebrew install; nothing else on the machine is touched. TEST_POSTGRES_URL
names a server to use instead (its user must be allowed to make databases). Import the fixtures where they are needed:
`from tests.postgres import postgres_server, postgres_url`.
"""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

ADVICE: Final = (
    "PostgreSQL is missing: the tests start a server of their own from it. Install it (Debian, Ubuntu: apt-get install "
    "postgresql; macOS: brew install postgresql), or name a server in TEST_POSTGRES_URL."
)
_PLACES: Final = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/usr/pgsql-*/bin",
)
# Nothing in these databases outlives the tests, so nothing is worth waiting for the disk.
_FAST: Final = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "listen_addresses=", "max_connections=60")


def find_programs() -> Path:
    """Finds the folder with initdb and postgres, the newest first. Fails the test when there is none."""
    found = [path for place in _PLACES for path in Path("/").glob(place.lstrip("/")) if (path / "initdb").exists()]
    if found:
        return max(found, key=lambda path: [int(part) for part in path.parent.name.split("@")[-1].split(".") if part.isdecimal()])
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.fail(ADVICE)
    return Path(on_path).parent


def _as_nobody_special() -> tuple[str, ...]:
    """PostgreSQL refuses to run as root: then it runs as the user its Debian package made."""
    if os.geteuid() != 0:
        return ()
    return ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--")


def _start(folder: Path) -> subprocess.Popen[bytes]:
    programs, prefix = find_programs(), _as_nobody_special()
    if prefix:
        shutil.chown(folder, "postgres", "postgres")
    make = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(
        [*prefix, programs / "initdb", "-D", folder / "data", *make], cwd=folder, capture_output=True, check=False
    )
    if made.returncode:
        pytest.fail(f"PostgreSQL's initdb failed: {made.stderr.decode(errors='replace')}")
    options = [option for setting in _FAST for option in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [*prefix, programs / "postgres", "-D", folder / "data", "-k", folder, *options], cwd=folder, stdout=log, stderr=log
        )


def _wait(url: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"PostgreSQL did not start: {log.read_text(errors='replace')}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of the server's own database, for one run of the tests."""
    if given := os.environ.get("TEST_POSTGRES_URL"):
        yield given
        return
    # Not pytest's own folder: its path is too long for a socket, and only root may enter it.
    folder = Path(tempfile.mkdtemp(prefix="quatrain-pg-"))
    server = _start(folder)
    try:
        url = f"postgresql://postgres@/postgres?host={folder}"
        _wait(url, server, folder / "log")
        yield url
    finally:
        server.send_signal(signal.SIGINT)  # PostgreSQL's "fast" shutdown: it does not wait for connections to be closed
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database that goes away with the test."""
    name = f"quatrain_{secrets.token_hex(6)}"
    with psycopg.connect(postgres_server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
        yield urlunsplit(urlsplit(postgres_server)._replace(path=f"/{name}"))
        connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
