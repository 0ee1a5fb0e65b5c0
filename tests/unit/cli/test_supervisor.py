"""The supervisor: parts that end are started again, parts that cannot start end everything, none survives."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from webapp.cli import supervisor
from webapp.cli.supervisor import Part, Supervisor
from webapp.errors import ProcessKeepsStopping

SLEEPS = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]
DEAF = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(int(sys.argv[1]), b"!")
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _handlers() -> Iterator[None]:
    """Gives the signals of the test process back as they were."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)
    before = {number: signal.getsignal(number) for number in numbers}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def in_background(action: Callable[[], None]) -> None:
    threading.Thread(target=action, daemon=True).start()


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)


def stop() -> None:
    os.kill(os.getpid(), signal.SIGTERM)


def test_a_signal_ends_the_parts_and_then_the_supervisor() -> None:
    part = Part("sleeper", SLEEPS)

    def stop_once_started() -> None:
        until(lambda: part.process is not None)
        stop()

    in_background(stop_once_started)
    Supervisor([part]).run()
    assert part.process is not None
    assert part.process.returncode == -signal.SIGTERM


def test_a_part_that_ends_itself_at_once_ends_everything() -> None:
    sleeper, broken = Part("sleeper", SLEEPS), Part("broken part", ENDS)
    with pytest.raises(ProcessKeepsStopping, match=r"The broken part stops as soon as it starts \(exit code 3\)"):
        Supervisor([sleeper, broken]).run()
    assert sleeper.process is not None
    assert sleeper.process.returncode is not None


def test_a_part_that_is_killed_is_started_again() -> None:
    part = Part("sleeper", SLEEPS)
    seen: list[int] = []

    def kill_once() -> None:
        until(lambda: part.process is not None)
        assert part.process is not None
        seen.append(part.process.pid)
        part.process.kill()
        until(lambda: part.process is not None and part.process.pid != seen[0])
        seen.append(part.process.pid)
        stop()

    in_background(kill_once)
    Supervisor([part]).run()
    assert len(set(seen)) == 2


def test_a_part_that_is_killed_again_and_again_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    suicidal = [sys.executable, "-c", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"]
    monkeypatch.setattr(supervisor, "MOST_QUICK_ENDS", 2)
    with pytest.raises(ProcessKeepsStopping, match="SIGKILL"):
        Supervisor([Part("crashing part", suicidal)]).run()


def test_a_part_that_was_up_may_end_itself_and_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "AT_ONCE_SECONDS", 0.3)
    short = [sys.executable, "-c", "import time; time.sleep(0.8); raise SystemExit(1)"]
    part = Part("short-lived part", short)
    starts: list[float] = []

    def watch() -> None:
        while len(starts) < 2:
            until(lambda: part.started_at not in starts and part.started_at > 0)
            starts.append(part.started_at)
        stop()

    in_background(watch)
    Supervisor([part]).run()
    assert len(set(starts)) == 2


def test_a_part_that_does_not_hear_is_ended_by_force(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "STOP_SECONDS", 0.5)
    reading, writing = os.pipe()
    part = Part("deaf part", [sys.executable, "-c", DEAF, str(writing)], (writing,))

    def stop_once_deaf() -> None:
        os.read(reading, 1)
        stop()

    in_background(stop_once_deaf)
    Supervisor([part]).run()
    assert part.process is not None
    assert part.process.returncode == -signal.SIGKILL
    os.close(reading)
    os.close(writing)
