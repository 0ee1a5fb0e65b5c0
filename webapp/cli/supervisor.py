"""Keeps the parts of `quatrain serve` running, and sees that none outlives it.

A part that ends is started again after a pause that grows; one that cannot even start ends everything with one line.
"""

import logging
import os
import select
import signal
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Final

from webapp.errors import ProcessKeepsStopping

AT_ONCE_SECONDS: Final = 20.0
"""A part that ends before this has not come up; generous, because a loaded machine takes long to start a process."""

LONGEST_PAUSE_SECONDS: Final = 30.0
MOST_QUICK_ENDS: Final = 5
STOP_SECONDS: Final = 10.0

log = logging.getLogger(__name__)


@dataclass
class Part:
    """A child process that has to run. `pass_fds` stay open in it, under the same numbers."""

    name: str
    command: Sequence[str]
    pass_fds: tuple[int, ...] = ()
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_again_at: float = 0.0
    quick_ends: int = 0
    has_stayed_up: bool = False

    def start(self) -> None:
        """Starts it in a session of its own: Ctrl-C reaches the supervisor alone, which then ends the parts in order."""
        self.started_at = time.monotonic()
        self.process = subprocess.Popen(self.command, pass_fds=self.pass_fds, start_new_session=True, stdin=subprocess.DEVNULL)

    @property
    def runs(self) -> bool:
        """Whether the process is there; asking reaps one that has ended."""
        return self.process is not None and self.process.poll() is None

    def signal(self, number: int) -> None:
        """Sends a signal to the process and to those it started."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


class Bell:
    """Lets a signal end a pause at once. A handler may only write: a lock it waits for might be held by the very pause."""

    def __init__(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)

    def ring(self) -> None:
        """Ends the pause, or the next one; a full pipe rings already."""
        with suppress(BlockingIOError):
            os.write(self._writing, b"!")

    def pause(self, seconds: float) -> None:
        """Waits for so long, or until the bell rings."""
        if select.select([self._reading], [], [], seconds)[0]:
            os.read(self._reading, 4096)


@dataclass
class Supervisor:
    """Runs `parts` until a signal comes."""

    parts: Sequence[Part]
    _bell: Bell = field(default_factory=Bell)
    _signals: list[int] = field(default_factory=list)

    def run(self) -> None:
        """Starts the parts, keeps them running, returns when a signal has ended them all.

        Raises ProcessKeepsStopping, after ending the others, when a part does not stay up.
        """
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, self._hear)
        try:
            for part in self.parts:
                part.start()
            while not self._signals:
                self._keep()
                self._bell.pause(0.2)
        finally:
            self._stop()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        if number != signal.SIGCHLD:
            self._signals.append(number)
        self._bell.ring()

    def _keep(self) -> None:
        for part in self.parts:
            if part.runs:
                part.has_stayed_up = part.has_stayed_up or time.monotonic() - part.started_at > AT_ONCE_SECONDS
            elif part.process is not None:
                self._note_end(part, part.process.returncode)
            elif time.monotonic() >= part.start_again_at:
                part.start()

    def _note_end(self, part: Part, code: int) -> None:
        was_quick = time.monotonic() - part.started_at <= AT_ONCE_SECONDS
        part.quick_ends = part.quick_ends + 1 if was_quick else 0
        ended_itself = code >= 0
        if (was_quick and ended_itself and not part.has_stayed_up) or part.quick_ends >= MOST_QUICK_ENDS:
            raise ProcessKeepsStopping(name=part.name, code=_ending(code))
        part.process = None
        pause = min(0.2 * 2**part.quick_ends, LONGEST_PAUSE_SECONDS)
        part.start_again_at = time.monotonic() + pause
        log.warning("the %s has ended (%s) and is started again in %.1f s", part.name, _ending(code), pause)

    def _stop(self) -> None:
        """Asks every part to end; after STOP_SECONDS, or at a second Ctrl-C, ends it."""
        asked_before = len(self._signals)
        for part in self.parts:
            if part.process is not None and part.runs:
                with suppress(ProcessLookupError):
                    part.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        while any(part.runs for part in self.parts) and time.monotonic() < deadline and len(self._signals) == asked_before:
            self._bell.pause(0.1)
        for part in self.parts:
            part.signal(signal.SIGKILL)
            if part.process is not None:
                part.process.wait()


def _ending(code: int) -> str:
    return f"exit code {code}" if code >= 0 else f"signal {signal.Signals(-code).name}"
