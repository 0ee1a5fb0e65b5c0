"""How a part of `quatrain serve` learns that the supervisor is gone, however it went.

The supervisor holds the writing end of a pipe and never writes; each part holds the reading end. When the supervisor ends,
by kill -9 too, the system closes its end, and reading gives the end of the file. Works on Linux and macOS alike.
"""

import os
import signal
import threading
import time
from typing import Final

GRACE_SECONDS: Final = 10.0


def follow(lifeline_fd: int | None) -> None:
    """Ends this process, politely and after GRACE_SECONDS by force, when the other end of the pipe is closed."""
    if lifeline_fd is not None:
        threading.Thread(target=_watch, args=(lifeline_fd,), name="lifeline", daemon=True).start()


def _watch(fd: int) -> None:
    while os.read(fd, 1):
        pass  # nobody writes; if somebody did, it would mean nothing
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)
